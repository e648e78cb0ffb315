import sys
from collections.abc import Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, Annotated

import typer

from catalog.cli.candidates import complete_query
from catalog.cli.options import DbOption, FormatOption, JsonOption
from catalog.cli.settings import Settings, choose_format, read_settings
from catalog.errors import UsageError

if TYPE_CHECKING:
    from catalog.model.record import Record
    from catalog.store.open import Store

VIEWS = ("why", "body", "original", "captures", "diff", "reprints", "history")
PAIR = 2  # captures that are compared
PLAIN = ("body", "original")  # shown as they are: no table, no record


def show(
    ids: Annotated[
        list[str] | None,
        typer.Argument(
            metavar="ID|QUERY", help="Ids, or a query; - reads ids from stdin.", autocompletion=complete_query
        ),
    ] = None,
    why: Annotated[bool, typer.Option("--why", help="Each field with the line it was read from.")] = False,
    body: Annotated[bool, typer.Option("--body", help="The article text alone.")] = False,
    original: Annotated[bool, typer.Option("--original", help="The bytes as captured, the latest capture.")] = False,
    captures: Annotated[bool, typer.Option("--captures", help="When and where the page was captured.")] = False,
    diff: Annotated[
        bool, typer.Option("--diff", help="What changed between captures; two may be named behind the ID.")
    ] = False,
    reprints: Annotated[bool, typer.Option("--reprints", help="All records with this text or a near copy.")] = False,
    history: Annotated[bool, typer.Option("--history", help="What was changed, when and by whom.")] = False,
    format_: FormatOption = None,
    as_json: JsonOption = False,
    db: DbOption = None,
) -> None:
    """Show records, and what stands behind them.

    On a terminal a card each, in a pipe field and value lines; or one view of them: --why, --body …

    \b
    Examples:
      catalog show 7
      catalog show 7 --why
      catalog show 7 --original > page.txt
      catalog show 1 --diff
      catalog show 1 --diff 1 2                 by number, or SHA-256
      catalog list missing:source --ids | catalog show --json
    """
    from catalog.cli.selection import read_ids_or_query
    from catalog.cli.session import open_to_read
    from catalog.display.screen import say
    from catalog.display.table import show_table
    from catalog.services.find import match
    from catalog.services.former import follow_merged
    from catalog.services.records import load_records

    flags = (why, body, original, captures, diff, reprints, history)
    views = [name for name, asked in zip(VIEWS, flags, strict=True) if asked]
    if len(views) > 1:
        raise UsageError(f"one view at a time, not --{' and --'.join(views)}")
    view = views[0] if views else "json" if as_json else "card"
    if view in PLAIN and as_json:
        raise UsageError(f"--{view} and --json are two forms: give one")
    settings = read_settings({"db": db, "format": choose_format(format_, as_json=as_json)})
    words, asked = _split_captures(ids or ()) if diff else (ids or (), ())
    wanted = read_ids_or_query(words)
    with open_to_read(settings) as store:
        if wanted.ids is not None:
            ids_now, told = follow_merged(store, wanted.ids)
            wanted = replace(wanted, ids=tuple(ids_now))
            for sentence in told:
                say(sentence)
        records = list(load_records(store, match(store, wanted)))
        if diff:
            from catalog.services.recapture import diff_captures

            show_table(diff_captures(store, records, asked), settings.format)
        else:
            _show(store, records, view, settings)


def _split_captures(words: Sequence[str]) -> tuple[Sequence[str], Sequence[str]]:
    """Return which records are meant, and the captures that are named behind an id."""
    if not words or not words[0].isdecimal():
        return words, ()
    if len(words) > 1 + PAIR:
        raise UsageError("--diff compares two captures of a record: catalog show ID --diff A B")
    return words[:1], words[1:]


def _show(store: "Store", records: "Sequence[Record]", view: str, settings: Settings) -> None:
    from catalog.display.evidence import show_evidence
    from catalog.display.record import capture_table, show_body, show_records
    from catalog.display.table import show_table, show_tables
    from catalog.export.jsonl import write_records
    from catalog.services import show as service

    if view == "json":
        write_records(records, sys.stdout)
    elif view == "card":
        show_records(records, settings.format)
    elif view == "captures":
        show_table(capture_table(records), settings.format, sparse=True)
    elif view == "original":
        _write_original(store, records)
    elif view == "why":
        show_evidence(((record, service.explain(store, record)) for record in records), settings.format)
    elif view == "body":
        for record in records:
            show_body(record)
    else:
        look = service.reprints if view == "reprints" else service.history
        show_tables([look(store, record) for record in records], settings.format)


def _write_original(store: "Store", records: "Sequence[Record]") -> None:
    """Write the bytes of one record; never on a screen, which would obey what stands in them."""
    from catalog.services.show import original

    if len(records) != 1:
        raise UsageError("--original gives the bytes of one record; `sqlite3 catalog.db -A -x` extracts all")
    if sys.stdout.isatty():
        raise UsageError("--original writes bytes as captured: send them to a file or a pipe")
    data = original(store, records[0]).data
    sys.stdout.flush()
    sys.stdout.buffer.write(data)
