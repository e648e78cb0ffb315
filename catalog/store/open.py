"""Open a catalogue file, to read or to write, and close it so that others can read it."""

import os
import sqlite3
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from types import TracebackType
from typing import Self
from urllib.parse import quote

from catalog.errors import CatalogueUnusable
from catalog.model.custom import NO_CUSTOM, Custom
from catalog.model.table import Cell
from catalog.store.fulltext import half_width
from catalog.store.index import rebuild
from catalog.store.migrate import APPLICATION_ID, migrate, newest_version
from catalog.store.patterns import matches
from catalog.store.scripts import simplified
from catalog.store.trouble import DAMAGED, explain
from catalog.store.watch import watch

WAIT_SECONDS = 10.0  # how long a command waits for another writer before it gives up
CACHE_KB = 64 * 1024  # of a writer: what a batch touches of the indexes stays in memory
PAGES_BEFORE_CHECKPOINT = 10_000  # 40 MB: a page that many batches change is copied into the file once


class Store:
    """An open catalogue. Use it as a context manager; rows come as sqlite3.Row.

    `declared` are the fields of one's own that whoever opened it declares, whether or not it has values of them.
    Leaving the context closes the file and turns SQLite's troubles with the file into CatalogueUnusable or
    CatalogueLocked, whichever statement met them.
    """

    def __init__(self, connection: sqlite3.Connection, path: Path, *, writable: bool) -> None:
        connection.row_factory = sqlite3.Row
        connection.create_function("half_width", 1, _half_width, deterministic=True)  # queries compare by these
        connection.create_function("simplified", 1, simplified, deterministic=True)
        connection.create_function("matches", 2, matches, deterministic=True)
        self.connection = connection
        self.path = path
        self.writable = writable
        self.declared: Custom = NO_CUSTOM

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()
        if isinstance(error, sqlite3.Error) and (better := explain(error, self.path)):
            raise better from error

    @contextmanager
    def transaction(self) -> Iterator[sqlite3.Connection]:
        """Yield the connection inside one IMMEDIATE transaction: all of it is kept, or nothing.

        Raises CatalogueLocked or CatalogueUnusable where the file is in the way.
        """
        try:
            with _immediate(self.connection):
                yield self.connection
        except sqlite3.Error as error:
            raise explain(error, self.path) or error from error

    def close(self) -> None:
        """Close the file; the last writer folds the write-ahead log back into it."""
        if self.writable:
            with suppress(sqlite3.Error):  # another process still has it open: that one will do it
                self.connection.execute("PRAGMA busy_timeout = 0")
                self.connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
                self.connection.execute("PRAGMA journal_mode = DELETE")
        self.connection.close()


def _half_width(value: Cell) -> Cell:
    """Return a value as queries compare it; a value of a field can be a number."""
    return half_width(value) if isinstance(value, str) else value


def open_reader(path: Path) -> Store:
    """Return the catalogue, opened so that no statement can change it.

    Raises CatalogueUnusable (missing, no catalogue, newer or older schema, unreadable) or CatalogueLocked.
    """
    _must_exist(path)
    try:
        connection = _connect_to_read(path)
        try:
            _check(connection, path)
            version = _version(connection)
        except BaseException:
            connection.close()
            raise
    except (sqlite3.Error, UnicodeDecodeError) as error:
        raise explain(error, path) or error from error
    if version < newest_version():
        connection.close()
        _upgrade(path)
        return open_reader(path)
    return Store(connection, path, writable=False)


def connect_to_look(path: Path) -> sqlite3.Connection:
    """Return a connection that only reads, to a catalogue of whatever schema. Raises CatalogueUnusable."""
    _must_exist(path)
    connection = _connect_to_read(path)
    try:
        _check(connection, path)
    except BaseException:
        connection.close()
        raise
    return connection


def open_writer(path: Path, *, create: bool = False) -> Store:
    """Return the catalogue, opened to write and migrated where it is older than this program.

    `create` makes a new one where there is none. Raises CatalogueUnusable or CatalogueLocked.
    """
    if not create:
        _must_exist(path)
    elif not path.parent.is_dir():
        raise CatalogueUnusable(f"{path}: there is no folder {path.parent}", path=str(path))
    try:
        connection = sqlite3.connect(file_uri(path, "rwc" if create else "rw"), uri=True, isolation_level=None,
                                     timeout=WAIT_SECONDS)  # fmt: skip
        try:
            _prepare_to_write(connection, path)
        except BaseException:
            connection.close()
            raise
    except (sqlite3.Error, UnicodeDecodeError) as error:
        raise explain(error, path) or error from error
    return Store(connection, path, writable=True)


def open_memory() -> Store:
    """Return a new catalogue that lives as long as the process: for tests and trial runs."""
    connection = sqlite3.connect(":memory:", isolation_level=None)
    connection.execute("PRAGMA foreign_keys = ON")
    migrate(connection)
    watch(connection)
    return Store(connection, Path(":memory:"), writable=True)


def _upgrade(path: Path) -> None:
    try:
        open_writer(path).close()
    except CatalogueUnusable as error:
        raise CatalogueUnusable(f"{path} is older than this program and could not be brought up to date: {error}",
                                path=str(path)) from error  # fmt: skip


def _prepare_to_write(connection: sqlite3.Connection, path: Path) -> None:
    is_new = _check(connection, path, may_be_empty=True)
    if not os.access(path, os.W_OK):
        raise CatalogueUnusable(f"{path} cannot be written: permission denied", path=str(path))
    _enter_wal(connection)
    connection.execute("PRAGMA synchronous = NORMAL")
    connection.execute(f"PRAGMA cache_size = -{CACHE_KB}")
    connection.execute(f"PRAGMA wal_autocheckpoint = {PAGES_BEFORE_CHECKPOINT}")
    connection.execute("PRAGMA foreign_keys = ON")
    if is_new or _version(connection) < newest_version():
        _bring_up_to_date(connection)
    watch(connection)


def _bring_up_to_date(connection: sqlite3.Connection) -> None:
    """Migrate under the write lock: of two first ingests at once, the second finds the work done."""
    with _immediate(connection):
        if _version(connection) < newest_version():
            has_texts = _version(connection) > 0
            migrate(connection)
            if has_texts:
                rebuild(connection)  # what is found in texts may be indexed otherwise now


@contextmanager
def _immediate(connection: sqlite3.Connection) -> Iterator[None]:
    connection.execute("BEGIN IMMEDIATE")
    try:
        yield
        connection.execute("COMMIT")
    except BaseException:
        if connection.in_transaction:  # SQLite has rolled back itself where the disk is full
            connection.execute("ROLLBACK")
        raise


def _version(connection: sqlite3.Connection) -> int:
    return int(connection.execute("PRAGMA user_version").fetchone()[0])


def _enter_wal(connection: sqlite3.Connection) -> None:
    """Switch to WAL. SQLite does not wait for others here by itself, so we do."""
    deadline = time.monotonic() + WAIT_SECONDS
    while True:
        try:
            connection.execute("PRAGMA journal_mode = WAL")
        except sqlite3.OperationalError:
            if time.monotonic() > deadline:
                raise
            time.sleep(0.05)
        else:
            return


def _connect_to_read(path: Path) -> sqlite3.Connection:
    connection = sqlite3.connect(file_uri(path, "ro"), uri=True, isolation_level=None, timeout=WAIT_SECONDS)
    try:
        connection.execute("SELECT 1 FROM sqlite_schema")
    except sqlite3.OperationalError as error:
        connection.close()
        if error.sqlite_errorcode & 0xFF not in (sqlite3.SQLITE_CANTOPEN, sqlite3.SQLITE_READONLY):
            raise
        if Path(f"{path}-wal").exists() or not os.access(path, os.R_OK):
            raise
        # Left in WAL mode by a crash, in a folder where no shared memory can be made, and nothing is pending.
        connection = sqlite3.connect(file_uri(path, "ro") + "&immutable=1", uri=True, isolation_level=None)
    return connection


def _must_exist(path: Path) -> None:
    if path.is_dir():
        raise CatalogueUnusable(f"{path} is a folder, not a catalogue", path=str(path))
    if not path.exists():
        raise CatalogueUnusable(f"there is no catalogue {path}: `catalog ingest` makes one", path=str(path))


def _check(connection: sqlite3.Connection, path: Path, *, may_be_empty: bool = False) -> bool:
    """Return whether the file is still empty. Raises CatalogueUnusable if it is not ours or newer than we are."""
    application, version, n_tables = (
        int(connection.execute(sql).fetchone()[0])
        for sql in ("PRAGMA application_id", "PRAGMA user_version", "SELECT count(*) FROM sqlite_schema")
    )
    if n_tables == 0 and may_be_empty and application in (0, APPLICATION_ID):
        return True
    if n_tables == 0 and application in (0, APPLICATION_ID):
        raise CatalogueUnusable(f"{path} is empty: an ingest was stopped before it began; run it again", path=str(path))
    if application != APPLICATION_ID:
        raise CatalogueUnusable(f"{path} is an SQLite file, but not a catalogue", path=str(path))
    if version > newest_version():
        raise CatalogueUnusable(f"{path} was written by a newer version of this program (schema {version}, "
                                f"known here: {newest_version()})", path=str(path))  # fmt: skip
    sql = "SELECT count(*) FROM _sqlite_migrations WHERE migration_set = 'catalog'"
    if connection.execute(sql).fetchone()[0] != version:  # migrating it again would make things worse
        raise CatalogueUnusable(f"{path} {DAMAGED}", path=str(path))
    return False


def file_uri(path: Path, mode: str) -> str:
    """Return the URI of a file whose name may hold any byte."""
    return f"file:{quote(os.fsencode(path.absolute()))}?mode={mode}"
