from pathlib import Path
from typing import Annotated

import typer

from catalog.cli.options import DbOption, JsonOption, QuietOption
from catalog.cli.settings import read_settings

NewArgument = Annotated[Path, typer.Argument(metavar="NEW", readable=False, help="The new catalogue's file.")]


def rebuild(new: NewArgument, quiet: QuietOption = False, as_json: JsonOption = False, db: DbOption = None) -> None:
    """Make a new catalogue from the originals and the log alone.

    Every page is read again, by the rules of today; where and when it was met, what was set and decided by hand comes
    from the log. By the same rules the new catalogue's dump is equal to the old one's. The old file is only read; the
    new log begins with the rebuild.

    \b
    Examples:
      catalog rebuild new.db
      catalog rebuild new.db; catalog export --to dump --db new.db | sha256sum
    """
    from catalog.cli.session import open_ports, open_to_read
    from catalog.display.outcome import show_new_file
    from catalog.services.rebuild import rebuild as make_anew

    settings = read_settings({"db": db, "quiet": quiet})
    with open_to_read(settings) as store, open_ports(settings, quiet=settings.quiet) as ports:
        outcome = make_anew(store.connection, new, ports)
    show_new_file(outcome, new, as_json=as_json, quiet=settings.quiet)
    raise typer.Exit(outcome.exit_status)
