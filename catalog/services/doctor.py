"""What is odd about a catalogue and what it runs on, and how to mend it."""

import platform
import shutil
import sqlite3
from collections.abc import Iterator, Mapping
from dataclasses import replace
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

from catalog.model.table import Cell, Column, Table
from catalog.store.condition import look_at
from catalog.store.holder import find_holder
from catalog.store.migrate import newest_version
from catalog.version import __version__

COLUMNS = (Column("what", is_whole=True), Column("found"), Column("is_odd", is_number=True), Column("mend"))
LIBRARIES = ("sqlite-utils", "typer", "rich", "python-dateutil", "resiliparse", "fastwarc", "numpy")
ENOUGH = 100  # times the size of the file, past which the number says nothing
OLDEST_SQLITE = (3, 40, 0)

Row = tuple[Cell, ...]


def examine(db: Path, settings: Mapping[str, tuple[str, str]]) -> Table:
    """Return what there is and what is odd (`is_odd` is 1), with the step that mends it.

    `settings` are values by name, each with where it was read. Raises CatalogueUnusable or CatalogueLocked.
    """
    rows = [*_catalogue(db), *_place(db), *_settings(settings), *_program()]
    return Table("", COLUMNS, tuple(rows), schema="catalog.doctor/1")


def only_odd(table: Table) -> Table:
    """Return the rows that are odd."""
    return replace(table, rows=tuple(row for row in table.rows if row[2]))


def _catalogue(db: Path) -> Iterator[Row]:
    found = look_at(db)
    yield "catalogue", f"{db}, {found.size_bytes:,} bytes", 0, None
    yield "holds", f"{found.records:,} records, {found.captures:,} captures", 0, None
    yield "schema", f"{found.version} of {newest_version()}", 0, None
    yield from ((sign.what, sign.found, 1, sign.mend) for sign in found.signs)
    holder = find_holder(db)
    if holder is not None:
        yield "being written", str(holder), 1, "wait until it ends"


def _place(db: Path) -> Iterator[Row]:
    times = shutil.disk_usage(db.absolute().parent).free // max(1, db.stat().st_size)
    found = f"{times} times" if times < ENOUGH else f"more than {ENOUGH} times"
    mend = None if times else "make room: a migration or dedupe --again can need as much as the file takes"
    yield "free on the disk", f"{found} what the file takes", int(not times), mend


def _settings(settings: Mapping[str, tuple[str, str]]) -> Iterator[Row]:
    yield from ((f"setting {name}", f"{value} ({where})", 0, None) for name, (value, where) in settings.items())


def _program() -> Iterator[Row]:
    yield "catalog", __version__, 0, None
    yield "Python", platform.python_version(), 0, None
    is_old = sqlite3.sqlite_version_info < OLDEST_SQLITE
    oldest = ".".join(map(str, OLDEST_SQLITE))
    yield "SQLite", sqlite3.sqlite_version, int(is_old), f"Python with SQLite {oldest} or later" if is_old else None
    for name in LIBRARIES:
        try:
            yield name, version(name), 0, None
        except PackageNotFoundError:
            yield name, None, 1, f"pip install {name}"
