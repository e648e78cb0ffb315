"""How well records agree with what an archivist noted: precision, recall and F1 a field.

Equal means: texts after NFKC without white space and soft hyphens; times at the precision that was noted; numbers as
numbers; names as a set, house codes (席悦_RF7379) cut off; the body by its character 5-grams. Keys of a note that end
in _alt are equally right, in _unlabelled allowed but not wanted; names in `authors_ignore` and `credits` are neither
right nor wrong.
"""

import re
import unicodedata
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from catalog.model.vocabulary import AUTHOR_ROLES, EDITOR_ROLES

TEXTS = ("title", "source", "site_name")
NUMBERS = ("views", "comments")
FIELDS = (
    "is_article",
    "title",
    "published",
    "source",
    "site_name",
    "authors",
    "editors",
    "views",
    "comments",
    "body",
    "repeats",
)
GRAM = 5
_BLANK = re.compile(r"[\s\u00ad\u200b-\u200f\u2060\ufeff]+")
_CODE = re.compile(r"(?<=.)[_(]*[A-Z]{1,3}\d{2,8}\)*$")
Note = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Tally:
    """Values read and noted (right), read only (extra), noted only (missed). A body counts by its share."""

    right: float = 0.0
    extra: float = 0.0
    missed: float = 0.0

    def __add__(self, other: "Tally") -> "Tally":
        return Tally(self.right + other.right, self.extra + other.extra, self.missed + other.missed)

    @property
    def precision(self) -> float:
        """Return the share of what was read that is right; 1 if nothing was read."""
        return self.right / (self.right + self.extra) if self.right + self.extra else 1.0

    @property
    def recall(self) -> float:
        """Return the share of what was noted that was read; 1 if nothing was noted."""
        return self.right / (self.right + self.missed) if self.right + self.missed else 1.0

    @property
    def f1(self) -> float:
        """Return the harmonic mean of precision and recall."""
        both = self.precision + self.recall
        return 2 * self.precision * self.recall / both if both else 0.0


def score(pages: Iterable[tuple[Note, Note, str]]) -> dict[str, Tally]:
    """Return the tally of each field over (note, record, text of the page).

    `is_article` counts on all pages, all other fields on those that the archivist calls articles.
    """
    tallies = dict.fromkeys(FIELDS, Tally())
    for note, record, text in pages:
        for name, tally in score_page(note, record, text).items():
            tallies[name] += tally
    return tallies


def score_page(note: Note, record: Note, text: str) -> dict[str, Tally]:
    """Return the tally of each field of one page."""
    said = record["kind"] == "article"
    tallies = {
        "is_article": Tally(
            said and note["is_article"], said and not note["is_article"], note["is_article"] and not said
        )
    }
    if not note["is_article"]:
        return tallies
    for name in TEXTS:
        tallies[name] = _one(
            plain(record[name]), [plain(right) for right in _rights(note, name)], plain(note.get(f"{name}_unlabelled"))
        )
    tallies["published"] = _published(note, record["published"])
    for name in NUMBERS:
        value, noted = record["counters"].get(name), note.get(name)
        tallies[name] = _one("" if value is None else str(value), [] if noted is None else [str(noted)], "")
    free = _names(note.get("authors_ignore")) | _names(note.get("credits"))
    for name, roles in (("authors", AUTHOR_ROLES), ("editors", EDITOR_ROLES)):
        tallies[name] = _set(
            {bare(a["name"]) for a in record["agents"] if a["role"] in roles}, _names(note[name]), free
        )
    body = record["body"] or {"text": "", "repeats": 0}
    tallies["body"] = max(
        (_body(body["text"], noted_body(note, text, n)) for n in _lengths(note)), key=lambda tally: tally.f1
    )
    right = body["repeats"] == note["body_repeats"]
    tallies["repeats"] = Tally(right, not right, not right)
    return tallies


def plain(value: object) -> str:
    """Return a value as it is compared: NFKC, without any white space; "" for None."""
    return "" if value is None else _BLANK.sub("", unicodedata.normalize("NFKC", str(value)))


def bare(name: str) -> str:
    """Return a name as it is compared: without the code that a newsroom puts behind it."""
    return _CODE.sub("", plain(name))


def _rights(note: Note, name: str) -> list[object]:
    return [] if note.get(name) is None else [note[name], *note.get(f"{name}_alt", [])]


def _one(read: str, rights: Sequence[str], allowed: str) -> Tally:
    if not rights:
        return Tally(0, bool(read) and read != allowed, 0)
    return Tally(read in rights, bool(read) and read not in rights, read not in rights)


def _published(note: Note, read: str | None) -> Tally:
    rights = [str(right) for right in _rights(note, "published")]
    agrees = next((right for right in rights if (read or "").startswith(right)), None)
    return _one(agrees or read or "", rights, "")


def _names(noted: object) -> set[str]:
    """Return the names of a note: a list of names, or lists of them under their printed labels."""
    if isinstance(noted, Mapping):
        return {bare(name) for names in noted.values() for name in names}
    return {bare(name) for name in noted} if isinstance(noted, list) else set()


def _set(read: set[str], noted: set[str], free: set[str]) -> Tally:
    return Tally(len(read & noted), len(read - noted - free), len(noted - read))


def _lengths(note: Note) -> list[int]:
    return [note["body_chars"], *note.get("body_chars_alt", [])]


def noted_body(note: Note, text: str, length: int) -> str:
    """Return the part of the page from the note's first to its last words of the body.

    Where both stand at several places, the pair whose distance is nearest to `length` is meant. Raises ValueError if
    they do not stand in the text.
    """
    starts = [m.start() for m in re.finditer(re.escape(note["body_first"]), text)]
    ends = [m.end() for m in re.finditer(re.escape(note["body_last"]), text)]
    spans = [(abs(end - start - length), start, end) for start in starts for end in ends if end > start]
    if not spans:
        raise ValueError(f"{note['id']}: the body that was noted does not stand on the page")
    _, start, end = min(spans)
    return text[start:end]


def _body(read: str, noted: str) -> Tally:
    """Return the F1 of one body's 5-grams as a tally: in their sum no long article outweighs ten short ones."""
    a, b = _grams(read), _grams(noted)
    agreement = 2 * (a & b).total() / max(1, a.total() + b.total())
    return Tally(agreement, 1 - agreement, 1 - agreement)


def _grams(text: str) -> Counter[str]:
    whole = plain(text)
    return Counter(whole[i : i + GRAM] for i in range(max(1, len(whole) - GRAM + 1))) if whole else Counter()
