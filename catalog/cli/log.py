from typing import Annotated

import typer

from catalog.cli.list import SCREENFUL
from catalog.cli.options import DbOption, FormatOption, JsonOption
from catalog.cli.settings import choose_format, read_settings
from catalog.errors import UsageError


def log(
    number: Annotated[int | None, typer.Argument(metavar="N", help="A change set, to see value by value.")] = None,
    of: Annotated[
        str | None, typer.Option("--of", metavar="QUERY", help="Only what touched these records: ids, or a query.")
    ] = None,
    limit: Annotated[
        int | None, typer.Option("--limit", "-n", min=0, help="At most so many [50 on a terminal, all in a pipe].")
    ] = None,
    format_: FormatOption = None,
    as_json: JsonOption = False,
    db: DbOption = None,
) -> None:
    """Show who changed what, when, with which command and why.

    The newest first. Nothing ever leaves the log: what was undone says by which change set.

    \b
    Examples:
      catalog log
      catalog log 12
      catalog log --of 7
      catalog log --of 'source:新华网 has:tag' --format csv
    """
    from catalog.cli.selection import read_ids_or_query
    from catalog.cli.session import open_to_read
    from catalog.display.screen import is_terminal
    from catalog.display.table import show_table
    from catalog.services import log as service

    if number is not None and of is not None:
        raise UsageError("one at a time: a change set, or --of records")
    settings = read_settings({"db": db, "format": choose_format(format_, as_json=as_json)})
    most = SCREENFUL if limit is None and is_terminal() and settings.format is None else limit
    with open_to_read(settings) as store:
        if number is None:
            ids = None if of is None else service.find_logged(store, read_ids_or_query(of.split()))
            table = service.list_change_sets(store, ids, most)
        else:
            table = service.list_changes(store, number)
    show_table(table, settings.format, sparse=True)
