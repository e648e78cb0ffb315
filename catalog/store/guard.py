"""Statements from files of the user's own are run so that they can only read, and end: by time and by rows."""

import math
import sqlite3
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass

from catalog.errors import BadReport, ReportStopped
from catalog.model.table import Cell

READS = {sqlite3.SQLITE_SELECT, sqlite3.SQLITE_READ, sqlite3.SQLITE_FUNCTION, sqlite3.SQLITE_RECURSIVE}
OF_VIRTUAL_TABLES = {  # what json_each and full text do to be read from; SQLite lets nobody else change sqlite_master
    (sqlite3.SQLITE_UPDATE, "sqlite_master"),
    (sqlite3.SQLITE_PRAGMA, "data_version"),
}
STEPS = 100_000  # of SQLite's machine between two looks at the clock: some milliseconds


@dataclass(frozen=True, slots=True)
class Limits:
    """How long a statement may run, and how many rows it may give."""

    seconds: float = 60.0  # with 50,000 records the slowest of our own reports needs two
    rows: int = 1_000_000  # what a machine of 2 GB holds


def read_guarded(
    connection: sqlite3.Connection, sql: str, values: Mapping[str, str | int | None], limits: Limits, blame: str
) -> tuple[list[str], tuple[tuple[Cell, ...], ...]]:
    """Return the names of the columns and the rows of one statement that reads.

    Raises BadReport, beginning with `blame`, for a statement that would do anything else, ReportStopped past a limit,
    and sqlite3.Error for all other trouble.
    """
    with _only_reads(connection, blame), _stopped_after(connection, limits.seconds, blame):
        cursor = connection.execute(sql, dict(values))
        if cursor.description is None:
            raise BadReport(f"{blame}: there is no statement in it that gives rows")
        found = cursor.fetchmany(limits.rows + 1)
        cursor.close()
    if len(found) > limits.rows:
        raise ReportStopped(f"{blame}: more than {limits.rows:,} rows are no report")
    names = [str(column[0]) for column in cursor.description or ()]
    return names, tuple(tuple(_cell(value) for value in row) for row in found)


@contextmanager
def _only_reads(connection: sqlite3.Connection, blame: str) -> Iterator[None]:
    """Let no statement attach a file, set a pragma or write, a temporary table neither."""
    refused: list[int] = []

    def ask(action: int, first: str | None, *_: object) -> int:
        if action in READS or (action, first) in OF_VIRTUAL_TABLES:
            return sqlite3.SQLITE_OK
        refused.append(action)
        return sqlite3.SQLITE_DENY

    connection.set_authorizer(ask)
    try:
        yield
    except sqlite3.DatabaseError as error:
        if refused:
            raise BadReport(f"{blame}: a report reads, it does nothing else") from error
        raise
    finally:
        connection.set_authorizer(None)


@contextmanager
def _stopped_after(connection: sqlite3.Connection, seconds: float, blame: str) -> Iterator[None]:
    deadline = time.monotonic() + seconds
    connection.set_progress_handler(lambda: time.monotonic() > deadline, STEPS)
    try:
        yield
    except sqlite3.OperationalError as error:
        if error.sqlite_errorcode != sqlite3.SQLITE_INTERRUPT:
            raise
        if time.monotonic() <= deadline:  # Ctrl-C came while the handler ran, and Python gives SQLite no exceptions
            raise KeyboardInterrupt from error
        raise ReportStopped(f"{blame}: stopped after {seconds:g} s; --timeout gives it more") from error
    finally:
        connection.set_progress_handler(None, 0)


def _cell(value: Cell | bytes) -> Cell:
    """Return bytes in hexadecimal, and as text what is no finite number: neither JSON nor a chart has one (9e999)."""
    if isinstance(value, bytes):
        return value.hex()
    return str(value) if isinstance(value, float) and not math.isfinite(value) else value
