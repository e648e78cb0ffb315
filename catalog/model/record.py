from dataclasses import dataclass, field

from catalog.model.capture import Observation, Reading
from catalog.model.field import Field
from catalog.model.problem import Problem


@dataclass(frozen=True, slots=True)
class Body:
    """An article text as printed; `sha256` is over the text folded for comparison (width, white space, punctuation)."""

    text: str
    sha256: str

    @property
    def characters(self) -> int:
        """Return how many characters the paragraphs have, the breaks between them not counted."""
        return len(self.text) - self.text.count("\n")


@dataclass(frozen=True, slots=True)
class Parsed:
    """What was read from one capture. The field "body" has the SHA-256 as its value and one evidence a printing."""

    capture: str
    readings: tuple[Reading, ...]
    fields: tuple[Field, ...]
    body: Body | None
    problems: tuple[Problem, ...]


@dataclass(frozen=True, slots=True)
class CaptureFacts:
    """One capture of a record as catalog.record/1 lists it, with one of its observations.

    `observations` are all of them, the earliest first; empty where only that one is known.
    """

    sha256: str
    origin: str
    url: str | None
    size_bytes: int
    encoding: str | None
    captured_at: str | None
    captured_at_basis: str | None
    observations: tuple[Observation, ...] = ()


@dataclass(frozen=True, slots=True)
class Agent:
    """A person, body or account in one role of one record, `name` as printed."""

    role: str
    label: str | None
    name: str
    kind: str


@dataclass(frozen=True, slots=True)
class Reprints:
    """The reprint group of a record: its name, how many records it has, the id of the earliest in this catalogue."""

    group: str
    of: int
    earliest: int | None


@dataclass(frozen=True, slots=True)
class Record:
    """The catalogue entry for one news item on one site: winners, and beside them every live assertion.

    `id` and `key` are None for a record that is in no catalogue (`catalog parse`). None or an empty tuple
    where the page does not say. `published` and `modified` are ISO 8601 at exactly the printed precision.
    """

    kind: str
    language: str | None
    values: dict[str, str | int]  # the winners of the single-valued names
    breadcrumb: tuple[str, ...]
    agents: tuple[Agent, ...]
    tags: tuple[str, ...]
    identifiers: tuple[tuple[str, str], ...]
    contact: tuple[tuple[str, str], ...]
    body: Body | None
    repeats: int
    fields: tuple[Field, ...]
    conflicts: tuple[str, ...]
    captures: tuple[CaptureFacts, ...] = ()
    problems: tuple[Problem, ...] = ()
    id: int | None = None
    key: str | None = None
    reprints: Reprints | None = None
    custom: dict[str, str | int | tuple[str, ...]] = field(default_factory=dict)  # fields of one's own, by name
