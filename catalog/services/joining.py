"""Records that identity could not decide: two that are one, and captures that are of another. Cataloguers' verdicts."""

import sqlite3
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from catalog.errors import NothingMatched, UsageError
from catalog.model.outcome import Outcome
from catalog.model.table import Cell, Table
from catalog.services.deciding import COLUMNS, deciding
from catalog.services.ports import Ports
from catalog.store.belonging import captures_of, give, lead, set_apart
from catalog.store.canonical import Plain
from catalog.store.former import bring_record
from catalog.store.identity import capture_key, record_key
from catalog.store.journal import ChangeSet
from catalog.store.open import Store
from catalog.store.save import dissolve, find_record
from catalog.store.set_aside import Rows

LEAST_DIGITS = 6  # of a SHA-256 by which a capture is named
HEAD = "SELECT id, key, title FROM records WHERE id = ?"


@dataclass(frozen=True, slots=True)
class Merging:
    """Records that go into another one; all by id."""

    ids: tuple[int, ...]
    into: int


@dataclass(frozen=True, slots=True)
class Splitting:
    """Captures (SHA-256) that leave a record."""

    id: int
    captures: tuple[str, ...]


def read_merging(store: Store, ids: Sequence[int]) -> Merging:
    """Return what a merge of these records means: the last one stays. Raises NothingMatched, UsageError."""
    for id in ids:
        _head(store.connection, id)
    others = tuple(dict.fromkeys(ids[:-1]))
    if not others or ids[-1] in others:
        raise UsageError("say two records or more: the last one stays, the others go into it")
    return Merging(others, ids[-1])


def plan_merging(store: Store, merging: Merging) -> Table:
    """Return what would change."""
    into = _head(store.connection, merging.into)
    rows: list[tuple[Cell, ...]] = []
    for id in merging.ids:
        head = _head(store.connection, id)
        rows.append(("record", str(id), head["title"], str(id), f"{into['id']} {into['title'] or ''}".strip()))
    return Table("", COLUMNS, tuple(rows))


def apply_merging(store: Store, merging: Merging, ports: Ports, *, message: str | None = None) -> Outcome:
    """Let records go into another one as one change set, all or nothing. Counts: `records` and `captures` that went."""
    said: Mapping[str, Plain] = {"records": list(merging.ids), "into": merging.into}
    change = ChangeSet("merge", ports.who, ports.timestamp(), said, message)
    counts = {"records": len(merging.ids), "captures": 0}
    with deciding(store, change, ports, counts) as rows:
        counts["captures"] = merge_records(rows, merging, ports.who, change)
    return Outcome("merge", counts, change_set=change.id)


def merge_records(rows: Rows, merging: Merging, who: str, change: ChangeSet) -> int:
    """Let records go into another one inside the caller's transaction; return how many captures went.

    Their captures, and those that come later under their keys, belong to it from now on, whatever URLs become known.
    """
    connection, number = rows.connection, change.begin(rows.connection)
    into = _head(connection, merging.into)
    lead(rows, into["key"], None, who, number)
    give(rows, captures_of(connection, merging.into), into["key"], who, number)
    n_captures = 0
    for id in merging.ids:
        head = _head(connection, id)
        captures = captures_of(connection, id)
        lead(rows, head["key"], into["key"], who, number)
        give(rows, captures, into["key"], who, number)
        for sha256, capture_id in captures.items():
            rows.put("membership", [capture_id], {"record_id": merging.into})
            change.note(f"capture:{sha256}", "record", head["key"], into["key"])
        dissolve(connection, id, merging.into, change, rows.touched.index)
        n_captures += len(captures)
    rows.touched.records.difference_update(merging.ids)
    return n_captures


def keep_records_apart(rows: Rows, ids: tuple[int, int], who: str, change: ChangeSet) -> None:
    """Keep that two records are two, so that they are not proposed again."""
    mine, theirs = (captures_of(rows.connection, id) for id in ids)
    keys = [_head(rows.connection, id)["key"] for id in ids]
    set_apart(rows, mine, theirs, who, change.begin(rows.connection))
    for sha256 in mine:
        change.note(f"capture:{sha256}", f"not_of:{keys[1]}", None, keys[0])


def read_splitting(store: Store, id: int, words: Sequence[str]) -> Splitting:
    """Return which captures leave a record, each named by the beginning of its SHA-256 or by its file.

    Raises NothingMatched, or UsageError where none would be left.
    """
    _head(store.connection, id)
    captures = captures_of(store.connection, id)
    found = tuple(dict.fromkeys(_find_capture(store.connection, id, captures, word) for word in words))
    if len(found) == len(captures):
        raise UsageError(f"record {id} has {'no other capture' if len(found) == 1 else 'no others'}: one must stay")
    return Splitting(id, found)


def plan_splitting(store: Store, splitting: Splitting) -> Table:
    """Return what would change."""
    title = _head(store.connection, splitting.id)["title"]
    rows = tuple(("capture", sha256, title, str(splitting.id), "a record of its own") for sha256 in splitting.captures)
    return Table("", COLUMNS, rows)


def apply_splitting(store: Store, splitting: Splitting, ports: Ports, *, message: str | None = None) -> Outcome:
    """Give captures a record of their own as one change set, all or nothing.

    Counts: `captures` that left, `records` made.
    """
    said: Mapping[str, Plain] = {"record": splitting.id, "captures": list(splitting.captures)}
    change = ChangeSet("split", ports.who, ports.timestamp(), said, message)
    counts = {"captures": len(splitting.captures), "records": 1}
    with deciding(store, change, ports, counts) as rows:
        _split(rows, splitting, ports.who, change)
    return Outcome("split", counts, change_set=change.id)


def _split(rows: Rows, splitting: Splitting, who: str, change: ChangeSet) -> None:
    connection, number = rows.connection, change.begin(rows.connection)
    old = _head(connection, splitting.id)
    captures = captures_of(connection, splitting.id)
    key = _free_key(connection, splitting, old["key"])
    lead(rows, key, None, who, number)
    target = bring_record(connection, key)
    give(rows, splitting.captures, key, who, number)
    set_apart(rows, splitting.captures, captures.keys() - set(splitting.captures), who, number)
    for sha256 in splitting.captures:
        rows.put("membership", [captures[sha256]], {"record_id": target})
        change.note(f"capture:{sha256}", "record", old["key"], key)


def _free_key(connection: sqlite3.Connection, splitting: Splitting, taken: str) -> str:
    """Return a key that the captures can have for themselves: the one that identity gives them, else by their bytes."""
    own = {_own_key(connection, sha256) for sha256 in splitting.captures}
    by_bytes = map(capture_key, sorted(splitting.captures))
    for key in (*(own if len(own) == 1 else ()), *by_bytes):
        if key != taken and find_record(connection, key) is None:
            return str(key)
    raise UsageError(f"record {splitting.id} is known by these bytes: split the other captures off instead")


def _own_key(connection: sqlite3.Connection, sha256: str) -> str:
    """Return the key of the record to which a capture would belong if nobody had decided."""
    row = connection.execute("SELECT id, own_key FROM captures WHERE sha256 = ?", (sha256,)).fetchone()
    sql = "SELECT url FROM observations WHERE capture_id = ? AND url IS NOT NULL"
    urls = [str(url) for (url,) in connection.execute(sql, (row["id"],))]
    return record_key(urls, str(row["own_key"]))


def _head(connection: sqlite3.Connection, id: int) -> sqlite3.Row:
    row: sqlite3.Row | None = connection.execute(HEAD, (id,)).fetchone()
    if row is None:
        raise NothingMatched(f"there is no record {id}", ids=str(id))
    return row


def _find_capture(connection: sqlite3.Connection, id: int, captures: dict[str, int], word: str) -> str:
    """Return the SHA-256 of the capture that a word means: its beginning, or the end of a path where it was met."""
    sql = "SELECT 1 FROM observations WHERE capture_id = ? AND (origin = ? OR substr(origin, -length(?)) = ?) LIMIT 1"
    end = f"/{word}"
    found = [s for s, number in captures.items() if connection.execute(sql, (number, word, end, end)).fetchone()]
    if not found and (len(word) < LEAST_DIGITS or not set(word.lower()) <= set("0123456789abcdef")):
        raise UsageError(
            f"{word}: name a capture by {LEAST_DIGITS} digits of its SHA-256 or more, or by its file; "
            f"`catalog show {id} --captures` lists them"
        )
    found = found or [sha256 for sha256 in captures if sha256.startswith(word.lower())]
    if len(found) != 1:
        raise NothingMatched(f"record {id} has {'no' if not found else 'more than one'} capture {word}")
    return found[0]
