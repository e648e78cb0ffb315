import sqlite3

import pytest

from catalog.store.journal import ChangeSet, find_break
from catalog.store.open import Store, open_memory


@pytest.fixture
def store() -> Store:
    store = open_memory()
    for number in range(2):
        change = ChangeSet("tag", "张三", f"2026-11-2{number}T08:00:00Z", {"changes": ["source=青禾县融媒体中心"]})
        with store.transaction() as connection:
            change.begin(connection)
            change.note("record:url:1", "source", None, "青禾县融媒体中心")
            change.note("record:url:1", "tag", ["秋粮"], ["秋粮", "测产"])
            change.flush(connection)
            change.end(connection, "2026-11-22T09:00:00Z", {"records": 1})
    return store


def test_an_untouched_chain_holds(store: Store) -> None:
    assert find_break(store.connection) is None


TAMPERING = [
    ("UPDATE journal SET new = '\"别处\"' WHERE id = 2", 2),
    ("UPDATE journal SET old = NULL WHERE id = 3", 3),
    ("UPDATE journal SET subject = 'record:url:2' WHERE id = 5", 5),
    ("DELETE FROM journal WHERE id = 2", 3),
    ("UPDATE change_sets SET agent = '李四' WHERE id = 2", 5),
    ("UPDATE change_sets SET started_at = '2020-01-01T00:00:00Z' WHERE id = 1", 1),
]


@pytest.mark.parametrize(("sql", "at"), TAMPERING)
def test_an_edited_row_is_found(store: Store, sql: str, at: int) -> None:
    store.connection.execute(sql)

    assert find_break(store.connection) == at


def test_a_change_set_without_a_change_is_never_written(store: Store) -> None:
    change = ChangeSet("ingest", "张三", "2026-11-22T08:00:00Z")
    with store.transaction() as connection:
        change.end(connection, "2026-11-22T08:00:01Z", {})

    assert store.connection.execute("SELECT count(*) FROM change_sets").fetchone()[0] == 2


def test_a_change_set_begun_in_a_failed_transaction_begins_again(store: Store) -> None:
    change = ChangeSet("ingest", "张三", "2026-11-22T08:00:00Z")
    with pytest.raises(sqlite3.OperationalError), store.transaction() as connection:
        connection.execute("nonsense", (change.begin(connection),))
    change.rolled_back()

    with store.transaction() as connection:
        change.begin(connection)
        change.flush(connection)

    assert find_break(store.connection) is None
    assert store.connection.execute("SELECT count(*) FROM journal").fetchone()[0] == 9


def test_two_change_sets_at_once_make_one_chain() -> None:
    with open_memory() as store:
        one, two = (ChangeSet("ingest", who, "2026-11-22T08:00:00Z") for who in ("张三", "李四"))
        for change in (one, two, one):
            with store.transaction() as connection:
                change.begin(connection)
                change.note("capture:1", "observed", None, {"origin": "青禾/一.txt"})
                change.flush(connection)

        assert find_break(store.connection) is None
