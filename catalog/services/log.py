"""The log: who changed what, when, with which command and why; and one change set value by value."""

import json
import sqlite3
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace

from catalog.errors import NothingMatched
from catalog.model.selection import Selection
from catalog.model.table import Cell, Column, Table
from catalog.services.find import match
from catalog.store.find import load_history
from catalog.store.history import UNDO, find_change_sets, read_change_sets, read_notes, read_timeline
from catalog.store.ids import find_former
from catalog.store.open import Store

COLUMNS = (
    Column("id", is_number=True),
    Column("at", is_whole=True),
    Column("who"),
    Column("command", is_whole=True),
    Column("what"),
    Column("why"),
    Column("undone_by", is_number=True),
)
CHANGES = (
    Column("change_set", is_number=True),
    Column("subject"),
    Column("name", is_whole=True),
    Column("old"),
    Column("new"),
)


def list_change_sets(store: Store, record_ids: Sequence[int] | None = None, limit: int | None = None) -> Table:
    """Return the change sets, the newest first, at most `limit` of them; with record ids those that touched these.

    `what` is what was counted, `undone_by` the undo that took a change set back, where it does not hold now.
    """
    ids = find_change_sets(store.connection)
    if record_ids is not None:
        touching = {row["change_set"] for id in record_ids for row in load_history(store.connection, id)}
        ids = [id for id in ids if id in touching]
    rows = tabled(store, ids if limit is None else ids[:limit]).rows
    return Table("Log", COLUMNS, rows, schema="catalog.log/1", total=len(ids))


def find_logged(store: Store, wanted: Selection) -> list[int]:
    """Return the ids of the records that match; an id may also be of a record that is gone, since the log keeps it.

    Raises QueryError, NothingMatched.
    """
    if wanted.ids is None or wanted.query.strip():
        return match(store, wanted)
    here = tuple(id for id in wanted.ids if find_former(store.connection, id) is None)
    if here:
        match(store, replace(wanted, ids=here))
    return list(dict.fromkeys(wanted.ids))


def tabled(store: Store, ids: Iterable[int]) -> Table:
    """Return these change sets as a table, the newest first."""
    timeline = read_timeline(store.connection)
    undone_by = timeline.undone_by | timeline.redone_by
    rows = (
        (row["id"], row["at"], row["who"], row["command"], _what(row), row["why"], undone_by.get(row["id"]))
        for row in read_change_sets(store.connection, ids)
    )
    return Table("", COLUMNS, tuple(rows))


def list_changes(store: Store, number: int) -> Table:
    """Return what a change set changed value by value, in order; values as JSON text. Raises NothingMatched."""
    if not read_change_sets(store.connection, [number]):
        raise NothingMatched(f"there is no change set {number}")
    rows: list[tuple[Cell, ...]] = [
        (number, note.subject, note.name, note.old, note.new) for note in read_notes(store.connection, number)
    ]
    return Table(f"Change set {number}", CHANGES, tuple(rows), schema="catalog.changes/1")


def _what(row: sqlite3.Row) -> str | None:
    """Return what a change set was told to do and what came of it: "source=新华社; records 1, values 1"."""
    told = json.loads(row["arguments"])
    counts = ", ".join(f"{name} {count}" for name, count in json.loads(row["counts"]).items() if count)
    return "; ".join(filter(None, (_told(row["command"], told), counts))) or None


def _told(command: str, told: Mapping[str, object]) -> str:
    """Return what stood on the command line: "of 12" for an undo, else each argument that says something."""
    if command == UNDO or "undo" in told:
        of = told.get("change_sets", [told.get("undo")])
        return f"{command} of {_listed(of)}"
    return ", ".join(
        _listed(value) if name == "changes" else f"{name} {_listed(value)}" for name, value in told.items() if value
    )


def _listed(value: object) -> str:
    return ", ".join(map(str, value)) if isinstance(value, list) else str(value)
