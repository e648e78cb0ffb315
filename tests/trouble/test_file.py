"""A catalogue file that is not as it should be."""

import sqlite3
from pathlib import Path

import pytest

from catalog.errors import CatalogueUnusable
from catalog.store.open import open_reader, open_writer
from tests.pages import ingest, page, write_pages


@pytest.fixture
def db(tmp_path: Path) -> Path:
    pages: dict[str, str | bytes] = {f"{n}.txt": page(title=f"青禾县第{n}次观摩会") for n in range(20)}
    ingest(tmp_path / "c.db", [write_pages(tmp_path / "pages", pages)])
    return tmp_path / "c.db"


def test_a_file_cut_short_is_said_to_be_damaged(db: Path) -> None:
    data = db.read_bytes()
    db.write_bytes(data[: len(data) // 2])

    with pytest.raises(CatalogueUnusable, match="damaged"), open_reader(db) as store:
        store.connection.execute("SELECT sum(length(text)) FROM readings").fetchone()


def test_a_file_that_cannot_grow_is_said_to_be_full(db: Path) -> None:
    with open_writer(db) as store:
        pages = store.connection.execute("PRAGMA page_count").fetchone()[0]
        store.connection.execute(f"PRAGMA max_page_count = {pages}")
        with pytest.raises(CatalogueUnusable, match="full"), store.transaction() as connection:
            connection.execute("INSERT INTO sqlar VALUES ('x', 0, 0, 0, zeroblob(1000000))")

    with open_reader(db) as store:
        assert store.connection.execute("PRAGMA integrity_check").fetchone()[0] == "ok"


def test_after_an_ingest_sqlite_finds_nothing_wrong(db: Path) -> None:
    connection = sqlite3.connect(db)

    assert connection.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
    assert connection.execute("PRAGMA foreign_key_check").fetchall() == []
