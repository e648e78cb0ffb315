"""Ids of rows that can be set aside: what was set aside comes back under its id, so nobody else gets it meanwhile."""

import sqlite3
from typing import Literal

Numbered = Literal["captures", "fields"]


def next_id(connection: sqlite3.Connection, table: Numbered) -> int:
    """Return the least id above all that this table has or had."""
    sql = (
        f"SELECT 1 + max(ifnull((SELECT max(id) FROM {table}), 0),"  # noqa: S608 -- one of two constants
        " ifnull((SELECT id FROM highest_ids WHERE name = ?), 0))"
    )
    return int(connection.execute(sql, (table,)).fetchone()[0])


def reserve_ids(connection: sqlite3.Connection) -> None:
    """Remember which ids are taken; whoever sets rows aside does so first."""
    tables: tuple[Numbered, ...] = ("captures", "fields")
    rows = [(table, next_id(connection, table) - 1) for table in tables]
    connection.executemany("INSERT OR REPLACE INTO highest_ids (name, id) VALUES (?, ?)", rows)
