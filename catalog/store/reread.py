"""What was read of a capture, as it stands in the catalogue, and another reading in its place.

Assertions that are replaced are retired, not deleted; readings, problems and the printed body are set aside, so that
an undo puts them back.
"""

import sqlite3
from collections.abc import Sequence
from dataclasses import dataclass

from catalog.model.capture import Reading
from catalog.model.problem import Problem
from catalog.model.record import Body
from catalog.store.belonging import captures_of
from catalog.store.find import load_readings
from catalog.store.journal import ChangeSet
from catalog.store.save import asked_key, find_record, rename_record, save_fields, settle
from catalog.store.set_aside import Rows, read_content
from catalog.store.state import FieldRow

READ_FIELDS = (
    "SELECT id, name, label, kind, state, value, confidence, asserted_by, evidence FROM fields"
    " WHERE capture_id = ? AND retired_by IS NULL AND asserted_by NOT LIKE 'set:%' ORDER BY position, id"
)
SET_FIELDS = (
    "SELECT id FROM fields WHERE capture_id = ? AND asserted_by LIKE 'set:%' AND retired_by IS NULL"
    " ORDER BY position, id"
)
READ_PROBLEMS = (
    "SELECT code, message, failed FROM problems WHERE capture_id = ? AND origin IS NULL AND solved_by IS NULL"
    " AND code <> 'item.withdrawn' ORDER BY code, message"
)


@dataclass(frozen=True, slots=True)
class ReadRows:
    """All that a parser says of one capture, as rows. `body` has the text as this capture prints it."""

    readings: tuple[Reading, ...]
    fields: tuple[FieldRow, ...]
    body: Body | None
    problems: tuple[Problem, ...]
    own_key: str
    parsed_with: str


def load_read(connection: sqlite3.Connection, capture_id: int) -> ReadRows:
    """Return what the catalogue keeps of a capture as read."""
    sql = "SELECT sha256, own_key, parsed_with FROM captures WHERE id = ?"
    sha256, own_key, parsed_with = connection.execute(sql, (capture_id,)).fetchone()
    fields = tuple(tuple(row)[1:] for row in connection.execute(READ_FIELDS, (capture_id,)))
    printing = read_content(connection, "printing", [capture_id])
    body = Body(printing["text"], printing["sha256"]) if isinstance(printing, dict) else None
    problems = tuple(
        Problem(code, message, None, sha256, bool(failed))
        for code, message, failed in connection.execute(READ_PROBLEMS, (capture_id,))
    )
    return ReadRows(load_readings(connection, sha256), fields, body, problems, own_key, parsed_with)


def replace_read(rows: Rows, capture_id: int, old: ReadRows, new: ReadRows, change: ChangeSet) -> None:
    """Write another reading of a capture where it differs; `settle_records` must follow."""
    connection, change_set_id = rows.connection, change.begin(rows.connection)
    sha256, record_id = connection.execute(
        "SELECT sha256, record_id FROM captures WHERE id = ?", (capture_id,)
    ).fetchone()
    change.note(f"capture:{sha256}", "read", {"rules": old.parsed_with}, {"rules": new.parsed_with})
    rows.put("parsing", [capture_id], {"own_key": new.own_key, "parsed_with": new.parsed_with})
    _replace_readings(rows, capture_id, old.readings, new.readings)
    if old.fields != new.fields:
        _replace_fields(rows, capture_id, record_id, new.fields, change_set_id)
    _replace_problems(rows, capture_id, old.problems, new.problems, change_set_id)
    if old.body != new.body:
        body = {"sha256": new.body.sha256, "text": new.body.text} if new.body else None
        rows.put("printing", [capture_id], body)
    rows.touched.records.add(record_id)


def settle_records(rows: Rows, change: ChangeSet) -> None:
    """Give captures that were read otherwise the records that they belong to now.

    A record whose captures all belong elsewhere together stays what it is, under another key.
    """
    connection = rows.connection
    for record_id in sorted(rows.touched.records):
        captures = captures_of(connection, record_id).values()
        asked = {asked_key(connection, capture_id) for capture_id in captures}
        key = min(asked, default="")
        if len(asked) == 1 and find_record(connection, key) is None:
            rename_record(connection, record_id, key, change)
            continue
        for capture_id in captures:
            rows.touched.records.update(settle(connection, capture_id, change, rows.touched.index))


def _replace_readings(rows: Rows, capture_id: int, old: Sequence[Reading], new: Sequence[Reading]) -> None:
    for gone in {reading.extractor for reading in old} - {reading.extractor for reading in new}:
        rows.put("reading", [capture_id, gone], None)
    for reading in new:
        said = {name: getattr(reading, name) for name in ("extractor_version", "encoding", "encoding_basis", "text")}
        rows.put("reading", [capture_id, reading.extractor], said)


def _replace_fields(
    rows: Rows, capture_id: int, record_id: int, fields: Sequence[FieldRow], change_set_id: int
) -> None:
    """Retire what was read and write what is read now; what --set says keeps its place behind it."""
    old = [(change_set_id, row[0]) for row in rows.connection.execute(READ_FIELDS, (capture_id,)).fetchall()]
    rows.connection.executemany("UPDATE fields SET retired_by = ? WHERE id = ?", old)
    save_fields(rows.connection, fields, record_id, capture_id, change_set_id)
    for position, (id,) in enumerate(rows.connection.execute(SET_FIELDS, (capture_id,)).fetchall(), len(fields)):
        content = read_content(rows.connection, "assertion", [id])
        assert isinstance(content, dict)  # noqa: S101 -- it was just found
        rows.put("assertion", [id], {**content, "position": position})


def _replace_problems(
    rows: Rows, capture_id: int, old: Sequence[Problem], new: Sequence[Problem], change_set_id: int
) -> None:
    said_before, said_now = ({(one.code, one.message, one.failed) for one in some} for some in (old, new))
    for code, message, failed in sorted(said_before - said_now):
        place = [None, code, capture_id, message]
        content = read_content(rows.connection, "problem", place)
        assert isinstance(content, dict)  # noqa: S101 -- it was just found
        rows.put("problem", place, {**content, "failed": int(failed), "solved_by": change_set_id})
    for code, message, failed in sorted(said_now - said_before):
        content = {"failed": int(failed), "change_set_id": change_set_id, "solved_by": None}
        rows.put("problem", [None, code, capture_id, message], content)
