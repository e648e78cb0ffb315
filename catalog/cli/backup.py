from pathlib import Path
from typing import Annotated

import typer

from catalog.cli.confirm import confirm
from catalog.cli.options import DbOption, JsonOption, QuietOption, YesOption
from catalog.cli.settings import read_settings


def backup(
    to: Annotated[Path, typer.Argument(metavar="TO", readable=False, help="A new file, or a folder for one.")],
    yes: YesOption = False,
    quiet: QuietOption = False,
    as_json: JsonOption = False,
    db: DbOption = None,
) -> None:
    """Copy the catalogue to another file while others go on with it.

    The copy is of one moment and one file, and is checked as verify --quick does before it takes its name: what stands
    there is replaced only then, and only if you agree. In a folder it is named after the catalogue and the time.

    \b
    Examples:
      catalog backup copy.db
      catalog backup .
      catalog backup copy.db -y; catalog verify --db copy.db
    """
    from catalog.cli.session import open_ports
    from catalog.display.outcome import show_new_file
    from catalog.services.backup import back_up, target_of

    settings = read_settings({"db": db, "quiet": quiet})
    with open_ports(settings, quiet=settings.quiet) as ports:
        target = target_of(settings.db, to, ports)
        if target.exists() and not yes:
            confirm(f"Write over {target}?")
        outcome = back_up(settings.db, target, ports)
    show_new_file(outcome, target, as_json=as_json, quiet=settings.quiet)
