from catalog.cli.options import DbOption, JsonOption, QuietOption
from catalog.cli.settings import read_settings


def verify(quiet: QuietOption = False, as_json: JsonOption = False, db: DbOption = None) -> None:
    """Check that the log and the originals are what they were.

    Every original is read and compared with its SHA-256, those out of view too. Each row of the log vouches for the one
    before it. Keep the hash of the last one elsewhere: as long as later logs go through it, nothing before it was
    written anew. A fault ends with status 5.

    \b
    Examples:
      catalog verify
      catalog verify --json >> heads.jsonl
    """
    from catalog.cli.session import open_to_read
    from catalog.display.outcome import show_verification
    from catalog.services.verify import verify as check

    settings = read_settings({"db": db, "quiet": quiet})
    with open_to_read(settings) as store:
        outcome, head = check(store)
    show_verification(outcome, head, as_json=as_json, quiet=settings.quiet)
