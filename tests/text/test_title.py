import pytest

from catalog.model.rule import RuleSet
from catalog.text.candidates import headline_in
from catalog.text.classify import classify
from catalog.text.fold import fold_view
from catalog.text.line_words import pieces
from catalog.text.lines import split_lines
from catalog.text.segments import find_zones
from catalog.text.title import trim_title

BODY = [
    "　　10月7日上午，青禾县在北塬镇河湾村举办秋粮测产观摩会，全县十二个乡镇的种粮大户和农技人员到田间看苗情。",
    "　　技术员按照五点取样的办法现场收割、脱粒、称重，并把每一块田的结果写在公示板上，供大家核对和比较。",
]
META = "发布时间：2024-10-08 09:30　来源：甲报"
TITLE = "青禾县举办秋粮测产观摩会"


def title_of(lines: list[str], rules: RuleSet) -> str | None:
    page = find_zones([classify(line, rules) for line in split_lines("\n".join(lines))])
    return None if page.title is None else page.seen[page.title.first].view


@pytest.mark.parametrize(
    "head",
    [
        [TITLE, META],
        ["首页 > 新闻中心", TITLE, META],
        [META, TITLE],
        ["秋收时节话丰年", TITLE, META],  # a kicker above
        [TITLE, "——河湾村现场见闻", META],  # a subtitle below
        [TITLE, "全县十二个乡镇到田间看苗情", META],
        ["新闻中心", TITLE, META],
        ["河湾村秋收观察②", TITLE, META],
        ["北塬镇秋粮测产系列报道之三", TITLE, META],
        ["［秋糧測產進行時］", TITLE, META],
        [META, "县里的事", "分享", "微信", "打印", "评论", "收藏", "58", TITLE],
        ["县区动态", "青禾县人民政府", TITLE, META],
        [TITLE, "打印", "关闭", META],
        ["热门推荐", "雁鸣县新图书馆开馆", "防汛演练举行", "首页 > 新闻", TITLE, META],
        [TITLE],
        [TITLE, TITLE, META],
        ["巩固成果 全面推进", "巩固成果 全面推进", TITLE, META],
        ["青禾农业网 种植 秋粮 正文", TITLE, META],  # a path set with blanks
        ["分 类 农业生产", TITLE, META],
        [TITLE, "青禾日报", META],  # who printed it
        [TITLE, *["分享到", "微信", "微博", "字号", "大", "中", "小"] * 2, META],
    ],
    ids=lambda head: " / ".join(head)[:40],
)
def test_the_headline_is_found_among_its_neighbours(head: list[str], rules: RuleSet) -> None:
    assert title_of([*head, "", *BODY], rules) == TITLE


@pytest.mark.parametrize(
    "title",
    [
        "关于印发《青禾县秋粮测产办法》的通知",
        "图解：一张图看懂秋粮测产",
        "秋粮怎么测？来看观摩会！",
        "【乡村振兴】青禾县举办秋粮测产观摩会",
        "青禾：测产",
        "10月7日，青禾县举办观摩会",
        "2024年青禾县秋粮测产公报",
        "青禾县举办秋粮测产观摩会（2024年第12期）",
        "青禾縣舉辦秋糧測產觀摩會",
        "青禾县召开“不误农时、颗粒归仓”秋粮测产观摩会暨“种粮大户”交流会",
        "县领导到田间参加秋粮测产观摩会，与种粮大户、农技人员一起看苗情",
    ],
)
def test_a_headline_of_any_shape_is_found(title: str, rules: RuleSet) -> None:
    assert title_of(["首页 > 新闻中心", title, META, "", *BODY], rules) == fold_view(title)


def test_a_line_behind_dashes_is_never_the_headline(rules: RuleSet) -> None:
    head = ["首页 > 要闻", "掰开一只石榴数一数", "——青禾县第十二届秋粮测产观摩会侧记", META]

    assert title_of([*head, "", *BODY], rules) == "掰开一只石榴数一数"


@pytest.mark.parametrize(
    ("head", "title"),
    [
        (
            ["岁稔年丰田野里新气象新收成", "青禾县举办秋粮测产观摩会"],
            "青禾县举办秋粮测产观摩会",
        ),  # a kicker: longer, and of the harvest at large
        (["青禾县举办秋粮测产观摩会", "全县十二个乡镇到田间看苗情"], "青禾县举办秋粮测产观摩会"),  # a subtitle
        (
            ["青禾：秋粮测产观摩会开进了田间", "种粮大户和农技人员看苗情"],
            "青禾:秋粮测产观摩会开进了田间",
        ),  # no kicker has a colon
    ],
)
def test_of_two_lines_above_the_label_line_the_longer_one_that_says_less_is_no_headline(
    head: list[str], title: str, rules: RuleSet
) -> None:
    assert title_of(["首页 > 要闻", *head, META, "", *BODY], rules) == title


@pytest.mark.parametrize("lines", [[], ["打印", "关闭"], ["首页 > 新闻中心"]])
def test_a_page_without_text_has_no_headline(lines: list[str], rules: RuleSet) -> None:
    assert title_of(lines, rules) is None


@pytest.mark.parametrize(
    ("view", "trimmed"),
    [
        ("· 青禾县举办观摩会", "青禾县举办观摩会"),
        ("> 青禾县举办观摩会 |", "青禾县举办观摩会"),
        ("青禾县举办观摩会", "青禾县举办观摩会"),
        ("#青禾县举办观摩会#", "青禾县举办观摩会"),
        ("青禾·雁鸣两县会商", "青禾·雁鸣两县会商"),
    ],
)
def test_ornaments_around_a_headline_are_no_part_of_it(view: str, trimmed: str) -> None:
    start, end = trim_title(view)

    assert view[start:end] == trimmed


@pytest.mark.parametrize(
    ("one", "other", "shared"),
    [
        ("青禾县测产", "青禾县", 2),
        ("青禾县，测产", "青禾县测产", 4),
        ("The harbour authority", "harbour authority", 2),
        ("青禾", "雁鸣", 0),
        ("", "青禾", 0),
    ],
)
def test_texts_are_compared_by_pairs_of_characters_or_by_words(one: str, other: str, shared: int) -> None:
    assert (pieces(one) & pieces(other)).total() == shared


def test_a_headline_of_two_characters_above_its_label_line_is_the_headline(rules: RuleSet) -> None:
    assert title_of(["首页 > 副刊", "便条", META, "", *BODY], rules) == "便条"


@pytest.mark.parametrize(
    "title",
    ["青禾县长记者见面会实录（2024年10月7日）", "2024年10月7日青禾县秋粮测产快报", "测产观摩会纪要（10月7日）"],
)
def test_a_date_in_words_may_belong_to_the_headline(title: str, rules: RuleSet) -> None:
    assert title_of(["首页 > 新闻中心", title, META, "", *BODY], rules) == fold_view(title)


def test_a_part_of_the_text_is_no_headline_though_the_text_repeats_it(rules: RuleSet) -> None:
    part = "测产怎么测"
    text = ["以下是观摩会的介绍，供没有到场的农户参考和学习。", part, f"{part}？技术员一一示范。", *BODY]

    assert title_of(["首页 > 新闻中心", "秋粮测产观摩会问答", META, "", *text], rules) == "秋粮测产观摩会问答"


def joined_title(lines: list[str], rules: RuleSet) -> str:
    page = find_zones([classify(line, rules) for line in split_lines("\n".join(lines))])
    assert page.title is not None
    return "".join(one.view for one in page.seen[page.title.first : page.title.last + 1])


@pytest.mark.parametrize("cell", [["名称：{}"], ["标题", "{}"]])
def test_a_headline_over_two_lines_is_known_by_the_index_table(cell: list[str], rules: RuleSet) -> None:
    title = "青禾县农业农村局2024年秋粮测产工作年度报告"
    table = ["索引号：QH01/2024-0007", *(line.format(title) for line in cell), "发布日期：2024-10-08"]

    assert joined_title([*table, title[:16], title[16:], META, "", *BODY], rules) == title


def test_a_bar_of_sections_is_no_headline(rules: RuleSet) -> None:
    assert title_of(["晚报首页|青禾|国内|国际|体育|测产", TITLE, "——河湾村见闻", META, "", *BODY], rules) == TITLE


@pytest.mark.parametrize("above", ["一键登录", "打造丰收之乡"])
def test_what_stands_above_a_whole_title_of_a_document_is_no_part_of_it(above: str, rules: RuleSet) -> None:
    title = "关于举办秋粮测产观摩会的通知"

    assert joined_title([above, title, META, "", *BODY], rules) == title


@pytest.mark.parametrize(
    "lines",
    [["青禾县农业农村局", "关于举办秋粮测产观摩会的", "通知"], ["青禾县秋粮测产工作", "领导小组办公室", "通 告"]],
)
def test_the_title_of_a_document_may_be_set_over_lines(lines: list[str], rules: RuleSet) -> None:
    assert joined_title(["首页 > 公告", *lines, META, "", *BODY], rules) == "".join(lines)


def test_a_label_may_give_the_headline(rules: RuleSet) -> None:
    page = find_zones(
        [classify(line, rules) for line in split_lines("\n".join(["来信标题：秋粮测产在哪里", META, *BODY]))]
    )

    assert page.title is not None
    assert headline_in(page.seen[page.title.first]) == (5, 12)
