"""What is derived from assertions: the winners in `records`, agents and roles, counters, tags.

This is the only code that writes those rows. Those of a record's first capture are made beside the parser; whoever
changes `fields` later has them rewritten for the records touched.
"""

import sqlite3
from collections.abc import Callable, Iterable
from dataclasses import dataclass

from catalog.model.field import Confidence, Field, State
from catalog.model.record import Record
from catalog.model.vocabulary import COUNTERS
from catalog.store.canonical import to_json
from catalog.store.find import RecordParts, load_parts
from catalog.store.identity import key_basis
from catalog.store.index import NO_HEADS, Heads, IndexChanges, read_heads

Builder = Callable[[RecordParts], Record]

MAIN = ("title", "published", "source", "publisher", "body")  # a doubt about one of these is a doubt about the record
TRUST = (Confidence.LOW, Confidence.MEDIUM, Confidence.HIGH)
PLAIN = (
    "title", "subtitle", "summary", "published", "modified", "source", "publisher", "site_name", "section", "views",
    "comments", "likes", "shares",
)  # fmt: skip
VALUES = ("kind", "language", *PLAIN, "breadcrumb", "body_repeats", "confidence", "conflicts")
COLUMNS = (*VALUES, "body_id")
SOURCE = VALUES.index("source")
INSERT = (
    f"INSERT INTO records (id, key, key_basis, {', '.join(COLUMNS)}) VALUES ({', '.join('?' * (3 + len(COLUMNS)))})"  # noqa: S608
)
UPDATE = f"UPDATE records SET {', '.join(f'{name} = ?' for name in COLUMNS)} WHERE id = ?"  # noqa: S608
IDLE = (  # of an agent: no record names it, and no cataloguer has spoken of it
    "NOT EXISTS (SELECT 1 FROM agent_roles WHERE agent_id = agents.id)"
    " AND NOT (kind = 'source' AND EXISTS (SELECT 1 FROM records WHERE source = agents.name))"
    " AND NOT EXISTS (SELECT 1 FROM agent_verdicts v"
    "   WHERE v.site = agents.site AND v.name = agents.name AND v.kind = agents.kind)"
    " AND NOT EXISTS (SELECT 1 FROM agents o WHERE o.merged_into = agents.id)"  # until `settle_agents` has parted them
    " AND NOT EXISTS (SELECT 1 FROM agent_verdicts v"
    "   WHERE v.into_name = agents.name AND v.into_site = agents.site AND v.into_kind = agents.kind)"
)


@dataclass(frozen=True, slots=True)
class Winners:
    """The derived rows of one record, ready to be written; what is numbered in the catalogue is still named.

    `values` are those of VALUES, `body` is a SHA-256, `roles` are (role, label, name, kind), `counters`
    (SHA-256 of the capture, name, value, who asserts it), `tags` (tag, who asserts it).
    """

    values: tuple[str | int | None, ...]
    body: str | None
    site: str
    heads: Heads
    roles: tuple[tuple[str, str | None, str, str], ...]
    counters: tuple[tuple[str | None, str, str | int | None, str], ...]
    tags: tuple[tuple[str, str], ...]


def winners_of(record: Record) -> Winners:
    """Return the derived rows of a record."""
    confidence = least_confidence(record)
    title, summary = (record.values.get(name) for name in ("title", "summary"))
    return Winners(
        (
            record.kind, record.language, *map(record.values.get, PLAIN),
            to_json(record.breadcrumb) if record.breadcrumb else "[]",
            record.repeats if record.body else 0, confidence.value if confidence else None,
            to_json(record.conflicts) if record.conflicts else "[]",
        ),
        record.body.sha256 if record.body else None,
        str(record.values.get("site_name", "")),
        (None if title is None else str(title), None if summary is None else str(summary)),
        tuple((agent.role, agent.label, agent.name, agent.kind) for agent in record.agents),
        tuple(
            (f.capture, f.name, f.value, f.asserted_by)
            for f in record.fields
            if f.name in COUNTERS and f.state is State.STATED
        ),
        tuple((tag, _who_says(record.fields, tag)) for tag in record.tags),
    )  # fmt: skip


def rewrite_winners(
    connection: sqlite3.Connection, record_ids: Iterable[int], build: Builder, index: IndexChanges
) -> None:
    """Rewrite the derived rows of these records inside the caller's transaction; who calls it writes the index."""
    for parts in load_parts(connection, sorted(set(record_ids)), texts=False):
        winners = winners_of(build(parts))
        before = find_company(connection, parts.id)
        index.change_record(parts.id, read_heads(connection, parts.id), winners.heads)
        connection.execute(UPDATE, (*winners.values, _body_id(connection, winners.body), parts.id))
        _forget(connection, parts.id)
        write_company(connection, parts.id, winners)
        drop_unused_agents(connection, before)


def read_winners(connection: sqlite3.Connection, record_id: int) -> Winners:
    """Return the derived rows of a record as they are kept."""
    row = connection.execute(
        f"SELECT {', '.join(f'r.{name}' for name in VALUES)}, b.sha256 FROM records r"  # noqa: S608 -- our own words
        " LEFT JOIN bodies b ON b.id = r.body_id WHERE r.id = ?",
        (record_id,),
    ).fetchone()
    values = tuple(row)[: len(VALUES)]
    roles = connection.execute(
        "SELECT r.role, r.label, r.printed_name, a.kind, a.name, a.site, r.position FROM agent_roles r"
        " JOIN agents a ON a.id = r.agent_id WHERE r.record_id = ? ORDER BY r.position",
        (record_id,),
    ).fetchall()
    counters = connection.execute(
        "SELECT c.sha256, n.name, n.value, n.asserted_by FROM counters n LEFT JOIN captures c ON c.id = n.capture_id"
        " WHERE n.record_id = ? ORDER BY n.rowid",
        (record_id,),
    )
    tags = connection.execute("SELECT tag, asserted_by FROM tags WHERE record_id = ? ORDER BY rowid", (record_id,))
    site = row["site_name"] or ""
    are_own = all(
        r["name"] == r["printed_name"] and r["site"] == site and r["position"] == n for n, r in enumerate(roles)
    )
    return Winners(
        values,
        row["sha256"],
        site if are_own else "",
        (row["title"], row["summary"]),
        tuple((r["role"], r["label"], r["printed_name"], r["kind"]) for r in roles) if are_own else (),
        tuple(map(tuple, counters)),
        tuple(map(tuple, tags)),
    )


def add_record(
    connection: sqlite3.Connection, key: str, winners: Winners, index: IndexChanges, id: int | None = None
) -> int:
    """Write a new record with what follows from its first capture but counters, which need the capture's row.

    `id` is the one that a record of this key had before; None gives the next.
    """
    row = (id, key, key_basis(key), *winners.values, _body_id(connection, winners.body))
    record_id = connection.execute(INSERT, row).lastrowid or 0
    index.change_record(record_id, NO_HEADS, winners.heads)
    return record_id


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


def write_company(connection: sqlite3.Connection, record_id: int, winners: Winners) -> None:
    """Write agents with their roles, counters and tags of a record that has none; its source is an agent of no site."""
    if winners.values[SOURCE] is not None:
        _agent_id(connection, "", str(winners.values[SOURCE]), "source")
    roles = [
        (record_id, _agent_id(connection, winners.site, name, kind), role, label, name, position)
        for position, (role, label, name, kind) in enumerate(winners.roles)
    ]
    if roles:
        connection.executemany("INSERT INTO agent_roles VALUES (?, ?, ?, ?, ?, ?)", roles)
    if winners.counters:  # each that a capture states or a person says: with the observations' times it gives a series
        connection.executemany(
            "INSERT INTO counters (record_id, capture_id, name, value, asserted_by)"
            " VALUES (?, (SELECT id FROM captures WHERE sha256 = ?), ?, ?, ?)",
            [(record_id, *counter) for counter in winners.counters],
        )
    if winners.tags:
        sql = "INSERT INTO tags (record_id, tag, asserted_by) VALUES (?, ?, ?)"
        connection.executemany(sql, [(record_id, *tag) for tag in winners.tags])


def find_company(connection: sqlite3.Connection, record_id: int) -> list[int]:
    """Return the agents that a record names: in a role, or as its source."""
    sql = (
        "SELECT agent_id FROM agent_roles WHERE record_id = :id UNION"
        " SELECT a.id FROM records r JOIN agents a ON a.site = '' AND a.name = r.source AND a.kind = 'source'"
        " WHERE r.id = :id"
    )
    return [row[0] for row in connection.execute(sql, {"id": record_id})]


def _forget(connection: sqlite3.Connection, record_id: int) -> None:
    """Take a record's roles, counters and tags away."""
    for table in ("agent_roles", "counters", "tags"):
        connection.execute(f"DELETE FROM {table} WHERE record_id = ?", (record_id,))  # noqa: S608 -- three constants


def _body_id(connection: sqlite3.Connection, sha256: str | None) -> int | None:
    if sha256 is None:
        return None
    return int(connection.execute("SELECT id FROM bodies WHERE sha256 = ?", (sha256,)).fetchone()[0])


def _agent_id(connection: sqlite3.Connection, site: str, name: str, kind: str) -> int:
    known = connection.execute("SELECT id FROM agents WHERE site = ? AND name = ? AND kind = ?", (site, name, kind))
    row = known.fetchone()
    if row:
        return int(row[0])
    sql = "INSERT INTO agents (site, name, kind) VALUES (?, ?, ?)"
    return int(connection.execute(sql, (site, name, kind)).lastrowid or 0)


def drop_unused_agents(connection: sqlite3.Connection, agent_ids: Iterable[int]) -> None:
    """Take out those of these agents whom no record names and no cataloguer has spoken of."""
    connection.executemany(f"DELETE FROM agents WHERE id = ? AND {IDLE}", [(id,) for id in agent_ids])  # noqa: S608


def _who_says(fields: Iterable[Field], tag: str) -> str:
    """Return who asserts a tag; the last one speaks with the most authority."""
    return [f.asserted_by for f in fields if f.name == "tag" and f.value == tag and f.state is State.STATED][-1]
