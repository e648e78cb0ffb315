from typing import Annotated

import typer

from catalog.cli.options import DbOption, JsonOption, QuietOption
from catalog.cli.settings import read_settings


def verify(
    quick: Annotated[bool, typer.Option("--quick", help="Only the file's pages, the log and the originals.")] = False,
    quiet: QuietOption = False,
    as_json: JsonOption = False,
    db: DbOption = None,
) -> None:
    """Check that the catalogue is what was written into it.

    Every original is read and compared with its SHA-256, those out of view too; every row that a page or a cataloguer
    brought with what the log vouches for, every value with the place where it was read; all that is derived is made
    anew and compared. Each row of the log vouches for the one before it: keep the hash of the last one elsewhere, and
    as long as later logs go through it, nothing before it was written anew. A difference ends with status 5.

    \b
    Examples:
      catalog verify
      catalog verify --quick
      catalog verify --json >> heads.jsonl
    """
    from catalog.cli.session import open_ports, open_to_read
    from catalog.display.outcome import show_verification
    from catalog.errors import VerificationFailed
    from catalog.services.verify import verify as check

    settings = read_settings({"db": db, "quiet": quiet})
    with open_to_read(settings) as store, open_ports(settings, quiet=settings.quiet) as ports:
        found = check(store, ports, quick=quick)
    show_verification(found.outcome, found.head, as_json=as_json, quiet=settings.quiet)
    if not found.holds:
        raise typer.Exit(VerificationFailed.exit_status)
