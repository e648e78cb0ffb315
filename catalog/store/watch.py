"""Rows that cataloguers decide upon, one table each: whoever changes one, the journal keeps how it stands then.

Triggers of the connection note which rows were changed, so that no writer can forget it; none of this is in the file.
"""

import json
import sqlite3
from collections.abc import Iterator, Sequence

Cell = str | int | float | None
Row = list[Cell]

# The columns by which a row is known. Of `problems` only those that hang on no capture are watched.
WATCHED: dict[str, tuple[str, ...]] = {
    "settings": ("name",),
    "verdicts": ("body_sha256", "other_body_sha256"),
    "withdrawn": ("sha256",),
    "problems": ("origin", "code", "message"),
    "agent_verdicts": ("site", "name", "kind"),
    "agent_differences": ("site", "name", "kind", "other_site", "other_name", "other_kind"),
    "record_verdicts": ("key",),
    "capture_verdicts": ("sha256",),
    "capture_differences": ("sha256", "other_sha256"),
    "tag_terms": ("tag",),
}
LOOSE = "capture_id IS NULL"  # of a problem
SUBJECT = "row"


def watch(connection: sqlite3.Connection) -> None:
    """Note from now on which rows this connection changes."""
    connection.execute(
        "CREATE TEMP TABLE changed_rows (name TEXT NOT NULL, place TEXT NOT NULL, PRIMARY KEY (name, place))"
    )
    known = {row[0] for row in connection.execute("SELECT name FROM main.sqlite_schema WHERE type = 'table'")}
    for table, key in WATCHED.items():
        if table not in known:  # only tests make a catalogue of an older schema
            continue
        for event, rows in (("INSERT", ("NEW",)), ("UPDATE", ("OLD", "NEW")), ("DELETE", ("OLD",))):
            places = [f"json_array({', '.join(f'{row}.{name}' for name in key)})" for row in rows]
            when = f" WHEN {rows[-1]}.{LOOSE}" if table == "problems" else ""
            notes = " ".join(f"INSERT OR IGNORE INTO changed_rows VALUES ('{table}', {place});" for place in places)  # noqa: S608
            connection.execute(
                f"CREATE TEMP TRIGGER watch_{table}_{event} AFTER {event} ON main.{table}{when} BEGIN {notes} END"
            )


def take_changed(connection: sqlite3.Connection) -> Iterator[tuple[str, Row | None]]:
    """Yield (subject, row as it stands, None if it is gone) of what was changed, and forget that it was."""
    changed = connection.execute("SELECT name, place FROM temp.changed_rows ORDER BY name, place").fetchall()
    connection.execute("DELETE FROM temp.changed_rows")
    for table, place in changed:
        yield f"{SUBJECT}:{table}:{place}", read_row(connection, table, json.loads(place))


def read_row(connection: sqlite3.Connection, table: str, place: Sequence[Cell]) -> Row | None:
    """Return the other columns of a watched row, None if it is not there."""
    key = WATCHED[table]
    names = [name for name in _columns(connection, table) if name not in (*key, "id", "capture_id")]
    asked = " AND ".join([*(f"{name} IS ?" for name in key), *([LOOSE] if table == "problems" else [])])
    row = connection.execute(f"SELECT {', '.join(names)} FROM {table} WHERE {asked}", place).fetchone()  # noqa: S608
    return None if row is None else list(row)


def read_places(connection: sqlite3.Connection, table: str) -> Iterator[str]:
    """Yield the places of all watched rows, as the subjects of the journal have them."""
    where = f" WHERE {LOOSE}" if table == "problems" else ""
    sql = f"SELECT json_array({', '.join(WATCHED[table])}) FROM {table}{where}"  # noqa: S608 -- our own words
    return (str(row[0]) for row in connection.execute(sql))


def _columns(connection: sqlite3.Connection, table: str) -> list[str]:
    return [row[1] for row in connection.execute(f"PRAGMA main.table_info({table})")]
