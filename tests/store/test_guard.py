import signal
import sqlite3
from pathlib import Path

import pytest

from catalog.errors import BadReport, ReportStopped
from catalog.store.guard import Limits, read_guarded
from catalog.store.open import Store, open_reader
from tests.pages import ingest, page, write_pages

ENDLESS = "WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n) SELECT {} FROM n"


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Store:
    folder = write_pages(tmp_path_factory.mktemp("guard"), {"a.txt": page()})
    ingest(folder / "c.db", [folder / "a.txt"])
    return open_reader(folder / "c.db")


def read(store: Store, sql: str, limits: Limits | None = None) -> object:
    return read_guarded(store.connection, sql, {}, limits or Limits(), "mine.sql")


@pytest.mark.parametrize(
    "sql",
    [
        "DELETE FROM records RETURNING id",
        "UPDATE records SET title = 'x' RETURNING id",
        "INSERT INTO settings VALUES ('x', 1) RETURNING name",
        "CREATE TEMP TABLE t AS SELECT 1",
        "DROP TABLE records",
        "PRAGMA writable_schema = 1",
        "PRAGMA journal_mode",
        "ATTACH 'other.db' AS other",
        "VACUUM INTO 'copy.db'",
        "BEGIN",
    ],
)
def test_a_report_does_nothing_but_read(
    sql: str, store: Store, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    with pytest.raises(BadReport, match=r"mine\.sql: a report reads"):
        read(store, sql)

    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(
    "sql",
    [
        "SELECT value FROM json_each('[1]')",
        "SELECT rowid FROM bodies_search WHERE bodies_search MATCH 'x'",
        "SELECT count(*) FROM record_facts",
        ENDLESS.format("i") + " LIMIT 3",
    ],
)
def test_all_that_reads_is_let_through(sql: str, store: Store) -> None:
    names, _ = read_guarded(store.connection, sql, {}, Limits(), "mine.sql")

    assert len(names) == 1


def test_a_report_that_does_not_end_is_stopped(store: Store) -> None:
    with pytest.raises(ReportStopped, match=r"mine\.sql: stopped after 0\.05 s"):
        read(store, ENDLESS.format("count(*)"), Limits(seconds=0.05))


def test_a_report_of_too_many_rows_is_stopped(store: Store) -> None:
    with pytest.raises(ReportStopped, match="more than 100 rows"):
        read(store, ENDLESS.format("i"), Limits(rows=100))


def test_a_person_can_stop_a_report(store: Store) -> None:
    before = signal.signal(signal.SIGALRM, signal.default_int_handler)
    try:
        signal.setitimer(signal.ITIMER_REAL, 0.05)
        with pytest.raises(KeyboardInterrupt):
            read(store, ENDLESS.format("count(*)"), Limits(seconds=20))
    finally:
        signal.signal(signal.SIGALRM, before)


def test_afterwards_the_connection_is_as_it_was(store: Store) -> None:
    with pytest.raises(ReportStopped):
        read(store, ENDLESS.format("count(*)"), Limits(seconds=0.01))

    assert store.connection.execute("PRAGMA user_version").fetchone()[0] > 0


def test_bytes_are_shown_in_hexadecimal(store: Store) -> None:
    assert read(store, "SELECT x'00ff' AS it") == (["it"], (("00ff",),))


def test_what_is_no_finite_number_is_text(store: Store) -> None:
    assert read(store, "SELECT 9e999 AS a, -9e999 AS b, 1.5 AS c") == (["a", "b", "c"], (("inf", "-inf", 1.5),))


def test_other_trouble_stays_what_it_is(store: Store) -> None:
    with pytest.raises(sqlite3.OperationalError, match="no such table"):
        read(store, "SELECT * FROM nowhere")
