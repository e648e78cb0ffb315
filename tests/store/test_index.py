"""What is written to the full-text index at the end of a transaction, and in how many pieces it stands afterwards."""

import sqlite3

from catalog.store.fulltext import bigrams
from catalog.store.index import NO_HEADS, IndexChanges, tidy
from catalog.store.open import open_memory


def found(connection: sqlite3.Connection, table: str, phrase: str) -> list[int]:
    sql = f"SELECT rowid FROM {table} WHERE {table} MATCH ? ORDER BY rowid"  # noqa: S608 -- our own words
    return [row[0] for row in connection.execute(sql, (phrase,))]


def n_pieces(connection: sqlite3.Connection) -> int:
    return int(connection.execute("SELECT count(DISTINCT segid) FROM bodies_search_idx").fetchone()[0])


def test_a_text_that_changes_twice_is_found_by_its_last_form_alone() -> None:
    with open_memory() as store:
        changes = IndexChanges()
        changes.change_record(1, NO_HEADS, ("秋粮测产", None))
        changes.write(store.connection)
        changes.change_record(1, ("秋粮测产", None), ("春耕备耕", None))
        changes.change_record(1, ("春耕备耕", None), ("图书馆开馆", "新馆"))
        changes.write(store.connection)

        assert [found(store.connection, "records_search", word) for word in ("秋粮", "春耕", "开馆", "新馆")] == [
            [], [], [1], [1],
        ]  # fmt: skip


def test_a_body_that_comes_and_changes_in_one_transaction_stands_in_the_index_once() -> None:
    with open_memory() as store:
        changes = IndexChanges()
        changes.add_body(1, bigrams("秋粮测产"))
        changes.change_body(1, "秋粮测产", "秋粮 测产")
        changes.write(store.connection)
        changes.change_body(1, "秋粮 测产", "春耕")
        changes.write(store.connection)

        assert [found(store.connection, "bodies_search", word) for word in ("秋粮", "粮测", "测产", "春耕")] == [
            [], [], [], [1],
        ]  # fmt: skip


def add_texts(connection: sqlite3.Connection, first: int, n: int) -> None:
    for id in range(first, first + n):
        text = "".join(chr(0x4E00 + id * 7919 * n % 20_000) for n in range(200))
        sql = "INSERT INTO bodies (id, sha256, text, characters, text_from) VALUES (?, ?, ?, 0, '')"
        connection.execute(sql, (id, f"{id:064x}", text))
        changes = IndexChanges()
        changes.add_body(id, bigrams(text))
        with connection:
            changes.write(connection)


def test_an_old_piece_is_joined_with_a_new_one_only_where_that_brings_a_good_part_of_all_texts() -> None:
    with open_memory() as store:
        add_texts(store.connection, 1, 9)
        before = n_pieces(store.connection)
        tidy(store.connection, 9)
        whole = n_pieces(store.connection)
        add_texts(store.connection, 10, 1)
        tidy(store.connection, 1)
        after_few = n_pieces(store.connection)
        tidy(store.connection, 10)

        assert (before, whole, after_few, n_pieces(store.connection)) == (9, 1, 2, 1)
