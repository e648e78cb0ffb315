"""Tags as a whole: a controlled list with a hierarchy, and changes over all records that undo takes back."""

from pathlib import Path

import pytest

from catalog.errors import NothingMatched, UsageError
from catalog.model.outcome import Outcome
from catalog.services import tags as service
from catalog.services.changes import read_change
from catalog.services.tag import apply_changes
from catalog.sources.tag_list import read_tag_list
from catalog.store.open import open_reader, open_writer
from tests.pages import LIBRARY, dump, ingest, page, ports, rows, write_pages
from tests.services.test_agents import found
from tests.services.test_joining import undo

SKOS = """<?xml version="1.0" encoding="UTF-8"?>
<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns:skos="http://www.w3.org/2004/02/skos/core#">
  <skos:Concept rdf:about="https://example.org/t/1">
    <skos:prefLabel xml:lang="en">Topics</skos:prefLabel>
    <skos:prefLabel xml:lang="zh-Hans">主题</skos:prefLabel>
    <skos:narrower rdf:resource="https://example.org/t/2"/>
  </skos:Concept>
  <rdf:Description rdf:about="https://example.org/t/2">
    <rdf:type rdf:resource="http://www.w3.org/2004/02/skos/core#Concept"/>
    <skos:prefLabel xml:lang="zh">扶贫</skos:prefLabel>
    <skos:altLabel xml:lang="zh">脱贫</skos:altLabel>
    <skos:scopeNote>到2020年为止</skos:scopeNote>
  </rdf:Description>
  <skos:Concept rdf:about="https://example.org/t/3">
    <skos:prefLabel>产业/就业</skos:prefLabel>
    <skos:broader><skos:Concept rdf:about="https://example.org/t/2"/></skos:broader>
  </skos:Concept>
</rdf:RDF>
"""
LIST = "tag,broader,also,note\n主题,,,\n扶贫,主题,脱贫;扶贫攻坚,\n农业,,,种养\n"


@pytest.fixture
def db(tmp_path: Path) -> Path:
    pages = {
        f"{n}.txt": page(title=f"青禾县扶贫纪事之{n}", published=f"2020-0{n}-01", body=LIBRARY) for n in range(1, 5)
    }
    ingest(tmp_path / "c.db", [write_pages(tmp_path / "pages", dict(pages))])
    tag(tmp_path / "c.db", [1, 2], "+扶贫")
    tag(tmp_path / "c.db", [2, 3], "+扶贫/产业")
    return tmp_path / "c.db"


def tag(db: Path, ids: list[int], *words: str) -> None:
    with open_writer(db) as store:
        apply_changes(store, ids, [change for word in words if (change := read_change(word))], ports())


def read(tmp_path: Path, text: str, name: str = "list.csv") -> list[tuple[str, tuple[str, ...], str | None]]:
    (tmp_path / name).write_text(text, "utf-8")
    return [(term.tag, term.also, term.note) for term in read_tag_list(tmp_path / name)]


def import_(db: Path, text: str, *, replace_all: bool = False) -> Outcome:
    (db.parent / "list.csv").write_text(text, "utf-8")
    with open_writer(db) as store:
        plan = service.plan_import(store, read_tag_list(db.parent / "list.csv"), replace_all=replace_all)
        return service.apply(store, plan, "import", ports())


def rename(db: Path, old: str, new: str) -> Outcome:
    with open_writer(db) as store:
        return service.apply(store, service.plan_rename(store, old, new), "rename", ports())


def merge(db: Path, *tags: str) -> Outcome:
    with open_writer(db) as store:
        return service.apply(store, service.plan_merge(store, tags), "merge", ports())


def tags_of(db: Path) -> list[tuple[object, ...]]:
    return rows(db, "SELECT record_id, tag FROM tags ORDER BY 1, 2")


def test_csv_gives_terms_below_their_broader_ones(tmp_path: Path) -> None:
    assert read(tmp_path, LIST) == [
        ("主题", (), None), ("主题/扶贫", ("脱贫", "扶贫攻坚"), None), ("农业", (), "种养"),
    ]  # fmt: skip


def test_skos_gives_the_same_with_chinese_labels_first(tmp_path: Path) -> None:
    assert read(tmp_path, SKOS, "list.rdf") == [
        ("主题", (), None), ("主题/扶贫", ("脱贫",), "到2020年为止"), ("主题/扶贫/产业／就业", (), None),
    ]  # fmt: skip


BOMB = SKOS.replace("?>\n", '?>\n<!DOCTYPE rdf [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;">]>\n', 1)
BAD = [
    (BOMB, "DTD"), ("<rdf>", "no element found"), ("label\n主题\n", "the columns are tag"), ("tag\n", "no term"),
    ("tag,broader\n甲,乙\n乙,甲\n", "stands below itself"), ("tag,broader\n甲,丙\n", "丙, which is not there"),
    ("tag\n甲\n甲\n", "甲 stands there twice"), ("tag\n甲//乙\n", "a term is missing"),
]  # fmt: skip


@pytest.mark.parametrize(("text", "why"), BAD)
def test_a_list_that_cannot_be_used_is_told(text: str, why: str, tmp_path: Path) -> None:
    with pytest.raises(UsageError, match=why):
        read(tmp_path, text)


def test_a_list_is_imported_changed_and_taken_back(db: Path) -> None:
    before = dump(db)
    assert import_(db, LIST).counts == {"records": 0, "values": 0, "terms": 3}
    listed = dump(db)
    import_(db, "tag,note\n农业,\n渔业,\n", replace_all=True)
    assert rows(db, "SELECT tag, note FROM tag_terms ORDER BY tag") == [("农业", None), ("渔业", None)]

    undo(db)
    assert dump(db) == listed
    undo(db)
    assert dump(db) == before


def test_a_tag_is_found_with_those_below_it_and_by_words_that_lead_to_it(db: Path) -> None:
    import_(db, "tag,also\n扶贫,脱贫\n")

    assert found(db, "tag:扶贫") == [1, 2, 3]
    assert found(db, "tag:=扶贫") == found(db, "tag:脱贫") == [1, 2]
    assert found(db, "^tag:脱贫") == [3, 4]


def test_renaming_moves_a_tag_with_those_below_it_in_records_and_list(db: Path) -> None:
    import_(db, "tag,also\n扶贫,脱贫\n扶贫/产业,\n")
    before = dump(db)

    assert rename(db, "扶贫", "主题/扶贫").counts == {"records": 3, "values": 3, "terms": 4}
    assert tags_of(db) == [(1, "主题/扶贫"), (2, "主题/扶贫"), (2, "主题/扶贫/产业"), (3, "主题/扶贫/产业")]
    assert rows(db, "SELECT tag, also FROM tag_terms ORDER BY tag") == [
        ("主题/扶贫", '["脱贫"]'),
        ("主题/扶贫/产业", "[]"),
    ]
    undo(db)
    assert dump(db) == before


def test_merging_lets_tags_go_into_another_and_its_words_lead_there(db: Path) -> None:
    import_(db, "tag,also\n扶贫,脱贫\n乡村振兴,\n")
    merge(db, "扶贫", "乡村振兴")

    assert tags_of(db) == [(1, "乡村振兴"), (2, "乡村振兴"), (2, "乡村振兴/产业"), (3, "乡村振兴/产业")]
    assert rows(db, "SELECT tag, also FROM tag_terms") == [("乡村振兴", '["脱贫","扶贫"]')]
    assert found(db, "tag:脱贫") == [1, 2]


def test_what_a_page_prints_as_a_tag_is_renamed_too_and_stays_so(db: Path, tmp_path: Path) -> None:
    printed = page(title="打标签的一则", body=[*LIBRARY, "#扶贫#"])
    more = write_pages(tmp_path / "more", {"9.txt": printed.replace("责任编辑", "标签：旧词\n责任编辑", 1)})
    ingest(db, [more])
    assert (5, "旧词") in tags_of(db)
    rename(db, "旧词", "新词")
    ingest(db, [more], captured_at="2025-01-01")

    assert [tag for id, tag in tags_of(db) if id == 5 and "词" in str(tag)] == ["新词"]


@pytest.mark.parametrize(
    ("old", "new", "error"),
    [
        ("没有", "新", NothingMatched),
        ("扶贫", "扶贫", UsageError),
        ("扶贫", "扶贫/新", UsageError),
        ("扶贫/产业", "扶贫", UsageError),
    ],
)
def test_a_rename_that_cannot_be_is_told(old: str, new: str, error: type[Exception], db: Path) -> None:
    with open_reader(db) as store, pytest.raises(error):
        service.plan_rename(store, old, new)


@pytest.mark.parametrize("tags", [["扶贫"], ["扶贫", "扶贫"], ["扶贫", "扶贫/产业"]])
def test_a_merge_that_cannot_be_is_told(tags: list[str], db: Path) -> None:
    with open_reader(db) as store, pytest.raises(UsageError):
        service.plan_merge(store, tags)


def test_the_list_counts_what_is_below_and_tells_what_is_not_listed(db: Path) -> None:
    import_(db, "tag,also\n扶贫,脱贫\n农业,\n")
    with open_reader(db) as store:
        table = service.list_tags(store)
        assert list(zip(*(table.column(name) for name in ("tag", "records", "below", "listed")), strict=True)) == [
            ("农业", 0, 0, "yes"), ("扶贫", 2, 3, "yes"), ("扶贫/产业", 2, 2, "no"),
        ]  # fmt: skip
        assert service.list_tags(store, "脱贫").column("tag") == ["扶贫"]
        assert service.list_tags(store, only_unlisted=True).column("tag") == ["扶贫/产业"]
        with pytest.raises(NothingMatched):
            service.list_tags(store, "没有")


@pytest.mark.parametrize(
    ("word", "told"),
    [("+扶贫", []), ("+脱贫", ["脱贫 is not in the list of tags; did you mean 扶贫?"]), ("source=x", [])],
)
def test_a_tag_that_is_not_in_the_list_is_told_with_the_one_that_is(word: str, told: list[str], db: Path) -> None:
    change = read_change(word)
    assert change is not None
    with open_reader(db) as store:
        assert service.find_strange(store, [change]) == []
    import_(db, "tag,also\n扶贫,脱贫\n")
    with open_reader(db) as store:
        assert service.find_strange(store, [change]) == told
