"""A page at a glance: a letter for what each of its lines looks like, so that lines of a kind are found as letters are."""

import re
from collections.abc import Sequence

from catalog.text.classify import Kind, Seen
from catalog.text.labels import Hit

PROSE, SHORT, CREDIT, CHROME, CRUMBS, RELATED, COLOPHON, NOTICE, END = "psct/rfne"
# label lines: others, those that stand by a headline, and those of them that belong to one surely
META, DATELINE, STRONG = "mdD"
LABEL_LINES = META + DATELINE + STRONG
HARD = RELATED + END + CRUMBS  # no body goes on behind them
_LETTERS = {
    Kind.PROSE: PROSE, Kind.SHORT: SHORT, Kind.META: META, Kind.CREDIT: CREDIT, Kind.CHROME: CHROME, Kind.CRUMBS: CRUMBS,
    Kind.RELATED: RELATED, Kind.COLOPHON: COLOPHON, Kind.NOTICE: NOTICE, Kind.END: END,
}  # fmt: skip
# Whose picture it is, if running text follows soon and next to none stands above: at most a notice about cookies.
_PICTURE = re.compile(r"© ?[^\d©]{2,70}$")
_NEAR = 10  # lines to the running text
_FEW = 3  # lines of running text
_LOOKED_AT = re.compile(f"[{META}{COLOPHON}]")
_STANDS_BY_HEADLINE = re.compile(f"[{DATELINE}{STRONG}]")
_BY = frozenset(("source", "author", "reporter", "editor", "poster"))
_DATED = frozenset(("published", "views"))
_DATELINE_FIELDS = frozenset((
    "published", "modified", "source", "author", "original_author", "reporter", "editor", "responsible_editor", "poster",
    "issuing_body",
))  # fmt: skip


class Outline:
    """The lines of a page, and in `shape` one letter a line: to ask a letter costs a seventh of asking a line its kind."""

    __slots__ = ("seen", "shape")

    def __init__(self, seen: Sequence[Seen]) -> None:
        self.seen = tuple(seen)
        letters = [_LETTERS[one.kind] for one in seen]
        kinds = "".join(letters)
        above = kinds.split(PROSE, _FEW)
        low = len(kinds) - len(above[_FEW]) - 1 if len(above) > _FEW else len(kinds)  # the article has begun
        for m in _LOOKED_AT.finditer(kinds):
            i = m.start()
            one = seen[i]
            if kinds[i] == META:
                if is_dateline(one):
                    letters[i] = STRONG if is_strong(one) else DATELINE
            elif i < low and _PICTURE.match(one.view) and kinds.find(PROSE, i + 1, i + _NEAR) >= 0:
                letters[i] = CREDIT
        self.shape = "".join(letters)

    def datelines(self, start: int = 0, end: int | None = None) -> list[int]:
        """Return the label lines from `start` to before `end` that can stand by a headline."""
        return [
            m.start() for m in _STANDS_BY_HEADLINE.finditer(self.shape, start, len(self.shape) if end is None else end)
        ]

    def has_dateline(self, start: int, end: int) -> bool:
        """Return whether a label line that can stand by a headline is among these lines."""
        return _STANDS_BY_HEADLINE.search(self.shape, start, end) is not None

    def n_prose(self, start: int, end: int) -> int:
        """Return the characters of running text in the lines from `start` to before `end`."""
        return sum(
            [
                len(one.view)
                for one, letter in zip(self.seen[start:end], self.shape[start:end], strict=True)
                if letter == PROSE
            ]
        )


def is_dateline(one: Seen) -> bool:
    """Return whether a line is of the kind that stands by a headline: a date, a source, an author."""
    return one.kind is Kind.META and (bool(one.dates) or any(_names_maker(h, one.view) for h in one.hits))


def _names_maker(hit: Hit, view: str) -> bool:
    """Return whether a label can stand by a headline; a Latin word alone in a line is one of a menu: Organisation."""
    return hit.rule.field in _DATELINE_FIELDS and (hit.mark != "$" or view[hit.start] > "\u2e80")


def is_strong(one: Seen) -> bool:
    """Return whether a label line can only belong to an article: a date with its hour, or labels of one."""
    return is_labelled(one) or any(d.has_time for d in one.dates)


def is_labelled(one: Seen) -> bool:
    """Return whether a line names a source or a maker, or its date is labelled."""
    for hit in one.hits:
        if hit.mark == ":" and (hit.rule.field in _BY or (one.dates and hit.rule.field in _DATED)):
            return True
    return False
