"""Answers to what is doubtful: each is kept as the cataloguer's as soon as it is given, a session as one change set."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from catalog.errors import NothingMatched, UsageError
from catalog.model.custom import Custom
from catalog.model.outcome import Outcome
from catalog.model.question import Answer, Doubt, Question, Verdict
from catalog.model.table import Cell, Table
from catalog.model.vocabulary import COUNTERS, MANY
from catalog.services.agents import Sameness, keep, read_merge
from catalog.services.changes import Change, Sign, read_value
from catalog.services.custom import known_fields
from catalog.services.deciding import COLUMNS, deciding
from catalog.services.joining import Merging, keep_records_apart, merge_records
from catalog.services.ports import Ports
from catalog.services.tag import apply_edits
from catalog.services.verdicts import apply_ruling, plan_ruling, read_ruling
from catalog.store.authority import find_agents
from catalog.store.journal import ChangeSet
from catalog.store.open import Store

WORDS = {"accept": Answer.ACCEPT, "reject": Answer.REJECT, "skip": Answer.SKIP, "": Answer.SKIP}
BETWEEN = ";"  # values of a name of many, where one line says them all


def read_verdict(question: Question, word: str) -> Verdict:
    """Return what a cell of the column `verdict` says: accept, reject, =VALUE; nothing or skip leaves it open.

    Raises UsageError for what it cannot mean here.
    """
    said = word.strip()
    if said.lower().startswith("correct "):  # what a spreadsheet would compute can be written so
        said = "=" + said[len("correct ") :].strip()
    if said.startswith("="):
        if not question.choices:
            raise UsageError(f"{question.item}: there is no value to correct: accept or reject", item=question.item)
        return Verdict(Answer.CORRECT, said[1:].strip())
    if said.lower() not in WORDS:
        raise UsageError(f"{question.item}: {word!r} is no verdict: accept, reject, =VALUE, correct VALUE, or none",
                         item=question.item)  # fmt: skip
    return Verdict(WORDS[said.lower()])


def changes_of(question: Question, verdict: Verdict, custom: Custom) -> list[Change]:
    """Return what a verdict on a value changes in its record. Raises UsageError for a value that does not fit."""
    name = question.field or ""
    if verdict.answer is Answer.REJECT:
        if name in MANY and not question.is_whole:
            return [Change(name, Sign.TAKE, _plain(question.value))]
        return [Change(name, Sign.CLEAR, None)]
    if question.doubt is Doubt.COUNT and verdict.answer is Answer.CORRECT:
        return _name_count(question, verdict.value or "", custom)
    said = str(question.value if verdict.answer is Answer.ACCEPT else verdict.value or "")
    if name not in MANY:
        if question.value is None and verdict.answer is Answer.ACCEPT:
            return [Change(name, Sign.CLEAR, None)]
        return [Change(name, Sign.SET, read_value(name, said, custom))]
    if question.is_whole:
        values = [part for part in said.split(BETWEEN) if part.strip()]
        return [Change(name, Sign.SET, read_value(name, value, custom)) for value in values or [said]]
    new = Change(name, Sign.ADD, read_value(name, said, custom))
    return [new] if verdict.answer is Answer.ACCEPT else [Change(name, Sign.TAKE, _plain(question.value)), new]


def _name_count(question: Question, said: str, custom: Custom) -> list[Change]:
    """Return what says which counter a number is: `views`, or `views=1999`; a number alone corrects the number."""
    name, equals, number = said.partition("=")
    if name.strip() in COUNTERS:
        value = read_value(name.strip(), number if equals else str(question.value), custom)
        return [Change(name.strip(), Sign.SET, value), Change("unlabelled_count", Sign.CLEAR, None)]
    if equals or not said.strip().isdigit():
        raise UsageError(f"{said!r}: say what it counts, one of {', '.join(COUNTERS)}, or another number")
    return [Change("unlabelled_count", Sign.SET, read_value("unlabelled_count", said, custom))]


@dataclass(slots=True)
class Session:
    """Takes answers one by one. Each is kept when it is given, so that nothing is lost if the session is broken off.

    All are one change set, unless somebody else writes in between: then the next one begins another.
    """

    store: Store
    ports: Ports
    message: str | None = None
    counts: dict[str, int] = field(default_factory=lambda: {"accepted": 0, "corrected": 0, "rejected": 0, "gone": 0})
    change: ChangeSet | None = None

    def decide(self, question: Question, verdict: Verdict) -> bool:
        """Keep an answer; return False where what was asked about is not there any more.

        Raises UsageError, and keeps nothing, where the value does not fit.
        """
        if verdict.answer is Answer.SKIP:
            return True
        change = self._change()
        try:
            if question.doubt is Doubt.RECORD:
                self._join(question, verdict, change)
            elif question.doubt is Doubt.KIN:
                self._rule(question, verdict, change)
            elif question.doubt is Doubt.AGENT:
                self._take(question, verdict, change)
            else:
                self._set(question, verdict, change)
        except NothingMatched:
            self.counts["gone"] += 1
            return False
        self.counts[{"accept": "accepted", "correct": "corrected", "reject": "rejected"}[verdict.answer]] += 1
        return True

    def end(self) -> Outcome:
        """Write the counts and return what was done."""
        number = None if self.change is None else self.change.id
        if self.change is not None and number is not None:
            with self.store.transaction() as connection:
                self.change.end(connection, self.ports.timestamp(), self.counts)
        return Outcome("review", dict(self.counts), change_set=number)

    def _change(self) -> ChangeSet:
        last = self.store.connection.execute("SELECT max(id) FROM change_sets").fetchone()[0]
        if self.change is None or (self.change.id is not None and self.change.id != last):
            self.change = ChangeSet("review", self.ports.who, self.ports.timestamp(), {}, self.message)
        return self.change

    def _set(self, question: Question, verdict: Verdict, change: ChangeSet) -> None:
        changes = changes_of(question, verdict, known_fields(self.store))
        found = self.store.connection.execute("SELECT 1 FROM records WHERE id = ?", (question.record,)).fetchone()
        if found is None or question.record is None:
            raise NothingMatched(f"there is no record {question.record}")
        apply_edits(self.store, {question.record: changes}, change, self.ports)

    def _join(self, question: Question, verdict: Verdict, change: ChangeSet) -> None:
        id, into = _pair(question)
        with deciding(self.store, change, self.ports, self.counts) as rows:
            if verdict.answer is Answer.ACCEPT:
                merge_records(rows, Merging((id,), into), self.ports.who, change)
            else:
                keep_records_apart(rows, (id, into), self.ports.who, change)

    def _rule(self, question: Question, verdict: Verdict, change: ChangeSet) -> None:
        words = [str(id) for id in _pair(question)]
        ruling = read_ruling(self.store, words, "different" if verdict.answer is Answer.ACCEPT else "same")
        plan_ruling(self.store, ruling)
        apply_ruling(self.store, ruling, self.ports, change=change)

    def _take(self, question: Question, verdict: Verdict, change: ChangeSet) -> None:
        one, into = (find_agents(self.store.connection, "id = ?", id) for id in _pair(question))
        if not one or not into:
            raise NothingMatched("there is no such agent any more")
        if verdict.answer is Answer.ACCEPT:
            sameness = read_merge(self.store, [str(one[0].id), str(into[0].id)])
        else:
            sameness = Sameness(apart=((one[0], into[0]),))
        with deciding(self.store, change, self.ports, self.counts) as rows:
            keep(rows, sameness, self.ports.who, change)


def plan_answers(
    questions: Iterable[Question], answers: Iterable[Mapping[str, Cell]], custom: Custom
) -> tuple[list[tuple[Question, Verdict]], int]:
    """Return the answers that say something, each with its question, and how many are about what is not asked any more.

    An answer has the `item` and the `value` that were asked about and a `verdict`. Raises UsageError for the first that
    cannot be read, before anything is written.
    """
    asked = {one.item: one for one in questions}
    planned, gone = [], 0
    for answer in answers:
        if not str(answer.get("verdict") or "").strip():
            continue
        item = str(answer.get("item") or "")
        question = asked.get(item)
        if question is None or ("value" in answer and _text(answer["value"]) != _text(question.value)):
            gone += 1
            continue
        verdict = read_verdict(question, str(answer["verdict"]))
        if question.doubt in (Doubt.LOW, Doubt.CONFLICT, Doubt.COUNT) and verdict.answer is not Answer.SKIP:
            changes_of(question, verdict, custom)
        planned.append((question, verdict))
    return planned, gone


def _pair(question: Question) -> tuple[int, int]:
    if question.record is None or question.other is None:
        raise ValueError(f"{question.item} is not about two")
    return question.record, question.other


def _plain(value: Cell) -> str | int | None:
    return value if isinstance(value, int) or value is None else str(value)


def _text(value: Cell) -> str:
    return "" if value is None else str(value)


def told(planned: Iterable[tuple[Question, Verdict]]) -> Table:
    """Return the answers as a table of what was asked and what was said."""
    rows: list[tuple[Cell, ...]] = []
    for question, verdict in planned:
        new = verdict.value if verdict.answer is Answer.CORRECT else f"({verdict.answer})"
        rows.append((str(question.doubt), question.item, question.title, _text(question.value) or None, new))
    return Table("", COLUMNS, tuple(rows))
