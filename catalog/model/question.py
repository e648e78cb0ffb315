from dataclasses import dataclass
from enum import StrEnum

from catalog.model.explained import Context
from catalog.model.table import Cell


class Doubt(StrEnum):
    """Why something waits for a cataloguer."""

    LOW = "low"  # read with low confidence
    CONFLICT = "conflict"  # pages contradict themselves, or a decision
    COUNT = "count"  # a number without a label
    RECORD = "record"  # two records that may be one
    KIN = "kin"  # a form filled in twice, or one text
    AGENT = "agent"  # two names that may mean one


class Answer(StrEnum):
    """What a cataloguer says to a question."""

    ACCEPT = "accept"
    CORRECT = "correct"
    REJECT = "reject"
    SKIP = "skip"


@dataclass(frozen=True, slots=True)
class Choice:
    """One value that something could have, with the lines in which it was read."""

    value: Cell
    contexts: tuple[Context, ...] = ()


@dataclass(frozen=True, slots=True)
class Question:
    """One thing that is doubtful. `item` names it, the same as long as it is asked.

    `record` and `other` are ids: of records, but of agents where the doubt is about them (`other` is the one into which
    it would go). `choices` are the values, the one that wins first; a name of many values is asked value by value, but
    in a conflict all at once (`is_whole`).
    """

    item: str
    doubt: Doubt
    record: int | None
    title: str | None
    field: str | None = None
    choices: tuple[Choice, ...] = ()
    other: int | None = None
    about: str | None = None
    is_whole: bool = False

    @property
    def value(self) -> Cell:
        """Return the value that wins, or what is proposed."""
        return self.choices[0].value if self.choices else self.about


@dataclass(frozen=True, slots=True)
class Verdict:
    """An answer; `value` is the right one of a correction."""

    answer: Answer
    value: str | None = None
