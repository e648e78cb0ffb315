import pytest

from catalog.model.rule import RuleSet
from catalog.text.fold import fold_view
from catalog.text.names import NameFound, find_names, kind_of_name

LISTS = [
    ("张三", ["张三"]),
    ("张三、李四", ["张三", "李四"]),
    ("张三，李四；王五", ["张三", "李四", "王五"]),
    ("张三/李四", ["张三", "李四"]),
    ("张三 | 李四", ["张三", "李四"]),
    ("何俊笼 廖亚飞", ["何俊笼", "廖亚飞"]),
    ("张三\u00a0\u00a0李四", ["张三", "李四"]),
    ("高一涵 梁漱溟 于右任", ["高一涵", "梁漱溟", "于右任"]),
    ("张三和李四", ["张三", "李四"]),
    ("张三与李四", ["张三", "李四"]),
    ("张三丨李四", ["张三", "李四"]),
    # the same characters inside names
    ("王和平", ["王和平"]),
    ("李与文", ["李与文"]),
    ("张及第", ["张及第"]),
    ("李文", ["李文"]),
    ("王等", ["王等"]),
    # padding
    ("姚　盼", ["姚盼"]),
    ("李 娜", ["李娜"]),
    ("方 敏、李　娜", ["方敏", "李娜"]),
    ("姚 盼 李 娜", ["姚盼", "李娜"]),
    ("方 敏 李建国", ["方敏", "李建国"]),
    ("李建国 方 敏", ["李建国", "方敏"]),
    # names with ·, compound surnames, other scripts
    ("阿依古丽·买买提", ["阿依古丽·买买提"]),
    ("阿依古丽•买买提江 迪丽热巴‧艾力", ["阿依古丽·买买提江", "迪丽热巴·艾力"]),
    ("尼加提·库尔班江·艾则孜、张三", ["尼加提·库尔班江·艾则孜", "张三"]),
    ("欧阳修、司马光", ["欧阳修", "司马光"]),
    ("陳大文 歐陽菲", ["陳大文", "歐陽菲"]),
    ("John Smith, Mary O'Neil", ["John Smith", "Mary O'Neil"]),
    ("John Smith and Mary Jones", ["John Smith", "Mary Jones"]),
    ("Jean-Luc Moreau", ["Jean-Luc Moreau"]),
    # what stands around names
    ("张三等", ["张三"]),
    ("张三 李四 等", ["张三", "李四"]),
    ("张三、李四等人", ["张三", "李四"]),
    ("新华社记者张三", ["张三"]),
    ("本报记者 张三", ["张三"]),
    ("张三 通讯员 李四", ["张三", "李四"]),
    ("张三（实习）", ["张三"]),
    ("马丽（见习）、李四", ["马丽", "李四"]),
    ("席悦_RF7379", ["席悦"]),
    ("席悦（RF7379）", ["席悦"]),
    ("席悦 RF7379", ["席悦"]),
    ("席悦　UF_021　张三", ["席悦", "张三"]),
    ("席悦 0137", ["席悦"]),
    ("席悦 绘制:张三", ["席悦"]),
    ("张三 摄", ["张三"]),
    ("张三 文/图", ["张三"]),
    ("张三。", ["张三"]),
    ("·张三", ["张三"]),
    ("张三，青禾大学教授", ["张三"]),
    ("張三、李四 望潮大學研究員", ["張三", "李四"]),
    # nobody
    ("青禾县农业农村局局长", []),
    ("", []),
    ("、、", []),
    ("未知", []),
    ("佚名", []),
    ("网络整理", []),
    ("本站", []),
    ("责编", []),
    ("办公室", []),
    ("编辑部", []),
]


def names_in(text: str, rules: RuleSet) -> list[NameFound]:
    view = fold_view(text)
    return find_names(view, 0, len(view), rules.words)


@pytest.mark.parametrize(("printed", "names"), LISTS)
def test_a_list_of_names_gives_each_name_once_and_no_more(printed: str, names: list[str], rules: RuleSet) -> None:
    assert [n.name for n in names_in(printed, rules)] == names


@pytest.mark.parametrize(("printed", "names"), LISTS)
def test_a_name_stands_where_it_says(printed: str, names: list[str], rules: RuleSet) -> None:
    view = fold_view(printed)

    assert [view[n.start : n.end].replace(" ", "") for n in names_in(printed, rules)] == [
        n.replace(" ", "") for n in names
    ]


@pytest.mark.parametrize(
    ("name", "kind", "sure"),
    [
        ("张三", "person", True),
        ("歐陽菲", "person", True),
        ("阿依古丽·买买提江", "person", True),
        ("马克·吐温", "person", True),
        ("John Smith", "person", True),
        ("归来", "person", False),  # no surname: an account behind 发布者, a doubtful person elsewhere
        ("青禾县融媒体中心", "body", True),
        ("青禾县人民政府办公室", "body", True),
        ("望潮市政府新聞局", "body", True),
        ("01", "account", False),
        ("user_77", "account", False),
    ],
)
def test_a_name_is_of_the_kind_it_looks_like(name: str, kind: str, sure: bool, rules: RuleSet) -> None:
    assert kind_of_name(name, rules.words) == (kind, sure)


@pytest.mark.parametrize("name", ["admin", "管理员", "01", "xinwen2"])
def test_an_account_is_no_person(name: str, rules: RuleSet) -> None:
    assert [n.kind for n in names_in(name, rules)] == ["account"]


def test_names_outside_the_bounds_are_not_read(rules: RuleSet) -> None:
    view = "张三、李四、王五"

    assert [n.name for n in find_names(view, 3, 5, rules.words)] == ["李四"]


def test_a_name_longer_than_any_name_is_none(rules: RuleSet) -> None:
    assert names_in("甲" * 40, rules) == []
