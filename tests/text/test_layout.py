"""Layouts: what one site does that general rules cannot know."""

import shutil
from pathlib import Path

import pytest

from catalog.errors import BadRules
from catalog.model.capture import Capture
from catalog.model.rule import RuleSet
from catalog.rules.load import FOLDER, load_rules
from catalog.text.decode import decode
from catalog.text.labels import find_in
from catalog.text.layout import find_layout
from catalog.text.parse import parse_capture
from tests.reading import SAMPLES

LAYOUT = """
known_by = ["古叶广播网", "古叶电台呼号八零三"]

[values]
site_name = "古叶广播网"

[lists]
end_marks = ["本台播报完毕"]

[[label]]
id = "guye.editor"
field = "editor"
reads = "people"
words = ["剪"]
zones = ["credits", "dateline"]
glued = false
examples = [["剪：白玉堂", "白玉堂"]]
refuses = ["剪彩仪式"]

[[label]]
id = "guye.source"
field = "source"
reads = "source"
words = ["录自"]
zones = ["dateline"]
glued = false
examples = [["录自：雁鸣日报", "雁鸣日报"]]
"""
PAGE = """古叶广播网
雁鸣县图书馆新馆本月开馆迎客
2024-10-08 09:30　录自：雁鸣日报

　　雁鸣县图书馆新馆10月8日开馆，设有少儿阅览区和地方文献室，首日接待读者一千余人，借出图书三千多册。
　　馆长说，新馆周一至周日都开放，晚上开到九点，读者凭身份证就能借书，一次最多可以借走十册。
本台播报完毕
剪：白玉堂
　　明天的节目有农事天气、戏曲选段和听众点歌，请在早上六点半准时收听，我们在老频率上等您。
"""
MARK = "古叶电台呼号八零三"


def folder_with(layout: str, tmp_path: Path) -> Path:
    folder = tmp_path / "rules"
    for name in ("labels", "words"):
        shutil.copytree(FOLDER / name, folder / name)
    (folder / "layouts").mkdir()
    (folder / "layouts" / "guye.toml").write_text(layout, "utf-8")
    return folder


@pytest.fixture
def with_layout(tmp_path: Path) -> RuleSet:
    return load_rules(folder_with(LAYOUT, tmp_path))


def read(page: str, rules: RuleSet) -> dict[str, tuple[object, str]]:
    return {f.name: (f.value, f.asserted_by) for f in parse_capture(Capture.of(page.encode()), rules).fields}


def test_a_page_of_the_site_is_read_by_its_layout_and_says_so(with_layout: RuleSet) -> None:
    parsed = parse_capture(Capture.of((PAGE + MARK).encode()), with_layout)
    found = read(PAGE + MARK, with_layout)

    assert found["site_name"] == ("古叶广播网", "layout/guye")
    assert found["editor"] == ("白玉堂", "layout/guye")
    assert found["source"] == ("雁鸣日报", "layout/guye")
    assert found["title"] == ("雁鸣县图书馆新馆本月开馆迎客", f"rules/{with_layout.version}")
    assert parsed.body is not None
    assert parsed.body.text.endswith("十册。")
    for field in parsed.fields:
        for e in field.evidence:
            assert (PAGE + MARK)[e.span.start : e.span.end] == e.raw


def test_a_page_that_lacks_one_of_the_marks_is_read_by_general_rules_alone(
    with_layout: RuleSet, rules: RuleSet
) -> None:
    found = read(PAGE, with_layout)

    assert found == read(PAGE, rules)
    assert "editor" not in found
    assert not [by for _, by in found.values() if by.startswith("layout/")]


@pytest.mark.parametrize(
    ("change", "complaint"),
    [
        (("known_by", "known_as"), "no such key: known_as"),
        (('["古叶广播网", "古叶电台呼号八零三"]', "[]"), "known_by names the texts"),
        (("site_name =", "site_title ="), "no such field: site_title"),
        (("end_marks", "endings"), "no such list: endings"),
        (('"guye.editor"', '"zh.editor"'), r"an id begins with guye\. here: zh.editor"),
        (('reads = "people"', 'reads = "person"'), "no such reader"),
    ],
)
def test_a_wrong_layout_is_refused_by_name(change: tuple[str, str], complaint: str, tmp_path: Path) -> None:
    with pytest.raises(BadRules, match=complaint) as caught:
        load_rules(folder_with(LAYOUT.replace(*change), tmp_path))

    assert "guye.toml" in str(caught.value)


def test_each_layout_has_a_sample_and_its_labels_hold_their_examples(rules: RuleSet) -> None:
    texts = [decode(path.read_bytes()).text for path in SAMPLES.glob("*/*.txt")]

    assert rules.layouts
    for layout in rules.layouts:
        assert [text for text in texts if find_layout(text, rules) is layout], layout.site
        own = [rule for rule in layout.rules.labels if rule.id.startswith(f"{layout.site}.")]
        for rule in own:
            for line, values in rule.examples:
                found = [f.value for f in find_in(line, layout.rules) if f.evidence[0].rule == rule.id and f.value]
                assert tuple(found) == values
            for line in rule.refuses:
                assert not [f for f in find_in(line, layout.rules) if f.evidence[0].rule == rule.id]
