import os
import sqlite3
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from catalog.errors import CatalogueLocked, CatalogueUnusable
from catalog.store import open as opening
from catalog.store.migrate import APPLICATION_ID, newest_version
from catalog.store.open import Store, open_memory, open_reader, open_writer


@pytest.fixture
def db(tmp_path: Path) -> Path:
    path = tmp_path / "目录 100%#?.db"  # a name that a URI would misread
    open_writer(path, create=True).close()
    return path


def foreign(path: Path) -> None:
    with sqlite3.connect(path) as connection:
        connection.execute("CREATE TABLE recipes (name)")


def newer(path: Path) -> None:
    open_writer(path, create=True).close()
    with sqlite3.connect(path) as connection:
        connection.execute(f"PRAGMA user_version = {newest_version() + 1}")


UNUSABLE: dict[str, tuple[Callable[[Path], object], str]] = {
    "missing": (lambda path: path, "there is no catalogue"),
    "folder": (lambda path: path.mkdir(), "is a folder"),
    "text": (lambda path: path.write_text("不是数据库，只是一篇很长的文章。" * 200), "no SQLite file"),
    "foreign": (foreign, "not a catalogue"),
    "newer": (newer, "newer version of this program"),
}


@pytest.mark.parametrize("case", UNUSABLE)
@pytest.mark.parametrize("way", [open_reader, open_writer])
def test_a_file_that_is_no_catalogue_is_refused_with_a_reason(
    case: str, way: Callable[[Path], Store], tmp_path: Path
) -> None:
    make, reason = UNUSABLE[case]
    make(tmp_path / "x.db")

    with pytest.raises(CatalogueUnusable, match=reason) as caught:
        way(tmp_path / "x.db")

    assert caught.value.exit_status == 6


def test_a_foreign_database_is_not_touched(tmp_path: Path) -> None:
    foreign(tmp_path / "x.db")
    before = (tmp_path / "x.db").read_bytes()

    with pytest.raises(CatalogueUnusable):
        open_writer(tmp_path / "x.db", create=True)

    assert (tmp_path / "x.db").read_bytes() == before


def test_a_missing_folder_is_named(tmp_path: Path) -> None:
    with pytest.raises(CatalogueUnusable, match="there is no folder"):
        open_writer(tmp_path / "没有" / "x.db", create=True)


def test_an_empty_file_becomes_a_catalogue(tmp_path: Path) -> None:
    (tmp_path / "x.db").touch()

    with open_writer(tmp_path / "x.db", create=True) as store:
        assert store.connection.execute("PRAGMA application_id").fetchone()[0] == APPLICATION_ID


def test_a_reader_cannot_write(db: Path) -> None:
    with pytest.raises(CatalogueUnusable, match="read-only"), open_reader(db) as store:
        store.connection.execute("INSERT INTO records (key, key_basis) VALUES ('url:1', 'url')")


def test_a_closed_catalogue_is_one_file_in_rollback_mode(db: Path) -> None:
    assert [path.name for path in db.parent.iterdir()] == [db.name]
    assert db.read_bytes()[18:20] == b"\x01\x01"  # the file format's read and write version: 2 is WAL


def test_a_writer_works_in_wal_with_foreign_keys(db: Path) -> None:
    with open_writer(db) as store:
        said = [store.connection.execute(f"PRAGMA {name}").fetchone()[0] for name in ("journal_mode", "foreign_keys")]

    assert said == ["wal", 1]


def test_a_reader_sees_the_last_commit_while_a_writer_works(db: Path) -> None:
    with open_writer(db) as writer, writer.transaction() as connection:
        connection.execute("INSERT INTO records (key, key_basis) VALUES ('url:1', 'url')")
        with open_reader(db) as reader:
            assert reader.connection.execute("SELECT count(*) FROM records").fetchone()[0] == 0


def test_a_second_writer_that_waits_in_vain_is_told_so(db: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(opening, "WAIT_SECONDS", 0.1)
    told = pytest.raises(CatalogueLocked, match="is locked")
    with open_writer(db) as first, open_writer(db) as second, first.transaction(), told as caught, second.transaction():
        pass

    assert caught.value.exit_status == 6


def test_an_exclusive_lock_is_no_traceback_for_a_reader(db: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(opening, "WAIT_SECONDS", 0.1)
    holder = sqlite3.connect(db, isolation_level=None)
    holder.execute("BEGIN EXCLUSIVE")

    with pytest.raises(CatalogueLocked):
        open_reader(db)

    holder.close()


def test_a_transaction_that_raises_leaves_nothing(db: Path) -> None:
    with open_writer(db) as store:
        with pytest.raises(sqlite3.IntegrityError), store.transaction() as connection:
            connection.executemany("INSERT INTO records (key, key_basis) VALUES (?, 'url')", [("url:1",), ("url:1",)])

        assert store.connection.execute("SELECT count(*) FROM records").fetchone()[0] == 0


def test_what_a_killed_writer_had_committed_is_there_again(db: Path) -> None:
    program = (
        "import os, sys; from pathlib import Path; from catalog.store.open import open_writer\n"
        "store = open_writer(Path(sys.argv[1]))\n"
        "for key in ('url:1', 'url:2'):\n"
        "    store.connection.execute('BEGIN IMMEDIATE')\n"
        "    store.connection.execute('INSERT INTO records (key, key_basis) VALUES (?, ?)', (key, 'url'))\n"
        "    if key == 'url:1': store.connection.execute('COMMIT')\n"
        "os._exit(9)\n"
    )
    subprocess.run([sys.executable, "-c", program, str(db)], check=False)

    with open_reader(db) as store:
        assert [row[0] for row in store.connection.execute("SELECT key FROM records")] == ["url:1"]


def test_two_first_writers_at_once_both_succeed(tmp_path: Path) -> None:
    program = "import sys; from pathlib import Path; from catalog.store.open import open_writer\n" \
              "open_writer(Path(sys.argv[1]), create=True).close()"  # fmt: skip
    both = [subprocess.Popen([sys.executable, "-c", program, str(tmp_path / "x.db")]) for _ in range(2)]

    assert [process.wait(30) for process in both] == [0, 0]
    with open_reader(tmp_path / "x.db") as store:
        assert store.connection.execute("SELECT count(*) FROM _sqlite_migrations").fetchone()[0] == newest_version()


@pytest.mark.skipif(os.geteuid() == 0, reason="the superuser may write anywhere")
def test_a_reader_opens_a_catalogue_in_a_folder_it_cannot_write(db: Path) -> None:
    db.parent.chmod(0o555)
    try:
        with open_reader(db) as store:
            assert store.connection.execute("SELECT count(*) FROM records").fetchone()[0] == 0
    finally:
        db.parent.chmod(0o755)


def test_a_mistake_in_our_own_sql_stays_a_bug() -> None:
    with pytest.raises(sqlite3.OperationalError), open_memory() as store:
        store.connection.execute("SELECT nonsense FROM records")
