"""Rewrite what is derived from assertions: the winners in `records`, agents and roles, counters, tags; and index them.

This is the only code that writes those rows; whoever changes `fields` calls it for the records touched.
"""

import sqlite3
from collections.abc import Callable, Iterable

from catalog.model.field import Confidence, Field, State
from catalog.model.record import Record
from catalog.model.vocabulary import COUNTERS
from catalog.store.find import RecordParts, load_parts
from catalog.store.fulltext import change_record, read_heads
from catalog.store.journal import to_json

Builder = Callable[[RecordParts], Record]

MAIN = ("title", "published", "source", "publisher", "body")  # a doubt about one of these is a doubt about the record
TRUST = (Confidence.LOW, Confidence.MEDIUM, Confidence.HIGH)
COLUMNS = (
    "kind", "language", "title", "subtitle", "summary", "published", "modified", "source", "publisher", "site_name",
    "section", "breadcrumb", "views", "comments", "likes", "shares", "body_id", "body_repeats", "confidence",
    "conflicts",
)  # fmt: skip
PLAIN_COLUMNS = [name for name in COLUMNS if name not in
                 ("kind", "language", "breadcrumb", "body_id", "body_repeats", "confidence", "conflicts")]  # fmt: skip
UPDATE = f"UPDATE records SET {', '.join(f'{name} = :{name}' for name in COLUMNS)} WHERE id = :id"  # noqa: S608


def rewrite_winners(connection: sqlite3.Connection, record_ids: Iterable[int], build: Builder) -> None:
    """Rewrite the derived rows of these records inside the caller's transaction."""
    for parts in load_parts(connection, sorted(set(record_ids)), texts=False):
        record = build(parts)
        heads = read_heads(connection, parts.id)
        connection.execute(UPDATE, _winners(connection, record) | {"id": parts.id})
        change_record(connection, parts.id, heads, read_heads(connection, parts.id))
        _rewrite_roles(connection, parts.id, record)
        _rewrite_counters(connection, parts)
        _rewrite_tags(connection, parts.id, record)


def least_confidence(record: Record) -> Confidence | None:
    """Return the least confidence of the main winners, each as sure as the surest who asserts it; None without any."""
    surest: dict[str, Confidence] = {}
    winners: dict[str, str | int] = {name: record.values[name] for name in MAIN if name in record.values}
    if record.body:
        winners["body"] = record.body.sha256
    for field in record.fields:
        if field.name in winners and field.value == winners[field.name]:
            known = surest.setdefault(field.name, field.confidence)
            surest[field.name] = max(known, field.confidence, key=TRUST.index)
    return min(surest.values(), key=TRUST.index, default=None)


def _winners(connection: sqlite3.Connection, record: Record) -> dict[str, str | int | None]:
    row: dict[str, str | int | None] = {name: record.values.get(name) for name in PLAIN_COLUMNS}
    body_id = None
    if record.body:
        found = connection.execute("SELECT id FROM bodies WHERE sha256 = ?", (record.body.sha256,)).fetchone()
        body_id = int(found[0])
    confidence = least_confidence(record)
    return row | {
        "kind": record.kind,
        "language": record.language,
        "breadcrumb": to_json(list(record.breadcrumb)),
        "body_id": body_id,
        "body_repeats": record.repeats if record.body else 0,
        "confidence": confidence.value if confidence else None,
        "conflicts": to_json(list(record.conflicts)),
    }


def _rewrite_roles(connection: sqlite3.Connection, record_id: int, record: Record) -> None:
    sql = "SELECT DISTINCT agent_id FROM agent_roles WHERE record_id = ?"
    before = connection.execute(sql, (record_id,)).fetchall()
    if before:
        connection.execute("DELETE FROM agent_roles WHERE record_id = ?", (record_id,))
    site = str(record.values.get("site_name", ""))
    rows = [
        (record_id, _agent_id(connection, site, agent.name, agent.kind), agent.role, agent.label, agent.name, position)
        for position, agent in enumerate(record.agents)
    ]
    connection.executemany("INSERT INTO agent_roles VALUES (?, ?, ?, ?, ?, ?)", rows)
    drop_unused_agents(connection, [row[0] for row in before])


def _agent_id(connection: sqlite3.Connection, site: str, name: str, kind: str) -> int:
    known = connection.execute("SELECT id FROM agents WHERE site = ? AND name = ? AND kind = ?", (site, name, kind))
    row = known.fetchone()
    if row:
        return int(row[0])
    sql = "INSERT INTO agents (site, name, kind) VALUES (?, ?, ?)"
    return int(connection.execute(sql, (site, name, kind)).lastrowid or 0)


def drop_unused_agents(connection: sqlite3.Connection, agent_ids: Iterable[int]) -> None:
    """Take out those of these agents whom no record names and no cataloguer has merged."""
    connection.executemany(
        "DELETE FROM agents WHERE id = :id AND merged_into IS NULL"
        " AND NOT EXISTS (SELECT 1 FROM agent_roles WHERE agent_id = :id)"
        " AND NOT EXISTS (SELECT 1 FROM agents other WHERE other.merged_into = :id)",
        [{"id": id} for id in agent_ids],
    )


def _rewrite_counters(connection: sqlite3.Connection, parts: RecordParts) -> None:
    """Write each counter that a capture states or a person says: with the observations' times it gives a series."""
    connection.execute("DELETE FROM counters WHERE record_id = ?", (parts.id,))
    stated = [f for f in parts.fields if f.name in COUNTERS and f.state is State.STATED]
    connection.executemany(
        "INSERT INTO counters (record_id, capture_id, name, value, asserted_by)"
        " VALUES (?, (SELECT id FROM captures WHERE sha256 = ?), ?, ?, ?)",
        [(parts.id, f.capture, f.name, f.value, f.asserted_by) for f in stated],
    )


def _rewrite_tags(connection: sqlite3.Connection, record_id: int, record: Record) -> None:
    connection.execute("DELETE FROM tags WHERE record_id = ?", (record_id,))
    rows = [(record_id, tag, _who_says(record.fields, tag)) for tag in record.tags]
    connection.executemany("INSERT INTO tags (record_id, tag, asserted_by) VALUES (?, ?, ?)", rows)


def _who_says(fields: Iterable[Field], tag: str) -> str:
    """Return who asserts a tag; the last one speaks with the most authority."""
    return [f.asserted_by for f in fields if f.name == "tag" and f.value == tag and f.state is State.STATED][-1]
