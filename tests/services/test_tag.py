from pathlib import Path

import pytest

from catalog.services.changes import Change, read_change, untag
from catalog.services.records import load_record
from catalog.services.tag import ChangedValue, apply_changes, plan_changes, values_of
from catalog.store.journal import find_break
from catalog.store.open import open_reader, open_writer
from tests.pages import dump, ingest, page, ports, rows, write_pages


@pytest.fixture
def db(tmp_path: Path) -> Path:
    pages: dict[str, str | bytes] = {"一.txt": page(), "馆.txt": page(title="雁鸣县图书馆开馆", editor="李　娜")}
    ingest(tmp_path / "c.db", [write_pages(tmp_path / "pages", pages)])
    return tmp_path / "c.db"


def said(*words: str) -> list[Change]:
    read = [untag(word[2:]) if word.startswith("--") else read_change(word) for word in words]
    return [change for change in read if change]


def tag(db: Path, *words: str, who: str = "zhang.san", ids: tuple[int, ...] = (1,)) -> dict[str, int]:
    with open_writer(db) as store:
        return apply_changes(store, ids, said(*words), ports(who)).counts


def plan(db: Path, *words: str, ids: tuple[int, ...] = (1,)) -> list[ChangedValue]:
    with open_reader(db) as store:
        return list(plan_changes(store, ids, said(*words), "zhang.san"))


STEPS = [
    ([["source=县档案馆"]], "source", ("县档案馆",)),
    ([["source!"]], "source", ()),
    ([["source!"], ["source=县档案馆"]], "source", ("县档案馆",)),
    ([["views=0"]], "views", (0,)),
    ([["responsible_editor+=王某"]], "responsible_editor", ("阿依古丽·买买提江", "王某")),
    ([["responsible_editor=王某", "responsible_editor=李某"]], "responsible_editor", ("王某", "李某")),
    ([["responsible_editor-=阿依古丽·买买提江"]], "responsible_editor", ()),
    ([["responsible_editor!"], ["responsible_editor+=王某"]], "responsible_editor", ("王某",)),
    ([["responsible_editor=王某"], ["responsible_editor=李某"]], "responsible_editor", ("李某",)),
    ([["+秋粮", "+测产"], ["--秋粮"]], "tag", ("测产",)),
    ([["--秋粮"], ["+秋粮"]], "tag", ("秋粮",)),
    ([["published=2024"]], "published", ("2024",)),
    ([["kind=listing"]], "kind", ("listing",)),
    ([["breadcrumb=首页", "breadcrumb=要闻"]], "breadcrumb", ("首页", "要闻")),
    ([["icp+=陇ICP备99号"]], "icp", ("陇ICP备12345678号-1", "陇ICP备99号")),
]


@pytest.mark.parametrize(("steps", "name", "values"), STEPS)
def test_changes_give_the_values_that_were_said(
    steps: list[list[str]], name: str, values: tuple[str | int, ...], db: Path
) -> None:
    for words in steps:
        planned = {change.name: change.new for change in plan(db, *words)}
        tag(db, *words)

    assert planned[name] == values
    with open_reader(db) as store:
        assert values_of(load_record(store, 1), name) == values


def test_the_preview_names_record_old_and_new_and_changes_nothing(db: Path) -> None:
    before = dump(db)
    (change,) = plan(db, "source=县档案馆")

    assert (change.record_id, change.name, change.old, change.new) == (
        1, "source", ("青禾县融媒体中心",), ("县档案馆",),
    )  # fmt: skip
    assert dump(db) == before


def test_what_is_decided_so_already_is_no_change(db: Path) -> None:
    words = ("source=县档案馆", "+秋粮", "editor!", "breadcrumb=首页", "breadcrumb=要闻")
    tag(db, *words)

    assert plan(db, *words) == []
    assert tag(db, *words, who="li.si") == {"records": 0, "values": 0, "unchanged": 1}
    assert rows(db, "SELECT count(*) FROM change_sets") == [(2,)]


def test_a_word_that_says_what_the_page_says_is_kept_against_later_captures(db: Path) -> None:
    (change,) = plan(db, "source=青禾县融媒体中心")
    tag(db, "source=青禾县融媒体中心")

    assert change.old == change.new
    assert rows(db, "SELECT asserted_by FROM fields WHERE name = 'source' AND capture_id IS NULL") == [
        ("cataloguer:zhang.san",)
    ]


def test_nothing_is_deleted_and_the_older_word_says_by_what_it_was_retired(db: Path) -> None:
    tag(db, "source=甲", who="li.si")
    tag(db, "source=乙")

    assert rows(db, "SELECT value, asserted_by, retired_by FROM fields WHERE capture_id IS NULL ORDER BY id") == [
        ("甲", "cataloguer:li.si", 3), ("乙", "cataloguer:zhang.san", None),
    ]  # fmt: skip


def test_each_changed_value_is_journalled_in_one_change_set(db: Path) -> None:
    counts = tag(db, "source=县档案馆", "views=7", "+秋粮", ids=(1, 2, 2))

    assert counts == {"records": 2, "values": 6, "unchanged": 0}
    sql = (
        "SELECT DISTINCT name, old, new FROM journal"
        " WHERE change_set_id = 2 AND name NOT IN ('began', 'ended', 'state') ORDER BY name"
    )
    assert rows(db, sql) == [
        ("source", '"青禾县融媒体中心"', '"县档案馆"'), ("tag", "[]", '["秋粮"]'), ("views", "12", "7"),
    ]  # fmt: skip
    with open_reader(db) as store:
        assert find_break(store.connection) is None


def test_an_agent_set_by_hand_has_the_kind_of_its_role(db: Path) -> None:
    tag(db, "poster=归来", "host_body=县志办", "editor=王某")

    assert rows(db, "SELECT ar.role, a.kind FROM agent_roles ar JOIN agents a ON a.id = ar.agent_id WHERE record_id = 1"
                    " AND a.name IN ('归来', '县志办', '王某') ORDER BY 1") == [
        ("editor", "person"), ("host_body", "body"), ("poster", "account"),
    ]  # fmt: skip
