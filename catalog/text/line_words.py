"""The words of a page's lines, by which headlines, tables and articles are compared."""

import re
from collections import Counter
from operator import add

from catalog.text.outline import CRUMBS, Outline

_PLAIN = re.compile(r"[^\W_]+")
_PATHS = re.compile(CRUMBS)
_WORD = re.compile(r"[^\W\d_]{5,}")
_HAN = re.compile(r"[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]+")
_COMMON_MARKS = " ,.。、"  # taken out first: what is left falls into a fifth as many pieces
COMPARED = 1800  # characters of an article that a headline is compared with
_LOOKED_AT = 2400  # characters of print in which there are as many, as a rule


def pieces(view: str) -> Counter[str]:
    """Return what two folded texts are compared by, and how often it stands in this one."""
    return Counter(cut_pieces(view))


def cut_pieces(view: str) -> list[str]:
    """Return bigrams of Han text, the first six letters of longer words of other text."""
    if not view.isascii() and len("".join(_HAN.findall(view[:400]))) * 3 > len(view[:400]):
        plain = _plain(view)
        return list(map(add, plain, plain[1:]))
    return [w[:6].lower() for w in _WORD.findall(view.replace("\u00ad", ""))]


def _plain(view: str) -> str:
    """Return small letters, figures and Han characters without marks and blanks."""
    return (view if view.isalnum() else "".join(_PLAIN.findall(view))).lower()


def _plain_text(text: str) -> str:
    """Return the same of a longer text."""
    for mark in _COMMON_MARKS:
        text = text.replace(mark, "")
    return _plain(text)


class LineWords:
    """The lines of one page with the words of each, made once."""

    def __init__(self, page: Outline) -> None:
        self.page = page
        self.paths = "".join([page.seen[m.start()].view + "\n" for m in _PATHS.finditer(page.shape)])
        self._counts = Counter([one.view for one in page.seen])
        self._pieces: dict[int, list[str]] = {}

    def article(self, lines: range) -> str:
        """Return the beginning of an article in these lines, small letters and Han characters without marks and blanks."""
        text = "".join([one.view[:COMPARED] for one in self.page.seen[lines.start : lines.stop]])
        plain = _plain_text(text[:_LOOKED_AT])
        if len(plain) < COMPARED and len(text) > _LOOKED_AT:
            plain = _plain_text(text)
        return plain[:COMPARED]

    def of(self, i: int) -> list[str]:
        """Return the pieces of line i."""
        if i not in self._pieces:
            self._pieces[i] = cut_pieces(self.page.seen[i].view)
        return self._pieces[i]

    def is_again(self, view: str) -> bool:
        """Return whether a line stands on the page more than once."""
        return self._counts.get(view, 0) > 1

    def is_made_of_lines(self, view: str) -> bool:
        """Return whether half of a line's words, of three and more, are lines of the page, as are the steps of a path."""
        words = view.split(" ") if view.count(" ") >= 2 else ()
        if any(word[:1].islower() for word in words):
            return False
        return len(words) > 0 and 2 * sum([word in self._counts for word in words]) >= len(words)

    def ends_path(self, view: str) -> bool:
        """Return whether the path to the page ends with this line."""
        return view + "\n" in self.paths
