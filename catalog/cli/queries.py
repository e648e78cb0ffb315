from typing import Annotated

import typer

from catalog.cli.candidates import complete_query
from catalog.cli.options import DbOption, FormatOption, JsonOption, MessageOption, QuietOption
from catalog.cli.settings import choose_format, read_settings
from catalog.errors import UsageError


def queries(
    query: Annotated[
        list[str] | None,
        typer.Argument(metavar="QUERY", help="What to keep, with --save.", autocompletion=complete_query),
    ] = None,
    save: Annotated[str | None, typer.Option("--save", metavar="NAME", help="Keep the QUERY under this name.")] = None,
    forget: Annotated[str | None, typer.Option("--forget", metavar="NAME", help="Forget the query kept so.")] = None,
    message: MessageOption = None,
    format_: FormatOption = None,
    quiet: QuietOption = False,
    as_json: JsonOption = False,
    db: DbOption = None,
) -> None:
    """List saved queries, keep one under a name, or forget one.

    They are kept in the catalogue. saved:NAME stands for one in any query, of any command, also under ^ and in ( … ).

    \b
    Examples:
      catalog queries --save unsourced 'missing:source published:-1y..'
      catalog list saved:unsourced site:青禾新闻网
      catalog queries --forget unsourced
    """
    from catalog.cli.selection import read_query
    from catalog.cli.session import open_ports, open_to_read, open_to_write
    from catalog.display.outcome import show_saved
    from catalog.display.table import show_table
    from catalog.services import saved as service

    settings = read_settings({"db": db, "format": choose_format(format_, as_json=as_json), "quiet": quiet})
    if (save is None) == bool(query) or (save is not None and forget is not None):
        raise UsageError("--save NAME QUERY keeps a query, --forget NAME forgets one; without either they are listed")
    wanted = read_query(query or ())
    if save is None and forget is None:
        with open_to_read(settings) as store:
            show_table(service.list_saved(store, wanted), settings.format, sparse=True)
        return
    with open_to_write(settings) as store, open_ports(settings, quiet=True) as ports:
        if save is not None:
            outcome = service.keep_query(store, save, wanted, ports, message=message)
        else:
            outcome = service.forget_query(store, forget or "", wanted, ports, message=message)
        table = service.list_saved(store, wanted)
    if as_json:
        show_table(table, settings.format)
    else:
        show_saved(outcome, save or forget or "", quiet=settings.quiet)
