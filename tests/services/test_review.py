"""Answers to questions about values, forms and names: what each changes, and that it is not asked again."""

from pathlib import Path

import pytest

from catalog.errors import UsageError
from catalog.model.question import Answer, Doubt, Question, Verdict
from catalog.services.custom import known_fields
from catalog.services.questions import find_questions
from catalog.services.records import load_record
from catalog.services.review import Session, changes_of, read_verdict
from catalog.services.tag import values_of
from catalog.services.undo import apply_undo, plan_undo
from catalog.services.verify import verify
from catalog.store.open import Store, open_reader, open_writer
from tests.pages import LIBRARY, dump, ingest, page, ports, rows, write_pages

TWO_HOSTS = page(title="两个主办单位的一则", body=LIBRARY).replace("版权所有：", "\n主办：青禾日报社\n版权所有：")


@pytest.fixture
def db(tmp_path: Path) -> Path:
    ingest(tmp_path / "c.db", [write_pages(tmp_path / "pages", {"1.txt": TWO_HOSTS})])
    return tmp_path / "c.db"


def question(store: Store, doubt: Doubt) -> Question:
    return next(iter(find_questions(store, None, [doubt])))


def answer(db: Path, doubt: Doubt, verdict: Verdict) -> Question:
    with open_writer(db) as store:
        session = Session(store, ports())
        asked = question(store, doubt)
        session.decide(asked, verdict)
        session.end()
        assert asked.item not in [one.item for one in find_questions(store, None, [doubt])]
    return asked


def values(db: Path, id: int, name: str) -> tuple[str | int, ...]:
    with open_reader(db) as store:
        return values_of(load_record(store, id), name)


@pytest.mark.parametrize(
    ("verdict", "left"),
    [
        (Verdict(Answer.ACCEPT), ("青禾县人民政府办公室", "青禾日报社")),
        (Verdict(Answer.CORRECT, "青禾日报社"), ("青禾日报社",)),
        (Verdict(Answer.CORRECT, "甲社; 乙社"), ("甲社", "乙社")),
        (Verdict(Answer.REJECT), ()),
    ],
)
def test_a_conflict_of_a_name_with_many_values_is_settled_as_a_whole(
    verdict: Verdict, left: tuple[str, ...], db: Path
) -> None:
    before = dump(db)
    asked = answer(db, Doubt.CONFLICT, verdict)

    assert (asked.field, asked.is_whole) == ("host_body", True)
    assert values(db, 1, "host_body") == left
    with open_writer(db) as store:
        apply_undo(store, plan_undo(store), ports())
    assert dump(db) == before


def test_a_session_goes_on_as_another_change_set_when_somebody_writes_in_between(db: Path, tmp_path: Path) -> None:
    with open_writer(db) as store:
        questions = list(find_questions(store, None, [Doubt.CONFLICT, Doubt.AGENT]))
        session = Session(store, ports())
        session.decide(questions[0], Verdict(Answer.ACCEPT))
        ingest(db, [write_pages(tmp_path / "more", {"9.txt": page(title="又一则")})])
        session.decide(questions[1], Verdict(Answer.REJECT))
        session.end()

    assert rows(db, "SELECT command FROM change_sets ORDER BY id") == [
        ("ingest",),
        ("review",),
        ("ingest",),
        ("review",),
    ]


def test_several_answers_of_a_session_are_verified_as_one_change_set(db: Path) -> None:
    with open_writer(db) as store:
        session = Session(store, ports())
        for asked in list(find_questions(store, None, [Doubt.CONFLICT, Doubt.AGENT])):
            session.decide(asked, Verdict(Answer.ACCEPT))
        session.end()

    assert rows(db, "SELECT count(*) > 1 FROM journal WHERE name = 'ended' AND subject = 'change_set:2'") == [(1,)]
    with open_reader(db) as store:
        assert verify(store, ports()).holds


def test_two_records_that_may_be_one_come_with_what_tells_them_apart(db: Path, tmp_path: Path) -> None:
    later = TWO_HOSTS.replace("2024", "2025")
    ingest(db, [write_pages(tmp_path / "later", {"2.txt": later})])

    with open_reader(db) as store:
        about = question(store, Doubt.RECORD).about
        days = [row[0] for row in store.connection.execute("SELECT published FROM records ORDER BY id")]
    assert days[0] != days[1]
    assert about == f"1 两个主办单位的一则: the same text; published {days[0]} (this one: {days[1]})"


@pytest.mark.parametrize(
    ("word", "verdict"),
    [("accept", Verdict(Answer.ACCEPT)), ("", Verdict(Answer.SKIP)), (" Reject ", Verdict(Answer.REJECT)),
     ("=甲报", Verdict(Answer.CORRECT, "甲报")), ("correct 甲报", Verdict(Answer.CORRECT, "甲报"))],
)  # fmt: skip
def test_a_cell_is_read_as_a_verdict(word: str, verdict: Verdict, db: Path) -> None:
    with open_reader(db) as store:
        assert read_verdict(question(store, Doubt.CONFLICT), word) == verdict


def test_two_names_are_accepted_or_rejected_and_have_no_value_to_correct(db: Path) -> None:
    with open_reader(db) as store, pytest.raises(UsageError, match="no value to correct"):
        read_verdict(question(store, Doubt.AGENT), "=甲")


def test_a_value_that_does_not_fit_changes_nothing(db: Path) -> None:
    with open_reader(db) as store:
        count = Question("1:unlabelled_count", Doubt.COUNT, 1, None, "unlabelled_count")
        with pytest.raises(UsageError, match="say what it counts"):
            changes_of(count, Verdict(Answer.CORRECT, "许多"), known_fields(store))
