"""Whether rows of truth are what the journal vouches for, and whether they fit each other. It only reads."""

import json
import sqlite3
import sys
from collections.abc import Collection, Iterator
from dataclasses import dataclass, field

from catalog.model.problem import Problem
from catalog.store.audit_log import fault
from catalog.store.belonging import belongs_to
from catalog.store.identity import key_basis
from catalog.store.state import capture_state, record_state
from catalog.store.watch import SUBJECT, WATCHED, read_places, read_row

_LAST = (  # of each subject the last note that holds a digest; the index of subjects gives them in order
    "SELECT subject, max(id) FROM journal WHERE subject >= ?1 || ':' AND subject < ?1 || ';'"
    " AND name IN ('ingested', 'state') GROUP BY subject"
)


@dataclass(slots=True)
class Cover:
    """How far the log vouches for captures: `unvouched` are those that an older program kept without a digest."""

    captures: int = 0
    unvouched: list[str] = field(default_factory=list)


def find_capture_faults(connection: sqlite3.Connection, cover: Cover) -> Iterator[Problem | None]:
    """Yield what is wrong with each capture, None after each that was looked at: whoever listens sees progress."""
    for subject, note in connection.execute(_LAST, ("capture",)):
        sha256 = subject.partition(":")[2]
        yield from _check_capture(connection, sha256, _read_state(connection, note), cover)
        yield None
    n = connection.execute("SELECT count(*) FROM captures").fetchone()[0]
    if n != cover.captures:
        yield fault("captures", f"{n - cover.captures} more", "captures that the log does not know")


def _read_state(connection: sqlite3.Connection, note: int) -> dict[str, str] | None:
    said = connection.execute("SELECT new FROM journal WHERE id = ?", (note,)).fetchone()[0]
    state: dict[str, str] | None = json.loads(said) if said else None
    return state


def _check_capture(
    connection: sqlite3.Connection, sha256: str, noted: dict[str, str] | None, cover: Cover
) -> Iterator[Problem]:
    state = capture_state(connection, sha256)
    if state is None or noted is None:
        if state is not None:
            cover.captures += 1
            yield fault("captures", sha256, "the log took it out of view, and it is there")
        elif noted is not None:
            yield fault("captures", sha256, "it is missing")
        return
    cover.captures += 1
    if "digest" not in noted:
        cover.unvouched.append(sha256)
    elif noted["digest"] != state["digest"]:
        yield fault("captures", sha256, "its row, readings, assertions, observations or problems are not as they were")
    yield from _check_place(connection, sha256)
    yield from _check_spans(connection, sha256)


def _check_place(connection: sqlite3.Connection, sha256: str) -> Iterator[Problem]:
    """Yield whether a capture, or what was read in it, belongs to another record than its identity asks for."""
    row = connection.execute(
        "SELECT c.id, c.own_key, c.record_id, r.key, r.key_basis FROM captures c LEFT JOIN records r"
        " ON r.id = c.record_id WHERE c.sha256 = ?",
        (sha256,),
    ).fetchone()
    urls = connection.execute("SELECT url FROM observations WHERE capture_id = ? AND url IS NOT NULL", (row["id"],))
    key = belongs_to(connection, sha256, [url for (url,) in urls], row["own_key"])
    if (row["key"], row["key_basis"]) != (key, key_basis(key)):
        yield fault("captures", sha256, f"it is with the record {row['key']}, not with {key}")
    sql = "SELECT count(*) FROM fields WHERE capture_id = ? AND record_id <> ?"
    if connection.execute(sql, (row["id"], row["record_id"])).fetchone()[0]:
        yield fault("fields", sha256, "what was read in it is with another record")


def _check_spans(connection: sqlite3.Connection, sha256: str) -> Iterator[Problem]:
    """Yield the assertions whose evidence is not where they say that it was read."""
    sql = (
        "SELECT r.extractor = 'source', r.text FROM readings r JOIN captures c ON c.id = r.capture_id"
        " WHERE c.sha256 = ?"
    )
    texts = dict(connection.execute(sql, (sha256,)).fetchall())
    sql = (
        "SELECT f.name, e.value ->> 'start', e.value ->> 'end', e.value ->> 'raw', e.value ->> 'witness' <> 'text'"
        " FROM captures c JOIN fields f ON f.capture_id = c.id, json_each(f.evidence) e WHERE c.sha256 = ?"
    )
    for name, start, end, raw, is_source in connection.execute(sql, (sha256,)):
        text = texts.get(is_source, "")
        if end > len(text) or (raw is not None and text[start:end] != raw):
            yield fault("fields", f"{sha256} {name}", f"characters {start} to {end} of the reading say something else")


def find_record_faults(connection: sqlite3.Connection) -> Iterator[Problem]:
    """Yield the records of which cataloguers said something else than the log has."""
    noted = {subject.partition(":")[2]: note for subject, note in connection.execute(_LAST, ("record",))}
    sql = "SELECT DISTINCT r.key FROM fields f JOIN records r ON r.id = f.record_id WHERE f.capture_id IS NULL"
    said = {row[0] for row in connection.execute(sql)}
    since = _vouched_since(connection)
    for key in sorted(noted.keys() | said):
        before = _read_state(connection, noted[key]) if key in noted else None
        state = record_state(connection, key)
        is_older = key not in noted and not _has_new_word(connection, key, since)
        if not is_older and (before or {}).get("digest") != (state or {}).get("digest"):
            yield fault("fields", key, "what cataloguers said of this record is not as it was")
    sql = "SELECT key FROM records r WHERE NOT EXISTS (SELECT 1 FROM captures WHERE record_id = r.id)"
    yield from (fault("records", row[0], "no capture belongs to it") for row in connection.execute(sql))


def _has_new_word(connection: sqlite3.Connection, key: str, since: int) -> bool:
    sql = (
        "SELECT 1 FROM fields WHERE record_id = (SELECT id FROM records WHERE key = ?) AND capture_id IS NULL"
        " AND change_set_id >= ?"
    )
    return connection.execute(sql, (key, since)).fetchone() is not None


def find_row_faults(connection: sqlite3.Connection) -> Iterator[Problem]:
    """Yield the rows of cataloguers' decisions, and problems of inputs, that are not as the log has them.

    A row that an older program wrote, and of which the log does not say how it stands, is passed over.
    """
    for table in WATCHED:
        sql = "SELECT substr(subject, ?2), max(id) FROM journal WHERE subject >= ?1 AND subject < ?3 GROUP BY subject"
        head = f"{SUBJECT}:{table}:"
        noted = dict(connection.execute(sql, (head, len(head) + 1, head[:-1] + ";")).fetchall())
        for place, note in noted.items():
            said = connection.execute("SELECT new FROM journal WHERE id = ?", (note,)).fetchone()[0]
            if (None if said is None else json.loads(said)) != read_row(connection, table, json.loads(place)):
                yield fault(table, place, "it is not as the log has it")
        yield from _find_unknown(connection, table, noted)


def _find_unknown(connection: sqlite3.Connection, table: str, noted: Collection[str]) -> Iterator[Problem]:
    """Yield rows of which the log knows nothing, but for those that an older program wrote."""
    since = _vouched_since(connection)
    for place in read_places(connection, table):
        row = read_row(connection, table, json.loads(place)) if place not in noted else None
        if row is None:
            continue
        if table == "settings":
            is_older = _is_noted_setting(connection, json.loads(place)[0], row[0])
        else:
            is_older = max(n for n in row if isinstance(n, int)) < since
        if not is_older:
            yield fault(table, place, "the log does not know it")


def _vouched_since(connection: sqlite3.Connection) -> int:
    """Return the first change set of a program that lets the log vouch for rows; of older ones none."""
    first = "SELECT change_set_id FROM journal WHERE name IN ('state', 'ended') ORDER BY id LIMIT 1"
    row = connection.execute(first).fetchone()
    return int(row[0]) if row else sys.maxsize


def _is_noted_setting(connection: sqlite3.Connection, name: str, value: str | int | float | None) -> bool:
    sql = "SELECT new FROM journal WHERE subject = 'settings:' || ? AND name = 'value' ORDER BY id DESC LIMIT 1"
    row = connection.execute(sql, (name,)).fetchone()
    return row is not None and row[0] is not None and json.loads(row[0]) == value


def find_body_faults(connection: sqlite3.Connection) -> Iterator[Problem]:
    """Yield bodies that say of themselves what their captures do not."""
    sql = (
        "SELECT b.sha256 FROM bodies b WHERE b.text_from IS NOT (SELECT min(sha256) FROM captures WHERE body_id = b.id)"
        " OR b.characters <> length(replace(b.text, char(10), ''))"
    )
    yield from (
        fault("bodies", row[0], "its length or the capture that prints it so is wrong")
        for row in connection.execute(sql)
    )
    sql = (
        "SELECT c.sha256 FROM other_printings p JOIN captures c ON c.id = p.capture_id"
        " LEFT JOIN bodies b ON b.id = c.body_id WHERE b.id IS NULL OR b.text = p.text"
    )
    yield from (fault("other_printings", row[0], "it is no other printing") for row in connection.execute(sql))


def _last_former(connection: sqlite3.Connection, table: str) -> int:
    """Return the last id that a record had which is gone; a change set never goes."""
    sql = "SELECT ifnull(max(id), 0) FROM former_records"
    return int(connection.execute(sql).fetchone()[0]) if table == "records" else 0


def find_number_faults(connection: sqlite3.Connection) -> Iterator[Problem]:
    """Yield counters of ids that would give an id twice."""
    for table in ("records", "change_sets", "agents"):
        row = connection.execute("SELECT seq FROM sqlite_sequence WHERE name = ?", (table,)).fetchone()
        least = connection.execute(f"SELECT ifnull(max(id), 0) FROM {table}").fetchone()[0]  # noqa: S608 -- two constants
        given = row[0] if row else 0
        if given < least:
            yield fault("sqlite_sequence", table, "the next id is one that was given already")
        elif (
            table != "agents"
            and given > max(least, _last_former(connection, table))
            and _vouched_since(connection) == 1
        ):
            yield fault("sqlite_sequence", table, "ids are left out that were never given")
    for name, id in connection.execute("SELECT name, id FROM highest_ids").fetchall():
        if name not in ("captures", "fields") or id < 0:
            yield fault("highest_ids", str(name), "there are no such ids")
    sql = (
        "SELECT f.key FROM former_records f WHERE EXISTS (SELECT 1 FROM records WHERE id = f.id)"
        " OR (f.merged_into IS NOT NULL AND NOT EXISTS (SELECT 1 FROM journal WHERE subject = 'record:' || f.key"
        "     AND name = 'merged' AND change_set_id = f.change_set_id))"
    )
    yield from (
        fault("former_records", row[0], "it is there still, or was not merged") for row in connection.execute(sql)
    )
