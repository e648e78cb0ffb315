"""Ids of rows that can be set aside: what was set aside comes back under its id, so nobody else gets it meanwhile.

A module of its own, and light: commands that only read ask what an id once named.
"""

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


def find_former(connection: sqlite3.Connection, id: int) -> sqlite3.Row | None:
    """Return what became of a record: `merged_into`, and `change_set_id`, `command`, `who`, `at`, `why` of its end."""
    sql = (
        "SELECT f.merged_into, s.id AS change_set_id, s.command, s.agent AS who, s.started_at AS at, s.message AS why"
        " FROM former_records f JOIN change_sets s ON s.id = f.change_set_id WHERE f.id = ?"
    )
    row: sqlite3.Row | None = connection.execute(sql, (id,)).fetchone()
    return row
