import sys
from pathlib import Path
from typing import Annotated

import typer

from catalog.cli.confirm import confirm
from catalog.cli.options import DbOption, JsonOption, MessageOption, QuietOption, YesOption
from catalog.cli.preview import change_table, question, show_preview
from catalog.cli.settings import Settings, read_settings
from catalog.errors import UsageError
from catalog.model.outcome import Outcome
from catalog.model.table import Table


def import_(
    dump: Annotated[
        Path | None, typer.Argument(metavar="[DUMP]", readable=False, help="What export --to dump wrote.")
    ] = None,
    edits: Annotated[
        Path | None,
        typer.Option(
            "--edits", metavar="FILE", readable=False, help="What was changed: CSV or JSON Lines; - is stdin."
        ),
    ] = None,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Show what would change and change nothing.")] = False,
    message: MessageOption = None,
    yes: YesOption = False,
    quiet: QuietOption = False,
    as_json: JsonOption = False,
    db: DbOption = None,
) -> None:
    """Take over what was changed in a spreadsheet or by a program, or make a new catalogue of a dump.

    A dump makes a new file, with --db, whose own dump is equal; there is no half of one.

    Export records, change cells, import the file: only cells that are not as `export` writes them are edits. All of it
    is checked first; if anything is wrong, each fault is told with its line and column and nothing is changed.

    \b
    id or key      say which record; where both stand they must agree
    columns        those of `export --to csv`, in any order; leave out what
                   you do not need
    a; b           several values in one cell
    empty cell     there is none, where the record has a value
    The article and what follows from other fields cannot be set.

    \b
    Examples:
      catalog export site:青禾新闻网 --to csv -o edits.csv
      catalog import --edits edits.csv -m 'volunteers, May'
      catalog export 7 | sed s/新华网/新华社/g | catalog import --edits - -y
      catalog export --to dump -o all.jsonl; catalog import all.jsonl --db new.db
    """
    from catalog.cli.session import open_ports, open_to_read, open_to_write
    from catalog.display.outcome import show_changes
    from catalog.services.edits import apply_sheet, read_sheet
    from catalog.services.tag import plan_edits
    from catalog.sources.edits import read_edits

    settings = read_settings({"db": db, "quiet": quiet})
    if (edits is None) == (dump is None):
        raise UsageError("say what to import: a dump, or --edits FILE")
    if dump is not None:
        _load(dump, settings, dry_run=dry_run, as_json=as_json)
        return
    assert edits is not None  # noqa: S101 -- one of the two is there
    sheet = read_edits(_read(edits), str(edits))
    with open_to_read(settings) as store:
        wanted = read_sheet(store, sheet, str(edits))
        planned = list(plan_edits(store, wanted, settings.who))
    table = change_table(planned)
    if planned and not as_json and (dry_run or not yes):
        show_preview(table)
    if not planned or dry_run:
        records = len({one.record_id for one in planned})
        counts = {"records": records, "values": len(planned), "unchanged": len(sheet.rows) - records}
        outcome = Outcome("import", counts, dry_run=dry_run)
    else:
        if not yes:
            confirm(question(planned))
        with open_to_write(settings) as store, open_ports(settings, quiet=True) as ports:
            outcome = apply_sheet(store, sheet, str(edits), ports, message=message)
    show_changes(outcome, table, as_json=as_json, quiet=settings.quiet)


def _load(dump: Path, settings: Settings, *, dry_run: bool, as_json: bool) -> None:
    from catalog.cli.session import open_ports
    from catalog.display.outcome import show_changes, show_new_file
    from catalog.services.load import load_dump

    if dry_run:
        raise UsageError("a dump makes a new file: there is nothing to rehearse")
    with open_ports(settings, quiet=settings.quiet) as ports:
        outcome = load_dump(dump, settings.db, ports)
    if as_json:
        show_changes(outcome, Table("", (), ()), as_json=True)
    else:
        show_new_file(outcome, settings.db, quiet=settings.quiet)


def _read(path: Path) -> bytes:
    if str(path) == "-":
        return sys.stdin.buffer.read()
    try:
        return path.read_bytes()
    except OSError as error:
        raise UsageError(f"{path} cannot be read: {error.strerror}", file=str(path)) from error
