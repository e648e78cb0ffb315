"""Rows of truth that are replaced or taken out, kept as they were so that they can be put back exactly, ids included.

A capture goes and comes as a whole: its readings, assertions, observations and problems with it; its original stays in
`sqlar`. What is derived from these rows is not written here: `Touched` says what must be made anew.
"""

import json
import sqlite3
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any, Literal

from catalog.model.record import Body
from catalog.store.canonical import to_json
from catalog.store.former import ensure_record
from catalog.store.fulltext import bigrams
from catalog.store.index import IndexChanges
from catalog.store.printings import add_body, find_body, print_body, print_other, printed_text

Cell = str | int | float | None
KindName = Literal[
    "capture", "assertion", "observation", "problem", "verdict", "setting", "withdrawal", "record_key", "membership",
    "parsing", "reading", "printing",
    "authority", "distinction", "record_verdict", "capture_verdict", "capture_difference", "tag_term",
]  # fmt: skip


@dataclass(frozen=True, slots=True)
class Kind:
    """Rows of one table: by which columns a row is found again, and which others are kept."""

    table: str
    key: tuple[str, ...]
    columns: tuple[str, ...]


KINDS: dict[KindName, Kind] = {
    "assertion": Kind(
        "fields", ("id",),
        ("record_id", "capture_id", "position", "name", "label", "kind", "state", "value", "confidence",
         "asserted_by", "evidence", "change_set_id", "retired_by"),
    ),
    "observation": Kind(
        "observations", ("capture_id", "origin", "url", "captured_at", "captured_at_basis", "collector"),
        ("change_set_id",),
    ),
    "problem": Kind(
        "problems", ("origin", "code", "capture_id", "message"), ("failed", "change_set_id", "solved_by")
    ),
    "verdict": Kind("verdicts", ("body_sha256", "other_body_sha256"), ("verdict", "asserted_by", "change_set_id")),
    "setting": Kind("settings", ("name",), ("value",)),
    "withdrawal": Kind("withdrawn", ("sha256",), ("change_set_id",)),
    "record_key": Kind("records", ("id",), ("key", "key_basis")),
    "membership": Kind("captures", ("id",), ("record_id",)),
    "parsing": Kind("captures", ("id",), ("own_key", "parsed_with")),
    "reading": Kind(
        "readings", ("capture_id", "extractor"), ("extractor_version", "encoding", "encoding_basis", "text")
    ),
    "authority": Kind(
        "agent_verdicts", ("site", "name", "kind"),
        ("into_site", "into_name", "into_kind", "asserted_by", "change_set_id"),
    ),
    "distinction": Kind(
        "agent_differences", ("site", "name", "kind", "other_site", "other_name", "other_kind"),
        ("asserted_by", "change_set_id"),
    ),
    "record_verdict": Kind("record_verdicts", ("key",), ("into_key", "asserted_by", "change_set_id")),
    "capture_verdict": Kind("capture_verdicts", ("sha256",), ("key", "asserted_by", "change_set_id")),
    "capture_difference": Kind("capture_differences", ("sha256", "other_sha256"), ("asserted_by", "change_set_id")),
    "tag_term": Kind("tag_terms", ("tag",), ("uri", "note", "also", "change_set_id")),
}  # fmt: skip
CAPTURE = ("sha256", "size_bytes", "extension", "own_key", "record_id", "parsed_with")
READING = ("extractor", "extractor_version", "encoding", "encoding_basis", "text")
HANGING: tuple[KindName, ...] = ("assertion", "observation", "problem")  # on a capture, beside its readings


@dataclass(slots=True)
class Touched:
    """What follows from rows that were changed: ids of records and of bodies that lost a printing, bodies (SHA-256)
    on which a verdict changed, whether the threshold of near copies did, or what is said of agents' names.
    """

    records: set[int] = field(default_factory=set)
    bodies: set[int] = field(default_factory=set)
    judged: set[str] = field(default_factory=set)
    has_new_threshold: bool = False
    has_new_names: bool = False
    index: IndexChanges = field(default_factory=IndexChanges)


@dataclass(slots=True)
class Rows:
    """Changes rows inside the caller's transaction; each is set aside first, for the change set `kept_by` if given."""

    connection: sqlite3.Connection
    kept_by: int | None
    touched: Touched = field(default_factory=Touched)

    def put(self, kind: KindName, place: Sequence[Cell], content: object) -> None:
        """Let a row be as `content` says, None for none."""
        before = read_content(self.connection, kind, place)
        if before == content:
            return
        if self.kept_by is not None:
            _keep(self.connection, self.kept_by, kind, place, before)
        if kind == "capture":
            self._put_capture(int(str(place[0])), content)
            return
        if kind == "printing":
            self._put_printing(int(str(place[0])), content)
            return
        self._note(kind, place, (before, content))
        _write(self.connection, KINDS[kind], place, content)
        if kind == "membership" and isinstance(content, dict):  # what was read in a capture belongs to its record
            sql = "UPDATE fields SET record_id = ? WHERE capture_id = ?"
            self.connection.execute(sql, (content["record_id"], place[0]))

    def put_back(self, change_set_id: int) -> None:
        """Put back what a change set replaced or took out, the last first."""
        sql = "SELECT id FROM set_aside WHERE change_set_id = ? ORDER BY id DESC"
        for (id,) in self.connection.execute(
            sql, (change_set_id,)
        ).fetchall():  # contents one by one: they can be large
            row = self.connection.execute("SELECT kind, place, content FROM set_aside WHERE id = ?", (id,)).fetchone()
            content = None if row["content"] is None else json.loads(row["content"])
            self.put(row["kind"], json.loads(row["place"]), content)

    def _note(self, kind: KindName, place: Sequence[Cell], contents: Iterable[object]) -> None:
        """Note what must be made anew, and bring back the record to which a row is to belong."""
        said = [content for content in contents if isinstance(content, dict)]
        if kind in ("assertion", "membership"):
            self.touched.records.update(content["record_id"] for content in said)
            ensure_record(self.connection, said[-1]["record_id"])
        elif kind == "record_key":
            self.touched.records.add(int(str(place[0])))
        elif kind == "observation":
            sql = "SELECT record_id FROM captures WHERE id = ?"
            self.touched.records.update(row[0] for row in self.connection.execute(sql, (place[0],)))
        elif kind == "verdict":
            self.touched.judged.update(map(str, place))
        elif kind == "authority":
            self.touched.has_new_names = True
        elif place == ["near_threshold"]:
            self.touched.has_new_threshold = True

    def _put_printing(self, capture_id: int, content: object) -> None:
        """Let a capture print another body, None for none."""
        body = Body(content["text"], content["sha256"]) if isinstance(content, dict) else None
        sql = "SELECT record_id, sha256 FROM captures WHERE id = ?"
        record_id, sha256 = self.connection.execute(sql, (capture_id,)).fetchone()
        self.touched.records.add(record_id)
        self.touched.bodies.update(print_other(self.connection, (capture_id, sha256), body, self.touched.index))

    def _put_capture(self, id: int, content: object) -> None:
        if isinstance(content, dict):
            ensure_record(self.connection, content["capture"]["record_id"])
            self.touched.records.add(content["capture"]["record_id"])
            _insert_capture(self.connection, id, content, self.touched.index)
            return
        row = self.connection.execute("SELECT record_id, body_id FROM captures WHERE id = ?", (id,)).fetchone()
        self.touched.records.add(row["record_id"])
        _delete_capture(self.connection, id)
        if row["body_id"] is not None:
            self.touched.bodies.add(row["body_id"])


def keep_row(connection: sqlite3.Connection, change_set_id: int, kind: KindName, place: Sequence[Cell]) -> None:
    """Set aside a row as it stands now, before a change set replaces it, takes it out or writes the first such."""
    _keep(connection, change_set_id, kind, place, read_content(connection, kind, place))


def forget_kept(connection: sqlite3.Connection, change_set_id: int) -> None:
    """Drop what a change set set aside, once all of it is back."""
    connection.execute("DELETE FROM set_aside WHERE change_set_id = ?", (change_set_id,))


def read_content(connection: sqlite3.Connection, kind: KindName, place: Sequence[Cell]) -> object:
    """Return the row at a place, None if there is none."""
    if kind == "capture":
        return _read_capture(connection, int(str(place[0])))
    if kind == "printing":
        return _read_printing(connection, int(str(place[0])))
    found = _read(connection, KINDS[kind], KINDS[kind].key, place)
    return dict(zip(KINDS[kind].columns, found[0][len(place) :], strict=True)) if found else None


def _keep(
    connection: sqlite3.Connection, change_set_id: int, kind: KindName, place: Sequence[Cell], content: object
) -> None:
    sql = "INSERT INTO set_aside (change_set_id, kind, place, content) VALUES (?, ?, ?, ?)"
    said = None if content is None else to_json(content)
    connection.execute(sql, (change_set_id, kind, to_json(list(place)), said))


def _read(
    connection: sqlite3.Connection, kind: Kind, by: Sequence[str], values: Sequence[Cell]
) -> list[tuple[Cell, ...]]:
    """Return the rows with these values in the columns `by`: key and other columns."""
    asked = " AND ".join(f"{name} IS ?" for name in by)
    sql = f"SELECT {', '.join((*kind.key, *kind.columns))} FROM {kind.table} WHERE {asked}"  # noqa: S608 -- our own words
    return [tuple(row) for row in connection.execute(sql, values)]


def _write(connection: sqlite3.Connection, kind: Kind, place: Sequence[Cell], content: object) -> None:
    is_there = " AND ".join(f"{name} IS ?" for name in kind.key)
    if not isinstance(content, dict):
        connection.execute(f"DELETE FROM {kind.table} WHERE {is_there}", place)  # noqa: S608 -- our own words
        return
    values = [content[name] for name in kind.columns]
    new = ", ".join(f"{name} = ?" for name in kind.columns)
    changed = connection.execute(f"UPDATE {kind.table} SET {new} WHERE {is_there}", (*values, *place))  # noqa: S608
    if not changed.rowcount:
        _insert(connection, kind.table, (*kind.key, *kind.columns), [(*place, *values)])


def _insert(connection: sqlite3.Connection, table: str, columns: Sequence[str], rows: Iterable[Sequence[Cell]]) -> None:
    sql = f"INSERT INTO {table} ({', '.join(columns)}) VALUES ({', '.join('?' * len(columns))})"  # noqa: S608
    connection.executemany(sql, rows)


def _read_capture(connection: sqlite3.Connection, id: int) -> object:
    """Return a capture with all that hangs on it but its original, None if there is none."""
    capture = connection.execute(
        f"SELECT {', '.join(f'c.{name}' for name in CAPTURE)}, b.sha256 AS body"  # noqa: S608 -- our own words
        " FROM captures c LEFT JOIN bodies b ON b.id = c.body_id WHERE c.id = ?",
        (id,),
    ).fetchone()
    if capture is None:
        return None
    sql = f"SELECT {', '.join(READING)} FROM readings WHERE capture_id = ? ORDER BY extractor"  # noqa: S608
    readings = [dict(row) for row in connection.execute(sql, (id,))]
    content: dict[str, object] = {"capture": dict(capture), "readings": readings}
    content["printed"] = printed_text(connection, id)
    for name in HANGING:
        kind = KINDS[name]
        rows = _read(connection, kind, ("capture_id",), (id,))
        content[name] = [dict(zip((*kind.key, *kind.columns), row, strict=True)) for row in rows]
    return content


def _read_printing(connection: sqlite3.Connection, capture_id: int) -> object:
    """Return the body that a capture prints, as it prints it, None if none."""
    sql = "SELECT b.sha256 FROM captures c JOIN bodies b ON b.id = c.body_id WHERE c.id = ?"
    row = connection.execute(sql, (capture_id,)).fetchone()
    return {"sha256": row[0], "text": printed_text(connection, capture_id)} if row else None


def _insert_capture(connection: sqlite3.Connection, id: int, content: dict[str, Any], index: IndexChanges) -> None:
    capture, printed = content["capture"], content["printed"]
    known = find_body(connection, capture["body"]) if printed is not None else None
    body_id = known
    if printed is not None and known is None:
        body_id = add_body(connection, Body(printed, capture["body"]), capture["sha256"], index, bigrams(printed))
    row = (id, body_id, *(capture[name] for name in CAPTURE))
    _insert(connection, "captures", ("id", "body_id", *CAPTURE), [row])
    if known is not None:
        print_body(connection, known, (id, capture["sha256"]), printed, index)
    readings = [(id, *(reading[name] for name in READING)) for reading in content["readings"]]
    _insert(connection, "readings", ("capture_id", *READING), readings)
    for name in HANGING:
        columns = (*KINDS[name].key, *KINDS[name].columns)
        _insert(connection, KINDS[name].table, columns, [[row[column] for column in columns] for row in content[name]])


def _delete_capture(connection: sqlite3.Connection, id: int) -> None:
    for table in ("problems", "observations", "counters", "fields", "readings", "other_printings"):
        connection.execute(f"DELETE FROM {table} WHERE capture_id = ?", (id,))  # noqa: S608 -- six constants
    connection.execute("DELETE FROM captures WHERE id = ?", (id,))
