"""What the journal remembers of a catalogue beside its originals: enough to make it anew from the two.

Only the tables `sqlar` and `journal` are read, which is what a rescue has; what a program kept that was older than
these notes is read from its own tables, where they are there.
"""

import json
import sqlite3
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from catalog.store.state import capture_state, record_state
from catalog.store.watch import SUBJECT, WATCHED, read_places, read_row

_SPANS = (  # of each subject its first note that holds a state, and the last
    "SELECT subject, min(id) AS first, max(id) AS last FROM journal WHERE subject >= ?1 || ':' AND subject < ?1 || ';'"
    " AND name IN ('ingested', 'state') GROUP BY subject ORDER BY first"
)


@dataclass(frozen=True, slots=True)
class Command:
    """What the log has of one change set."""

    command: str
    arguments: dict[str, Any]
    agent: str
    message: str | None


@dataclass(frozen=True, slots=True)
class Remembered:
    """One capture in view: where it was met, what was set by hand (name, label, kind, state, value, confidence, by
    whom), and the encoding that the ingest was told.
    """

    sha256: str
    record: str | None
    seen: list[list[str | None]]
    set: list[list[Any]]
    encoding: str | None


def read_commands(connection: sqlite3.Connection) -> dict[int, Command]:
    """Return the change sets, by number."""
    found = {}
    for id, said in connection.execute("SELECT change_set_id, new FROM journal WHERE name = 'began'"):
        command, arguments, agent, message, _ = json.loads(said)
        found[id] = Command(command, json.loads(arguments), agent, message)
    return found


def read_captures(connection: sqlite3.Connection) -> Iterator[Remembered]:
    """Yield the captures in view, in the order in which they came."""
    commands = read_commands(connection)
    for subject, first, last in connection.execute(_SPANS, ("capture",)):
        sha256 = subject.partition(":")[2]
        (began, said), (_, state) = _read_note(connection, first), _read_note(connection, last)
        if state is None:
            continue
        if "seen" not in state:
            state = _ask(connection, capture_state, sha256) or {"seen": [], "set": []}
        told = commands[began].arguments if began in commands else {}
        yield Remembered(sha256, (said or {}).get("record"), state["seen"], state.get("set", []), told.get("encoding"))


def read_words(connection: sqlite3.Connection) -> Iterator[tuple[str, list[list[Any]]]]:
    """Yield the key of each record of which cataloguers said something, with what of it holds."""
    known = set()
    for subject, _, last in connection.execute(_SPANS, ("record",)):
        key = subject.partition(":")[2]
        known.add(key)
        state = _read_note(connection, last)[1]
        if state is not None and state["said"]:
            yield key, state["said"]
    for key in _older_records(connection):
        state = _ask(connection, record_state, key) if key not in known else None
        if state is not None:
            yield key, state["said"]


def read_decisions(connection: sqlite3.Connection) -> Iterator[tuple[str, list[Any], dict[str, Any]]]:
    """Yield (table, place, other columns by name) of the rows of cataloguers' decisions and of inputs' problems."""
    for table in WATCHED:
        head = f"{SUBJECT}:{table}:"
        sql = "SELECT substr(subject, ?2), max(id) FROM journal WHERE subject >= ?1 AND subject < ?3 GROUP BY subject"
        noted = dict(connection.execute(sql, (head, len(head) + 1, head[:-1] + ";")).fetchall())
        for place, note in noted.items():
            row = _read_note(connection, note)[1]
            if row is not None:
                yield table, json.loads(place), _named(table, row)
        for place in _older_places(connection, table):
            row = read_row(connection, table, json.loads(place)) if place not in noted else None
            if row is not None:
                yield table, json.loads(place), _named(table, row)


def _named(table: str, row: list[Any]) -> dict[str, Any]:
    return dict(zip(COLUMNS[table], row, strict=True))


COLUMNS = {  # beside the key, in the order of the table
    "settings": ("value",),
    "verdicts": ("verdict", "asserted_by", "change_set_id"),
    "withdrawn": ("change_set_id",),
    "problems": ("failed", "change_set_id", "solved_by"),
    "agent_verdicts": ("into_site", "into_name", "into_kind", "asserted_by", "change_set_id"),
    "agent_differences": ("asserted_by", "change_set_id"),
    "record_verdicts": ("into_key", "asserted_by", "change_set_id"),
    "capture_verdicts": ("key", "asserted_by", "change_set_id"),
    "capture_differences": ("asserted_by", "change_set_id"),
    "tag_terms": ("uri", "note", "also", "change_set_id"),
}


def _read_note(connection: sqlite3.Connection, id: int) -> tuple[int, Any]:
    row = connection.execute("SELECT change_set_id, new FROM journal WHERE id = ?", (id,)).fetchone()
    return row[0], None if row[1] is None else json.loads(row[1])


def _ask(connection: sqlite3.Connection, read: Any, key: str) -> Any:  # noqa: ANN401 -- a state, or None
    """Return what an older program's own tables say, None where they are not there or cannot be read."""
    try:
        return read(connection, key)
    except sqlite3.DatabaseError:
        return None


def _older_records(connection: sqlite3.Connection) -> list[str]:
    sql = "SELECT DISTINCT r.key FROM fields f JOIN records r ON r.id = f.record_id WHERE f.capture_id IS NULL"
    try:
        return [row[0] for row in connection.execute(sql)]
    except sqlite3.DatabaseError:
        return []


def _older_places(connection: sqlite3.Connection, table: str) -> list[str]:
    try:
        return list(read_places(connection, table))
    except sqlite3.DatabaseError:
        return []
