"""Queries kept under a name, in the catalogue itself: they go where it goes, and any program can read them."""

import sqlite3

from catalog.store.journal import ChangeSet
from catalog.store.set_aside import keep_row

PREFIX = "query:"  # of their names among the settings


def read_saved(connection: sqlite3.Connection) -> dict[str, str]:
    """Return the queries by name, in the order of the names."""
    sql = "SELECT substr(name, ?), value FROM settings WHERE name LIKE ? ORDER BY name"
    return {row[0]: row[1] for row in connection.execute(sql, (len(PREFIX) + 1, PREFIX + "%"))}


def save_query(connection: sqlite3.Connection, name: str, query: str | None, change: ChangeSet) -> bool:
    """Keep the query under the name, None to forget it; return whether that changed anything. Journalled."""
    old = read_saved(connection).get(name)
    if old == query:
        return False
    keep_row(connection, change.begin(connection), "setting", [PREFIX + name])
    change.note(f"settings:{PREFIX}{name}", "value", old, query)
    connection.execute("DELETE FROM settings WHERE name = ?", (PREFIX + name,))
    if query is not None:
        connection.execute("INSERT INTO settings VALUES (?, ?)", (PREFIX + name, query))
    return True
