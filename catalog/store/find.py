"""Load what records consist of, many at once: live assertions, captures, bodies, problems, readings."""

import json
import sqlite3
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import islice

from catalog.model.capture import Capture, Observation, Reading
from catalog.model.custom import Custom
from catalog.model.field import Confidence, Evidence, Field, State
from catalog.model.problem import Problem
from catalog.model.record import Body, CaptureFacts, Reprints
from catalog.model.span import Span
from catalog.store.custom import read_custom
from catalog.store.known import known_in
from catalog.store.originals import unpack

CHUNK = 200  # records loaded at once; SQLite 3.40 allows 32,766 bound values


@dataclass(frozen=True, slots=True)
class RecordParts:
    """All that is known of one record, for the function that decides which values win.

    `fields` stand in the order of assertion: by capture (earliest first), page place, then cataloguers' in the order
    given. Without texts, bodies are empty and the raw of body evidence is "".
    """

    id: int
    key: str
    fields: tuple[Field, ...]
    captures: tuple[CaptureFacts, ...]
    bodies: Mapping[str, Body]
    problems: tuple[Problem, ...]
    reprints: Reprints | None
    custom: Custom = field(default_factory=dict)


def load_parts(
    connection: sqlite3.Connection, record_ids: Iterable[int], *, texts: bool = True
) -> Iterator[RecordParts]:
    """Yield the parts of these records in the order given; an id that names no record is passed over."""
    wanted = iter(record_ids)
    while chunk := list(islice(wanted, CHUNK)):
        found = _load_chunk(connection, list(dict.fromkeys(chunk)), texts=texts)
        yield from (found[record_id] for record_id in chunk if record_id in found)


def load_readings(connection: sqlite3.Connection, sha256: str) -> tuple[Reading, ...]:
    """Return the readings of a capture: first the one whose characters "text" evidence counts, then the source."""
    rows = connection.execute(
        "SELECT r.* FROM readings r JOIN captures c ON c.id = r.capture_id WHERE c.sha256 = ?"
        " ORDER BY r.extractor = 'source', r.extractor",
        (sha256,),
    )
    return tuple(
        Reading(sha256, row["text"], row["encoding"], row["encoding_basis"], row["extractor"], row["extractor_version"])
        for row in rows
    )


def load_original(connection: sqlite3.Connection, sha256: str) -> Capture | None:
    """Return the capture with its bytes, None if the catalogue has none with this SHA-256."""
    row = connection.execute(
        "SELECT s.data, s.sz, c.extension FROM captures c JOIN sqlar s ON s.name = c.sha256 || '.' || c.extension"
        " WHERE c.sha256 = ?",
        (sha256,),
    ).fetchone()
    return Capture(sha256, unpack(row["data"], row["sz"]), row["extension"]) if row else None


def load_history(connection: sqlite3.Connection, record_id: int) -> list[dict[str, str | int | None]]:
    """Return the journal of a record and of its captures, oldest first: when, who, command, subject, name, old, new.

    What was said of it under an earlier key, and of records that were merged into it, belongs to it; so do verdicts on
    the text that it prints. Of a record that is gone its key and the notes of what was withdrawn lead to its captures.
    """
    rows = connection.execute(
        "WITH RECURSIVE keys (key) AS (SELECT key FROM records WHERE id = :id"
        " UNION SELECT key FROM former_records WHERE id = :id"
        " UNION SELECT json_extract(j.old, '$') FROM keys CROSS JOIN journal j ON j.new = json_quote(keys.key)"
        " WHERE j.name IN ('key', 'merged') AND j.subject LIKE 'record:%')"
        " SELECT s.id AS change_set, s.started_at AS at, s.agent AS who, s.command, j.subject, j.name, j.old, j.new"
        " FROM journal j JOIN change_sets s ON s.id = j.change_set_id"
        " WHERE j.id IN (SELECT id FROM journal WHERE subject IN (SELECT 'record:' || key FROM keys"
        " UNION ALL SELECT 'capture:' || sha256 FROM captures WHERE record_id = :id"
        " UNION ALL SELECT subject FROM journal WHERE name = 'withdrawn' AND subject LIKE 'capture:%'"
        " AND json_extract(ifnull(old, new), '$.record') IN (SELECT key FROM former_records WHERE id = :id))"
        " UNION SELECT v.id FROM records r JOIN bodies b ON b.id = r.body_id"  # a verdict is kept with its lesser body
        " JOIN journal v ON v.subject >= 'body:' AND v.subject < 'body;'"
        " AND (v.subject = 'body:' || b.sha256 OR v.name = 'verdict:' || b.sha256) WHERE r.id = :id)"
        " AND j.name <> 'state' ORDER BY j.id",
        {"id": record_id},
    )
    return [dict(row) for row in rows]


def _load_chunk(connection: sqlite3.Connection, ids: Sequence[int], *, texts: bool) -> dict[int, RecordParts]:
    heads = {r["id"]: r for r in _rows(connection, "SELECT id, key, body_id FROM records WHERE id IN ({})", ids)}
    captures = _captures(connection, ids, _observations(connection, ids) if texts else {})
    order = {fact.sha256: n for facts in captures.values() for n, fact in enumerate(facts)}
    fields = _fields(connection, ids, order, _reading_texts(connection, ids) if texts else {})
    bodies = _bodies(connection, ids, texts=texts)
    groups = _reprints(connection, (head["body_id"] for head in heads.values())) if texts else {}
    custom = read_custom(connection)
    problems = _problems(connection, ids, {f.sha256: f.origin for facts in captures.values() for f in facts})
    return {
        id: RecordParts(
            id,
            head["key"],
            tuple(fields.get(id, ())),
            tuple(captures.get(id, ())),
            bodies.get(id, {}),
            tuple(problems.get(id, ())),
            groups.get(head["body_id"]),
            custom,
        )
        for id, head in heads.items()
    }


def _rows(connection: sqlite3.Connection, sql: str, values: Sequence[int]) -> list[sqlite3.Row]:
    """Return the rows of a statement whose {} takes a list of bound values."""
    return connection.execute(sql.replace("{}", ",".join("?" * len(values))), values).fetchall()


def _observations(connection: sqlite3.Connection, ids: Sequence[int]) -> dict[str, list[Observation]]:
    """Return, by capture, when and where it was met, in the order in which _captures takes the first."""
    rows = _rows(
        connection,
        "SELECT c.sha256, o.origin, o.url, o.captured_at, o.captured_at_basis, o.collector"
        " FROM captures c JOIN observations o ON o.capture_id = c.id WHERE c.record_id IN ({})"
        " ORDER BY o.captured_at IS NULL, o.captured_at, o.origin, ifnull(o.url, ''), ifnull(o.collector, ''),"
        "   o.captured_at_basis",
        ids,
    )
    found: dict[str, list[Observation]] = {}
    for sha256, *met in rows:
        found.setdefault(sha256, []).append(Observation(*met))
    return found


def _captures(
    connection: sqlite3.Connection, ids: Sequence[int], met: Mapping[str, Sequence[Observation]]
) -> dict[int, list[CaptureFacts]]:
    """Return each record's captures, earliest first, each with one observation: the earliest, then the least."""
    rows = _rows(
        connection,
        "SELECT c.record_id, c.sha256, c.size_bytes, o.origin, o.captured_at, o.captured_at_basis,"
        " coalesce(o.url, (SELECT min(url) FROM observations WHERE capture_id = c.id)) AS url,"
        " (SELECT encoding FROM readings WHERE capture_id = c.id"
        "   ORDER BY extractor = 'source', extractor LIMIT 1) AS encoding"
        " FROM captures c JOIN observations o ON o.id = (SELECT id FROM observations WHERE capture_id = c.id"
        "   ORDER BY captured_at IS NULL, captured_at, origin, ifnull(url, ''), ifnull(collector, ''),"
        "   captured_at_basis LIMIT 1)"
        " WHERE c.record_id IN ({}) ORDER BY o.captured_at IS NULL, o.captured_at, c.sha256",
        ids,
    )
    found: dict[int, list[CaptureFacts]] = {}
    for row in rows:
        fact = CaptureFacts(
            row["sha256"], row["origin"], row["url"], row["size_bytes"], row["encoding"],
            row["captured_at"], row["captured_at_basis"], tuple(met.get(row["sha256"], ())),
        )  # fmt: skip
        found.setdefault(row["record_id"], []).append(fact)
    return found


def _fields(
    connection: sqlite3.Connection,
    ids: Sequence[int],
    order: Mapping[str, int],
    texts: Mapping[tuple[str, bool], str],
) -> dict[int, list[Field]]:
    rows = _rows(
        connection,
        "SELECT f.id, f.record_id, c.sha256, f.position, f.name, f.label, f.kind, f.state, f.value, f.confidence,"
        " f.asserted_by, f.evidence FROM fields f LEFT JOIN captures c ON c.id = f.capture_id"
        " WHERE f.record_id IN ({}) AND f.retired_by IS NULL",
        ids,
    )
    last = len(order)  # people speak after all captures
    rows.sort(key=lambda r: (order.get(r["sha256"] or "", last), r["position"] if r["sha256"] else 0, r["id"]))
    found: dict[int, list[Field]] = {}
    for row in rows:
        found.setdefault(row["record_id"], []).append(_field(row, texts))
    return found


def _field(row: sqlite3.Row, texts: Mapping[tuple[str, bool], str]) -> Field:
    return Field(
        row["name"],
        State(row["state"]),
        row["value"],
        Confidence(row["confidence"]),
        row["asserted_by"],
        () if row["sha256"] is None else _evidence(row, texts),
        row["label"],
        row["kind"],
        row["sha256"],
        known_in(row["evidence"]),
    )


def _evidence(row: sqlite3.Row, texts: Mapping[tuple[str, bool], str]) -> tuple[Evidence, ...]:
    if row["evidence"] == "[]":
        return ()
    found = []
    for item in json.loads(row["evidence"]):
        span = Span(item["start"], item["end"])
        raw = item.get("raw")
        if raw is None:
            raw = texts.get((row["sha256"], item["witness"] != "text"), "")[span.start : span.end]
        found.append(Evidence(span, raw, item["rule"], item["witness"]))
    return tuple(found)


def _reading_texts(connection: sqlite3.Connection, ids: Sequence[int]) -> dict[tuple[str, bool], str]:
    """Return the texts by (SHA-256 of the capture, whether it is the source)."""
    rows = _rows(
        connection,
        "SELECT c.sha256, r.extractor = 'source' AS is_source, r.text FROM captures c"
        " JOIN readings r ON r.capture_id = c.id WHERE c.record_id IN ({})",
        ids,
    )
    return {(row["sha256"], bool(row["is_source"])): row["text"] for row in rows}


def _bodies(connection: sqlite3.Connection, ids: Sequence[int], *, texts: bool) -> dict[int, dict[str, Body]]:
    rows = _rows(
        connection,
        f"SELECT DISTINCT c.record_id, b.sha256, {'b.text' if texts else 'NULL'} AS text"  # noqa: S608 -- two constants
        " FROM captures c JOIN bodies b ON b.id = c.body_id WHERE c.record_id IN ({})",
        ids,
    )
    found: dict[int, dict[str, Body]] = {}
    for row in rows:
        found.setdefault(row["record_id"], {})[row["sha256"]] = Body(row["text"] or "", row["sha256"])
    return found


def _problems(
    connection: sqlite3.Connection, ids: Sequence[int], origins: Mapping[str, str]
) -> dict[int, list[Problem]]:
    rows = _rows(
        connection,
        "SELECT c.record_id, c.sha256, p.code, p.message, p.origin, p.failed FROM problems p"
        " JOIN captures c ON c.id = p.capture_id WHERE c.record_id IN ({}) AND p.solved_by IS NULL"
        " ORDER BY c.sha256, p.code, p.message",
        ids,
    )
    found: dict[int, list[Problem]] = {}
    for row in rows:
        origin = row["origin"] or origins.get(row["sha256"])
        problem = Problem(row["code"], row["message"], origin, row["sha256"], bool(row["failed"]))
        found.setdefault(row["record_id"], []).append(problem)
    return found


def _reprints(connection: sqlite3.Connection, body_ids: Iterable[int | None]) -> dict[int, Reprints]:
    """Return, by body, the group of the records that print it or a near copy; nothing where one record is alone."""
    asked = sorted({body_id for body_id in body_ids if body_id is not None})
    rows = _rows(
        connection,
        "WITH asked AS (SELECT body_id, head_id FROM body_groups WHERE body_id IN ({})),"
        " members AS ("
        "  SELECT head_id, head_id AS body_id FROM asked"
        "  UNION SELECT a.head_id, g.body_id FROM asked a JOIN reprint_groups g ON g.head_id = a.head_id),"
        " placed AS ("
        "  SELECT m.head_id, r.id AS record_id, count(*) OVER (PARTITION BY m.head_id) AS n_records,"
        "   row_number() OVER (PARTITION BY m.head_id ORDER BY r.published IS NULL, r.published || '~', r.key) AS place"
        "   FROM members m JOIN records r ON r.body_id = m.body_id)"
        " SELECT a.body_id, h.sha256, p.n_records, p.record_id FROM asked a"
        " JOIN placed p ON p.head_id = a.head_id JOIN bodies h ON h.id = a.head_id"
        " WHERE p.place = 1 AND p.n_records > 1",
        asked,
    )
    return {row["body_id"]: Reprints(row["sha256"], row["n_records"], row["record_id"]) for row in rows}
