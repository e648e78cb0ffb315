"""Newer rules over the kept originals: as if they had been there from the first day, but for what people said."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest

from catalog.model.outcome import Outcome
from catalog.services.changes import read_change
from catalog.services.records import load_record
from catalog.services.reparse import Plan, apply_reparse, plan_reparse
from catalog.services.tag import apply_changes
from catalog.services.undo import apply_redo, apply_undo, plan_redo, plan_undo
from catalog.services.verify import verify
from catalog.store.find import load_readings
from catalog.store.index_check import find_unsound
from catalog.store.open import open_reader, open_writer
from tests.older import parse_as_before
from tests.pages import HARVEST, LIBRARY, dump, ingest, page, ports, rows, write_pages

LONG = [*HARVEST, *LIBRARY]
PAGES: dict[str, str | bytes] = {
    "一.txt": page(body=LONG),
    "再.txt": page(body=LONG, views=340),  # the same item, captured again
    "三.txt": page(body=[line.replace("，", ",") for line in LONG], views=900),
    "转.txt": page(title="秋粮测产", site="雁鸣县人民政府", source="青禾日报", body=LONG),
    "馆.txt": page(title="雁鸣县图书馆新馆开馆", site="雁鸣县人民政府", body=LIBRARY, published="2023-12-04"),
    "摘.txt": page(title="开馆", site="文摘网", body=[*LIBRARY, "　　编辑有改动。"], published="2023-12-05"),
    "码.txt": page(title="北塬镇开镰").encode("gb18030"),
    "网.html": f"<html><head><title>河湾村</title></head><body><pre>{page(title='河湾村收割忙')}</pre></body></html>",
    "无.txt": "页面不存在\n返回首页",
}


@contextmanager
def yesterday() -> Iterator[None]:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("catalog.services.reading.parse_capture", parse_as_before)
        yield


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return write_pages(tmp_path / "pages", PAGES)


@pytest.fixture
def db(folder: Path, tmp_path: Path) -> Path:
    """Return a catalogue that was made with the rules of yesterday."""
    with yesterday():
        ingest(tmp_path / "c.db", [folder], settings=("section=要闻",))
    return tmp_path / "c.db"


def plan(db: Path, ids: list[int] | None = None) -> Plan:
    wanted = ids or [row[0] for row in rows(db, "SELECT id FROM records ORDER BY id")]
    with open_reader(db) as store:
        return plan_reparse(store, wanted, ports(), 1)


def reparse(db: Path, ids: list[int] | None = None) -> Outcome:
    planned = plan(db, ids)
    with open_writer(db) as store:
        return apply_reparse(store, planned, ports())


def tag(db: Path, id_: int, *words: str) -> None:
    changes = [read_change(word) for word in words]
    with open_writer(db) as store:
        apply_changes(store, [id_], [change for change in changes if change], ports())


def undo(db: Path) -> None:
    with open_writer(db) as store:
        apply_undo(store, plan_undo(store), ports())


def redo(db: Path) -> None:
    with open_writer(db) as store:
        apply_redo(store, plan_redo(store), ports())


def record(db: Path, id_: int) -> Any:  # noqa: ANN401 -- a Record
    with open_reader(db) as store:
        return load_record(store, id_)


def test_it_ends_as_if_the_rules_had_always_been_those_of_today(db: Path, folder: Path, tmp_path: Path) -> None:
    reparse(db)
    ingest(tmp_path / "new.db", [folder], settings=("section=要闻",))

    assert dump(db) == dump(tmp_path / "new.db")
    with open_reader(db) as store:
        assert list(find_unsound(store.connection)) == []


def test_the_same_rules_over_the_same_bytes_change_nothing(folder: Path, tmp_path: Path) -> None:
    ingest(tmp_path / "c.db", [folder], encoding=None)
    planned = plan(tmp_path / "c.db")

    assert (planned.changes, planned.otherwise, planned.problems) == ([], [], [])
    assert planned.n_captures == len(PAGES)


def test_a_second_reparse_changes_nothing(db: Path) -> None:
    reparse(db)

    assert plan(db).otherwise == []


def test_an_encoding_that_a_person_said_is_used_again(tmp_path: Path) -> None:
    write_pages(tmp_path / "pages", {"a.txt": page().encode("gb18030")})
    ingest(tmp_path / "c.db", [tmp_path / "pages"], encoding="big5")

    assert plan(tmp_path / "c.db").otherwise == []


def test_what_would_change_is_told_and_nothing_is_written(db: Path) -> None:
    before = dump(db)
    planned = plan(db, [1])

    told = {change.name: (change.old, change.new) for change in planned.changes}
    assert told["source"] == ((), ("青禾县融媒体中心",))
    assert told["title"] == (("禾县举办秋粮测产观摩会",), ("青禾县举办秋粮测产观摩会",))
    assert set(told) >= {"title", "source", "body", "key"}
    assert dump(db) == before


def test_it_is_undone_and_brought_again_exactly(db: Path) -> None:
    before = dump(db)
    reparse(db)
    after = dump(db)
    undo(db)
    assert dump(db) == before
    redo(db)
    assert dump(db) == after
    undo(db)
    assert dump(db) == before


def test_a_part_is_read_again_and_the_rest_left_alone(db: Path) -> None:
    before = record(db, 2).values["title"]
    reparse(db, [1])

    assert record(db, 1).values["source"] == "青禾县融媒体中心"
    assert record(db, 2).values["title"] == before


def test_nothing_that_was_asserted_is_deleted(db: Path) -> None:
    old = rows(db, "SELECT name, value, evidence FROM fields WHERE name = 'title' ORDER BY id")
    reparse(db)

    kept = rows(db, "SELECT name, value, evidence FROM fields WHERE name = 'title' AND retired_by = 2 ORDER BY id")
    assert kept == old


def test_spans_read_back_what_was_read(db: Path) -> None:
    reparse(db)

    for (id_,) in rows(db, "SELECT id FROM records"):
        found = record(db, id_)
        with open_reader(db) as store:
            texts = {
                facts.sha256: {r.extractor == "source": r.text for r in load_readings(store.connection, facts.sha256)}
                for facts in found.captures
            }
        for field in found.fields:
            for evidence in field.evidence:
                text = texts[field.capture][evidence.witness != "text"]
                assert text[evidence.span.start : evidence.span.end] == evidence.raw


def test_a_cataloguers_value_stays_and_what_nobody_knew_is_a_doubt(db: Path) -> None:
    tag(db, 1, "source=县档案馆", "title=手工题名", "views=7")
    planned = {change.name: change.new for change in plan(db, [1]).changes}
    assert planned["conflicts"] == ("source", "title")
    assert not {"source", "title", "views"} & planned.keys()
    reparse(db)

    found = record(db, 1)
    assert (found.values["source"], found.values["title"], found.values["views"]) == ("县档案馆", "手工题名", 7)
    assert found.conflicts == ("source", "title")
    tag(db, 1, "source=县档案馆")
    assert record(db, 1).conflicts == ("title",)


def test_what_set_said_stays(db: Path) -> None:
    reparse(db)

    assert record(db, 1).values["section"] == "要闻"


def test_captures_that_are_of_one_item_by_newer_rules_become_one_record(tmp_path: Path) -> None:
    pages: dict[str, str | bytes] = {
        "a.txt": page(title="甲北塬镇开镰"),
        "b.txt": page(title="北塬镇开镰", views=3),
    }
    with yesterday():  # which loses the first letter of each
        ingest(tmp_path / "c.db", [write_pages(tmp_path / "pages", pages)])
        tag(tmp_path / "c.db", 2, "+手工")
    pages["c.txt"] = page(title="北塬镇开镰", views=9)
    ingest(tmp_path / "c.db", [write_pages(tmp_path / "pages", pages)])
    reparse(tmp_path / "c.db")

    assert sorted(rows(tmp_path / "c.db", "SELECT title, count(*) FROM records r JOIN captures c ON c.record_id = r.id"
                                          " GROUP BY r.id")) == [("北塬镇开镰", 2), ("甲北塬镇开镰", 1)]  # fmt: skip
    assert rows(tmp_path / "c.db", "SELECT DISTINCT tag FROM tags") == [("手工",)]


def test_an_original_that_is_lost_is_told_and_the_rest_is_read(db: Path) -> None:
    with open_writer(db) as store, store.transaction() as connection:
        connection.execute("DELETE FROM sqlar WHERE name = (SELECT min(name) FROM sqlar)")
    outcome = reparse(db)

    assert [problem.code for problem in outcome.problems] == ["original.missing"]
    assert outcome.exit_status == 3
    assert outcome.counts["otherwise"] == len(PAGES) - 1


def test_the_catalogue_verifies_after_it_and_after_its_undo(db: Path) -> None:
    tag(db, 1, "source=县档案馆")
    for step in (reparse, undo, redo):
        step(db)
        with open_reader(db) as store:
            assert verify(store, ports()).outcome.problems == ()
