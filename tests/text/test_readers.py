from collections.abc import Sequence

import pytest
from _pytest.mark.structures import ParameterSet

from catalog.model.field import State
from catalog.model.rule import RuleSet
from catalog.text.fold import fold_view
from catalog.text.readers import READERS

Value = str | int | None

TABLE: list[tuple[str, str, Sequence[Value]] | ParameterSet] = [
    ("date", "2020-12-16 20:34:19来源", ["2020-12-16T20:34:19"]),
    ("date", "（2020年12月16日）", ["2020-12-16"]),
    ("date", "昨天", []),
    ("date", "甲报 2020-12-16", []),
    ("date", "", []),
    ("source", "新华网", ["新华网"]),
    ("source", "《甲日报》", ["《甲日报》"]),
    ("source", "甲报 打印 关闭", ["甲报"]),
    ("source", "甲报（2024年5月1日第3版）", ["甲报"]),
    ("source", "甲报2024-05-01 12:00", ["甲报"]),
    ("source", "甲县 乙局", ["甲县 乙局"]),
    ("source", "本网综合。", []),
    ("source", "甲" * 61, []),
    ("source", "12", []),
    ("source", "--", []),
    ("source", "未知", []),
    ("source", "", []),
    ("people", "张三、李　娜", ["张三", "李娜"]),
    ("people", "张三 [打印]", ["张三"]),
    ("people", "阿依古丽·买买提江", ["阿依古丽·买买提江"]),
    ("people", "张三" + "。" * 130, []),
    ("account", "归来", ["归来"]),
    ("account", "admin", ["admin"]),
    ("account", "张三、李四", ["张三、李四"]),
    ("account", "甲" * 41, []),
    ("account", "", []),
    ("bodies", "甲县人民政府", ["甲县人民政府"]),
    ("bodies", "甲县人民政府、乙局", ["甲县人民政府", "乙局"]),
    ("bodies", "© 2003-2024 甲网", ["甲网"]),
    ("bodies", "2024", []),
    ("bodies", "田园社 互联网新闻信息服务许可证：99120230617", ["田园社"]),
    ("bodies", "青禾县政府办公室 © 青禾县人民政府网", ["青禾县政府办公室"]),
    ("bodies", "青禾新闻网 陇ICP备12345678号-1", ["青禾新闻网"]),
    ("bodies", "青禾传媒有限公司 版权所有", ["青禾传媒有限公司"]),
    ("bodies", "望潮通訊社版權所有", ["望潮通訊社"]),
    ("bodies", "Deichamt Nordufer 1999-2021", ["Deichamt Nordufer"]),
    ("bodies", "All rights reserved", []),
    ("bodies", "陇ICP备12345678号-1", []),
    ("bodies", "", []),
    ("count", "1999", [1999]),
    ("count", "[1,999]次", [1999]),
    ("count", "共 12 人", [12]),
    ("count", "约1.2万", [12000]),
    ("count", "加载中", [None]),
    ("count", "--", [None]),
    ("count", "很多", []),
    ("text", "  甲 乙  ", ["甲 乙"]),
    ("text", "", []),
    ("text", "-", []),
    ("tags", "甲 乙、丙，丁;戊", ["甲", "乙", "丙", "丁", "戊"]),
    ("tags", "#甲 #乙", ["甲", "乙"]),
    ("tags", "阿克苏·乌什", ["阿克苏·乌什"]),
    ("tags", "", []),
    ("breadcrumb", "首页 > 新闻中心 > 县区动态", ["首页", "新闻中心", "县区动态"]),
    ("breadcrumb", "首页>>政务公开>>部门动态>>正文", ["首页", "政务公开", "部门动态"]),
    ("breadcrumb", "凤凰山下 首页 党政风采 渠县 查看内容", ["凤凰山下", "首页", "党政风采", "渠县"]),
    ("breadcrumb", "首页 › 新聞 › 市政新聞", ["首页", "新聞", "市政新聞"]),
    ("breadcrumb", "", []),
    ("phone", "(010)59195820", ["(010)59195820"]),
    ("phone", "0818-2338133 0818-3339805", ["0818-2338133", "0818-3339805"]),
    ("phone", "0818-2338133、0818-3339805", ["0818-2338133", "0818-3339805"]),
    ("phone", "+86 10 5919 5820", ["+86 10 5919 5820"]),
    ("phone", "12345", ["12345"]),
    ("phone", "110", []),
    ("phone", "", []),
    ("postcode", "100028", ["100028"]),
    ("postcode", "1000281", []),
    ("postcode", "邮编", []),
    ("email", "请寄 news@example.org 收", ["news@example.org"]),
    ("email", "news@", []),
    ("licence", " 京B2-2024 0091 ", ["京B2-20240091"]),
    ("licence", " : ", []),
]  # fmt: skip


@pytest.mark.parametrize(("reader", "printed", "values"), TABLE)
def test_a_reader_gives_the_values_of_a_text(
    reader: str, printed: str, values: Sequence[Value], rules: RuleSet
) -> None:
    view = fold_view(printed)

    assert [f.value for f in READERS[reader](view, 0, len(view), rules.words)] == values


@pytest.mark.parametrize("reader", sorted(READERS))
@pytest.mark.parametrize(
    "printed",
    [
        "来源：甲报　作者：张三、李四",
        "2020-12-16 1,999 010-59195820 a@example.org",
        "首页 > 甲 > 乙",
        "(c) 甲、乙;丙|丁",
        " ",
        "",
    ],
)
def test_a_reader_stays_inside_its_bounds(reader: str, printed: str, rules: RuleSet) -> None:
    view = fold_view(printed)
    start, end = len(view) // 4, 3 * len(view) // 4

    found = READERS[reader](view, start, end, rules.words)

    assert [f for f in found if not start <= f.start <= f.end <= end] == []


@pytest.mark.parametrize("printed", ["加载中", "--", "次", "...", "[]"])
def test_a_count_that_a_script_should_have_filled_is_not_rendered(printed: str, rules: RuleSet) -> None:
    (found,) = READERS["count"](printed, 0, len(printed), rules.words)

    assert found.state is State.NOT_RENDERED


@pytest.mark.parametrize("reader", sorted(READERS))
def test_every_reader_is_used_by_a_rule_or_by_the_parser(reader: str, rules: RuleSet) -> None:
    assert reader in {*(r.reads for r in rules.labels), *(r.reads for r in rules.patterns[None]), "breadcrumb"}
