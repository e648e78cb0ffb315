from pathlib import Path

import pytest

from catalog.model.rule import RuleSet
from tests.quality.__main__ import measure, table
from tests.quality.floors import as_toml, fallen, load_floors, raised
from tests.quality.pages import SETS
from tests.quality.score import FIELDS, Tally, noted_body, score_page


@pytest.fixture(scope="module")
def reached(rules: RuleSet) -> dict[str, dict[str, Tally]]:
    """Return set -> field -> tally; the real captures only where they are there."""
    return measure(rules)


@pytest.mark.parametrize("pages", SETS)
def test_no_field_is_below_its_floor(pages: str, reached: dict[str, dict[str, Tally]]) -> None:
    if pages not in reached:
        pytest.skip("the real captures are not beside the project")
    floors, _ = load_floors()
    print(*table({pages: reached[pages]}, floors), sep="\n")  # pytest -s shows it

    assert fallen(floors, {pages: reached[pages]}) == []


def test_every_field_has_a_floor_on_every_set() -> None:
    floors, _ = load_floors()

    assert {name: set(sets) for name, sets in floors.items()} == {name: set(SETS) for name in FIELDS}


NOTE = {
    "id": "甲", "is_article": True, "title": "甲县 举办\u00ad观摩会", "published": "2024-10-08", "source": "甲报",
    "authors": ["张三", "李四"], "editors": {"责编": ["王五_RF7379"]}, "views": 12, "comments": None,
    "site_name": None, "site_name_unlabelled": "甲网", "authors_ignore": ["甲网"],
    "body_first": "今天", "body_last": "结束。", "body_chars": 9, "body_repeats": 1,
}  # fmt: skip
TEXT = "甲县举办观摩会\n今天开会，会议结束。\n今天"
RECORD = {
    "kind": "article", "title": "甲县举办观摩会", "published": "2024-10-08T09:30", "source": "甲報",
    "site_name": "甲网",
    "agents": [
        {"role": "author", "name": "张三"}, {"role": "reporter", "name": "甲网"}, {"role": "author", "name": "赵六"},
        {"role": "responsible_editor", "name": "王五"},
    ],
    "counters": {"comments": 0}, "body": {"text": "今天开会，会议结束。", "repeats": 1},
}  # fmt: skip


@pytest.mark.parametrize(
    ("name", "tally"),
    [
        ("is_article", (1, 0, 0)),
        ("title", (1, 0, 0)),  # white space and soft hyphens do not count
        ("published", (1, 0, 0)),  # read more precisely than noted
        ("source", (0, 1, 1)),
        ("site_name", (0, 0, 0)),  # allowed, not wanted
        ("authors", (1, 1, 1)),  # one right, one ignored, one too many, one missed
        ("editors", (1, 0, 0)),
        ("views", (0, 0, 1)),
        ("comments", (0, 1, 0)),  # noted as absent, read as 0
        ("body", (1, 0, 0)),
        ("repeats", (1, 0, 0)),
    ],
)
def test_a_page_is_scored_like_this(name: str, tally: tuple[int, int, int]) -> None:
    assert score_page(NOTE, RECORD, TEXT)[name] == Tally(*tally)


def test_a_less_precise_time_than_noted_is_wrong() -> None:
    note = NOTE | {"published": "2024-10-08T09:30:15"}

    assert score_page(note, RECORD, TEXT)["published"] == Tally(0, 1, 1)


def test_a_page_that_is_no_article_counts_for_nothing_else() -> None:
    assert score_page(NOTE | {"is_article": False}, RECORD, TEXT) == {"is_article": Tally(0, 1, 0)}


def test_half_a_body_is_half_right() -> None:
    record = RECORD | {"body": {"text": "今天开会，", "repeats": 1}}

    assert 0.2 < score_page(NOTE, record, TEXT)["body"].f1 < 0.7


def test_of_two_places_the_one_of_the_noted_length_is_the_body() -> None:
    note = NOTE | {"body_chars": 5}

    assert noted_body(note, "今天甲乙丙丁戊己结束。今天，结束。", 6) == "今天，结束。"


def test_a_body_that_is_not_on_the_page_is_an_error_of_the_note() -> None:
    with pytest.raises(ValueError, match="甲"):
        noted_body(NOTE, "别的", 9)


def tallies(f1: float) -> dict[str, dict[str, Tally]]:
    return {"samples": dict.fromkeys(FIELDS, Tally(f1, 1 - f1, 1 - f1))}


def test_an_update_raises_floors_and_lowers_none_unless_told_to() -> None:
    old = {name: {"samples": 0.9, "learn": 0.5} for name in FIELDS}

    assert raised(old, tallies(0.95))["title"] == {"samples": 0.95, "learn": 0.5}
    assert raised(old, tallies(0.7))["title"] == {"samples": 0.9, "learn": 0.5}
    assert raised(old, tallies(0.7), lower=True)["title"] == {"samples": 0.7, "learn": 0.5}
    assert raised({}, tallies(0.7), slack=0.1)["title"] == {"samples": 0.6}


def test_what_is_below_its_floor_is_named() -> None:
    old = {name: {"samples": 0.9} for name in FIELDS}

    assert fallen(old, tallies(0.9)) == []
    assert fallen(old, tallies(0.89))[0] == "is_article on samples: 0.890, floor 0.900"


def test_floors_come_back_from_their_file(tmp_path: Path) -> None:
    floors = raised({}, tallies(0.7129))
    path = tmp_path / "floors.toml"
    path.write_text(as_toml(floors, "abc"), "utf-8")

    assert load_floors(path) == (floors, "abc")
