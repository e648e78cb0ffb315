import json
from pathlib import Path

import pytest

from catalog.errors import BadRules
from catalog.rules.load import FOLDER, LISTS, load_labels, load_rules
from catalog.text.labels import scan_line

GOOD = """
[[label]]
id = "zh.source"
field = "source"
reads = "source"
words = ["来源", "信息来源"]
zones = ["dateline"]
glued = true
examples = [["来源：青禾日报", "青禾日报"], ["来源：", []]]
refuses = ["资料来源：统计局"]
"""
SHAPE = """
[[pattern]]
id = "zh.icp"
field = "icp"
reads = "licence"
pattern = '云ICP备\\d{8}号'
zones = ["colophon"]
examples = [["云ICP备99010203号", "云ICP备99010203号"]]
"""
OTHER = GOOD.replace("zh.source", "zh.origin")


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "labels").mkdir()
    (tmp_path / "words").mkdir()
    lists: dict[str, list[str]] = {name: [] for name in LISTS} | {"lookalikes": ["资料来源"]}
    (tmp_path / "words" / "lists.toml").write_text(as_toml(lists), "utf-8")
    return tmp_path


def as_toml(lists: dict[str, list[str]]) -> str:
    return "\n".join(
        ["[lists]", *(f"{name} = {json.dumps(words, ensure_ascii=False)}" for name, words in lists.items())]
    )


def write(folder: Path, text: str, name: str = "zh.toml") -> None:
    (folder / "labels" / name).write_text(text, "utf-8")


def test_a_rule_comes_out_as_it_was_written(folder: Path) -> None:
    write(folder, GOOD + SHAPE)

    rules = load_rules(folder)

    (label,) = rules.labels
    assert (label.id, label.field, label.reads, label.glued) == ("zh.source", "source", "source", True)
    assert (label.words, label.zones) == (("来源", "信息来源"), ("dateline",))
    assert label.examples == (("来源：青禾日报", ("青禾日报",)), ("来源：", ()))
    assert label.refuses == ("资料来源：统计局",)
    assert rules.patterns[None][0].pattern.pattern == "云ICP备\\d{8}号"
    assert rules.patterns[None][0].refuses == ()
    assert rules.words == {name: {"资料来源"} if name == "lookalikes" else set() for name in LISTS}


def test_words_lead_to_their_rule_without_case_and_spaces(folder: Path) -> None:
    write(folder, GOOD.replace('"信息来源"', '"News Source"'))

    assert [rule.id for rule in load_rules(folder).by_word["newssource"]] == ["zh.source"]


def test_a_lookalike_hides_the_word_inside_it(folder: Path) -> None:
    write(folder, GOOD)

    rules = load_rules(folder)

    assert [hit.word for hit in scan_line("来源:青禾日报", rules)] == ["来源"]
    assert scan_line("资料来源:统计局", rules) == []
    assert "资料来源" not in rules.by_word


def test_a_list_may_be_spread_over_files(folder: Path) -> None:
    (folder / "words" / "more.toml").write_text('[lists]\nlookalikes = ["收入来源"]\n', "utf-8")

    assert load_rules(folder).words["lookalikes"] == {"资料来源", "收入来源"}


@pytest.mark.parametrize(
    ("text", "names"),
    [
        (GOOD.replace('field = "source"', 'field = "origin"'), ["zh.toml", "zh.source", "no such field: origin"]),
        (GOOD.replace('reads = "source"', 'reads = "medium"'), ["zh.toml", "zh.source", "no such reader: medium"]),
        (GOOD.replace('["dateline"]', '["dateline", "footer"]'), ["zh.toml", "zh.source", "no such zone: footer"]),
        (GOOD.replace('["dateline"]', "[]"), ["zh.source", "no zone"]),
        (GOOD.replace('["dateline"]', '"dateline"'), ["zh.source", "zones is a list"]),
        (GOOD.replace("glued = true\n", ""), ["zh.source", "missing: glued"]),
        (GOOD.replace("glued = true", 'glued = "yes"'), ["zh.source", "glued is true or false"]),
        (GOOD.replace("glued", "clued"), ["zh.source", "glued"]),
        (GOOD + 'seen = "somewhere"\n', ["zh.source", "no such key: seen"]),
        (GOOD.replace('id = "zh.source"\n', ""), ["zh.toml", "[[label]] number 1", "missing: id"]),
        (GOOD.replace('id = "zh.source"', "id = 7"), ["zh.toml", "an id is a text"]),
        (GOOD.replace('"信息来源"', '" 信息来源"'), ["zh.source", "blank around a word"]),
        (GOOD.replace('["来源", "信息来源"]', "[]"), ["zh.source", "no word"]),
        (GOOD.replace('["来源：", []]', '["来源："]'), ["zh.source", "an example is"]),
        (GOOD.replace('[["来源：青禾日报", "青禾日报"], ["来源：", []]]', "[]"), ["zh.source", "no example"]),
        (GOOD.replace('"信息来源"', '"资料来源"'), ["zh.source", "资料来源 is a look-alike too"]),
        (SHAPE.replace("\\d{8}", "(\\d{8}"), ["zh.icp", "pattern"]),
        (SHAPE.replace("云ICP备\\d{8}号", "\\d{0,8}"), ["zh.icp", "matches nothing"]),
        (SHAPE + 'needs = ["I"]\n', ["zh.icp", "needs is a text"]),
        (SHAPE + 'needs = "证"\n', ["zh.icp", "holds no character that it needs"]),
        (GOOD + GOOD, ["zh.source", "two rules have this id"]),
        (GOOD + OTHER, ["zh.origin", "来源 is a word of zh.source too"]),
        (GOOD.replace("[[label]]", "[[rule]]"), ["zh.toml", "no such table: rule"]),
        (GOOD.replace("[[label]]", "[[label]"), ["zh.toml"]),
    ],
)
def test_a_bad_file_is_named_with_its_entry(folder: Path, text: str, names: list[str]) -> None:
    write(folder, text)

    with pytest.raises(BadRules) as caught:
        load_rules(folder)

    assert [name for name in names if name not in str(caught.value)] == []


def test_one_word_may_mean_two_things_in_two_zones(folder: Path) -> None:
    write(folder, GOOD + OTHER.replace('"dateline"', '"colophon"'))

    assert [rule.id for rule in load_rules(folder).by_word["来源"]] == ["zh.source", "zh.origin"]


def test_a_language_without_a_file_is_named(folder: Path) -> None:
    with pytest.raises(BadRules, match=r"xx\.toml: no such rule file"):
        load_labels("xx", folder)


@pytest.mark.parametrize(
    ("lists", "complaint"),
    [
        ("[lists]\nchrome = [1]\n", r"more\.toml: chrome: a list of words"),
        ("[lists]\nchrom = ['打印']\n", r"more\.toml: no such list: chrom"),
        ("[lists]\nchrome = '打印'\n", r"more\.toml: chrome: a list of words"),
        ("[lists\n", r"more\.toml"),
    ],
)
def test_a_broken_word_list_is_named(folder: Path, lists: str, complaint: str) -> None:
    (folder / "words" / "more.toml").write_text(lists, "utf-8")

    with pytest.raises(BadRules, match=complaint):
        load_rules(folder)


def test_a_missing_word_list_is_named(folder: Path) -> None:
    (folder / "words" / "lists.toml").write_text(as_toml({name: [] for name in LISTS if name != "surnames"}), "utf-8")

    with pytest.raises(BadRules, match="no list: surnames"):
        load_rules(folder)


def test_every_language_file_loads_alone_and_names_itself_in_its_ids() -> None:
    for path in (FOLDER / "labels").glob("*.toml"):
        assert {rule.id.partition(".")[0] for rule in load_labels(path.stem)} == {path.stem}
