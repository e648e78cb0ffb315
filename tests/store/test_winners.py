from pathlib import Path

import pytest

from catalog.services.changes import read_change
from catalog.services.records import build, load_record, load_records
from catalog.services.tag import apply_changes
from catalog.store.index import IndexChanges
from catalog.store.open import open_reader, open_writer
from catalog.store.winners import rewrite_winners
from tests.pages import LIBRARY, dump, ingest, page, ports, rows, write_pages


@pytest.fixture
def db(tmp_path: Path) -> Path:
    folder = write_pages(tmp_path / "pages", {
        "一.txt": page(), "再.txt": page(views=340), "转.txt": page(site="雁鸣县人民政府", title="秋粮观摩"),
        "馆.txt": page(title="雁鸣县图书馆开馆", body=LIBRARY, editor="李　娜"), "无.txt": "页面不存在",
    })  # fmt: skip
    db = tmp_path / "c.db"
    ingest(db, [folder], settings=("section=要闻", "tag=县区"))
    words = ("editor+=王某", "views=7", "publisher!", "tag-=县区", "+秋粮", "copyright_holder!")
    changes = [read_change(word) for word in words]
    with open_writer(db) as store:
        apply_changes(store, [1, 2], [c for c in changes if c], ports())
    return db


def test_rewriting_every_record_changes_nothing(db: Path) -> None:
    before = dump(db)

    with open_writer(db) as store, store.transaction() as connection:
        index = IndexChanges()
        ids = [row[0] for row in connection.execute("SELECT id FROM records")]
        rewrite_winners(connection, ids, build, index)
        index.write(connection)

    assert dump(db) == before


def test_winners_can_be_made_anew_from_assertions_alone(db: Path) -> None:
    before = dump(db)

    with open_writer(db) as store, store.transaction() as connection:
        for table in ("agent_roles", "counters", "tags", "agents"):
            connection.execute(f"DELETE FROM {table}")  # noqa: S608 -- our own names
        connection.execute("UPDATE records SET title = NULL, source = 'x', body_id = NULL, conflicts = '[]', views = 0")
        index = IndexChanges()
        ids = [row[0] for row in connection.execute("SELECT id FROM records")]
        rewrite_winners(connection, ids, build, index)
        index.write(connection)

    assert dump(db) == before


def test_the_row_of_a_record_says_what_the_record_says(db: Path) -> None:
    with open_reader(db) as store:
        records = {record.id: record for record in load_records(store, [1, 2, 3, 4])}
    for id, title, publisher, views in rows(db, "SELECT id, title, publisher, views FROM records"):
        values = records[id].values
        assert (values.get("title"), values.get("publisher"), values.get("views")) == (title, publisher, views)


def test_a_persons_none_leaves_the_column_empty(db: Path) -> None:
    assert rows(db, "SELECT publisher, views FROM records WHERE id = 1") == [(None, 7)]


def test_an_agent_whom_no_record_names_is_gone(db: Path) -> None:
    with open_writer(db) as store:
        for word in ("translator=钱某", "translator=孙某"):
            apply_changes(store, [1], [change for change in [read_change(word)] if change], ports())

    assert rows(db, "SELECT name FROM agents WHERE name IN ('钱某', '孙某')") == [("孙某",)]
    sql = "SELECT count(*) FROM agents WHERE kind <> 'source' AND id NOT IN (SELECT agent_id FROM agent_roles)"
    assert rows(db, sql) == [(0,)]


def test_a_source_is_an_agent_of_no_site_as_long_as_a_record_has_it(db: Path) -> None:
    sources = "SELECT name FROM agents WHERE kind = 'source' AND site = '' ORDER BY name"
    printed = "SELECT DISTINCT source FROM records WHERE source IS NOT NULL ORDER BY source"
    with open_writer(db) as store:
        for word in ("source=甲报", "source=乙报"):
            apply_changes(store, [1], [change for change in [read_change(word)] if change], ports())

    assert ("乙报",) in rows(db, sources)
    assert rows(db, sources) == rows(db, printed)


def test_a_tag_says_who_says_it(db: Path) -> None:
    assert rows(db, "SELECT tag, asserted_by FROM tags WHERE record_id = 1") == [("秋粮", "cataloguer:zhang.san")]
    assert rows(db, "SELECT DISTINCT tag, asserted_by FROM tags WHERE record_id > 2") == [("县区", "set:ingest")]


def test_the_raw_of_a_body_is_stored_once_and_comes_back(db: Path) -> None:
    assert rows(db, "SELECT count(*) FROM fields WHERE name = 'body' AND evidence LIKE '%raw%'") == [(0,)]
    with open_reader(db) as store:
        record = load_record(store, 1)
    body = next(field for field in record.fields if field.name == "body")

    assert all("北塬镇河湾村" in evidence.raw for evidence in body.evidence)
