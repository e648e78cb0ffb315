"""Who wins: a cataloguer, then --set, then a site's layout, then the general rules, in whatever order they speak."""

from itertools import combinations
from pathlib import Path

import pytest

from catalog.errors import UsageError
from catalog.model.field import Confidence, Field, State
from catalog.model.record import CaptureFacts, Record
from catalog.services.changes import read_change
from catalog.services.records import load_record
from catalog.services.tag import apply_changes, values_of
from catalog.services.undo import apply_undo, plan_undo
from catalog.store.open import open_reader, open_writer
from catalog.text.record import build_record
from tests.pages import dump, ingest, page, ports, rows, write_pages

SAID_BY = ("rules/2026-11.3", "layout/qinghe", "set:ingest", "cataloguer:li.si")  # the least first
PAIRS = list(combinations(SAID_BY, 2))
SINGLE = [
    ("title", "甲", "乙"), ("published", "2024", "2025"), ("views", 0, 9), ("topic", "甲", "乙"),
    ("kind", "other", "listing"),
]  # fmt: skip
MANY = ("responsible_editor", "host_body", "tag", "breadcrumb", "icp")
FACTS = CaptureFacts("a" * 64, "p.txt", None, 1, "utf-8", None, None)


def said(by: str, name: str, value: str | int | None, confidence: Confidence = Confidence.HIGH) -> Field:
    is_person = by.startswith("cataloguer")
    state = State.ABSENT if value is None else State.STATED
    return Field(name, state, value, confidence, by, capture=None if is_person else FACTS.sha256)


def record_of(*fields: Field) -> Record:
    """Return the record of these assertions in the order in which the store gives them: people last."""
    return build_record(sorted(fields, key=lambda field: field.capture is None), [FACTS], {})


@pytest.mark.parametrize(("lower", "higher"), PAIRS)
@pytest.mark.parametrize(("name", "one", "other"), SINGLE)
@pytest.mark.parametrize("is_first", [True, False])
@pytest.mark.parametrize("trust", [Confidence.HIGH, Confidence.LOW])
def test_of_one_value_who_ranks_higher_wins(  # noqa: PLR0917
    lower: str, higher: str, name: str, one: str | int, other: str | int, is_first: bool, trust: Confidence
) -> None:
    fields = [said(higher, name, one, trust), said(lower, name, other)]
    record = record_of(*(fields if is_first else reversed(fields)))

    assert values_of(record, name) == (one,)


@pytest.mark.parametrize("lower", SAID_BY[:3])
@pytest.mark.parametrize("name", [*(name for name, _, _ in SINGLE if name != "kind"), *MANY])
def test_a_cataloguers_word_that_there_is_none_wins_with_nothing(lower: str, name: str) -> None:
    value = 9 if name == "views" else "甲"

    assert values_of(record_of(said(lower, name, value), said(SAID_BY[3], name, None)), name) == ()


@pytest.mark.parametrize("name", MANY)
@pytest.mark.parametrize(("lower", "higher"), PAIRS)
def test_of_many_values_a_layout_replaces_and_people_add(name: str, lower: str, higher: str) -> None:
    values = values_of(record_of(said(lower, name, "甲"), said(higher, name, "乙")), name)

    assert values == (("乙",) if higher.startswith("layout") else ("甲", "乙"))


@pytest.mark.parametrize("name", MANY)
@pytest.mark.parametrize("lower", SAID_BY[:3])
def test_a_value_that_a_cataloguer_rejects_is_gone_whoever_states_it(name: str, lower: str) -> None:
    rejected = Field(name, State.ABSENT, "甲", Confidence.HIGH, SAID_BY[3])

    assert values_of(record_of(said(lower, name, "甲"), said(lower, name, "乙"), rejected), name) == ("乙",)


# --- in the catalogue, whatever comes later


def tag(db: Path, *words: str) -> None:
    changes = [read_change(word) for word in words]
    with open_writer(db) as store:
        apply_changes(store, [1], [change for change in changes if change], ports())


def record(db: Path) -> Record:
    with open_reader(db) as store:
        return load_record(store, 1)


@pytest.fixture
def pages(tmp_path: Path) -> Path:
    later = page(source="雁鸣日报", views=340, editor="李娜")
    return write_pages(tmp_path / "pages", {"1.txt": page(), "2.txt": later})


@pytest.fixture
def db(pages: Path, tmp_path: Path) -> Path:
    ingest(tmp_path / "c.db", [pages / "1.txt"])
    return tmp_path / "c.db"


DECIDED = ("source=县档案馆", "views=7", "responsible_editor=白玉堂", "section!", "topic=农业", "+手工")


def decided(found: Record) -> tuple[object, ...]:
    names = ("source", "views", "responsible_editor", "section", "topic", "tag")
    return tuple(values_of(found, name) for name in names)


def test_no_later_ingest_touches_what_a_cataloguer_said(db: Path, pages: Path) -> None:
    tag(db, *DECIDED)
    expected = (("县档案馆",), (7,), ("白玉堂",), (), ("农业",), ("手工",))
    assert decided(record(db)) == expected
    ingest(db, [pages])
    ingest(db, [pages], settings=("source=甲报", "section=要闻", "topic=其他", "views=1"))

    found = record(db)
    assert decided(found) == expected
    assert len(found.captures) == 2


def test_what_a_later_capture_states_that_nobody_knew_is_a_conflict_until_it_is_said_again(
    db: Path, pages: Path
) -> None:
    tag(db, *DECIDED)
    assert record(db).conflicts == ()
    ingest(db, [pages / "1.txt"], captured_at="2026-01-01")
    assert record(db).conflicts == ()  # the same bytes are no news
    ingest(db, [pages / "2.txt"])
    assert record(db).conflicts == ("responsible_editor", "source", "views")
    tag(db, "source=县档案馆", "views=340")

    assert record(db).conflicts == ("responsible_editor",)
    assert rows(db, "SELECT conflicts FROM records") == [('["responsible_editor"]',)]


def test_a_doubt_goes_and_comes_with_undo(db: Path, pages: Path) -> None:
    tag(db, "source=县档案馆")
    before = dump(db)
    ingest(db, [pages / "2.txt"])
    assert record(db).conflicts == ("source",)
    with open_writer(db) as store:
        apply_undo(store, plan_undo(store), ports())

    assert dump(db) == before


def test_an_editor_who_was_only_added_doubts_nothing(db: Path, pages: Path) -> None:
    tag(db, "responsible_editor+=白玉堂", "+手工")
    ingest(db, [pages / "2.txt"])

    assert "responsible_editor" not in record(db).conflicts


def test_a_value_that_is_not_there_cannot_be_rejected(db: Path) -> None:
    tag(db, "tag-=没有", "responsible_editor-=没有")

    assert rows(db, "SELECT count(*) FROM change_sets") == [(1,)]


@pytest.mark.parametrize("word", ["document_date=昨天", "effective_date=2024-13", "published=2024-02-30"])
def test_a_date_is_a_date(word: str) -> None:
    with pytest.raises(UsageError, match="ISO 8601"):
        read_change(word)
