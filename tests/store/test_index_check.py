import sqlite3
from pathlib import Path

import pytest

from catalog.store.fulltext import bigrams
from catalog.store.index import rebuild
from catalog.store.index_check import Unsound, find_unsound
from catalog.store.open import open_reader, open_writer
from tests.pages import HARVEST, LIBRARY
from tests.store.test_fulltext import insert


@pytest.fixture
def db(tmp_path: Path) -> Path:
    with open_writer(tmp_path / "c.db", create=True) as store:
        insert(store.connection, 1, "ÀB青禾 Ａa", "摘要", "".join(HARVEST))
        insert(store.connection, 2, "馆 WTO", "", "\n".join(LIBRARY))
        rebuild(store.connection)
    return tmp_path / "c.db"


def test_an_index_made_of_the_texts_is_sound_also_for_who_may_only_read(db: Path) -> None:
    with open_reader(db) as store:
        assert list(find_unsound(store.connection)) == []
        assert list(find_unsound(store.connection)) == []


def put(connection: sqlite3.Connection, id: int, text: str) -> None:
    connection.execute("INSERT INTO bodies_search (rowid, text) VALUES (?, ?)", (id, bigrams(text)))


def test_a_text_that_changed_behind_the_back_of_the_index_leaves_ghosts_and_lacks(db: Path) -> None:
    with open_writer(db) as store:
        store.connection.execute("UPDATE records SET title = '青禾' WHERE id = 1")
        store.connection.execute("UPDATE records SET title = NULL WHERE id = 2")

        first, second = find_unsound(store.connection)

    assert (first.table, first.id, first.ghosts[0], first.lacks) == ("records_search", 1, "Àb", ("青禾", "禾"))
    assert second == Unsound("records_search", 2, ("馆", "wt", "to", "o"), ())


def test_entries_of_a_text_that_is_gone_are_ghosts(db: Path) -> None:
    with open_writer(db) as store:
        put(store.connection, 99, "幽灵")

        assert list(find_unsound(store.connection)) == [Unsound("bodies_search", 99, ("幽灵", "灵"), ())]


def test_a_text_without_entries_and_one_with_anothers_are_found(db: Path) -> None:
    with open_writer(db) as store:
        texts = dict(store.connection.execute("SELECT id, text FROM bodies").fetchall())
        delete = "INSERT INTO bodies_search (bodies_search, rowid, text) VALUES ('delete', ?, ?)"
        store.connection.execute(delete, (1, bigrams(texts[1])))
        lack = list(find_unsound(store.connection))
        store.connection.execute(delete, (2, bigrams(texts[2])))
        put(store.connection, 1, texts[2])
        put(store.connection, 2, texts[1])
        swapped = list(find_unsound(store.connection))

    assert [(one.id, one.ghosts) for one in lack] == [(1, ())]
    assert lack[0].lacks == tuple(bigrams(texts[1]).split()[:10])
    assert [(one.id, bool(one.ghosts), bool(one.lacks)) for one in swapped] == [(1, True, True), (2, True, True)]
