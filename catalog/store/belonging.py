"""To which record a capture belongs: by its identity, unless a cataloguer said otherwise. No ingest overrides it."""

import sqlite3
from collections.abc import Iterable

from catalog.store.identity import record_key
from catalog.store.set_aside import Rows


def belongs_to(connection: sqlite3.Connection, sha256: str, urls: Iterable[str], own_key: str) -> str:
    """Return the key of the record of a capture with these URLs."""
    row = connection.execute("SELECT key FROM capture_verdicts WHERE sha256 = ?", (sha256,)).fetchone()
    return follow_key(connection, row[0] if row else record_key(urls, own_key))


def follow_key(connection: sqlite3.Connection, key: str) -> str:
    """Return the key of the record that takes what would belong to this one; of a circle its least key."""
    way = [key]
    while row := connection.execute("SELECT into_key FROM record_verdicts WHERE key = ?", (way[-1],)).fetchone():
        if row[0] in way:
            return min(way[way.index(row[0]) :])
        way.append(row[0])
    return way[-1]


def give(rows: Rows, sha256s: Iterable[str], key: str, who: str, change_set_id: int) -> None:
    """Keep that captures belong to the record of this key."""
    said = {"key": key, "asserted_by": f"cataloguer:{who}", "change_set_id": change_set_id}
    for sha256 in sha256s:
        rows.put("capture_verdict", [sha256], said)


def lead(rows: Rows, key: str, into_key: str | None, who: str, change_set_id: int) -> None:
    """Keep that what would belong to one record belongs to another; None: to itself again."""
    said = {"into_key": into_key, "asserted_by": f"cataloguer:{who}", "change_set_id": change_set_id}
    rows.put("record_verdict", [key], said if into_key else None)


def set_apart(rows: Rows, sha256s: Iterable[str], others: Iterable[str], who: str, change_set_id: int) -> None:
    """Keep that captures of two records are of two records, so that nobody proposes to merge them again."""
    said = {"asserted_by": f"cataloguer:{who}", "change_set_id": change_set_id}
    theirs = list(others)
    for pair in sorted(tuple(sorted((one, other))) for one in sha256s for other in theirs):
        rows.put("capture_difference", pair, said)


def captures_of(connection: sqlite3.Connection, record_id: int) -> dict[str, int]:
    """Return the ids of a record's captures by their SHA-256."""
    sql = "SELECT sha256, id FROM captures WHERE record_id = ? ORDER BY sha256"
    return dict(connection.execute(sql, (record_id,)).fetchall())
