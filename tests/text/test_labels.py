from collections.abc import Sequence

import pytest
from _pytest.mark.structures import ParameterSet

from catalog.model.field import Confidence, Field, State
from catalog.model.rule import RuleSet
from catalog.text.labels import find_in, scan_line

Read = Sequence[tuple[str, object]]

LINES: list[tuple[str, Read] | ParameterSet] = [
    # glued fields, nothing between them
    (
        "时间:2020-12-16 20:34:19来源:新华网作者:",
        [("published", "2020-12-16T20:34:19"), ("source", "新华网"), ("author", None)],
    ),
    ("来源：某局发布日期：2024-06-05", [("source", "某局"), ("published", "2024-06-05")]),
    ("浏览次数：290 次信息来源：甲局", [("views", 290), ("source", "甲局")]),
    ("来源：甲报2024-05-01 12:00", [("source", "甲报")]),
    ("题目 2023-08-19 来源：甲报", [("source", "甲报")]),
    # one line of a forum
    (
        "渠县 2016-11-6 15:20| 发布者: 归来| 查看: 1999| 评论: 0|原作者: 何俊笼 廖亚飞",
        [
            ("poster", "归来"),
            ("views", 1999),
            ("comments", 0),
            ("original_author", "何俊笼"),
            ("original_author", "廖亚飞"),
        ],
    ),
    # spaced labels
    ("来　源：新华网", [("source", "新华网")]),
    ("责 任 编 辑：张三", [("responsible_editor", "张三")]),
    ("监 审:韩世雄", [("supervising_reviewer", "韩世雄")]),
    ("索 引 号：9903-2024-0012", [("index_number", "9903-2024-0012")]),
    # nested labels: the longest speaks
    ("总监审:姚卜成", [("chief_supervising_reviewer", "姚卜成")]),
    ("责任编辑：张三", [("responsible_editor", "张三")]),
    ("原作者：张三", [("original_author", "张三")]),
    ("责任校对：张三", [("proofreader", "张三")]),
    ("发文字号：青政发〔2024〕12号", [("document_number", "青政发〔2024〕12号")]),
    ("字号：大 中 小", []),
    ("信息来源：甲局", [("source", "甲局")]),
    ("图片来源：甲社", []),
    ("资料来源：统计局", []),
    # glued values
    ("总监审姚卜成", [("chief_supervising_reviewer", "姚卜成")]),
    ("监 审韩世雄", [("supervising_reviewer", "韩世雄")]),
    ("责任编辑胡津瑞", [("responsible_editor", "胡津瑞")]),
    ("标签资讯播报\u00a0\u00a0\u00a0\u00a0", [("tag", "资讯播报")]),
    ("来源甲报", [("source", "甲报")]),
    # other marks
    ("来源|甲报", [("source", "甲报")]),
    ("来源 甲报", [("source", "甲报")]),
    ("责编/范吴瑕", [("responsible_editor", "范吴瑕")]),
    ("编辑丨张三 校对丨李四", [("editor", "张三"), ("proofreader", "李四")]),
    ("文/张三 图/李四", [("author", "张三"), ("photographer", "李四")]),
    ("浏览[1999]", [("views", 1999)]),
    ("查看（1999）", [("views", 1999)]),
    # brackets
    ("(责编:张三、李四)", [("responsible_editor", "张三"), ("responsible_editor", "李四")]),
    ("（责任编辑：王五）", [("responsible_editor", "王五")]),
    ("【责任编辑:王五】", [("responsible_editor", "王五")]),
    ("[责任编辑：王五　赵六]", [("responsible_editor", "王五"), ("responsible_editor", "赵六")]),
    ("【编辑:张三】 【纠错】", [("editor", "张三")]),
    ("责任编辑：张三[关闭][打印]", [("responsible_editor", "张三")]),
    # chains of review
    ("初审：张三 复审：李四 终审：王五", [("reviewer", "张三"), ("reviewer", "李四"), ("reviewer", "王五")]),
    ("一审：张三　二审：李四　三审：王五", [("reviewer", "张三"), ("reviewer", "李四"), ("reviewer", "王五")]),
    ("编辑：张三 责编：李四 审核：王五", [("editor", "张三"), ("responsible_editor", "李四"), ("reviewer", "王五")]),
    # a value on the next line, unless that line speaks for itself
    ("来源：\n新华网", [("source", "新华网")]),
    ("作者:\n\n张三", [("author", "张三")]),
    ("来源：\n作者：张三", [("source", None), ("author", "张三")]),
    ("来源：\n2024-05-01", [("source", None)]),
    # empty, and never rendered
    ("来源：", [("source", None)]),
    ("来源： 字号：大 中 小", [("source", None)]),
    ("作者：", [("author", None)]),
    ("浏览次数：", [("views", None)]),
    ("浏览：--", [("views", None)]),
    ("浏览次数：次", [("views", None)]),
    ("阅读：加载中", [("views", None)]),
    ("点击数：[]", [("views", None)]),
    ("作者：未知", [("author", None)]),
    # numbers
    ("浏览次数：0", [("views", 0)]),
    ("浏览次数：1,999", [("views", 1999)]),
    ("浏览次数：1.2万", [("views", 12000)]),
    ("阅读量：１０万＋", [("views", 100000)]),
    ("5人参与3条评论", [("comments", 3)]),
    ("已有0条评论", [("comments", 0)]),
    # traditional
    ("發布日期：109-12-16", [("published", "2020-12-16")]),
    ("點閱數：486", [("views", 486)]),
    ("發布單位：望潮市政府", [("issuing_body", "望潮市政府")]),
    ("聯絡人：陳先生", []),
    ("〔記者陳大文／台北報導〕", [("reporter", "陳大文")]),
    # accounts
    ("编辑：admin", [("editor", "admin")]),
    ("发布人：管理员", [("poster", "管理员")]),
    # words, not labels
    ("（三）审核把关。", []),
    ("编辑部", []),
    ("记者节", []),
    ("审核通过", []),
    ("作者单位：甲大学", []),
    ("责任编辑部", []),
    ("收入来源：务工", []),
    ("转载请注明出处：甲网", []),
    ("来源于生活", []),
    # footer
    (
        "主管:国家乡村振兴局 主办:《中国乡村振兴》杂志社 版权所有:中国乡村振兴网",
        [
            ("supervising_body", "国家乡村振兴局"),
            ("host_body", "《中国乡村振兴》杂志社"),
            ("copyright_holder", "中国乡村振兴网"),
        ],
    ),
    ("主办：甲局、乙局", [("host_body", "甲局"), ("host_body", "乙局")]),
    (
        "地址:甲市乙路1号 邮编:100028 投诉电话:(010)59195820",
        [("address", "甲市乙路1号"), ("postcode", "100028"), ("telephone", "(010)59195820")],
    ),
]

TEXTS = [str(row.values[0]) if isinstance(row, ParameterSet) else row[0] for row in LINES]


def read(text: str, rules: RuleSet) -> list[Field]:
    return find_in(text, rules)


@pytest.mark.parametrize(("line", "fields"), LINES)
def test_a_label_line_says_this_and_no_more(line: str, fields: Read, rules: RuleSet) -> None:
    assert [(f.name, f.value) for f in read(line, rules)] == fields


@pytest.mark.parametrize("line", TEXTS)
def test_evidence_reads_back_what_is_printed(line: str, rules: RuleSet) -> None:
    assert [e for f in read(line, rules) for e in f.evidence if line[e.span.start : e.span.end] != e.raw] == []


@pytest.mark.parametrize(
    ("line", "state"),
    [
        ("来源：", State.PRINTED_EMPTY),
        ("作者:", State.PRINTED_EMPTY),
        ("作者：　来源：甲报", State.PRINTED_EMPTY),
        ("浏览次数：", State.NOT_RENDERED),
        ("浏览次数：-", State.NOT_RENDERED),
        ("阅读：加载中", State.NOT_RENDERED),
        ("浏览次数：0", State.STATED),
        ("浏览次数：次", State.NOT_RENDERED),
    ],
)
def test_absent_is_not_empty_and_empty_is_not_zero(line: str, state: State, rules: RuleSet) -> None:
    assert read(line, rules)[0].state is state


@pytest.mark.parametrize(
    ("line", "trust"),
    [
        ("责任编辑：张三", Confidence.HIGH),
        ("责任编辑张三", Confidence.MEDIUM),
        ("责任编辑/张三", Confidence.MEDIUM),
        ("编辑：admin", Confidence.MEDIUM),
        ("發布日期：109-12-16", Confidence.MEDIUM),
    ],
)
def test_a_colon_is_trusted_more_than_nothing_and_a_name_more_than_an_account(
    line: str, trust: Confidence, rules: RuleSet
) -> None:
    assert read(line, rules)[0].confidence is trust


@pytest.mark.parametrize(
    ("line", "label"), [("监 审韩世雄", "监审"), ("责　任　编　辑：张三", "责任编辑"), ("Editor: huaxia", "editor")]
)
def test_a_label_is_kept_without_its_padding(line: str, label: str, rules: RuleSet) -> None:
    found = read(line, rules)[0].label

    assert found is not None
    assert found.lower() == label


def test_a_latin_label_is_kept_as_printed(rules: RuleSet) -> None:
    assert read("Editor: huaxia", rules)[0].label == "Editor"


def test_a_line_as_long_as_a_paragraph_holds_no_labels(rules: RuleSet) -> None:
    assert scan_line("会议听取了汇报" * 80 + "来源:甲报", rules) == []


def test_a_label_with_two_meanings_means_what_its_zone_says(rules: RuleSet) -> None:
    assert [f.name for f in find_in("主办：甲局", rules, "credits")] == []
    assert [f.name for f in find_in("主办：甲局", rules, "colophon")] == ["host_body"]
