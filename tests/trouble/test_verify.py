"""What `verify` finds, and that it finds nothing where nothing is wrong."""

import shutil
import sqlite3
from pathlib import Path

import pytest

from catalog.errors import CatalogueUnusable
from catalog.services.verify import Verified, verify
from catalog.store.open import open_memory, open_reader
from catalog.store.watch import WATCHED
from tests.pages import ports
from tests.trouble.damage import Fate, make_catalogue, try_bytes


@pytest.fixture(scope="module")
def whole(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return make_catalogue(tmp_path_factory.mktemp("whole"))


@pytest.fixture
def db(whole: Path, tmp_path: Path) -> Path:
    return Path(shutil.copy(whole, tmp_path / "c.db"))


def look(db: Path, *, quick: bool = False) -> Verified:
    with open_reader(db) as store:
        return verify(store, ports(), quick=quick)


def test_nothing_is_wrong_with_a_whole_catalogue(whole: Path) -> None:
    assert look(whole).outcome.problems == ()
    assert look(whole).outcome.counts["captures"] == 8


def test_a_changed_byte_in_any_page_that_holds_data_is_found(whole: Path, tmp_path: Path) -> None:
    trials = list(try_bytes(whole, 7, tmp_path / "changed.db"))

    assert [trial for trial in trials if trial.fate is Fate.MISSED] == []
    assert sum(trial.fate is Fate.FOUND for trial in trials) > len(trials) * 0.7


# Of every table: how a person with the sqlite3 shell would change a row, and the table that `verify` names.
EDITS = [
    ("UPDATE sqlar SET data = zeroblob(length(data)) WHERE rowid = 3", "sqlar"),
    ("DELETE FROM sqlar WHERE rowid = 3", "sqlar"),
    ("UPDATE captures SET own_key = own_key || '0' WHERE id = 1", "captures"),
    ("UPDATE captures SET parsed_with = 'x' WHERE id = 1", "captures"),
    ("UPDATE captures SET record_id = 3 WHERE id = 1", "captures"),
    ("UPDATE observations SET origin = origin || '.' WHERE id = 2", "captures"),
    ("UPDATE observations SET captured_at = '2020-01-01' WHERE id = 2", "captures"),
    ("DELETE FROM observations WHERE id = 2", "captures"),
    ("UPDATE readings SET text = text || '。' WHERE capture_id = 2", "captures"),
    ("UPDATE readings SET encoding = 'gbk' WHERE capture_id = 2", "captures"),
    ("UPDATE fields SET value = '别处' WHERE name = 'title' AND capture_id = 2", "captures"),
    ("UPDATE fields SET evidence = '[]' WHERE name = 'title' AND capture_id = 2", "captures"),
    ("UPDATE fields SET change_set_id = 2 WHERE name = 'title' AND capture_id = 2", "captures"),
    ("UPDATE fields SET retired_by = 2 WHERE name = 'title' AND capture_id = 2", "captures"),
    ("DELETE FROM fields WHERE name = 'title' AND capture_id = 2", "captures"),
    ("UPDATE fields SET value = '别处' WHERE name = 'source' AND capture_id IS NULL", "fields"),
    ("UPDATE fields SET asserted_by = 'cataloguer:li.si' WHERE capture_id IS NULL", "fields"),
    ("DELETE FROM fields WHERE capture_id IS NULL AND record_id = 2", "fields"),
    ("INSERT INTO fields (record_id, position, name, state, value, confidence, asserted_by, change_set_id)"
     " VALUES (5, 0, 'source', 'stated', '别处', 'high', 'cataloguer:x', 3)", "fields"),
    ("UPDATE records SET title = '别处' WHERE id = 2", "records"),
    ("UPDATE records SET key = 'item:0' WHERE id = 2", "captures"),
    ("UPDATE agent_roles SET label = '编辑' WHERE record_id = 2", "records"),
    ("UPDATE agents SET name = name || '甲' WHERE kind = 'person'", "records"),
    ("INSERT INTO agents (site, name, kind) VALUES ('甲', '乙', 'person')", "agents"),
    ("UPDATE counters SET value = 99 WHERE record_id = 2", "records"),
    ("UPDATE tags SET tag = '夏粮'", "records"),
    ("UPDATE bodies SET text = text || '。' WHERE id = 1", "captures"),
    ("UPDATE bodies SET characters = 3 WHERE id = 1", "bodies"),
    ("UPDATE bodies SET text_from = (SELECT max(sha256) FROM captures)", "bodies"),
    ("DELETE FROM links WHERE kind = 'near'", "links"),
    ("UPDATE links SET figure = 0.99", "links"),
    ("UPDATE fingerprints SET sketch = zeroblob(8) WHERE body_id = 1", "fingerprints"),
    ("DELETE FROM bands WHERE body_id = 1", "bands"),
    ("INSERT INTO popular_pieces VALUES (7)", "popular_pieces"),
    ("DELETE FROM reprint_groups", "reprint_groups"),
    ("DELETE FROM verdicts", "verdicts"),
    ("UPDATE verdicts SET asserted_by = 'cataloguer:li.si'", "verdicts"),
    ("INSERT INTO settings VALUES ('near_threshold', 0.9)", "settings"),
    ("DELETE FROM withdrawn", "withdrawn"),
    ("UPDATE problems SET message = 'x' WHERE capture_id IS NULL", "problems"),
    ("UPDATE problems SET failed = 0 WHERE capture_id IS NULL", "problems"),
    ("UPDATE set_aside SET content = '{}' WHERE kind = 'capture'", "set_aside"),
    ("DELETE FROM set_aside", "set_aside"),
    ("UPDATE change_sets SET counts = '{}' WHERE id = 1", "change_sets"),
    ("UPDATE change_sets SET ended_at = NULL WHERE id = 1", "change_sets"),
    ("UPDATE change_sets SET message = '别的' WHERE id = 1", "journal"),
    ("UPDATE journal SET new = 'null' WHERE id = 3", "journal"),
    ("DELETE FROM journal WHERE id > 20", "captures"),
    ("DELETE FROM bodies_search_docsize WHERE id = 1", "bodies_search"),
    ("DROP INDEX records_by_source", "sqlite_schema"),
    ("UPDATE sqlite_sequence SET seq = 1 WHERE name = 'records'", "sqlite_sequence"),
]  # fmt: skip


@pytest.mark.parametrize(("sql", "table"), EDITS, ids=[sql for sql, _ in EDITS])
def test_an_edit_by_hand_is_found_and_its_table_named(sql: str, table: str, db: Path) -> None:
    connection = sqlite3.connect(db)
    changed = connection.execute(sql).rowcount
    connection.commit()
    connection.close()

    assert changed != 0
    assert f"verify.{table}" in {problem.code for problem in look(db).outcome.problems}


def test_quick_finds_an_original_and_leaves_the_rest(db: Path) -> None:
    connection = sqlite3.connect(db)
    connection.execute("UPDATE records SET title = '别处' WHERE id = 2")
    connection.commit()
    assert look(db, quick=True).holds

    connection.execute("UPDATE sqlar SET data = zeroblob(length(data)) WHERE rowid = 3")
    connection.commit()
    connection.close()
    assert [problem.code for problem in look(db, quick=True).outcome.problems] == ["verify.sqlar"]


@pytest.mark.parametrize("version", [3, 99])
def test_a_schema_with_another_number_is_no_catalogue_of_ours(version: int, db: Path) -> None:
    connection = sqlite3.connect(db)
    connection.execute(f"PRAGMA user_version = {version}")
    connection.close()
    before = db.read_bytes()

    with pytest.raises(CatalogueUnusable):
        look(db)
    assert db.read_bytes() == before


# Tables that need no digest of their own: made anew and compared, checked by SQLite itself, or the log.
CHECKED_OTHERWISE = {
    "sqlar", "captures", "observations", "readings", "fields", "records", "agents", "agent_roles", "counters", "tags",
    "bodies", "other_printings", "links", "fingerprints", "bands", "sampled_pieces", "excerpt_keys", "popular_pieces",
    "reprint_groups", "records_search", "bodies_search", "change_sets", "journal", "set_aside", "former_records",
    "highest_ids", "_sqlite_migrations", "sqlite_sequence",
}  # fmt: skip


def test_a_new_table_must_say_how_it_is_checked() -> None:
    with open_memory() as store:
        sql = "SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT GLOB '*_search_*'"
        tables = {row[0] for row in store.connection.execute(sql)}

    assert tables == CHECKED_OTHERWISE | set(WATCHED)
