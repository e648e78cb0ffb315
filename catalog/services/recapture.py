"""Captures of one page held against each other: what its site changed after publication."""

import sqlite3
from collections.abc import Iterator, Sequence
from dataclasses import replace
from difflib import SequenceMatcher
from itertools import groupby, pairwise, zip_longest

from catalog.dedupe.sentences import compare_sentences
from catalog.errors import NothingMatched, UsageError
from catalog.model.record import CaptureFacts, Record
from catalog.model.table import Cell, Column, Table
from catalog.services.tag import values_of
from catalog.services.wanted import editable_names
from catalog.store.open import Store
from catalog.store.printings import printed_text
from catalog.store.save import find_capture
from catalog.text.fold import fold_body
from catalog.text.record import build_record, level

OPEN, CLOSE = "⟦", "⟧"  # around what is other within a value
LEAST_ALIKE = 0.5  # of two sentences that stand in each other's place, so that they are one that was changed
SHORTEST_PREFIX = 4  # characters of a SHA-256 that are typed
COLUMNS = (
    Column("id", is_number=True),
    Column("from", is_number=True),
    Column("to", is_number=True),
    Column("field", is_whole=True),
    Column("change", is_whole=True),
    Column("old", is_marked=True),
    Column("new", is_marked=True),
)
Change = tuple[str, str | None, str | None]  # kind, old, new
Place = tuple[int, CaptureFacts]  # number from 1, the earliest first


def diff_captures(store: Store, records: Sequence[Record], asked: Sequence[str] = ()) -> Table:
    """Return what is other from each capture of a record to the next, or from one of those `asked` for to the other.

    A capture is asked for by its number in `show --captures` or the beginning of its SHA-256; one alone is compared
    with the latest. Raises UsageError or NothingMatched where there is nothing to compare.
    """
    rows: list[tuple[Cell, ...]] = []
    n_pairs = 0
    for record in records:
        places = list(enumerate(record.captures, 1))
        pairs = [_asked(record, places, asked)] if asked else list(pairwise(places))
        n_pairs += len(pairs)
        for old, new in pairs:
            rows += [(record.id, old[0], new[0], *row) for row in _differences(store.connection, record, old, new)]
    if not n_pairs:
        named = f"record {records[0].id} has" if len(records) == 1 else "each of these records has"
        raise NothingMatched(f"{named} one capture: there is nothing to compare")
    return Table("", COLUMNS, tuple(rows), schema="catalog.capture-diff/1")


def _asked(record: Record, places: Sequence[Place], asked: Sequence[str]) -> tuple[Place, Place]:
    old, *rest = [_find(record, places, word) for word in asked]
    return old, rest[0] if rest else places[-1]


def _find(record: Record, places: Sequence[Place], word: str) -> Place:
    if word.isascii() and word.isdecimal() and 0 < int(word) <= len(places):
        return places[int(word) - 1]
    found = [place for place in places if place[1].sha256.startswith(word.lower())]
    if len(word) >= SHORTEST_PREFIX and len(found) == 1:
        return found[0]
    raise UsageError(
        f"record {record.id} has no capture {word!r}: say 1 to {len(places)}, or the beginning of its SHA-256",
        capture=word,
    )


def _differences(
    connection: sqlite3.Connection, record: Record, old: Place, new: Place
) -> Iterator[tuple[str, str, str | None, str | None]]:
    """Yield field, kind of change, old and new; the text sentence by sentence, at the end."""
    before, after = (_as_read(record, facts) for _, facts in (old, new))
    for name in editable_names({}):
        values = [tuple(map(str, values_of(one, name))) for one in (before, after)]
        if values[0] != values[1]:
            yield name, *_change("; ".join(values[0]) or None, "; ".join(values[1]) or None)
    texts = [_text(connection, facts) for _, facts in (old, new)]
    if texts[0] != texts[1]:
        changes = list(_sentences(*texts))
        for change in changes or [("form", None, None)]:  # white space or marks alone
            yield "body", *change


def _as_read(record: Record, facts: CaptureFacts) -> Record:
    """Return what one capture says, whatever others, options or people do."""
    fields = [field for field in record.fields if field.capture == facts.sha256 and level(field) <= 1]
    return build_record(fields, [replace(facts, observations=())], {})


def _text(connection: sqlite3.Connection, facts: CaptureFacts) -> str:
    found = find_capture(connection, facts.sha256)
    return (printed_text(connection, found[0]) or "") if found else ""


def _sentences(old: str, new: str) -> Iterator[Change]:
    """Yield the sentences that were cut, added, or changed; one that stands in another's place and is like it."""
    run: list[tuple[str, str]] = []
    for kind, some in groupby(compare_sentences(old, new, fold_body), lambda change: change.kind):
        texts = [change.text for change in some]
        if kind == "cut":
            yield from _paired(run)
            run = [(text, "") for text in texts]
            continue
        run = list(zip_longest([cut for cut, _ in run], texts, fillvalue=""))
        yield from _paired(run)
        run = []
    yield from _paired(run)


def _paired(run: Sequence[tuple[str, str]]) -> Iterator[Change]:
    for old, new in run:
        if old and new and SequenceMatcher(None, old, new, autojunk=False).ratio() < LEAST_ALIKE:
            yield _change(old, None)
            yield _change(None, new)
        else:
            yield _change(old or None, new or None)


def _change(old: str | None, new: str | None) -> Change:
    """Return what became of a value, with what is other in it marked."""
    if old is None or new is None:
        return ("added" if old is None else "cut"), old, new
    start = next((n for n, (a, b) in enumerate(zip(old, new, strict=False)) if a != b), min(len(old), len(new)))
    most = min(len(old), len(new)) - start
    end = next((n for n in range(most) if old[-1 - n] != new[-1 - n]), most)
    return "changed", _mark(old, start, end), _mark(new, start, end)


def _mark(text: str, start: int, end: int) -> str:
    """Return the text with what stands between marked: its first `start` and last `end` characters are the same."""
    stop = len(text) - end
    return f"{text[:start]}{OPEN}{text[start:stop]}{CLOSE}{text[stop:]}"
