"""Commands killed at random moments, and what the catalogue is afterwards."""

import os
import random
import signal
import sqlite3
import time
from collections.abc import Callable, Iterator
from contextlib import closing, suppress
from dataclasses import dataclass
from pathlib import Path
from unittest.mock import patch

from catalog.errors import UsageError
from catalog.services.changes import read_change
from catalog.services.dedupe import compare_again
from catalog.services.reparse import apply_reparse, plan_reparse
from catalog.services.tag import apply_changes
from catalog.services.undo import apply_undo, plan_undo
from catalog.services.verify import verify
from catalog.store import files, migrate
from catalog.store.open import open_reader, open_writer
from tests.older import parse_as_before
from tests.pages import HARVEST, LIBRARY, dump, ingest, page, ports, write_pages

BATCH = 5
OLD = 6  # migrations of the older program, from which a migration is killed
PAGES: dict[str, str | bytes] = {
    f"{n:02}.txt": page(title=f"第{n}次观摩会", body=[*(HARVEST if n % 2 else LIBRARY), f"　　第{n}天。"], views=n)
    for n in range(15)
}


@dataclass(frozen=True, slots=True)
class Victim:
    """A command: `start` makes the catalogue that it is run on, `run` is the command, run again after each kill."""

    start: Callable[[Path], None]
    run: Callable[[Path], None]


@dataclass(frozen=True, slots=True)
class Killed:
    """One round: the share of the usual time after which it was killed, and whether that was before the end."""

    share: float
    was_running: bool
    n_captures: int


def victims(folder: Path) -> dict[str, Victim]:
    """Return the commands, by name; `folder` takes the pages."""
    pages = write_pages(folder / "pages", PAGES)

    def empty(db: Path) -> None:
        open_writer(db, create=True).close()

    def full(db: Path) -> None:
        ingest(db, [pages])

    def tagged(db: Path) -> None:
        full(db)
        tag(db)

    def tag(db: Path) -> None:
        changes = [change for word in ("source=县档案馆", "+秋粮") if (change := read_change(word))]
        with open_writer(db) as store:
            ids = [row[0] for row in store.connection.execute("SELECT id FROM records")]
            apply_changes(store, ids, changes, ports())

    def undo(db: Path) -> None:
        with open_writer(db) as store, suppress(UsageError):  # it was done before the kill
            apply_undo(store, plan_undo(store, 1, and_later=True), ports())

    def dedupe(db: Path) -> None:
        with open_writer(db) as store:
            compare_again(store, ports(), 0.7)

    def older(db: Path) -> None:
        with patch("catalog.services.reading.parse_capture", parse_as_before):
            ingest(db, [pages])

    def reparse(db: Path) -> None:
        with open_writer(db) as store:
            ids = [row[0] for row in store.connection.execute("SELECT id FROM records ORDER BY id")]
            apply_reparse(store, plan_reparse(store, ids, ports(), 1), ports())

    def ingest_all(db: Path) -> None:
        ingest(db, [pages], batch=BATCH)

    return {
        "ingest": Victim(empty, ingest_all),
        "tag": Victim(full, tag),
        "undo": Victim(tagged, undo),
        "dedupe --again": Victim(full, dedupe),
        "reparse": Victim(older, reparse),
        "migration": Victim(lambda db: _make_old(full, db), lambda db: open_writer(db).close()),
    }


def kill_often(victim: Victim, n: int, seed: int, folder: Path) -> Iterator[Killed]:
    """Kill a command `n` times, each time on a fresh copy, and hold the catalogue to what is promised of it."""
    rng = random.Random(seed)  # noqa: S311 -- a seed, no secret
    start, db = folder / "start.db", folder / "killed.db"
    victim.start(start)
    seconds, expected = _run_unharmed(victim, start, db)
    for _ in range(n):
        _copy(start, db)
        share = rng.random() * 1.1
        was_running = _kill(lambda: victim.run(db), share * seconds)
        n_captures = _must_be_whole(db)
        victim.run(db)
        assert dump(db) == expected
        yield Killed(share, was_running, n_captures)


def _run_unharmed(victim: Victim, start: Path, db: Path) -> tuple[float, str]:
    """Return how long the command runs, and the dump that it leaves."""
    _copy(start, db)
    began = time.monotonic()
    _kill(lambda: victim.run(db), 600)
    return time.monotonic() - began, dump(db)


def _kill(work: Callable[[], None], after: float) -> bool:
    """Do the work in another process and kill that; return whether it was still at it."""
    child = os.fork()
    if child == 0:
        try:
            work()
        finally:
            os._exit(0)
    deadline = time.monotonic() + after
    while time.monotonic() < deadline:
        if os.waitpid(child, os.WNOHANG)[0]:
            return False
        time.sleep(0.0005)
    os.kill(child, signal.SIGKILL)
    return os.WIFSIGNALED(os.waitpid(child, 0)[1])


def _must_be_whole(db: Path) -> int:
    """Hold a catalogue to what a kill must not break; return how many captures are in it."""
    with closing(sqlite3.connect(db)) as connection:
        assert connection.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
        n_captures = int(connection.execute("SELECT count(*) FROM captures").fetchone()[0])
        version = connection.execute("PRAGMA user_version").fetchone()[0]
    assert n_captures % BATCH == 0  # all 15 are three batches
    assert version in {OLD, migrate.newest_version()}
    if version > OLD:
        with open_reader(db) as store:
            assert verify(store, ports()).outcome.problems == ()
    return n_captures


def _copy(start: Path, db: Path) -> None:
    for tail in ("-wal", "-shm", "-journal"):
        db.with_name(db.name + tail).unlink(missing_ok=True)
    db.write_bytes(start.read_bytes())


def _make_old(fill: Callable[[Path], None], db: Path) -> None:
    """Make a catalogue as an older program kept it, with the rows that both schemas have."""
    new = db.with_name("new.db")
    fill(new)
    older = files.migration_files()[:OLD]
    with patch.object(migrate, "migration_files", lambda: older), open_writer(db, create=True) as store:
        connection = store.connection
        connection.execute("PRAGMA foreign_keys = OFF")
        connection.execute("ATTACH ? AS new", (str(new),))
        for table in _tables(connection, "main"):
            names = ", ".join(sorted(_columns(connection, "main", table) & _columns(connection, "new", table)))
            if names and not table.startswith(("_sqlite", "sqlite_", "records_search", "bodies_search")):
                where = " WHERE kind <> 'source'" if table == "agents" else ""
                connection.execute(f"INSERT INTO main.{table} ({names}) SELECT {names} FROM new.{table}{where}")  # noqa: S608
        connection.execute("DETACH new")


def _tables(connection: sqlite3.Connection, schema: str) -> list[str]:
    sql = f"SELECT name FROM {schema}.sqlite_schema WHERE type = 'table'"  # noqa: S608 -- one of two words
    return [row[0] for row in connection.execute(sql)]


def _columns(connection: sqlite3.Connection, schema: str, table: str) -> set[str]:
    return {row[1] for row in connection.execute(f"PRAGMA {schema}.table_info({table})")}
