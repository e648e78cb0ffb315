import pytest

from catalog.model.capture import Capture
from catalog.model.field import Confidence, State
from catalog.model.rule import RuleSet
from catalog.model.vocabulary import IDENTIFIERS, ROLES
from catalog.text.parse import parse_capture

HEAD = ["首页 > 新闻", "青禾县举办秋粮测产观摩会", "2024-10-08 09:30"]
BODY = [
    "　　10月7日上午，青禾县在北塬镇河湾村举办秋粮测产观摩会，全县十二个乡镇的种粮大户和农技人员到田间看苗情。",
    "　　观摩会上，农技站的技术员按照五点取样的办法现场收割、脱粒、称重，并把每一块田的结果写在公示板上。",
]
TELECOM, AUDIOVISUAL = ("telecom_licence", "陇B2-20240001"), ("audiovisual_licence", "2801234")
FOOT = ["相关阅读", "去年此时的田间见闻"]


def people(credits: list[str], rules: RuleSet) -> list[str]:
    text = "\n".join([*HEAD, *BODY, *credits, *FOOT])
    fields = parse_capture(Capture.of(text.encode()), rules).fields
    named = [f for f in fields if f.name in ROLES and f.state is State.STATED]
    return [f"{f.name} {f.value}" for f in sorted(named, key=lambda f: f.evidence[0].span)]


@pytest.mark.parametrize(
    ("credits", "found"),
    [
        (["责任编辑：张三"], ["responsible_editor 张三"]),
        (["责任编辑：", "张三"], ["responsible_editor 张三"]),
        (["责任编辑： 张三（实习）"], ["responsible_editor 张三"]),
        (["(责编：张三、李四)"], ["responsible_editor 张三", "responsible_editor 李四"]),
        (["【责任编辑：张三】", "【来源：甲报】"], ["responsible_editor 张三"]),
        (["编 辑：张 三", "审 核：李 四"], ["editor 张三", "reviewer 李四"]),
        (["责编：张三　校对：李四　签发：王五"], ["responsible_editor 张三", "proofreader 李四", "reviewer 王五"]),
        (["一审：张三", "二审：李四", "三审：王五"], ["reviewer 张三", "reviewer 李四", "reviewer 王五"]),
        (["监制：张三", "总监制：李四"], ["producer 张三", "executive_producer 李四"]),
        (["监审：张三", "总监审：李四"], ["supervising_reviewer 张三", "chief_supervising_reviewer 李四"]),
        (["值班编委：张三 值班主任：李四"], ["duty_editor 张三", "duty_editor 李四"]),
        (["总编辑：张三丨主编：李四丨编辑：王五"], ["chief_editor 张三", "chief_editor 李四", "editor 王五"]),
        (["记者：张三 李四", "编辑：王五"], ["reporter 张三", "reporter 李四", "editor 王五"]),
        (["本报记者 张三"], ["reporter 张三"]),
        (["通讯员：阿依古丽·买买提江"], ["correspondent 阿依古丽·买买提江"]),
        (["撰稿：张三", "摄影：李四", "审核：王五"], ["author 张三", "photographer 李四", "reviewer 王五"]),
        (["文/张三 图/李四 编辑/王五"], ["author 张三", "photographer 李四", "editor 王五"]),
        (["编辑 | 张三", "责编 | 李四"], ["editor 张三", "responsible_editor 李四"]),
        (["責任編輯：陳大文", "核稿：歐陽菲"], ["responsible_editor 陳大文", "reviewer 歐陽菲"]),
        (["编辑：青禾县融媒体中心"], ["editor 青禾县融媒体中心"]),
        # no makers
        (["（作者系县农技站站长）"], []),
        (["（作者单位：县农技站）"], []),
        (["编辑推荐", "张三"], []),
        (["扫一扫 关注我们"], []),
        (["0"], []),
    ],
    ids=lambda value: " / ".join(value)[:40],
)
def test_the_lines_under_an_article_name_its_makers(credits: list[str], found: list[str], rules: RuleSet) -> None:
    assert people(credits, rules) == found


@pytest.mark.parametrize(
    ("printed", "counters"),
    [
        ("浏览次数：12", {"views": 12}),
        ("点赞：35 分享：7 评论：3 阅读：1.2万", {"views": 12000, "comments": 3, "likes": 35, "shares": 7}),
        ("5人参与 3条评论", {"comments": 3}),
        ("浏览：0 评论：0", {"views": 0, "comments": 0}),
        ("1,999次浏览", {"views": 1999}),
        ("已有12人阅读", {"views": 12}),
        ("0", {}),
        ("第12期", {}),
        ("下载次数：99", {}),
        ("字数：1200", {}),
        ("评论员：张三", {}),
    ],
)
def test_a_number_is_counted_under_its_label_and_no_other(
    printed: str, counters: dict[str, int], rules: RuleSet
) -> None:
    text = "\n".join([*HEAD, printed, *BODY, *FOOT])
    fields = parse_capture(Capture.of(text.encode()), rules).fields
    read = {
        f.name: f.value for f in fields if f.name in ("views", "comments", "likes", "shares") and f.value is not None
    }

    assert read == counters


def test_of_two_numbers_of_comments_the_one_nearer_the_headline_is_the_page_s(rules: RuleSet) -> None:
    text = "\n".join([*HEAD, "评论（12）", *BODY, "评论：340", *FOOT])
    counts = [f for f in parse_capture(Capture.of(text.encode()), rules).fields if f.name == "comments"]

    assert [(f.value, f.confidence) for f in counts] == [(12, Confidence.MEDIUM), (340, Confidence.MEDIUM)]


@pytest.mark.parametrize(
    ("line", "section"),
    [
        ("首页 > 新闻中心 > 县区动态", "县区动态"),
        ("您现在的位置：首页 > 新闻中心 > 县区动态 > 正文", "县区动态"),
        ("首页>>政务公开>>部门动态", "部门动态"),
        ("栏目：部门动态", "部门动态"),
        ("目前位置：首頁 › 市政新聞", "市政新聞"),
        ("首页", None),
    ],
)
def test_the_section_is_the_last_step_of_the_path_or_what_a_label_says(
    line: str, section: str | None, rules: RuleSet
) -> None:
    text = "\n".join([line, *HEAD[1:], *BODY, *FOOT])
    fields = parse_capture(Capture.of(text.encode()), rules).fields

    assert next((f.value for f in fields if f.name == "section"), None) == section


@pytest.mark.parametrize(
    ("footer", "found"),
    [
        (["主办：青禾县人民政府"], [("host_body", "青禾县人民政府")]),
        (["主办单位：青禾县政府　承办单位：县数据局"], [("host_body", "青禾县政府"), ("operator", "县数据局")]),
        (["主管：甲厅 主办：乙社"], [("supervising_body", "甲厅"), ("host_body", "乙社")]),
        (["陇ICP备12345678号-1"], [("icp", "陇ICP备12345678号-1")]),
        (["陇公网安备 62010202000001号"], [("public_security", "62010202000001")]),
        (["网站标识码：6201020001"], [("site_code", "6201020001")]),
        (["陇ICP备1234567号 网站标识码：62010200"], [("icp", "陇ICP备1234567号"), ("site_code", "62010200")]),
        (["互联网新闻信息服务许可证：62120230001"], [("news_licence", "62120230001")]),
        (["陇ICP备12345678号", "增值电信业务经营许可证：陇B2-20240001"], [("icp", "陇ICP备12345678号"), TELECOM]),
        (["增值电信业务经营许可证：陇B2-20240001"], [TELECOM]),
        (["信息网络传播视听节目许可证：2801234"], [AUDIOVISUAL]),
    ],
    ids=lambda value: str(value)[:30],
)  # fmt: skip
def test_the_footer_names_hosts_and_numbers(footer: list[str], found: list[tuple[str, str]], rules: RuleSet) -> None:
    text = "\n".join([*HEAD, *BODY, "责任编辑：张三", "打印", *footer])
    fields = parse_capture(Capture.of(text.encode()), rules).fields
    names = {"host_body", "operator", "supervising_body", *IDENTIFIERS}

    assert [(f.name, f.value) for f in fields if f.name in names] == found


def test_licences_and_hosts_are_not_read_from_the_text(rules: RuleSet) -> None:
    line = "全县有十二家企业取得 陇ICP备12345678号 备案，主办：县妇联，这是今年的新变化，也是各部门一起努力的结果。"
    text = "\n".join([*HEAD, BODY[0], line, BODY[1], *FOOT])
    fields = parse_capture(Capture.of(text.encode()), rules).fields

    assert [f.name for f in fields if f.name in ("icp", "host_body")] == []


ARTICLE = [
    "青禾县召开秋粮收购会议",
    "来源：青禾日报 2024-10-08",
    "会议指出，今年秋粮收购进展顺利，各地要加强管理。" * 4,
]


def hosts(lines: list[str], rules: RuleSet) -> list[tuple[State, str | int | None, str]]:
    """Return (state, value, text at its place) of each host that a page of these lines prints."""
    text = "\n".join(lines)
    fields = [f for f in parse_capture(Capture.of(text.encode()), rules).fields if f.name == "host_body"]
    return [(f.state, f.value, text[e.span.start : e.span.end]) for f in fields for e in f.evidence]


def test_a_footer_line_of_many_pages_is_found_in_its_place_on_each(rules: RuleSet) -> None:
    footer = ["Copyright 青禾网", "主办单位：青禾县人民政府"]
    first, second = hosts([*ARTICLE, *footer], rules), hosts(["", *ARTICLE, "2024", *footer], rules)
    assert first == second == [(State.STATED, "青禾县人民政府", "青禾县人民政府")]


def test_a_label_that_had_no_value_on_another_page_is_read_again(rules: RuleSet) -> None:
    footer = ["Copyright 青禾网", "主办单位："]
    assert [state for state, _, _ in hosts([*ARTICLE, *footer], rules)] == [State.PRINTED_EMPTY]
    assert hosts([*ARTICLE, *footer, "青禾县人民政府"], rules) == [(State.STATED, "青禾县人民政府", "青禾县人民政府")]
