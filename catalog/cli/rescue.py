from pathlib import Path
from typing import Annotated

import typer

from catalog.cli.options import JsonOption, QuietOption
from catalog.cli.rebuild import NewArgument
from catalog.cli.settings import read_settings


def rescue(
    damaged: Annotated[Path, typer.Argument(metavar="DAMAGED", readable=False, help="The damaged catalogue's file.")],
    new: NewArgument,
    quiet: QuietOption = False,
    as_json: JsonOption = False,
) -> None:
    """Save what is whole in a damaged catalogue into a new one.

    The damaged file is only read, page by page. An original is saved if its SHA-256 is right, a row of the log if its
    hash is; of these the new catalogue is made as rebuild does it. What is lost is named and makes the status 3. A
    backup, if there is one, may hold more.

    \b
    Examples:
      catalog rescue damaged.db saved.db
      catalog rescue damaged.db saved.db --json > lost.json
    """
    from catalog.cli.session import open_ports
    from catalog.display.outcome import show_new_file
    from catalog.services.rescue import rescue as save

    settings = read_settings({"quiet": quiet})
    with open_ports(settings, quiet=settings.quiet) as ports:
        outcome = save(damaged, new, ports)
    show_new_file(outcome, new, as_json=as_json, quiet=settings.quiet)
    raise typer.Exit(outcome.exit_status)
