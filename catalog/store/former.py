"""Records that come and go: there is one exactly as long as a capture belongs to it, and its id stays its own."""

import json
import sqlite3
from collections.abc import Iterable

from catalog.store.identity import key_basis
from catalog.store.index import NO_HEADS, IndexChanges, read_heads
from catalog.store.winners import drop_unused_agents, find_company


def former_id(connection: sqlite3.Connection, key: str) -> int | None:
    """Return the id that a record of this key had, None if there was none or it was merged into another."""
    row = connection.execute("SELECT id FROM former_records WHERE key = ? AND merged_into IS NULL", (key,)).fetchone()
    return int(row[0]) if row else None


def bring_record(connection: sqlite3.Connection, key: str) -> int:
    """Return the id of a new, still empty record with this key: the id that it had before, if it had one."""
    known = former_id(connection, key)
    sql = "INSERT INTO records (id, key, key_basis) VALUES (?, ?, ?)"
    id = connection.execute(sql, (known, key, key_basis(key))).lastrowid or 0
    forget_former(connection, id)
    return id


def ensure_record(connection: sqlite3.Connection, id: int) -> None:
    """Bring back the record that had this id, unless it is there."""
    if connection.execute("SELECT 1 FROM records WHERE id = ?", (id,)).fetchone():
        return
    key = connection.execute("SELECT key FROM former_records WHERE id = ?", (id,)).fetchone()[0]
    connection.execute("INSERT INTO records (id, key, key_basis) VALUES (?, ?, ?)", (id, key, key_basis(key)))
    forget_former(connection, id)


def forget_former(connection: sqlite3.Connection, id: int) -> None:
    """Note that an id names a record again."""
    connection.execute("DELETE FROM former_records WHERE id = ?", (id,))


def find_empty(connection: sqlite3.Connection, ids: Iterable[int]) -> set[int]:
    """Return those of these records to which no capture belongs."""
    sql = (
        "SELECT id FROM records r WHERE id IN (SELECT value FROM json_each(?))"
        " AND NOT EXISTS (SELECT 1 FROM captures WHERE record_id = r.id)"
    )
    return {row[0] for row in connection.execute(sql, (json.dumps(list(ids)),))}


def drop_record(
    connection: sqlite3.Connection, id: int, change_set_id: int, index: IndexChanges, merged_into: int | None = None
) -> None:
    """Take out a record that has no capture and no assertion any more; its id and key are remembered."""
    agents = find_company(connection, id)
    index.change_record(id, read_heads(connection, id), NO_HEADS)
    connection.execute(
        "INSERT INTO former_records (id, key, merged_into, change_set_id)"
        " SELECT id, key, ?, ? FROM records WHERE id = ?",
        (merged_into, change_set_id, id),
    )
    connection.execute("DELETE FROM records WHERE id = ?", (id,))
    drop_unused_agents(connection, agents)
