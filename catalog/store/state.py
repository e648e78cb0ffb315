"""What vouches for rows of truth that the journal does not repeat value by value.

A capture with all that hangs on it, and what cataloguers say of a record, has a digest over its rows as they stand; the
journal keeps the digest whenever they change, and its chain keeps the journal. Beside the digest stands what cannot be
read from the original again: where and when it was met, what was set or said by hand. So the originals and the journal
are enough to make the catalogue anew.
"""

import hashlib
import sqlite3
from collections.abc import Iterable, Mapping, Sequence
from itertools import groupby

from catalog.model.capture import Reading
from catalog.model.problem import Problem
from catalog.store.canonical import Plain, to_json
from catalog.store.printings import printed_text

FieldRow = tuple[str, str | None, str | None, str, str | int | None, str, str, str]
Facts = tuple[str, int, str, str, str]  # SHA-256, size, extension, own key, version of the rules
Met = tuple[str, str | None, str | None, str | None, str | None]  # origin, URL, time, its basis, collector

INGESTED, STATE = "ingested", "state"  # names of the notes that hold a digest

_FIELDS = "name, label, kind, state, value, confidence, asserted_by, evidence"
_SAID = ("name", "label", "kind", "state", "value", "confidence", "asserted_by", "evidence")


def digest_page(
    facts: Facts, body: tuple[str, str] | None, readings: Iterable[Reading], fields: Iterable[FieldRow]
) -> str:
    """Return the digest of what one capture says: its facts, its body (SHA-256, text), its readings and assertions."""
    texts = [
        (r.extractor, r.extractor_version, r.encoding, r.encoding_basis, r.text)
        for r in sorted(readings, key=lambda reading: reading.extractor)
    ]
    return _digest([facts, body, texts, list(fields)])


def digest_new(page: str, change_set_id: int, n_fields: int, met: Met, problems: Iterable[Problem]) -> str:
    """Return the digest of a capture that a change set has just brought."""
    marks = [[0, change_set_id, None, n_fields]] if n_fields else []
    odd: list[Plain] = [[p.origin, p.code, p.message, int(p.failed), change_set_id, None] for p in problems]
    return _digest([page, marks, [[*met, change_set_id]], sorted(odd, key=to_json)])


def capture_state(connection: sqlite3.Connection, sha256: str) -> Mapping[str, Plain] | None:
    """Return the digest of a capture as it stands, with where it was met and what was set by hand; None without one."""
    id = _capture_id(connection, sha256)
    if id is None:
        return None
    fields = _read_fields(connection, id)
    page = _digest_kept(connection, id, fields)
    met = [list(found) for found in connection.execute(_OBSERVATIONS, (id,))]
    problems = [list(found) for found in connection.execute(_PROBLEMS, (id,))]
    said = [[field[name] for name in _SAID] for field in fields if field["retired_by"] is None and _is_set(field)]
    digest = _digest([page, _marks(fields), met, sorted(problems, key=to_json)])
    return {"digest": digest, "seen": [found[:5] for found in met], "set": said}


def page_digest(connection: sqlite3.Connection, sha256: str) -> str | None:
    """Return the digest of what a capture says by itself, without what was set by hand; None if there is no capture."""
    id = _capture_id(connection, sha256)
    if id is None:
        return None
    return _digest_kept(connection, id, [field for field in _read_fields(connection, id) if not _is_set(field)])


def _digest_kept(connection: sqlite3.Connection, id: int, fields: Iterable[sqlite3.Row]) -> str:
    facts = connection.execute(
        "SELECT c.sha256, size_bytes, extension, own_key, parsed_with, b.sha256 AS body FROM captures c"
        " LEFT JOIN bodies b ON b.id = c.body_id WHERE c.id = ?",
        (id,),
    ).fetchone()
    body = (facts["body"], printed_text(connection, id) or "") if facts["body"] else None
    readings = [Reading(facts["sha256"], *texts) for texts in connection.execute(_READINGS, (id,))]
    return digest_page(tuple(facts)[:5], body, readings, (tuple(field)[:8] for field in fields))


def _capture_id(connection: sqlite3.Connection, sha256: str) -> int | None:
    row = connection.execute("SELECT id FROM captures WHERE sha256 = ?", (sha256,)).fetchone()
    return row[0] if row else None


def _read_fields(connection: sqlite3.Connection, capture_id: int) -> list[sqlite3.Row]:
    sql = (
        f"SELECT {_FIELDS}, position, change_set_id, retired_by FROM fields WHERE capture_id = ?"  # noqa: S608 -- constants
        " ORDER BY position, id"
    )
    return connection.execute(sql, (capture_id,)).fetchall()


def _is_set(field: sqlite3.Row) -> bool:
    return bool(field["asserted_by"].startswith("set:"))


_READINGS = "SELECT text, encoding, encoding_basis, extractor, extractor_version FROM readings WHERE capture_id = ?"
_OBSERVATIONS = (
    "SELECT origin, url, captured_at, captured_at_basis, collector, change_set_id FROM observations"
    " WHERE capture_id = ? ORDER BY 1, 2, 3, 4, 5, 6"
)
_PROBLEMS = "SELECT origin, code, message, failed, change_set_id, solved_by FROM problems WHERE capture_id = ?"


def record_state(connection: sqlite3.Connection, key: str) -> Mapping[str, Plain] | None:
    """Return the digest of what cataloguers said of a record, and what of it holds; None if they said nothing."""
    rows = connection.execute(
        f"SELECT {_FIELDS}, id, position, change_set_id, retired_by FROM fields"  # noqa: S608 -- constants
        " WHERE record_id = (SELECT id FROM records WHERE key = ?) AND capture_id IS NULL ORDER BY id",
        (key,),
    ).fetchall()
    if not rows:
        return None
    said = [[row[name] for name in _SAID] for row in rows if row["retired_by"] is None]
    return {"digest": _digest([list(row) for row in rows]), "said": said}


def kept_digest(connection: sqlite3.Connection, change_set_id: int) -> str | None:
    """Return the digest of the rows that a change set set aside, None if there are none."""
    sql = "SELECT kind, place, content FROM set_aside WHERE change_set_id = ? ORDER BY id"
    made = None
    for row in connection.execute(sql, (change_set_id,)):
        made = made or hashlib.sha256()
        made.update(to_json(list(row)).encode())
    return made.hexdigest() if made else None


def _marks(fields: Sequence[sqlite3.Row]) -> list[Plain]:
    """Return by which change sets assertions came and went, neighbours of the same kind together."""
    marks = [(row["position"] - n, row["change_set_id"], row["retired_by"]) for n, row in enumerate(fields)]
    return [[*mark, len(list(same))] for mark, same in groupby(marks)]


def _digest(value: Plain) -> str:
    return hashlib.sha256(to_json(value).encode()).hexdigest()
