"""A copy, a dump, the log, a damaged file: a catalogue comes back from each of them."""

import random
import shutil
import sqlite3
import threading
from contextlib import closing
from pathlib import Path

import pytest

from catalog.errors import BadDump, CatalogueUnusable, UsageError, VerificationFailed
from catalog.services.backup import back_up, target_of
from catalog.services.changes import read_change
from catalog.services.load import load_dump
from catalog.services.rebuild import rebuild
from catalog.services.rescue import rescue
from catalog.services.tag import apply_changes
from catalog.services.verify import verify
from catalog.store.open import open_reader, open_writer
from tests.pages import dump, ingest, page, ports, rows, write_pages
from tests.trouble.damage import PAGE_BYTES, make_catalogue


@pytest.fixture(scope="module")
def whole(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return make_catalogue(tmp_path_factory.mktemp("whole"))


@pytest.fixture
def db(whole: Path, tmp_path: Path) -> Path:
    return Path(shutil.copy(whole, tmp_path / "c.db"))


def must_hold(db: Path) -> None:
    with open_reader(db) as store:
        assert verify(store, ports()).outcome.problems == ()


def files(folder: Path) -> set[str]:
    return {path.name for path in folder.iterdir()}


def make_anew(db: Path, new: Path) -> None:
    with open_reader(db) as store:
        assert rebuild(store.connection, new, ports()).problems == ()


def test_a_dump_loaded_gives_an_equal_dump(db: Path, tmp_path: Path) -> None:
    (tmp_path / "all.jsonl").write_text(dump(db), "utf-8")
    load_dump(tmp_path / "all.jsonl", tmp_path / "new.db", ports())

    assert dump(tmp_path / "new.db") == dump(db)
    must_hold(tmp_path / "new.db")


def test_originals_and_log_alone_give_an_equal_dump(db: Path, tmp_path: Path) -> None:
    bare = tmp_path / "bare.db"
    with closing(sqlite3.connect(bare)) as connection:
        connection.execute("ATTACH ? AS old", (str(db),))
        for table in ("sqlar", "journal"):
            connection.execute(f"CREATE TABLE {table} AS SELECT * FROM old.{table}")  # noqa: S608 -- two constants
        connection.commit()
        connection.row_factory = sqlite3.Row
        rebuild(connection, tmp_path / "new.db", ports())

    assert dump(tmp_path / "new.db") == dump(db)
    must_hold(tmp_path / "new.db")
    sql = "SELECT name, sz FROM sqlar ORDER BY name"
    assert rows(tmp_path / "new.db", sql) == rows(db, sql)  # what is withdrawn too


def test_one_rebuild_after_the_other_loses_nothing(db: Path, tmp_path: Path) -> None:
    make_anew(db, tmp_path / "one.db")
    make_anew(tmp_path / "one.db", tmp_path / "two.db")

    assert dump(tmp_path / "two.db") == dump(db)


WRONG = [
    ("catalog.dump/1", "catalog.dump/9", "no dump"),
    ('"title": "青禾县第1次观摩会"', '"title": "别的"', "line"),
    ('"characters": ', '"characters": 1', "not as it was written"),
    ('"table": "observation", "capture": "', '"table": "observation", "capture": "0', "line"),
    ('"table": "observation"', '"table": "nothing"', "line"),
    ("}\n", "\n", "line"),
]


@pytest.mark.parametrize(("old", "new", "said"), WRONG)
def test_a_dump_that_was_changed_makes_no_catalogue(old: str, new: str, said: str, db: Path, tmp_path: Path) -> None:
    text = dump(db)
    changed = text.replace(old, new, 1)
    (tmp_path / "all.jsonl").write_text(changed, "utf-8")
    before = files(tmp_path)

    with pytest.raises(BadDump, match=said):
        load_dump(tmp_path / "all.jsonl", tmp_path / "new.db", ports())
    assert files(tmp_path) == before


def test_nothing_is_written_over(db: Path, tmp_path: Path) -> None:
    (tmp_path / "new.db").write_text("mine")
    (tmp_path / "all.jsonl").write_text(dump(db), "utf-8")
    with pytest.raises(UsageError, match="is there already"):
        load_dump(tmp_path / "all.jsonl", tmp_path / "new.db", ports())
    with pytest.raises(UsageError, match="is there already"):
        make_anew(db, tmp_path / "new.db")
    with pytest.raises(UsageError, match="is there already"):
        rescue(db, tmp_path / "new.db", ports())

    assert (tmp_path / "new.db").read_text() == "mine"


# --- rescue


@pytest.mark.parametrize("seed", range(4))
def test_a_rescue_saves_every_original_that_is_whole(seed: int, db: Path, tmp_path: Path) -> None:
    rng = random.Random(seed)  # noqa: S311 -- a seed, no secret
    data = bytearray(db.read_bytes())
    n_pages = len(data) // PAGE_BYTES
    for number in rng.sample(range(n_pages), n_pages // 3):
        data[number * PAGE_BYTES : (number + 1) * PAGE_BYTES] = rng.randbytes(PAGE_BYTES)
    (tmp_path / "damaged.db").write_bytes(data)
    outcome = rescue(tmp_path / "damaged.db", tmp_path / "saved.db", ports())

    saved = {row[0] for row in rows(tmp_path / "saved.db", "SELECT name FROM sqlar")}
    lost = {row[0] for row in rows(db, "SELECT name, data FROM sqlar") if row[1] not in data} - saved
    assert saved | lost == {row[0] for row in rows(db, "SELECT name FROM sqlar")}
    assert len(saved) >= 3
    assert (tmp_path / "damaged.db").read_bytes() == data
    assert outcome.counts["originals"] == len(saved)
    must_hold(tmp_path / "saved.db")


def test_a_rescue_of_a_whole_file_loses_nothing(db: Path, tmp_path: Path) -> None:
    outcome = rescue(db, tmp_path / "saved.db", ports())

    assert outcome.problems == ()
    assert dump(tmp_path / "saved.db") == dump(db)


def test_a_rescue_takes_what_a_crash_left_in_the_log_beside_the_file(db: Path, tmp_path: Path) -> None:
    with open_writer(db) as store:
        apply_changes(store, [1], [change for change in [read_change("views=99")] if change], ports())
        for tail in ("", "-wal"):
            shutil.copy(f"{db}{tail}", tmp_path / f"crashed.db{tail}")
    rescue(tmp_path / "crashed.db", tmp_path / "saved.db", ports())

    assert (tmp_path / "crashed.db-wal").stat().st_size > 0
    assert dump(tmp_path / "saved.db") == dump(db)


def test_a_rescue_of_something_else_says_so(tmp_path: Path) -> None:
    (tmp_path / "x.db").write_bytes(bytes(10_000))

    with pytest.raises(CatalogueUnusable, match="no original in it is whole"):
        rescue(tmp_path / "x.db", tmp_path / "new.db", ports())
    assert files(tmp_path) == {"x.db"}


# --- backup


def test_a_backup_is_one_whole_file_of_one_moment(db: Path, tmp_path: Path) -> None:
    target = target_of(db, tmp_path / "copy.db", ports())
    back_up(db, target, ports())

    assert dump(target) == dump(db)
    assert files(tmp_path) == {"c.db", "copy.db"}
    must_hold(target)


def test_a_backup_of_a_catalogue_that_is_being_written(db: Path, tmp_path: Path) -> None:
    stop = threading.Event()

    def write() -> None:
        n = 0
        while not stop.is_set():
            n += 1
            with open_writer(db) as store:
                changes = [change for change in [read_change(f"views={n}")] if change]
                apply_changes(store, [1], changes, ports())

    writer = threading.Thread(target=write)
    writer.start()
    try:
        for n in range(3):
            back_up(db, tmp_path / f"{n}.db", ports())
    finally:
        stop.set()
        writer.join()

    for n in range(3):
        must_hold(tmp_path / f"{n}.db")
    must_hold(db)


def test_a_folder_takes_a_backup_named_after_the_time(db: Path, tmp_path: Path) -> None:
    assert target_of(db, tmp_path, ports()) == tmp_path / "c-2026-11-22T080000Z.db"


def test_a_damaged_catalogue_gives_no_backup_and_the_older_one_stays(db: Path, tmp_path: Path) -> None:
    back_up(db, tmp_path / "copy.db", ports())
    before = (tmp_path / "copy.db").read_bytes()
    with closing(sqlite3.connect(db)) as connection:
        connection.execute("UPDATE sqlar SET data = zeroblob(length(data)) WHERE rowid = 3")
        connection.commit()

    with pytest.raises(VerificationFailed):
        back_up(db, tmp_path / "copy.db", ports())
    assert (tmp_path / "copy.db").read_bytes() == before
    assert files(tmp_path) == {"c.db", "copy.db"}


def test_a_catalogue_is_not_copied_onto_itself(db: Path) -> None:
    with pytest.raises(UsageError, match="the catalogue itself"):
        target_of(db, db, ports())


def test_what_was_read_in_another_encoding_is_read_so_again(tmp_path: Path) -> None:
    write_pages(tmp_path / "pages", {"a.txt": page().encode("gb18030")})
    ingest(tmp_path / "c.db", [tmp_path / "pages"], encoding="gb18030")
    make_anew(tmp_path / "c.db", tmp_path / "new.db")

    assert dump(tmp_path / "new.db") == dump(tmp_path / "c.db")
