"""The first rule of CONTRIBUTING.md, followed as it is written."""

import re
import shutil
from pathlib import Path

import pytest

from catalog.rules import load
from catalog.rules.load import load_rules
from catalog.text.labels import find_in
from tests.reading import record_of_file

ROOT = Path(__file__).parents[1]
TEXT = (ROOT / "CONTRIBUTING.md").read_text("utf-8")
BLOCKS = re.findall(r"^```(\w+)\n(.*?)^```$", TEXT, re.DOTALL | re.MULTILINE)
PAGE, BEFORE, AFTER = [block for kind, block in BLOCKS if kind == "text"]
RULE = next(block for kind, block in BLOCKS if kind == "toml")


@pytest.fixture
def rules_folder(tmp_path: Path) -> Path:
    """Return a copy of the rules with the new one appended."""
    folder = tmp_path / "rules"
    shutil.copytree(load.FOLDER, folder, ignore=shutil.ignore_patterns("*.py", "__pycache__"))
    with (folder / "labels" / "zh.toml").open("a", encoding="utf-8") as file:
        file.write("\n" + RULE)
    return folder


def test_the_page_is_read_as_printed_before_and_after(tmp_path: Path, rules_folder: Path) -> None:
    page = tmp_path / "page.txt"
    page.write_text(PAGE, "utf-8")
    read = [
        [(agent["role"], agent["name"]) for agent in record_of_file(page, rules, tmp_path)["agents"]]
        for rules in (load_rules(), load_rules(rules_folder))
    ]

    assert [f"{agents}\n" for agents in read] == [BEFORE, AFTER]


def test_the_rule_keeps_what_it_says(rules_folder: Path) -> None:
    rules = load_rules(rules_folder)
    rule = next(rule for rule in rules.labels if rule.id == "zh.gatekeeper")

    for line, values in rule.examples:
        assert [f.value for f in find_in(line, rules, rule.zones[0]) if f.evidence[0].rule == rule.id] == list(values)
    for line in rule.refuses:
        assert rule.id not in [f.evidence[0].rule for f in find_in(line, rules, rule.zones[0])]


def test_without_glued_the_third_example_fails(rules_folder: Path) -> None:
    labels = rules_folder / "labels" / "zh.toml"
    text, rule = labels.read_text("utf-8"), RULE.replace("glued = true", "glued = false")
    labels.write_text(text.replace(RULE, rule), "utf-8")
    rules = load_rules(rules_folder)

    assert rule != RULE
    assert "zh.gatekeeper" not in [f.evidence[0].rule for f in find_in("把关沈一鸣", rules, "credits")]


@pytest.mark.parametrize("path", re.findall(r"`((?:catalog|db|tests)/[a-z_/.]*)`", TEXT))
def test_what_it_names_is_there(path: str) -> None:
    assert (ROOT / path).exists()
