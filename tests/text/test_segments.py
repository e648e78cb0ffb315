import pytest

from catalog.model.rule import RuleSet
from catalog.text.classify import Seen, classify
from catalog.text.lines import split_lines
from catalog.text.repeats import find_printings
from catalog.text.segments import Page, after_printings, find_zones

A = "　　10月7日上午，青禾县在北塬镇河湾村举办秋粮测产观摩会，全县十二个乡镇的种粮大户和农技人员到田间看苗情。"
B = "　　观摩会上，技术员按照五点取样的办法现场收割、脱粒、称重，并把每一块田的结果写在公示板上。"
TITLE, META = "青禾县举办秋粮测产观摩会", "2024-10-08 09:30 来源：甲报"


def seen(lines: list[str], rules: RuleSet) -> list[Seen]:
    return [classify(line, rules) for line in split_lines("\n".join(lines))]


def zones(lines: list[str], rules: RuleSet) -> list[str]:
    return list(find_zones(seen(lines, rules)).zones())


@pytest.mark.parametrize(
    "page",
    [
        [(TITLE, "headline"), (META, "dateline"), (A, "body"), (B, "body")],
        [
            ("首页 | 政务公开", "masthead"),
            ("首页 > 新闻中心", "dateline"),
            (TITLE, "headline"),
            (META, "dateline"),
            ("[大] [中] [小]", "dateline"),
            (A, "body"),
            (B, "body"),
            ("责任编辑：张三", "credits"),
            ("相关阅读", "related"),
            ("去年此时的田间见闻", "related"),
            ("主办：青禾县人民政府办公室", "colophon"),
            ("陇ICP备12345678号-1", "colophon"),
        ],
        [
            (TITLE, "headline"),
            (META, "dateline"),
            ("摘要：县里举办观摩会，算一算产量，看一看苗情，大家一起商量怎么办。", "summary"),
            (A, "body"),
            (B, "body"),
        ],
        [(META, "dateline"), (TITLE, "headline"), (A, "body"), ("一、田间", "body"), (B, "body")],
        [("版权所有：青禾县人民政府", "colophon"), ("陇ICP备12345678号-1", "colophon")],
    ],
    ids=lambda page: f"{len(page)} lines",
)
def test_each_line_of_a_page_stands_in_its_zone(page: list[tuple[str, str]], rules: RuleSet) -> None:
    assert zones([line for line, _ in page], rules) == [zone for _, zone in page]


def test_a_label_line_by_the_text_anchors_it(rules: RuleSet) -> None:
    assert find_zones(seen([TITLE, META, A, B], rules)).anchored is True
    assert find_zones(seen([TITLE, A, B], rules)).anchored is False


def test_between_two_printings_stand_credits(rules: RuleSet) -> None:
    lines = [TITLE, META, A, B, "责任编辑：张三", TITLE, META, A, B, "责任编辑：张三"]
    page = find_zones(seen(lines, rules))
    page = after_printings(page, find_printings(page.seen, page.body))

    assert page.zones()[4:] == ["credits", "credits", "credits", "body", "body", "credits"]


def test_every_line_has_a_zone_even_on_a_page_without_an_article(rules: RuleSet) -> None:
    page: Page = find_zones(seen(["打印", "关闭", "县区动态"], rules))

    assert page.zones() == ["masthead"] * 3
    assert page.body == ()
