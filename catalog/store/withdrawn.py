"""Captures out of view: set aside with a reason; the same bytes do not come back by being ingested again."""

import sqlite3
from collections.abc import Iterable

from catalog.store.journal import ChangeSet
from catalog.store.set_aside import Rows


def withdraw(rows: Rows, record_ids: Iterable[int], change: ChangeSet) -> int:
    """Take records out of view with their captures and what cataloguers said of them; return how many captures."""
    connection, change_set_id = rows.connection, change.begin(rows.connection)
    n_captures = 0
    for record_id in record_ids:
        key = connection.execute("SELECT key FROM records WHERE id = ?", (record_id,)).fetchone()[0]
        sql = "SELECT id FROM fields WHERE record_id = ? AND capture_id IS NULL ORDER BY id"
        said = [row[0] for row in connection.execute(sql, (record_id,))]
        for id in said:
            rows.put("assertion", [id], None)
        if said:
            change.note(f"record:{key}", "withdrawn", len(said), None)
        sql = "SELECT id, sha256 FROM captures WHERE record_id = ? ORDER BY id"
        for id, sha256 in connection.execute(sql, (record_id,)).fetchall():
            rows.put("withdrawal", [sha256], {"change_set_id": change_set_id})
            rows.put("capture", [id], None)
            change.note(f"capture:{sha256}", "withdrawn", {"record": key}, None)
            n_captures += 1
    return n_captures


def find_withdrawal(connection: sqlite3.Connection, sha256: str) -> sqlite3.Row | None:
    """Return by which change set a capture was withdrawn (`id`), `at` when, by `who` and `why`; None if not."""
    sql = (
        "SELECT s.id, s.started_at AS at, s.agent AS who, s.message AS why"
        " FROM withdrawn w JOIN change_sets s ON s.id = w.change_set_id WHERE w.sha256 = ?"
    )
    row: sqlite3.Row | None = connection.execute(sql, (sha256,)).fetchone()
    return row


def find_withdrawn_item(connection: sqlite3.Connection, key: str) -> sqlite3.Row | None:
    """Return by what the record of this key was withdrawn, as `find_withdrawal` does; None if not, or back."""
    sql = (
        "SELECT s.id, s.started_at AS at, s.agent AS who, s.message AS why"
        " FROM former_records f JOIN change_sets s ON s.id = f.change_set_id WHERE f.key = ? AND s.command = 'withdraw'"
    )
    row: sqlite3.Row | None = connection.execute(sql, (key,)).fetchone()
    return row


def has_withdrawn(connection: sqlite3.Connection) -> bool:
    """Return whether anything was ever withdrawn, and is so still."""
    return connection.execute("SELECT 1 FROM withdrawn LIMIT 1").fetchone() is not None


def is_withdrawn(connection: sqlite3.Connection, sha256: str) -> bool:
    """Return whether a capture is out of view."""
    return connection.execute("SELECT 1 FROM withdrawn WHERE sha256 = ?", (sha256,)).fetchone() is not None
