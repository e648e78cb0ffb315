import pytest

from catalog.model.rule import RuleSet
from catalog.text.bylines import read_bylines
from catalog.text.lines import split_lines
from catalog.text.sheet import Sheet

TAIL = "10月7日上午，青禾县在北塬镇河湾村举办秋粮测产观摩会，全县十二个乡镇的种粮大户和农技人员到田间看苗情。"
People = list[str]


def people(text: str, rules: RuleSet) -> People:
    found = [f"{f.name} {f.value}" for f in read_bylines(split_lines(text), Sheet(text, rules, "c"))]
    return list(dict.fromkeys(found))  # a short text has its head and its end in one line


@pytest.mark.parametrize(
    ("head", "found"),
    [
        ("甲报青禾10月8日电（记者 张三）", ["reporter 张三"]),
        ("甲报青禾10月8日电（记者张三、李四）", ["reporter 张三", "reporter 李四"]),
        ("本报讯（记者 张三 通讯员 李四）", ["reporter 张三", "correspondent 李四"]),
        ("甲报讯（记者 张三 通讯员 李四 王五）", ["reporter 张三", "correspondent 李四", "correspondent 王五"]),
        (
            "云陵社青禾3月21日电（记者阿依古丽·买买提江、段思源 通讯员冯小禾）",
            ["reporter 阿依古丽·买买提江", "reporter 段思源", "correspondent 冯小禾"],
        ),
        ("（记者　欧阳澜　通讯员　李　娜）", ["reporter 欧阳澜", "correspondent 李娜"]),
        ("（记者　欧阳澜　通讯员　李　娜　摄影报道）", ["reporter 欧阳澜", "correspondent 李娜"]),
        ("〔記者陳大文／望潮報導〕", ["reporter 陳大文"]),
        ("（中央社記者陳大文望潮21日電）", ["reporter 陳大文"]),
        ("【本报记者 张三】", ["reporter 张三"]),
        ("甲社青禾10月8日电（张三 李四）", ["author 张三", "author 李四"]),  # no role is printed
        ("（图为观摩会现场）", []),
        ("记者在现场看到，", []),
        ("（以下简称《办法》）", []),
        ("据记者了解，", []),
        ("(청하=해오름통신) 한누리 기자 = ", ["reporter 한누리"]),
        ("甲报通讯员张三 记者李四报道 10月8日，", ["correspondent 张三", "reporter 李四"]),
        ("(청하=해오름통신) 한누리, 온새미 기자 = ", ["reporter 한누리", "reporter 온새미"]),
        ("한누리 기자 = ", ["reporter 한누리"]),
    ],
)  # fmt: skip
def test_the_head_of_an_article_names_its_reporters(head: str, found: People, rules: RuleSet) -> None:
    assert people(head + TAIL + "\n" + TAIL, rules) == found


@pytest.mark.parametrize("line", ["記者発表資料", "记者发布会", "記者會見", "记者提问"])
def test_what_reporters_get_is_no_reporter(line: str, rules: RuleSet) -> None:
    assert people(f"{line}\n{TAIL}\n{TAIL}", rules) == []


@pytest.mark.parametrize(
    ("end", "found"),
    [
        ("（张三）", ["author 张三"]),
        ("ことができます。【汐見花子】", ["author 汐見花子"]),
        ("（张三　李四）", ["author 张三", "author 李四"]),
        ("（文/图 张三）", ["author 张三"]),
        ("（阿依古丽·买买提江）", ["author 阿依古丽·买买提江"]),
        ("（记者 张三）", ["reporter 张三"]),
        ("（责任编辑：张三）", ["responsible_editor 张三"]),
        ("（来源：乙报）", ["source 乙报"]),
        ("（心血管内科 张三 李四）", ["author 张三", "author 李四"]),
        ("（縣農業農村局：張三）", ["author 張三"]),
        ("（北塬镇 张三）", ["author 张三"]),
        ("（张三 北塬镇政府）", ["author 张三"]),
        ("（文/张三 图片为作者拍摄）", ["author 张三"]),
        ("（文字/张三 图片/李四）", ["author 张三"]),
        ("（张三/文 李四/图）", ["author 张三"]),
        ("（张三 文/图）", ["author 张三"]),
        ("（张三、李四 图片由县融媒体中心提供）", ["author 张三", "author 李四"]),
        ("（党政办）", []),
        ("（水利站供稿）", []),
        ("（图片由张三提供）", []),
        ("（完）", []),
        ("（资料图）", []),
        ("（试行）", []),
        ("（下同）", []),
        ("（县气象局提供）", []),
        ("（以上均为化名）", []),
    ],
)
def test_a_bracket_at_the_end_of_an_article_names_its_makers(end: str, found: People, rules: RuleSet) -> None:
    assert people(TAIL + "\n" + TAIL + end, rules) == found


@pytest.mark.parametrize(
    ("line", "found"),
    [
        ("文/张三", ["author 张三"]),
        ("文 ｜ 张三", ["author 张三"]),
        ("文丨张三 李四", ["author 张三", "author 李四"]),
        ("图文/张三", ["author 张三"]),
        ("文 张三 图由县融媒体中心提供", ["author 张三"]),
        ("한누리 기자 hannuri@haeoreum.example", ["reporter 한누리"]),
        ("文、圖／張三", ["author 張三"]),
        ("张三 报道", ["author 张三"]),
        ("張三、李四 聯合報導", ["author 張三", "author 李四"]),
        ("张三 文/图", ["author 张三"]),
        ("張三／報導", ["author 張三"]),
        ("記者張三／望潮報導", ["reporter 張三"]),
        ("特约撰稿人 张三", ["reporter 张三"]),
        ("青禾+记者 张三", ["reporter 张三"]),
        ("文明创建进行时", []),
        ("本报综合报道", []),
        ("观摩会 现场报道", []),
    ],
)
def test_a_line_of_its_own_above_the_text_names_its_makers(line: str, found: People, rules: RuleSet) -> None:
    assert people(f"{line}\n{TAIL}\n{TAIL}\n{TAIL}\n{TAIL}", rules) == found


def test_a_name_in_a_bracket_in_the_middle_of_an_article_made_nothing(rules: RuleSet) -> None:
    lines = [
        TAIL,
        *(f"第{n}段：" + TAIL for n in range(4)),
        "村支书（张三）",
        *(f"第{n}块：" + TAIL for n in range(4, 8)),
        TAIL,
    ]

    assert people("\n".join(lines), rules) == []


def test_a_byline_reads_back_what_is_printed(rules: RuleSet) -> None:
    text = "　　云陵社青禾3月21日电（记者　李　娜、欧阳澜）" + TAIL
    evidence = [e for f in read_bylines(split_lines(text), Sheet(text, rules, "c")) for e in f.evidence]

    assert [text[e.span.start : e.span.end] for e in evidence] == ["李　娜", "欧阳澜"]
    assert [e.raw for e in evidence] == ["李　娜", "欧阳澜"]


@pytest.mark.parametrize(
    ("line", "rule"),
    [("Von Ebba Sund", "byline.abroad"), ("한누리 기자", "byline.abroad"), ("甲报记者 张三", "zh.byline.reporter")],
)
def test_a_byline_is_read_by_the_rule_of_its_script(line: str, rule: str, rules: RuleSet) -> None:
    fields = read_bylines(split_lines(f"{line}\n{TAIL}\n{TAIL}"), Sheet(line, rules, "c"))

    assert {place.rule for f in fields for place in f.evidence} == {rule}
