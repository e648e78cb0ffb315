"""Fields of one's own, as this catalogue knows them: kept among the settings once they have a value here.

So the file can be read without the catalog.toml that declared them.
"""

import json
import sqlite3
from collections.abc import Iterable

from catalog.errors import UsageError
from catalog.model.custom import Custom, CustomField, CustomType
from catalog.store.canonical import to_json

PREFIX = "field:"  # of their names among the settings


def read_custom(connection: sqlite3.Connection, declared: Custom | None = None) -> Custom:
    """Return the fields of one's own by name: those that have values here, and those that are declared beside it.

    Raises UsageError where one is declared otherwise than its values are.
    """
    sql = "SELECT name, value FROM settings WHERE name >= 'field:' AND name < 'field;' ORDER BY name"
    known = {name.removeprefix(PREFIX): json.loads(said) for name, said in connection.execute(sql)}
    found = {name: CustomField(name, CustomType(said["type"]), said["label"]) for name, said in known.items()}
    for name, field in (declared or {}).items():
        if name in found and found[name].type is not field.type and _has_values(connection, name):
            raise UsageError(
                f"catalog.toml says that {name} is a {field.type}; in this catalogue it is a {found[name].type} and has"
                " values",
                field=name,
            )
        found[name] = field
    return found


def keep_custom(connection: sqlite3.Connection, fields: Iterable[CustomField]) -> None:
    """Keep what these fields are, inside the caller's transaction: who writes a value of one does so."""
    rows = [(f"{PREFIX}{field.name}", to_json({"type": field.type, "label": field.label})) for field in fields]
    connection.executemany("INSERT OR REPLACE INTO settings (name, value) VALUES (?, ?)", rows)


def find_unused(connection: sqlite3.Connection) -> list[str]:
    """Return the names among the settings of those fields that have no value here, nor had one."""
    return [PREFIX + name for name in read_custom(connection) if not _has_values(connection, name)]


def _has_values(connection: sqlite3.Connection, name: str) -> bool:
    return connection.execute("SELECT 1 FROM fields WHERE name = ? LIMIT 1", (name,)).fetchone() is not None
