import re
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from re import _parser  # type: ignore[attr-defined]  # the only thing that knows what is in a pattern

import pytest

from catalog.model.field import Field, State
from catalog.model.rule import PatternRule
from catalog.rules.load import Rule, load_rules
from catalog.text.fold import fold_view
from catalog.text.labels import find_in

RULE_SET = load_rules()
SAMPLES = Path(__file__).parents[2] / "samples"
RULES: tuple[Rule, ...] = (*RULE_SET.labels, *RULE_SET.patterns[None])
EXAMPLES = [(rule.id, rule.zones[0], text, values) for rule in RULES for text, values in rule.examples]
LOOKALIKES = [(rule.id, rule.zones[0], text) for rule in RULES for text in rule.refuses]
WORDS = [(rule.id, word) for rule in RULE_SET.labels for word in rule.words]
LONGEST_REPEAT = 200  # of a pattern: no licence line in the captures is longer than 160 characters


def values_of(fields: Iterable[Field], rule_id: str) -> list[str | int]:
    """Return what one rule read, in the page's order."""
    found = [f for f in fields if f.evidence[0].rule == rule_id and f.value is not None]
    return [f.value for f in sorted(found, key=lambda f: f.evidence[0].span) if f.value is not None]


@pytest.mark.parametrize(("rule_id", "zone", "text", "values"), EXAMPLES)
def test_a_rule_reads_its_example(rule_id: str, zone: str, text: str, values: Sequence[str | int]) -> None:
    fields = find_in(text, RULE_SET, zone)

    assert values_of(fields, rule_id) == list(values)
    assert rule_id in [f.evidence[0].rule for f in fields], "the label itself is not found"


@pytest.mark.parametrize(("rule_id", "zone", "text"), LOOKALIKES)
def test_a_rule_refuses_its_lookalike(rule_id: str, zone: str, text: str) -> None:
    fields = find_in(text, RULE_SET, zone)

    assert rule_id not in [f.evidence[0].rule for f in fields]


@pytest.mark.parametrize(("rule_id", "zone", "text"), [e[:3] for e in EXAMPLES])
def test_an_example_reads_back_what_its_evidence_says(rule_id: str, zone: str, text: str) -> None:
    found = [f for f in find_in(text, RULE_SET, zone) if f.evidence[0].rule == rule_id]

    assert [f for f in found for e in f.evidence if text[e.span.start : e.span.end] != e.raw] == []


@pytest.mark.parametrize(("rule_id", "zone", "text"), [e[:3] for e in EXAMPLES if e[3] == ()])
def test_a_label_without_a_value_is_empty_and_not_absent(rule_id: str, zone: str, text: str) -> None:
    states = [f.state for f in find_in(text, RULE_SET, zone) if f.evidence[0].rule == rule_id]

    assert states
    assert set(states) <= {State.PRINTED_EMPTY, State.NOT_RENDERED}


def test_a_word_is_written_as_the_folded_view_shows_it() -> None:
    assert [(rule_id, word) for rule_id, word in WORDS if fold_view(word) != word] == []


def test_a_han_word_has_no_spaces_inside() -> None:
    assert [(rule_id, word) for rule_id, word in WORDS if re.search(r"[\u4e00-\u9fff] +[\u4e00-\u9fff]", word)] == []


def test_list_words_are_compared_in_lower_case() -> None:
    lists = {name: words for name, words in RULE_SET.words.items() if name != "stops"}

    assert [(name, word) for name, words in lists.items() for word in words if word != word.lower()] == []


@pytest.mark.parametrize(
    ("text", "rule_id", "value"),
    [
        ("总监审：姚小成", "zh.chief_supervising_reviewer", "姚小成"),
        ("责任编辑：江小鱼", "zh.responsible_editor", "江小鱼"),
        ("原作者：何大川", "zh.original_author", "何大川"),
        ("发布时间：2024-06-05", "zh.published", "2024-06-05"),
        ("责任校对：丁一凡", "zh.proofreader", "丁一凡"),
        ("发文字号：青政办发〔2024〕17号", "zh.document_number", "青政办发〔2024〕17号"),
        ("值班主编：上官云起", "zh.duty_editor", "上官云起"),
        ("總監製：歐陽明", "zh-hant.executive_producer", "歐陽明"),
        ("Editor-in-chief: Owen Tallis", "en.chief_editor", "Owen Tallis"),
        ("Ответственный редактор: Марина Лесникова", "ru.responsible_editor", "Марина Лесникова"),
    ],
)
def test_a_long_label_is_never_read_as_the_short_one_inside_it(text: str, rule_id: str, value: str) -> None:
    assert [(f.evidence[0].rule, f.value) for f in find_in(text, RULE_SET)] == [(rule_id, value)]


@pytest.mark.parametrize(
    "field", ["responsible_editor", "supervising_reviewer", "poster", "views", "published", "source"]
)
def test_no_language_may_trust_a_label_in_running_text(field: str) -> None:
    zones = {zone for rule in RULES if rule.field == field for zone in rule.zones}

    assert not zones & {"body", "related"}


@pytest.mark.parametrize(
    "field", ["host_body", "supervising_body", "operator", "copyright_holder", "icp", "public_security", "news_licence"]
)
def test_hosts_and_licences_are_trusted_from_the_footer_alone(field: str) -> None:
    assert {zone for rule in RULES if rule.field == field for zone in rule.zones} == {"colophon"}


def repeats(parsed: _parser.SubPattern, inside: int = 1) -> Iterator[tuple[int, int]]:
    """Yield (how often at most, how many repeats around it) of each repeat of a parsed pattern."""
    for operator, argument in parsed:
        name = str(operator)
        if name in ("MAX_REPEAT", "MIN_REPEAT", "POSSESSIVE_REPEAT"):
            _, most, body = argument
            if most > 1:
                yield int(most), inside
            yield from repeats(body, inside + (most > 8))
        elif name == "SUBPATTERN":
            yield from repeats(argument[-1], inside)
        elif name == "BRANCH":
            for branch in argument[1]:
                yield from repeats(branch, inside)
        elif name in ("ASSERT", "ASSERT_NOT"):
            yield from repeats(argument[1], inside)


@pytest.fixture(scope="module")
def printed() -> str:
    return fold_view("\n".join(path.read_text("utf-8", "replace") for path in sorted(SAMPLES.rglob("*.txt"))))


@pytest.mark.parametrize("rule", [rule for rule in RULE_SET.patterns[None] if rule.needs], ids=lambda rule: rule.id)
def test_every_match_of_a_pattern_holds_a_character_that_it_needs(rule: PatternRule, printed: str) -> None:
    text = "\n".join([printed, *(fold_view(line) for one in RULE_SET.patterns[None] for line, _ in one.examples)])

    found = [m[0] for m in rule.pattern.finditer(text)]

    assert found
    assert [match for match in found if rule.needs.isdisjoint(match)] == []


@pytest.mark.parametrize("rule", RULE_SET.patterns[None], ids=lambda rule: rule.id)
def test_a_pattern_cannot_be_made_slow_by_a_page(rule: PatternRule) -> None:
    for most, depth in repeats(_parser.parse(rule.pattern.pattern)):
        assert most <= LONGEST_REPEAT
        assert depth == 1, "a repeat inside a repeat"
