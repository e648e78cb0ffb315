from dataclasses import dataclass
from enum import StrEnum

from catalog.model.span import Span


class State(StrEnum):
    """What a page says of a field. Absent is not empty, and empty is not zero."""

    STATED = "stated"
    PRINTED_EMPTY = "printed_empty"  # the label stands there, nothing behind it
    NOT_RENDERED = "not_rendered"  # a script should have put the value there
    ABSENT = "absent"  # only said by people: "the page does not say this"
    INFERRED = "inferred"  # derived from other text: language, kind


_WITH_VALUE = (State.STATED, State.INFERRED)
_WITHOUT_VALUE = (State.PRINTED_EMPTY, State.NOT_RENDERED)


class Confidence(StrEnum):
    """How far to trust a value. Ordinal: no probabilities are claimed."""

    HIGH = "high"
    MEDIUM = "medium"
    LOW = "low"


@dataclass(frozen=True, slots=True)
class Evidence:
    """Where a value was read: reading text [span.start:span.end] == raw.

    `witness` "text" counts characters of the visible text; any other witness
    ("title", "meta", "opengraph", "json-ld") counts characters of the decoded source.
    """

    span: Span
    raw: str
    rule: str
    witness: str = "text"


@dataclass(frozen=True, slots=True)
class Field:
    """One assertion about a record.

    `capture` is the SHA-256 of the capture it was read from, None if a person or an option said it.
    `asserted_by` is "rules/<version>", "layout/<site>", "set:<command>" or "cataloguer:<who>".
    `label` is the printed label without padding; `kind` is "person", "body" or "account", for agents only.
    `known` are the values that pages stated when a person decided on the name as a whole; None if that was not noted.
    `value` is None unless `state` is stated or inferred, or a person rejects one value of many (state absent).
    """

    name: str
    state: State
    value: str | int | None
    confidence: Confidence
    asserted_by: str
    evidence: tuple[Evidence, ...] = ()
    label: str | None = None
    kind: str | None = None
    capture: str | None = None
    known: tuple[str, ...] | None = None

    def __post_init__(self) -> None:
        if self.value is None:
            if self.state in _WITH_VALUE:
                raise ValueError(f"{self.name}: {self.state} without a value")
        elif self.state in _WITHOUT_VALUE:
            raise ValueError(f"{self.name}: {self.state} with a value")
