from dataclasses import dataclass
from typing import Literal


@dataclass(frozen=True, slots=True)
class Copy:
    """One record of a reprint group: what it says of itself, and its text. None where the page does not say."""

    id: int
    key: str
    title: str | None
    published: str | None
    source: str | None
    publisher: str | None
    site_name: str | None
    body_sha256: str
    text: str
    url: str | None


@dataclass(frozen=True, slots=True)
class TextChange:
    """A sentence as printed that only the earlier text has ("cut") or only the later one ("added").

    `place` counts the sentences of the text that has it, from 1.
    """

    kind: Literal["cut", "added"]
    place: int
    text: str


@dataclass(frozen=True, slots=True)
class Reprint:
    """A copy in its place in the tree.

    `parent` is the id of the copy it is set under: the latest earlier one at the source it prints, else the earliest
    of all; None for the earliest. `names` is the id of a copy whose site, publisher or source is the printed source.
    `is_retitled`, `figure` (Jaccard of 5-grams, 1.0 for the same text, None where it was not measured) and `changes`
    compare with the parent. `disagrees` is True where the printed source is not that of the earliest text found.
    """

    copy: Copy
    parent: int | None
    depth: int
    names: int | None
    is_retitled: bool
    figure: float | None
    changes: tuple[TextChange, ...]
    disagrees: bool


@dataclass(frozen=True, slots=True)
class Genealogy:
    """The records that print one text or near copies of it, parents before children, as far as this catalogue has them.

    `group` is the SHA-256 of the body at the head of the group, `earliest` the id of the earliest record here: what
    was printed elsewhere before is not known.
    """

    group: str
    earliest: int
    reprints: tuple[Reprint, ...]
