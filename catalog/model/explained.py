from dataclasses import dataclass

from catalog.model.field import Evidence, Field


@dataclass(frozen=True, slots=True)
class Context:
    """The line in which one piece of evidence stands: `before` + `evidence.raw` + `after`, without its newline.

    `line` counts from 1 in the reading's text (in the source for other witnesses than "text"). A span over several
    lines begins on `line`; `after` is what follows it on the last. Of a source, where a line can be a whole page,
    both are cut short.
    """

    evidence: Evidence
    line: int
    before: str
    after: str


@dataclass(frozen=True, slots=True)
class Explained:
    """One assertion with the places where it was read; `wins` says whether the record shows this value."""

    field: Field
    wins: bool
    contexts: tuple[Context, ...]
