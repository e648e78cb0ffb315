import pytest

from catalog.errors import UnreadableCapture
from catalog.model.capture import Capture
from catalog.model.field import Confidence, Field, State
from catalog.model.record import Parsed
from catalog.model.rule import RuleSet
from catalog.text.parse import parse_capture
from catalog.text.record import main_reading
from tests.pages import HARVEST, LIBRARY, page

TITLE = "青禾县举办秋粮测产观摩会"
META = "发布时间：2024-10-08 09:30　来源：甲报"
CRUMBS = "首页 > 新闻中心 > 县区动态"
BODY = "\n".join(HARVEST)
DISPATCH = BODY.replace("　　10月7日上午", "　　甲报青禾10月8日电（记者 张三 通讯员 阿依古丽·买买提）10月7日上午", 1)


def parse(rules: RuleSet, *lines: str) -> Parsed:
    return parse_capture(Capture.of("\n".join(lines).encode()), rules)


def named(parsed: Parsed, name: str) -> list[Field]:
    return [f for f in parsed.fields if f.name == name]


def value(parsed: Parsed, name: str) -> str | int | None:
    found = named(parsed, name)
    return found[0].value if found else None


def values(parsed: Parsed, name: str) -> list[str | int | None]:
    return [f.value for f in named(parsed, name)]


def body_of(parsed: Parsed) -> str:
    assert parsed.body is not None
    return parsed.body.text


def test_a_page_gives_what_a_cataloguer_would_write_down(rules: RuleSet) -> None:
    parsed = parse(rules, page())

    assert value(parsed, "kind") == "article"
    assert value(parsed, "language") == "zh-Hans"
    assert value(parsed, "title") == TITLE
    assert value(parsed, "published") == "2024-10-08T09:30"
    assert value(parsed, "source") == "青禾县融媒体中心"
    assert value(parsed, "views") == 12
    assert value(parsed, "section") == "县区动态"
    assert value(parsed, "site_name") == "青禾县人民政府"
    assert values(parsed, "breadcrumb") == ["首页", "新闻中心", "县区动态"]
    assert values(parsed, "responsible_editor") == ["阿依古丽·买买提江"]
    assert values(parsed, "icp") == ["陇ICP备12345678号-1"]
    assert body_of(parsed) == "\n".join(p.strip("　") for p in HARVEST)


def test_every_stated_value_has_evidence_that_reads_back(rules: RuleSet) -> None:
    parsed = parse(rules, page())
    text = main_reading(parsed.readings).text

    assert [f.name for f in parsed.fields if f.state is State.STATED and not f.evidence] == []
    assert [e for f in parsed.fields for e in f.evidence if text[e.span.start : e.span.end] != e.raw] == []


def test_every_field_names_the_capture_it_was_read_from(rules: RuleSet) -> None:
    parsed = parse(rules, page())

    assert {f.capture for f in parsed.fields} == {parsed.capture}


@pytest.mark.parametrize(
    "head",
    [
        [CRUMBS, TITLE, META],
        [CRUMBS, META, TITLE],
        [TITLE, "2024-10-08 09:30", "来源：甲报"],
        [TITLE, "来源：甲报　2024年10月8日 09:30"],
        [TITLE, "2024", "10-08", "09:30", "来源：甲报"],
        [TITLE, TITLE, META],
        [CRUMBS, TITLE, "来源：", "甲报", "发布时间：", "2024-10-08 09:30"],
        [TITLE, "发布时间：2024年10月08日09时30分来源：甲报作者："],
        [TITLE, "时间：2024-10-08 09:30　来源：甲报　【字体：大 中 小】 打印"],
        ["\ufeff" + TITLE, META],
        [TITLE, "发布时间：２０２４－１０－０８　０９：３０　来源：甲报"],
    ],
    ids=lambda head: " / ".join(head)[:50],
)
def test_the_order_and_print_of_the_head_decide_nothing(head: list[str], rules: RuleSet) -> None:
    parsed = parse(rules, *head, "", BODY, "", "责任编辑：张三")

    assert [value(parsed, n) for n in ("title", "published", "source")] == [TITLE, "2024-10-08T09:30", "甲报"]
    assert body_of(parsed).startswith("10月7日上午")


def test_a_date_in_the_text_is_never_the_publication(rules: RuleSet) -> None:
    parsed = parse(rules, CRUMBS, TITLE, "来源：甲报", BODY.replace("10月7日", "2024年10月7日"))

    assert value(parsed, "published") is None


def test_a_date_of_a_list_of_other_articles_is_never_the_publication(rules: RuleSet) -> None:
    related = [
        "相关阅读",
        "县图书馆新馆开馆 2023-12-03",
        "全县防汛演练举行 [2023-08-11]",
        "上一篇：种粮大户培训开班（2023-09-01）",
    ]
    parsed = parse(rules, CRUMBS, TITLE, "来源：甲报", BODY, *related)

    assert value(parsed, "published") is None


def test_the_visitors_date_is_never_the_publication(rules: RuleSet) -> None:
    parsed = parse(rules, "今天是2026年11月22日 星期日", CRUMBS, TITLE, "来源：甲报", BODY)

    assert value(parsed, "published") is None


def test_the_date_of_a_document_stands_in_for_the_publication_with_low_confidence(rules: RuleSet) -> None:
    parsed = parse(rules, "索 引 号：9903-2024-0012", "成文日期：2024-10-01", "发布机构：青禾县农业农村局", TITLE, BODY)
    (published,) = named(parsed, "published")

    assert (published.value, published.confidence) == ("2024-10-01", Confidence.LOW)


def test_the_date_of_a_document_does_not_outrank_the_publication(rules: RuleSet) -> None:
    parsed = parse(rules, "成文日期：2024-10-01", "发布日期：2024-10-05", TITLE, BODY)

    assert values(parsed, "published") == ["2024-10-05"]
    assert value(parsed, "document_date") == "2024-10-01"


def test_a_dateline_in_the_first_paragraph_names_reporters_and_stays_in_the_body(rules: RuleSet) -> None:
    parsed = parse(rules, CRUMBS, TITLE, META, DISPATCH)

    assert (values(parsed, "reporter"), values(parsed, "correspondent")) == (["张三"], ["阿依古丽·买买提"])
    assert body_of(parsed).startswith("甲报青禾10月8日电")


def test_an_event_in_the_text_has_no_host_and_no_contact(rules: RuleSet) -> None:
    event = "　　活动时间：12月20日　地点：县礼堂　主办单位：县妇联　承办单位：县文化馆　联系人：李四"
    parsed = parse(rules, CRUMBS, TITLE, META, HARVEST[0], event, HARVEST[1])

    assert [n for n in ("host_body", "operator", "author", "poster") if value(parsed, n) is not None] == []


def test_a_lone_number_is_no_view_count(rules: RuleSet) -> None:
    parsed = parse(rules, CRUMBS, TITLE, META, BODY, "", "0", "责任编辑：张三")

    assert value(parsed, "views") is None
    assert value(parsed, "unlabelled_count") == 0


def test_a_total_of_the_site_is_no_view_count(rules: RuleSet) -> None:
    parsed = parse(
        rules, CRUMBS, TITLE, META, BODY, "主办：青禾县人民政府", "总访问量：20314477", "陇ICP备12345678号-1"
    )

    assert value(parsed, "views") is None


def test_counts_of_a_ranking_are_not_the_counts_of_the_page(rules: RuleSet) -> None:
    ranking = ["热门文章", "县图书馆新馆开馆 阅读 1200", "防汛演练举行 阅读 980", "种粮大户培训开班 阅读 640"]
    parsed = parse(rules, CRUMBS, TITLE, META, BODY, *ranking)

    assert value(parsed, "views") is None


@pytest.mark.parametrize("printed", ["浏览次数：", "浏览次数：--", "浏览次数：次"])
def test_a_count_that_was_not_rendered_is_neither_zero_nor_absent(printed: str, rules: RuleSet) -> None:
    parsed = parse(rules, CRUMBS, TITLE, f"{META}　{printed}", BODY)

    assert [(f.value, f.state) for f in named(parsed, "views")] == [(None, State.NOT_RENDERED)]


def test_an_empty_author_is_printed_empty(rules: RuleSet) -> None:
    parsed = parse(rules, CRUMBS, TITLE, f"{META}　作者：", BODY)

    assert [(f.value, f.state) for f in named(parsed, "author")] == [(None, State.PRINTED_EMPTY)]


def test_two_footers_are_both_kept(rules: RuleSet) -> None:
    parsed = parse(
        rules,
        CRUMBS,
        TITLE,
        META,
        BODY,
        "主管：甲厅 主办：乙杂志社",
        "陇ICP备12345678号-1",
        "主管：甲厅 主办：丙网站",
        "陇ICP备12345678号-1",
    )

    assert values(parsed, "host_body") == ["乙杂志社", "丙网站"]
    assert [len(f.evidence) for f in named(parsed, "supervising_body")] == [2]
    assert [len(f.evidence) for f in named(parsed, "icp")] == [2]


@pytest.mark.parametrize(
    ("lines", "kind"),
    [
        ([page()], "article"),
        ([TITLE, BODY], "article"),
        (["404", "您访问的页面不存在或已删除", "返回首页"], "other"),
        (["登录", "用户名", "密码", "忘记密码"], "other"),
        ([CRUMBS, *(f"全县第{n}次农技培训在北塬镇开班 2024-05-{n}" for n in range(11, 29))], "listing"),
        ([""], "other"),
    ],
)  # fmt: skip
def test_a_page_is_of_this_kind(lines: list[str], kind: str, rules: RuleSet) -> None:
    assert value(parse(rules, *lines), "kind") == kind


def test_what_is_no_article_has_no_title_and_no_body(rules: RuleSet) -> None:
    parsed = parse(rules, "404", "您访问的页面不存在或已删除", "返回首页")

    assert (parsed.body, [n for n in ("title", "published", "source", "body") if named(parsed, n)]) == (None, [])


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "gb18030"])
def test_the_encoding_of_the_file_decides_nothing(encoding: str, rules: RuleSet) -> None:
    parsed = parse_capture(Capture.of(page().encode(encoding)), rules)
    plain = parse(rules, page())

    assert [(f.name, f.value, f.evidence) for f in parsed.fields] == [
        (f.name, f.value, f.evidence) for f in plain.fields
    ]


def test_windows_newlines_decide_nothing(rules: RuleSet) -> None:
    parsed = parse_capture(Capture.of(page().replace("\n", "\r\n").encode()), rules)

    assert parsed.body == parse(rules, page()).body


def test_bytes_that_are_no_text_are_refused(rules: RuleSet) -> None:
    with pytest.raises(UnreadableCapture):
        parse_capture(Capture.of(bytes(range(256)) * 20), rules)


def test_an_encoding_that_does_not_fit_is_refused(rules: RuleSet) -> None:
    with pytest.raises(UnreadableCapture):
        parse_capture(Capture.of("青禾县".encode("gb18030")), rules, encoding="utf-8")


def test_an_empty_file_is_a_page_that_says_nothing(rules: RuleSet) -> None:
    parsed = parse(rules, "")

    assert ([f.name for f in parsed.fields], parsed.body) == (["kind"], None)


@pytest.mark.parametrize(
    "title",
    [
        "青禾县举办[red]秋粮[/red]测产观摩会",
        "青禾县举办“秋粮”《测产》观摩会：第1、2期",
        "青禾县举办<b>秋粮</b>测产观摩会",
    ],
)
def test_a_title_is_kept_as_printed_whatever_it_would_mean_to_a_program(title: str, rules: RuleSet) -> None:
    assert value(parse(rules, page(title=title)), "title") == title


def test_a_second_article_below_does_not_join_the_first(rules: RuleSet) -> None:
    other = ["雁鸣县图书馆新馆开馆", "发布时间：2024-12-03 10:00　来源：乙报", *LIBRARY]
    parsed = parse(rules, CRUMBS, TITLE, META, BODY, "责任编辑：张三", "", *other)

    assert value(parsed, "title") == TITLE
    assert "图书馆" not in body_of(parsed)
