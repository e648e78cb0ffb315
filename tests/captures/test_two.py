from pathlib import Path
from typing import Any

import pytest

from catalog.model.rule import RuleSet
from tests.reading import CAPTURES, record_of_file

TEXT = CAPTURES / "text"
PORTAL = TEXT / "000_7ce3a7ffbdbe7065.txt"
FORUM = TEXT / "004_73fba5548d8cb006.txt"
Plain = dict[str, Any]

pytestmark = pytest.mark.skipif(not TEXT.is_dir(), reason="the real captures are not beside the project")


@pytest.fixture(scope="module")
def portal(rules: RuleSet) -> Plain:
    """Return the record of a magazine's site: body twice, label lines without marks, two footers."""
    return record_of_file(PORTAL, rules, TEXT)


@pytest.fixture(scope="module")
def forum(rules: RuleSet) -> Plain:
    """Return the record of a county's forum page: no source, no editors, an account that posted it."""
    return record_of_file(FORUM, rules, TEXT)


def fields(record: Plain, name: str) -> list[Plain]:
    return [f for f in record["fields"] if f["name"] == name]


def agents(record: Plain, role: str) -> list[str]:
    return [a["name"] for a in record["agents"] if a["role"] == role]


@pytest.mark.parametrize(
    ("key", "value"),
    [
        ("schema", "catalog.record/1"),
        ("kind", "article"),
        ("language", "zh-Hans"),
        ("title", "决胜脱贫攻坚 内蒙古妇联引领妇女走在时代前列"),
        ("subtitle", None),
        ("summary", None),
        ("published", "2020-12-16T20:34:19"),
        ("modified", None),
        ("source", "新华网"),
        ("publisher", "《中国乡村振兴》杂志社"),
        ("site_name", "中国乡村振兴网"),
        ("counters", {}),
        ("tags", ["资讯播报"]),
        ("conflicts", ["host_body"]),
        ("problems", []),
    ],
)
def test_the_portal_page_says(key: str, value: object, portal: Plain) -> None:
    assert portal[key] == value


def test_the_portal_page_prints_its_author_empty(portal: Plain) -> None:
    assert [(f["state"], f["value"], len(f["evidence"])) for f in fields(portal, "author")] == [
        ("printed_empty", None, 2)
    ]


def test_the_portal_page_prints_one_body_twice(portal: Plain) -> None:
    paragraphs = portal["body"]["text"].split("\n")

    assert (portal["body"]["repeats"], len(paragraphs)) == (2, 12)
    assert portal["body"]["characters"] == 1063
    assert paragraphs[0].startswith("“民亦劳止")
    assert paragraphs[-1].startswith("目前全区")


@pytest.mark.parametrize(
    ("role", "label", "name"),
    [
        ("chief_supervising_reviewer", "总监审", "姚卜成"),
        ("supervising_reviewer", "监审", "韩世雄"),
        ("responsible_editor", "责任编辑", "胡津瑞"),
    ],
)
def test_the_portal_page_names_an_editor_at_two_places(role: str, label: str, name: str, portal: Plain) -> None:
    (field,) = fields(portal, role)

    assert (field["value"], field["label"], field["kind"]) == (name, label, "person")
    assert [e["raw"] for e in field["evidence"]] == [name, name]
    assert {"role": role, "label": label, "name": name, "kind": "person"} in portal["agents"]


def test_the_footers_of_the_portal_page_disagree_and_both_are_kept(portal: Plain) -> None:
    assert agents(portal, "supervising_body") == ["国家乡村振兴局"]
    assert agents(portal, "host_body") == ["《中国乡村振兴》杂志社", "中国乡村振兴网"]
    assert agents(portal, "copyright_holder") == ["中国乡村振兴网"]


def test_where_the_hosts_disagree_the_first_is_the_publisher_with_low_confidence(portal: Plain) -> None:
    (publisher,) = fields(portal, "publisher")

    assert (publisher["value"], publisher["confidence"]) == ("《中国乡村振兴》杂志社", "low")


@pytest.mark.parametrize(
    ("kind", "value"),
    [
        ("news_licence", "10120230004"),
        ("telecom_licence", "京B2-20240091"),
        ("broadcast_licence", "(京)字第28022号"),
        ("public_security", "110105005973"),
        ("icp", "京ICP备2022015544号-1"),
    ],
)
def test_the_portal_page_prints_a_number_in_both_footers(kind: str, value: str, portal: Plain) -> None:
    assert {"type": kind, "value": value} in portal["identifiers"]
    assert [len(f["evidence"]) for f in fields(portal, kind)] == [2]


def test_the_portal_page_has_five_numbers_and_no_more(portal: Plain) -> None:
    assert len(portal["identifiers"]) == 5


@pytest.mark.parametrize(
    ("kind", "value"),
    [
        ("telephone", "(010)59195820"),
        ("postcode", "100028"),
        ("address", "北京市朝阳区太阳宫北街1号农业农村部太阳宫办公区12层"),
    ],
)
def test_the_portal_page_can_be_reached(kind: str, value: str, portal: Plain) -> None:
    assert {"type": kind, "value": value} in portal["contact"]


def test_the_lone_zero_of_the_portal_page_is_no_view_count(portal: Plain) -> None:
    (count,) = fields(portal, "unlabelled_count")

    assert (count["value"], count["confidence"], [e["raw"] for e in count["evidence"]]) == (0, "low", ["0"])
    assert fields(portal, "views") == []


@pytest.mark.parametrize(
    ("key", "value"),
    [
        ("kind", "article"),
        ("title", "全省“巾帼脱贫行动”暨基层妇联组织改革现场推进会在渠召开"),
        ("published", "2016-11-06T15:20"),
        ("modified", None),
        ("source", None),
        ("publisher", "归来"),
        ("site_name", "凤凰山下"),
        ("section", "渠县"),
        ("breadcrumb", ["凤凰山下", "首页", "党政风采", "渠县"]),
        ("counters", {"views": 1999, "comments": 0}),
        ("tags", []),
        ("identifiers", []),
        ("conflicts", []),
    ],
)
def test_the_forum_page_says(key: str, value: object, forum: Plain) -> None:
    assert forum[key] == value


def test_the_forum_page_was_posted_by_an_account(forum: Plain) -> None:
    assert [a for a in forum["agents"] if a["role"] == "poster"] == [
        {"role": "poster", "label": "发布者", "name": "归来", "kind": "account"}
    ]


def test_an_account_is_a_publisher_with_low_confidence(forum: Plain) -> None:
    assert [f["confidence"] for f in fields(forum, "publisher")] == ["low"]


def test_the_forum_page_names_two_original_authors(forum: Plain) -> None:
    assert agents(forum, "original_author") == ["何俊笼", "廖亚飞"]


def test_the_forum_page_names_no_editors_and_no_source_at_all(forum: Plain) -> None:
    names = {f["name"] for f in forum["fields"]}

    assert names & {"source", "editor", "responsible_editor", "reviewer", "host_body", "copyright_holder"} == set()


def test_the_cut_summary_of_the_forum_page_is_no_second_body(forum: Plain) -> None:
    assert forum["summary"].startswith("11月1日")
    assert forum["summary"].endswith("为 ...")
    assert forum["body"]["repeats"] == 1


def test_the_body_of_the_forum_page_has_ten_paragraphs_and_no_chrome(forum: Plain) -> None:
    paragraphs = forum["body"]["text"].split("\n")

    assert len(paragraphs) == 10
    assert paragraphs[0].startswith("11月1日,全省“巾帼脱贫行动”")
    assert paragraphs[-1] == "王飞虎、刘静、吴燕等县领导出席会议或参加现场会。"


@pytest.mark.parametrize("page", [PORTAL, FORUM], ids=["portal", "forum"])
def test_every_value_has_evidence_and_every_span_reads_back_its_raw(page: Path, rules: RuleSet) -> None:
    text = page.read_text("utf-8")
    record = record_of_file(page, rules, TEXT)
    stated = [f for f in record["fields"] if f["state"] == "stated"]

    assert [f["name"] for f in stated if not f["evidence"]] == []
    assert [e for f in record["fields"] for e in f["evidence"] if text[e["start"] : e["end"]] != e["raw"]] == []
