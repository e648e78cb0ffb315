"""Take a change set back: what it replaced is put back, what it brought is set aside, what it retired lives again."""

from collections import defaultdict
from collections.abc import Iterable

from catalog.store.custom import find_unused
from catalog.store.history import OPPOSITES, STRUCTURE, read_notes
from catalog.store.journal import ChangeSet
from catalog.store.set_aside import KindName, Rows, read_content


def take_back(rows: Rows, change_set_id: int, change: ChangeSet) -> None:
    """Change rows as if a change set had not been, and note the opposite of what it noted."""
    rows.put_back(change_set_id)
    notes = list(read_notes(rows.connection, change_set_id))
    names = defaultdict(set)
    for note in notes:
        names[note.subject].add(note.name)
    for subject in reversed(names):
        _take_own(rows, change_set_id, subject, names[subject].difference(STRUCTURE, ("withdrawn",)))
    for note in reversed(notes):
        change.note_json(note.subject, OPPOSITES.get(note.name, note.name), note.new, note.old)


def bring_back(rows: Rows, undo: int, targets: Iterable[int], change: ChangeSet) -> None:
    """Change rows as if these change sets had not been taken back by `undo`, and note again what they noted."""
    rows.put_back(undo)
    for target in targets:
        for note in read_notes(rows.connection, target):
            change.note_json(note.subject, note.name, note.old, note.new)


def forget_unused(rows: Rows) -> None:
    """Forget the fields of one's own that came with what was taken back: they have no value any more."""
    for name in find_unused(rows.connection):
        rows.put("setting", [name], None)


def _take_own(rows: Rows, change_set_id: int, subject: str, names: set[str]) -> None:
    """Take out what a change set wrote of one subject, and let live what it retired or solved."""
    kind, _, key = subject.partition(":")
    if kind == "origin":
        _take_problems(rows, change_set_id, key)
    elif kind == "record" and names:
        _take_assertions(rows, change_set_id, "capture_id IS NULL AND record_id", _id(rows, "records", "key", key))
    elif kind == "capture" and names:
        capture_id = _id(rows, "captures", "sha256", key)
        if "ingested" in names:
            rows.put("capture", [capture_id], None)
            return
        _take_assertions(rows, change_set_id, "capture_id", capture_id)
        _take_observations(rows, change_set_id, capture_id)


def _id(rows: Rows, table: str, column: str, key: str) -> int:
    sql = f"SELECT id FROM {table} WHERE {column} = ?"  # noqa: S608 -- our own words
    return int(rows.connection.execute(sql, (key,)).fetchone()[0])


def _take_assertions(rows: Rows, change_set_id: int, where: str, id: int) -> None:
    sql = f"SELECT id, change_set_id FROM fields WHERE {where} = ? AND ? IN (change_set_id, retired_by) ORDER BY id"  # noqa: S608 -- two constants
    for field_id, brought_by in rows.connection.execute(sql, (id, change_set_id)).fetchall():
        _take(rows, "assertion", [field_id], "retired_by", is_own=brought_by == change_set_id)


def _take_problems(rows: Rows, change_set_id: int, origin: str) -> None:
    sql = (
        "SELECT code, message, change_set_id FROM problems"
        " WHERE origin = ? AND capture_id IS NULL AND ? IN (change_set_id, solved_by)"
    )
    for code, message, brought_by in rows.connection.execute(sql, (origin, change_set_id)).fetchall():
        _take(rows, "problem", [origin, code, None, message], "solved_by", is_own=brought_by == change_set_id)


def _take(rows: Rows, kind: KindName, place: list[int | str | None], ended_by: str, *, is_own: bool) -> None:
    """Take a row out that is the change set's own; let live one that it ended."""
    content = read_content(rows.connection, kind, place)
    rows.put(kind, place, {**content, ended_by: None} if isinstance(content, dict) and not is_own else None)


def _take_observations(rows: Rows, change_set_id: int, capture_id: int) -> None:
    sql = (
        "SELECT capture_id, origin, url, captured_at, captured_at_basis, collector FROM observations"
        " WHERE capture_id = ? AND change_set_id = ?"
    )
    for row in rows.connection.execute(sql, (capture_id, change_set_id)).fetchall():
        rows.put("observation", tuple(row), None)
