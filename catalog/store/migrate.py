"""Bring a catalogue file to the newest schema."""

import sqlite3
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from catalog.store.files import migration_files

if TYPE_CHECKING:
    from sqlite_utils import Database

APPLICATION_ID = 0x474E4341  # "GNCA": tells a catalogue from any other SQLite file


def newest_version() -> int:
    """Return the number of migrations this program knows; a catalogue keeps its own in `user_version`."""
    return len(migration_files())


def migrate(connection: sqlite3.Connection) -> None:
    """Run what is pending, each migration in one transaction with the note that it ran.

    sqlite-utils is imported here and nowhere else: it takes longer to load than most commands to run.
    """
    from sqlite_utils import Database, Migrations

    migrations = Migrations("catalog")
    for version, path in enumerate(migration_files(), 1):
        migrations(name=path.stem)(_runner(path, version))
    migrations.apply(Database(connection))


def _runner(path: Path, version: int) -> Callable[["Database"], None]:
    def run(db: "Database") -> None:
        for statement in split_statements(path.read_text("utf-8")):
            db.conn.execute(statement)
        db.conn.execute(f"PRAGMA application_id = {APPLICATION_ID}")
        db.conn.execute(f"PRAGMA user_version = {version}")

    return run


def split_statements(script: str) -> Iterator[str]:
    """Yield the statements of a script. `executescript` would commit the migration's transaction first."""
    statement = ""
    for line in script.splitlines(keepends=True):
        statement += line
        if sqlite3.complete_statement(statement):
            yield statement
            statement = ""
    if statement.strip():
        yield statement
