"""Write what an ingest brings: captures, observations, assertions of --set, problems; and give each its record.

All functions work inside the caller's transaction and note what they change in its change set. Those that change
what a record consists of return the ids of the records whose winners must be rewritten.
"""

import sqlite3
from collections.abc import Iterable, Sequence

from catalog.model.capture import Observation
from catalog.model.field import Field
from catalog.model.problem import Problem
from catalog.store.belonging import belongs_to
from catalog.store.custom import read_custom
from catalog.store.former import bring_record, drop_record, forget_former, former_id
from catalog.store.identity import key_basis
from catalog.store.ids import next_id
from catalog.store.index import IndexChanges
from catalog.store.journal import ChangeSet
from catalog.store.originals import MODE
from catalog.store.printings import add_body, find_body, print_body
from catalog.store.retire import find_superseded
from catalog.store.rows import CaptureRows, field_row
from catalog.store.set_aside import keep_row
from catalog.store.state import INGESTED, FieldRow, digest_new
from catalog.store.winners import add_record, write_company

INSERT_FIELD = (
    "INSERT INTO fields (id, record_id, capture_id, position, change_set_id,"
    " name, label, kind, state, value, confidence, asserted_by, evidence)"
    " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)"
)


def find_capture(connection: sqlite3.Connection, sha256: str) -> tuple[int, int] | None:
    """Return (capture id, record id), None if the catalogue has no such capture."""
    row = connection.execute("SELECT id, record_id FROM captures WHERE sha256 = ?", (sha256,)).fetchone()
    return (int(row[0]), int(row[1])) if row else None


def find_record(connection: sqlite3.Connection, key: str) -> int | None:
    """Return the id of the record with this key."""
    row = connection.execute("SELECT id FROM records WHERE key = ?", (key,)).fetchone()
    return int(row[0]) if row else None


def has_body(connection: sqlite3.Connection, sha256: str) -> bool:
    """Return whether the catalogue has a body with this digest."""
    return connection.execute("SELECT 1 FROM bodies WHERE sha256 = ?", (sha256,)).fetchone() is not None


def has_observation(connection: sqlite3.Connection, capture_id: int, seen: Observation) -> bool:
    """Return whether the catalogue knows already that the capture was met so."""
    sql = (
        "SELECT 1 FROM observations WHERE capture_id = ? AND origin = ? AND url IS ? AND captured_at IS ?"
        " AND captured_at_basis IS ? AND collector IS ?"
    )
    return connection.execute(sql, (capture_id, *_said(seen))).fetchone() is not None


def save_capture(
    connection: sqlite3.Connection, rows: CaptureRows, seen: Observation, change: ChangeSet, index: IndexChanges
) -> tuple[int, bool]:
    """Write a capture that the catalogue does not have yet, with its first observation.

    Returns its record's id and whether that is new; the winners of a new record are written with it.
    """
    change_set_id = change.begin(connection)
    key = belongs_to(connection, rows.sha256, [seen.url] if seen.url else [], rows.own_key)
    capture_id = next_id(connection, "captures")
    body_id = find_body(connection, rows.body.sha256) if rows.body else None
    is_printed_again = body_id is not None
    if rows.body and body_id is None:
        body_id = add_body(connection, rows.body, rows.sha256, index, rows.body_tokens)
    known = find_record(connection, key)
    record_id = known or _add_record(connection, key, rows, index)
    connection.execute(
        "INSERT INTO captures (id, sha256, size_bytes, extension, own_key, record_id, body_id, parsed_with)"
        " VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
        (capture_id, rows.sha256, rows.size_bytes, rows.extension, rows.own_key, record_id, body_id, rows.parsed_with),
    )
    if rows.body and body_id and is_printed_again:
        print_body(connection, body_id, (capture_id, rows.sha256), rows.body.text, index)
    connection.execute(
        "INSERT OR IGNORE INTO sqlar (name, mode, mtime, sz, data) VALUES (?, ?, 0, ?, ?)",  # kept by an undone ingest
        (f"{rows.sha256}.{rows.extension}", MODE, rows.size_bytes, rows.packed),
    )
    connection.executemany(
        "INSERT INTO readings (capture_id, extractor, extractor_version, encoding, encoding_basis, text)"
        " VALUES (?, ?, ?, ?, ?, ?)",
        [(capture_id, r.extractor, r.extractor_version, r.encoding, r.encoding_basis, r.text) for r in rows.readings],
    )
    save_fields(connection, rows.fields, record_id, capture_id, change_set_id)
    if known is None:
        write_company(connection, record_id, rows.winners)
    _insert_observation(connection, capture_id, seen, change_set_id)
    for problem in rows.problems:
        save_problem(connection, problem, change, capture_id)
    met = _said(seen)
    digest = digest_new(rows.digest, change_set_id, len(rows.fields), met, rows.problems)
    said = {"record": key, "rules": rows.parsed_with, "digest": digest, "seen": [list(met)]}
    change.note(f"capture:{rows.sha256}", INGESTED, None, said)
    return record_id, known is None


def save_fields(  # noqa: PLR0913, PLR0917 -- the columns that the rows themselves do not know
    connection: sqlite3.Connection,
    fields: Iterable[FieldRow],
    record_id: int,
    capture_id: int | None,
    change_set_id: int,
    first: int = 0,
) -> None:
    """Write assertions; their positions count from `first`."""
    before = next_id(connection, "fields") - first
    rows = [(before + n, record_id, capture_id, n, change_set_id, *row) for n, row in enumerate(fields, first)]
    connection.executemany(INSERT_FIELD, rows)


def save_observation(
    connection: sqlite3.Connection, capture_id: int, seen: Observation, change: ChangeSet, index: IndexChanges
) -> set[int] | None:
    """Write that a known capture was met again; None if that is known already.

    Returns the records whose winners may differ now: capture times order the captures, and a URL that becomes
    known can give the capture another record.
    """
    if has_observation(connection, capture_id, seen):
        return None
    _insert_observation(connection, capture_id, seen, change.begin(connection))
    row = connection.execute("SELECT sha256, record_id FROM captures WHERE id = ?", (capture_id,)).fetchone()
    said = dict(zip(("origin", "url", "captured_at", "captured_at_basis", "collector"), _said(seen), strict=True))
    change.note(f"capture:{row[0]}", "observed", None, said)
    return {int(row[1])} | (settle(connection, capture_id, change, index) if seen.url else set())


def save_settings(
    connection: sqlite3.Connection, capture_id: int, settings: Sequence[Field], change: ChangeSet
) -> bool:
    """Write what --set says of a capture, unless it says so already; return whether anything changed.

    An older setting of the same names is retired: the last run speaks for the batch.
    """
    names = {field.name for field in settings}
    sql = (
        "SELECT id, name, value FROM fields WHERE capture_id = ? AND asserted_by LIKE 'set:%' AND retired_by IS NULL"
        " ORDER BY position, id"
    )
    old = [row for row in connection.execute(sql, (capture_id,)) if row["name"] in names]
    if sorted((r["name"], str(r["value"])) for r in old) == sorted((f.name, str(f.value)) for f in settings):
        return False
    change_set_id = change.begin(connection)
    connection.executemany("UPDATE fields SET retired_by = ? WHERE id = ?", [(change_set_id, row["id"]) for row in old])
    row = connection.execute("SELECT sha256, record_id FROM captures WHERE id = ?", (capture_id,)).fetchone()
    last = connection.execute("SELECT max(position) FROM fields WHERE capture_id = ?", (capture_id,)).fetchone()[0]
    first = 0 if last is None else last + 1
    save_fields(connection, map(field_row, settings), row["record_id"], capture_id, change_set_id, first)
    for name in sorted(names):
        before = [r["value"] for r in old if r["name"] == name]
        now = [f.value for f in settings if f.name == name]
        change.note(f"capture:{row['sha256']}", name, before or None, now)
    return True


def save_problem(
    connection: sqlite3.Connection, problem: Problem, change: ChangeSet, capture_id: int | None = None
) -> bool:
    """Keep a problem once; return whether it is new, or open again."""
    same = (problem.origin, problem.code, capture_id, problem.message)
    known = connection.execute(
        "SELECT id, solved_by FROM problems WHERE origin IS ? AND code = ? AND capture_id IS ? AND message = ?", same
    ).fetchone()
    if known is None:
        sql = (
            "INSERT INTO problems (origin, code, capture_id, message, failed, change_set_id) VALUES (?, ?, ?, ?, ?, ?)"
        )
        connection.execute(sql, (*same, int(problem.failed), change.begin(connection)))
    elif known["solved_by"] is None:
        return False
    else:
        keep_row(connection, change.begin(connection), "problem", same)
        sql = "UPDATE problems SET solved_by = NULL, change_set_id = ? WHERE id = ?"
        connection.execute(sql, (change.begin(connection), known["id"]))
    if capture_id is None:
        change.note(
            f"origin:{problem.origin or ''}", "problem", None, {"code": problem.code, "message": problem.message}
        )
    return True


def solve_problems(
    connection: sqlite3.Connection, origin: str, change: ChangeSet, still: Problem | None = None
) -> bool:
    """Mark the failures of an input as solved, but for `still`; return whether there were any."""
    sql = (
        "SELECT id, code, message FROM problems"
        " WHERE origin = ? AND capture_id IS NULL AND failed AND solved_by IS NULL"
    )
    rows = connection.execute(sql, (origin,)).fetchall()
    solved = [r for r in rows if still is None or (r["code"], r["message"]) != (still.code, still.message)]
    for row in solved:
        sql = "UPDATE problems SET solved_by = ? WHERE id = ?"
        connection.execute(sql, (change.begin(connection), row["id"]))
        change.note(f"origin:{origin}", "problem", {"code": row["code"], "message": row["message"]}, None)
    return bool(solved)


def save_decisions(
    connection: sqlite3.Connection, record_id: int, decisions: Iterable[Field], change: ChangeSet
) -> None:
    """Write what a cataloguer says of a record and retire what that replaces; nothing is deleted."""
    change_set_id = change.begin(connection)
    save_fields(connection, map(field_row, decisions), record_id, None, change_set_id)
    retire_superseded(connection, record_id, change_set_id)


def save_assertions(
    connection: sqlite3.Connection, record_id: int, assertions: Iterable[Field], change: ChangeSet
) -> None:
    """Write assertions of cataloguers as they stood, each by whom it was: for a catalogue that is made anew."""
    save_fields(connection, map(field_row, assertions), record_id, None, change.begin(connection))
    key = connection.execute("SELECT key FROM records WHERE id = ?", (record_id,)).fetchone()[0]
    change.note(f"record:{key}", "restored", None, True)


def retire_superseded(connection: sqlite3.Connection, record_id: int, change_set_id: int) -> None:
    """Retire the cataloguers' assertions on a record that newer ones replace."""
    sql = (
        "SELECT id, name, state, value FROM fields"
        " WHERE record_id = ? AND capture_id IS NULL AND retired_by IS NULL ORDER BY id"
    )
    rows = connection.execute(sql, (record_id,)).fetchall()
    said = [(row["name"], row["state"], row["value"]) for row in rows]
    found = find_superseded(said, read_custom(connection))
    retired = [(change_set_id, rows[index]["id"]) for index in sorted(found)]
    connection.executemany("UPDATE fields SET retired_by = ? WHERE id = ?", retired)


def _said(seen: Observation) -> tuple[str, str | None, str | None, str | None, str | None]:
    return seen.origin, seen.url, seen.captured_at, seen.captured_at_basis, seen.collector


def _insert_observation(connection: sqlite3.Connection, capture_id: int, seen: Observation, change_set_id: int) -> None:
    connection.execute(
        "INSERT INTO observations (capture_id, origin, url, captured_at, captured_at_basis, collector, change_set_id)"
        " VALUES (?, ?, ?, ?, ?, ?, ?)",
        (capture_id, *_said(seen), change_set_id),
    )


def _add_record(connection: sqlite3.Connection, key: str, rows: CaptureRows, index: IndexChanges) -> int:
    """Return the id of a new record with this capture alone: the id that its key had before, if it had one."""
    before = former_id(connection, key)
    if before:
        forget_former(connection, before)
    return add_record(connection, key, rows.winners, index, before)


def settle(connection: sqlite3.Connection, capture_id: int, change: ChangeSet, index: IndexChanges) -> set[int]:
    """Give a capture the record that its observations now ask for; return the records that changed.

    A record that has only this capture takes the new key, if no record has it. Else the capture moves there; if that
    empties its old record, what cataloguers said of it moves along and the empty record goes.
    """
    sql = "SELECT c.sha256, c.record_id, r.key FROM captures c JOIN records r ON r.id = c.record_id WHERE c.id = ?"
    row = connection.execute(sql, (capture_id,)).fetchone()
    key = asked_key(connection, capture_id)
    if key == row["key"]:
        return set()
    old = int(row["record_id"])
    sql = "SELECT 1 FROM captures WHERE record_id = ? AND id <> ?"
    is_alone = connection.execute(sql, (old, capture_id)).fetchone() is None
    target = find_record(connection, key)
    if target is None and is_alone:
        rename_record(connection, old, key, change)
        return {old}
    target = target or bring_record(connection, key)
    keep_row(connection, change.begin(connection), "membership", [capture_id])
    connection.execute("UPDATE captures SET record_id = ? WHERE id = ?", (target, capture_id))
    connection.execute("UPDATE fields SET record_id = ? WHERE capture_id = ?", (target, capture_id))
    change.note(f"capture:{row['sha256']}", "record", row["key"], key)
    if is_alone:
        dissolve(connection, old, target, change, index)
    return {old, target}


def asked_key(connection: sqlite3.Connection, capture_id: int) -> str:
    """Return the key of the record to which a capture belongs by all that is known of it."""
    sha256, own_key = connection.execute("SELECT sha256, own_key FROM captures WHERE id = ?", (capture_id,)).fetchone()
    urls = connection.execute("SELECT url FROM observations WHERE capture_id = ? AND url IS NOT NULL", (capture_id,))
    return belongs_to(connection, sha256, [url for (url,) in urls], own_key)


def rename_record(connection: sqlite3.Connection, record_id: int, key: str, change: ChangeSet) -> None:
    """Give a record a key that no record has."""
    old = connection.execute("SELECT key FROM records WHERE id = ?", (record_id,)).fetchone()[0]
    keep_row(connection, change.begin(connection), "record_key", [record_id])
    connection.execute("UPDATE records SET key = ?, key_basis = ? WHERE id = ?", (key, key_basis(key), record_id))
    change.note(f"record:{old}", "key", old, key)


def dissolve(connection: sqlite3.Connection, old: int, target: int, change: ChangeSet, index: IndexChanges) -> None:
    """Remove a record that has no capture any more; what cataloguers said of it goes to `target`."""
    keys = dict(connection.execute("SELECT id, key FROM records WHERE id IN (?, ?)", (old, target)).fetchall())
    change_set_id = change.begin(connection)
    sql = "SELECT id FROM fields WHERE record_id IN (?, ?) AND capture_id IS NULL ORDER BY id"
    for (id,) in connection.execute(sql, (old, target)).fetchall():
        keep_row(connection, change_set_id, "assertion", [id])
    connection.execute("UPDATE fields SET record_id = ? WHERE record_id = ?", (target, old))
    retire_superseded(connection, target, change_set_id)
    drop_record(connection, old, change_set_id, index, merged_into=target)
    change.note(f"record:{keys[old]}", "merged", keys[old], keys[target])
