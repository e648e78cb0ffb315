"""Authority work: what is merged keeps its roles as printed, is found by either name, and comes apart again."""

from pathlib import Path

import pytest

from catalog.errors import NothingMatched, UsageError
from catalog.model.outcome import Outcome
from catalog.services import agents as service
from catalog.services.same_names import forget_ending, forget_print
from catalog.services.undo import apply_redo, apply_undo, plan_redo, plan_undo
from catalog.services.withdraw import apply_withdrawal
from catalog.store.grouping import count_groups
from catalog.store.open import open_reader, open_writer
from catalog.store.query_read import find
from catalog.store.query_report import find_reports, load_report, run_report
from tests.pages import LIBRARY, dump, ingest, page, ports, rows, write_pages
from tests.services.test_joining import undo

SITE, OTHER = "青禾县人民政府", "雁鸣县人民政府"
PAGES: dict[str, str | bytes] = {
    "1.txt": page(source="云陵社"),
    "2.txt": page(title="秋粮入库", source="云陵社客户端", editor="李娜"),
    "3.txt": page(title="秋糧入庫", source="雲陵社", editor="阿依古丽•买买提江", site=OTHER, body=LIBRARY),
    "4.txt": page(title="图书馆开馆", source="霞岭网", editor="李　娜", site=OTHER, body=LIBRARY),
}


@pytest.fixture
def db(tmp_path: Path) -> Path:
    ingest(tmp_path / "c.db", [write_pages(tmp_path / "pages", PAGES)])
    return tmp_path / "c.db"


def merge(db: Path, *words: str) -> Outcome:
    with open_writer(db) as store:
        return service.apply(store, service.read_merge(store, words), ports())


def split(db: Path, *words: str) -> Outcome:
    with open_writer(db) as store:
        return service.apply(store, service.read_split(store, words), ports())


def alias(db: Path, word: str, name: str) -> Outcome:
    with open_writer(db) as store:
        return service.apply(store, service.read_alias(store, word, name), ports())


def found(db: Path, query: str) -> list[int]:
    with open_reader(db) as store:
        return find(store.connection, query, ports().now().date()).ids


def roles(db: Path) -> list[tuple[object, ...]]:
    sql = (
        "SELECT r.key, ar.role, ar.label, ar.printed_name, a.name FROM agent_roles ar"
        " JOIN records r ON r.id = ar.record_id JOIN agents a ON a.id = ar.agent_id ORDER BY 1, 2, 4"
    )
    return rows(db, sql)


def proposals(db: Path, kind: str) -> set[tuple[object, ...]]:
    with open_reader(db) as store:
        table = service.list_proposals(store, kind=kind)
    return set(zip(table.column("name"), table.column("into_name"), table.column("basis"), strict=True))


def test_sources_stay_what_they_are_until_somebody_merges_them(db: Path) -> None:
    sources = "SELECT name, merged_into FROM agents WHERE kind = 'source' ORDER BY name"

    assert rows(db, sources) == [("云陵社", None), ("云陵社客户端", None), ("雲陵社", None), ("霞岭网", None)]
    assert found(db, "source:=云陵社") == [1]


def test_a_merged_source_is_found_and_counted_under_either_name_and_printed_as_it_was(db: Path) -> None:
    merge(db, "雲陵社", "云陵社客户端", "云陵社")

    assert found(db, "source:=云陵社") == found(db, "source:=雲陵社") == [1, 2, 3]
    assert found(db, "^source:=云陵社客户端") == [4]
    assert found(db, "source:客户端") == [1, 2, 3]
    assert rows(db, "SELECT source FROM records ORDER BY id") == [
        ("云陵社",),
        ("云陵社客户端",),
        ("雲陵社",),
        ("霞岭网",),
    ]
    with open_reader(db) as store:
        by_source = count_groups(store, [load_report(find_reports()["by-source"])], {})
        as_printed = run_report(store, load_report(find_reports()["sources"]), {})
    assert by_source.column("source")[0] == "云陵社"
    assert by_source.column("records") == [3, 1]
    assert set(zip(as_printed.column("printed"), as_printed.column("authority"), strict=True)) == {
        ("云陵社", "云陵社"), ("云陵社客户端", "云陵社"), ("雲陵社", "云陵社"), ("霞岭网", "霞岭网"),
    }  # fmt: skip


def test_merging_two_people_keeps_each_role_as_printed_and_undoing_it_loses_none(db: Path) -> None:
    before, dumped = roles(db), dump(db)
    one, other = (str(id) for (id,) in rows(db, "SELECT id FROM agents WHERE name LIKE '阿依古丽%' ORDER BY id"))

    merge(db, other, one)
    assert roles(db) == before
    assert found(db, "responsible_editor:=阿依古丽·买买提江") == [1, 3]
    assert found(db, "editor:阿依古丽•买买提江") == found(db, "agent:阿依古丽") == [1, 3]

    undo(db)
    assert (roles(db), dump(db)) == (before, dumped)


def test_a_merge_is_brought_again_exactly(db: Path) -> None:
    merge(db, "云陵社客户端", "云陵社")
    merged = dump(db)
    with open_writer(db) as store:
        apply_undo(store, plan_undo(store), ports())
        apply_redo(store, plan_redo(store), ports())

    assert dump(db) == merged


def test_a_merge_outlives_the_records_of_the_name(db: Path, tmp_path: Path) -> None:
    merge(db, "云陵社客户端", "云陵社")
    with open_writer(db) as store:
        apply_withdrawal(store, [2], ports(), "个人信息")
    pages = write_pages(tmp_path / "more", {"五.txt": page(title="又一则", source="云陵社客户端")})

    ingest(db, [pages])

    assert found(db, "source:=云陵社") == [1, 5]


def test_who_merges_first_and_ingests_later_has_the_same_catalogue(db: Path, tmp_path: Path) -> None:
    merge(db, "云陵社客户端", "云陵社")
    other = tmp_path / "o.db"
    ingest(other, [tmp_path / "pages" / name for name in ("2.txt", "1.txt")])
    merge(other, "云陵社客户端", "云陵社")
    ingest(other, [tmp_path / "pages" / name for name in ("4.txt", "3.txt")])

    assert dump(other) == dump(db)


def test_of_two_merges_into_one_either_can_be_undone_alone(db: Path) -> None:
    first = merge(db, "云陵社客户端", "云陵社")
    merge(db, "雲陵社", "云陵社")
    with open_writer(db) as store:
        apply_undo(store, plan_undo(store, first.change_set), ports())

    assert found(db, "source:=云陵社") == [1, 3]


def test_a_chain_of_merges_ends_at_its_last_name(db: Path) -> None:
    merge(db, "云陵社客户端", "云陵社")
    merge(db, "云陵社", "雲陵社")

    assert rows(db, "SELECT DISTINCT o.name FROM agents a JOIN agents o ON o.id = a.merged_into") == [("雲陵社",)]
    assert found(db, "source:=云陵社客户端") == [1, 2, 3]
    split(db, "云陵社")
    assert found(db, "source:=云陵社客户端") == [1, 2]


def test_what_is_split_stands_for_itself_and_is_not_proposed_again(db: Path) -> None:
    merge(db, "云陵社客户端", "云陵社")
    split(db, "云陵社客户端")

    assert found(db, "source:=云陵社") == [1]
    assert ("云陵社客户端", "云陵社", "ending") not in proposals(db, "source")
    merge(db, "云陵社客户端", "云陵社")
    assert rows(db, "SELECT count(*) FROM agent_differences") == [(0,)]


def test_an_alias_is_a_name_under_which_an_agent_is_found_though_no_page_prints_it(db: Path, tmp_path: Path) -> None:
    alias(db, "霞岭网", "霞岭在线")
    assert found(db, "source:霞岭在线") == [4]

    ingest(db, [write_pages(tmp_path / "more", {"五.txt": page(title="又一则", source="霞岭在线")})])
    assert found(db, "source:霞岭网") == [4, 5]
    undo(db)
    undo(db)
    assert rows(db, "SELECT count(*) FROM agents WHERE name = '霞岭在线'") == [(0,)]


def test_proposals_forget_print_script_and_endings_and_doubt_other_sites_most(db: Path) -> None:
    assert proposals(db, "source") == {("雲陵社", "云陵社", "script"), ("云陵社客户端", "云陵社", "ending")}
    assert proposals(db, "person") == {
        ("阿依古丽·买买提江", "阿依古丽•买买提江", "site"),
        ("李娜", "李娜", "site"),
    }


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("李　娜", "李娜"),
        ("ＷＴＯ", "wto"),
        ("阿依古丽·买买提江", "阿依古丽•买买提江"),
        ("云\u00ad陵社", "雲陵社"),
        ("《云陵报》", "云陵报"),
    ],
)
def test_print_and_script_are_forgotten(one: str, other: str) -> None:
    assert forget_print(one) == forget_print(other)


@pytest.mark.parametrize(
    ("name", "left"),
    [
        ("青禾县人民政府办公室", "青禾县"),
        ("青禾县人民政府", "青禾县"),
        ("青禾县政府（网站）", "青禾县"),
        ("办公室", "办公室"),
        ("县政府", "县政府"),
    ],
)
def test_an_ending_is_taken_off_once_and_something_stays(name: str, left: str) -> None:
    assert forget_ending(name, ["办公室", "人民政府办公室", "人民政府", "政府"]) == left


@pytest.mark.parametrize("words", [["1"], ["1", "1"], ["云陵社", "云陵社客户端", "云陵社"]])
def test_nobody_goes_into_himself(words: list[str], db: Path) -> None:
    with open_reader(db) as store, pytest.raises(UsageError):
        service.read_merge(store, words)


def test_what_a_word_means_is_told_where_it_is_not_one_agent(db: Path) -> None:
    with open_reader(db) as store:
        with pytest.raises(NothingMatched, match="no agent 谁也不是"):
            service.find_agent(store, "谁也不是")
        with pytest.raises(UsageError, match=r"several agents are called 李娜: \d+ \(person of "):
            service.find_agent(store, "李娜")
        with pytest.raises(UsageError, match="went into no other"):
            service.read_split(store, ["云陵社"])


def test_who_went_into_another_is_split_first(db: Path) -> None:
    merge(db, "云陵社客户端", "云陵社")
    with open_reader(db) as store:
        with pytest.raises(UsageError, match="split them first"):
            service.read_merge(store, ["云陵社客户端", "霞岭网"])
        with pytest.raises(UsageError, match="went into"):
            service.read_merge(store, ["云陵社", "云陵社客户端"])
        assert service.read_merge(store, ["云陵社客户端", "云陵社"]) == service.Sameness()


def test_an_agent_is_shown_with_all_its_names_and_roles(db: Path) -> None:
    merge(db, "云陵社客户端", "云陵社")
    with open_reader(db) as store:
        shown = service.show_agent(store, "云陵社客户端")

    assert shown.title.endswith(" 云陵社")
    assert list(zip(shown.column("name"), shown.column("role"), shown.column("records"), strict=True)) == [
        ("云陵社", "source", 1), ("云陵社客户端", "source", 1),
    ]  # fmt: skip


def test_the_list_is_narrowed_by_name_in_any_script_and_by_kind(db: Path) -> None:
    with open_reader(db) as store:
        assert service.list_agents(store, "雲陵", "source").column("name") == ["云陵社", "云陵社客户端", "雲陵社"]
        with pytest.raises(NothingMatched):
            service.list_agents(store, "谁也不是")
        with pytest.raises(UsageError, match="no kind"):
            service.list_agents(store, kind="编辑")
