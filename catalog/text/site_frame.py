"""The lines around an article, as one text: what may stand in any of them is looked for once."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Self

from catalog.text.classify import Seen
from catalog.text.segments import Page

_LONGEST = 260  # characters of a line that is looked at
_CLOSING = 3  # last lines of an article in which the site may say what it is not answerable for


@dataclass(frozen=True, slots=True)
class Frame:
    r"""The lines of a page outside of its article; `text` holds them with "\n" behind each, a very long one as an empty line.

    `body` are the lines of the article by their numbers in the page. `lowered` is the text in lower case, character by
    character.
    """

    page: Page
    body: range
    text: str
    lowered: str

    @classmethod
    def of(cls, page: Page) -> Self:
        """Return the frame of a page; a page without an article is all frame."""
        body = range(page.body[0], page.body[-1] + 1) if page.body else range(0)
        text = _joined(page.seen[: body.start] + page.seen[body.stop :])
        return cls(page, body, text, text.replace("İ", "i").lower())  # İ is two small letters

    def closing(self) -> tuple[int, str]:
        """Return the number of the first of the article's last lines, and their text."""
        first = max(self.body.start, self.body.stop - _CLOSING)
        return first, _joined(self.page.seen[first : self.body.stop])

    def find(self, word: str) -> Iterator[tuple[int, str]]:
        """Yield each line that says a word: its number in the page, and its view."""
        for line, start, at in _places(self.text, word):
            yield self.number(line), self.text[start : self.text.index("\n", at)]

    def find_lowered(self, word: str) -> Iterator[tuple[int, int]]:
        """Yield each line that says a word of its own, in capitals or not: its number in the page, and where in the line."""
        for line, start, first in _places(self.lowered, word):
            at, stop = first, self.lowered.index("\n", first)
            while at >= 0 and not self._is_whole(at, at + len(word)):
                at = self.lowered.find(word, at + 1, stop)
            if at >= 0:
                yield self.number(line), at - start

    def number(self, line: int) -> int:
        """Return which line of the page a line of the text is."""
        return line if line < self.body.start else line + len(self.body)

    def _is_whole(self, start: int, end: int) -> bool:
        before, behind = self.lowered[start - 1 : start], self.lowered[end : end + 1]
        if behind == "站" and self.lowered[end - 1] in "网網":
            return False  # 青禾网站 says nothing of 青禾网
        return not ("a" <= before <= "z" or "a" <= behind <= "z")


def _joined(lines: Sequence[Seen]) -> str:
    if not lines:
        return ""
    views = [one.view for one in lines]
    if max(map(len, views)) > _LONGEST:
        views = [view if len(view) <= _LONGEST else "" for view in views]
    return "\n".join(views) + "\n"


def _places(text: str, word: str) -> Iterator[tuple[int, int, int]]:
    """Yield the number of each line with a word, where the line starts, and where the word does first."""
    line = last = 0
    at = text.find(word)
    while at >= 0:
        line += text.count("\n", last, at)
        yield line, text.rfind("\n", 0, at) + 1, at
        last = text.index("\n", at)
        at = text.find(word, last)
