"""The words of a page's lines, by which headlines, tables and articles are compared."""

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from operator import add

from catalog.text.classify import Kind, Seen

_PLAIN = re.compile(r"[^\W_]+")
_WORD = re.compile(r"[^\W\d_]{5,}")
_HAN = re.compile(r"[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]")
COMPARED = 1800  # characters of an article that a headline is compared with


def pieces(view: str) -> Counter[str]:
    """Return what two folded texts are compared by: bigrams of Han text, the first six letters of longer words of other text."""
    if len(_HAN.findall(view[:400])) * 3 > len(view[:400]):
        plain = _plain(view)
        return Counter(map(add, plain, plain[1:]))
    return Counter(w[:6].lower() for w in _WORD.findall(view.replace("\u00ad", "")))


def _plain(view: str) -> str:
    """Return small letters, figures and Han characters without marks and blanks."""
    return "".join(_PLAIN.findall(view)).lower()


class LineWords:
    """The lines of one page with the words of each, made once; `counts` says how often each line stands on the page."""

    def __init__(self, seen: Sequence[Seen], counts: Mapping[str, int]) -> None:
        self.seen, self.counts = seen, counts
        self.paths = tuple(s.view for s in seen if s.kind is Kind.CRUMBS)
        self._pieces: dict[int, Counter[str]] = {}
        self._plain: dict[int, str] = {}

    def article(self, lines: range) -> str:
        """Return the beginning of an article in these lines, small letters and Han characters without marks and blanks."""
        parts, size = [], 0
        for i in lines[: len(self.seen) - lines.start]:
            if i not in self._plain:
                self._plain[i] = _plain(self.seen[i].view[:COMPARED])
            parts.append(self._plain[i])
            size += len(parts[-1])
            if size > COMPARED:
                break
        return "".join(parts)[:COMPARED]

    def of(self, i: int) -> Counter[str]:
        """Return the pieces of line i."""
        if i not in self._pieces:
            self._pieces[i] = pieces(self.seen[i].view)
        return self._pieces[i]

    def ends_path(self, view: str) -> bool:
        """Return whether the path to the page ends with this line."""
        return any(path.endswith(view) for path in self.paths)
