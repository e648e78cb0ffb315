"""Which lines are the headline: the one that fits best, the one above it if that is its subtitle, all if it is set over several."""

import re
from collections.abc import Sequence, Set
from dataclasses import dataclass

from catalog.text.candidates import (
    ENDS_LIKE_PROSE,
    IN_SERIES,
    MOST_UNNAMED,
    NAMED,
    NONE,
    STEP,
    Setting,
    headline_of,
    is_body,
    is_latin,
)
from catalog.text.classify import Kind, Seen
from catalog.text.line_words import LineWords
from catalog.text.outline import CHROME

_ORNAMENTS = "·-*#>|=~ "
_DOCUMENT = re.compile(
    r"(?:决议|决定|通知|办法|意见|公告|通告|通报|批复|规定|条例|函|报告|方案|规划|说明|纲要|细则|決議|辦法|規定)$"
)
ABOVE = 16  # lines above the label lines, or above the article, in which a headline is looked for
_UNDER = 7  # lines under the label lines in which it is
_FAR_UNDER = 12  # lines further down in which it is if the path to the page ends with it
# A line above another headline is a kicker or a section if it has fewer characters, or less than this share of the other's.
_LEAST_HEADLINE, _LEAST_PART = 8, 0.6
_FEW_WORDS = 2  # blanks in a line; a kicker of one or two words stands above a headline of three or more
_KICKED = 1.0  # how much better such a line may fit and still be the kicker of the line below it
_ISSUER = re.compile(r"(?:会议|會議|大会|大會|委员会|委員會|政府|党委|[局厅廳部院会會]|办公室|辦公室|中心|公司)$")
_REACH = 6  # lines above the best one that may be better
_MOST_LINES = 4  # over which a headline is set
_SPREAD = 8  # characters of a line that is one word, set wide
_LONG_KICKER = 1.5  # times the characters of its headline that a kicker may have
_LEAST_SAID = 0.2  # share of a line's words that the article must say for the better line below it to be its subtitle
_SUBTITLE = 2.2  # how much better a line may fit and still be the subtitle of the line above it
_GAP = 3  # empty lines that part a headline from its subtitle


@dataclass(frozen=True, slots=True)
class TitleFound:
    """Headline lines seen[first:last + 1] and how well they fit; below 0 nothing fits."""

    first: int
    last: int
    score: float


def find_title(words: LineWords, meta: Sequence[int], first: int, last: int) -> TitleFound | None:
    """Return the best headline for an article whose text stands in the lines `first` to `last`, None without a candidate.

    `meta` are its label lines.
    """
    seen = words.page.seen
    low = top_of_head(meta, first)
    high = min(max([first, *(_reach(words, m) for m in meta)]) if meta and meta[0] < first else first, len(seen))
    lines = range(low, _down_to_path_end(words, high))
    setting = Setting(words, meta, range(first, last + 1), lines, _named(seen, lines))
    best = _best(setting)
    if best is None:
        return None
    below = best + 1
    if (
        below in lines
        and _has_few_words(seen[best].view, seen[below].view)
        and setting.score(below) > setting.score(best) - _KICKED
    ):
        best = below
    top = _above_subtitle(setting, best, low)
    first_line, last_line = _over_lines(setting, top, lines) or _document_title(seen, top)
    return TitleFound(first_line, last_line, setting.score(top))


def top_of_head(meta: Sequence[int], first: int) -> int:
    """Return the topmost line in which the headline may stand of an article with these label lines and this first line of text."""
    return max(0, (min(meta[0], first) if meta else first) - ABOVE)


def most_score(seen: Sequence[Seen], top: int) -> float:
    """Return what a headline from line `top` on may score at most."""
    return MOST_UNNAMED + NAMED * bool(_named(seen, range(top, len(seen))))


def _reach(words: LineWords, meta: int) -> int:
    """Return how far below a label line the headline may stand: tools between the two do not count."""
    return meta + _UNDER + words.page.shape.count(CHROME, meta + 1, meta + _UNDER)


def _down_to_path_end(words: LineWords, high: int) -> int:
    """Return where the headline may stand at the latest: further down if a line there is what the path to the page ends with."""
    lines = words.page.seen[high : high + _FAR_UNDER] if words.paths else ()
    return next((i + 1 for i, one in enumerate(lines, high) if words.ends_path(one.view)), high)


def _best(setting: Setting) -> int | None:
    """Return the line that fits best, the upper one of two; None without a candidate. Lines that cannot win are not compared."""
    best = (NONE, 0)
    for bound, i in sorted(setting.bounds(), reverse=True):
        if bound < best[0]:
            break
        if setting.compared(i) >= best[0]:
            best = max(best, (setting.score(i), -i))
    return -best[1] if best[0] > NONE else None


def _above_subtitle(setting: Setting, best: int, low: int) -> int:
    """Return the topmost line of those above the best one whose subtitle that can be, else the best one."""
    page, top = setting.page, best
    limit = setting.score(best) - _SUBTITLE
    for i in range(best - 1, max(low - 1, best - _REACH), -1):
        view = headline_of(page.seen[i])
        if page.shape[i] == CHROME or 0 < len(view) < _LEAST_HEADLINE:
            continue
        if not setting.is_candidate(i) or page.seen[i + 1].line.gap > _GAP:
            break
        # one of two lines is farther, and no worse for it
        nearer = min(STEP, max(0.0, setting.place(best) - setting.place(i)))
        least = limit - nearer
        if setting.bound(i) <= least or setting.compared(i) <= least or setting.score(i) <= least:
            continue
        if _is_kicker(view, page.seen[best].view) or _is_long_kicker(setting, i, best):
            continue
        if setting.share(i) >= _LEAST_SAID:
            top = i
    return top


def _is_long_kicker(setting: Setting, i: int, best: int) -> bool:
    """Return whether a line above label lines is somewhat longer than the better one below it and says less of the article.

    A subtitle tells more than its headline, and in more words: so the upper one leads to the headline.
    """
    if i + 1 != best or not setting.meta or best > setting.meta[0] or not setting.is_plain(best):
        return False
    view = headline_of(setting.page.seen[i])
    upper, lower = len(view), len(headline_of(setting.page.seen[best]))
    return ":" not in view and lower <= upper < _LONG_KICKER * lower and setting.share(best) > setting.share(i)


def _is_kicker(view: str, below: str) -> bool:
    if len(view) < _LEAST_PART * len(below) or _has_few_words(view, below) or is_body(view):
        return True
    return IN_SERIES.search(view) is not None


def _has_few_words(view: str, below: str) -> bool:
    """Return whether a line of Latin script is one or two words above three or more."""
    return is_latin(view) and view.count(" ") < _FEW_WORDS <= below.count(" ")


def _named(seen: Sequence[Seen], lines: range) -> set[str]:
    """Return what the index table of a page gives as the title, behind the label or in the cell below it."""
    found = set()
    for i in lines:
        for hit in seen[i].hits:
            if hit.rule.field == "title" and hit.value_start < hit.value_end:
                found.add(seen[i].view[hit.value_start : hit.value_end])
            elif hit.rule.field == "title" and i + 1 < len(seen):
                found.add(seen[i + 1].view)
    return found


def _over_lines(setting: Setting, top: int, lines: range) -> tuple[int, int] | None:
    """Return the lines around line `top` that together are what the index table gives as the title.

    If `top` is of that table itself they are looked for around all that can be a headline: somewhere it is printed.
    """
    if not setting.named:
        return None
    seen = setting.page.seen
    around = [i for i in lines if setting.is_candidate(i)] if seen[top].kind is Kind.META else [top]
    return next((found for i in around if (found := _named_over_lines(seen, i, setting.named))), None)


def _named_over_lines(seen: Sequence[Seen], i: int, named: Set[str]) -> tuple[int, int] | None:
    """Return the lines around line i that together are what the index table gives as the title."""
    for first in range(max(0, i - _MOST_LINES + 1), i + 1):
        joined = ""
        for last in range(first, min(first + _MOST_LINES, len(seen))):
            joined += seen[last].view
            if last > first and last >= i and joined in named:
                return first, last
    return None


def _document_title(seen: Sequence[Seen], i: int) -> tuple[int, int]:
    """Return the lines of an official document's title that is set over several: body, 关于 …, 的决议."""
    first = last = i
    while (
        last + 1 < len(seen)
        and last - i < _MOST_LINES
        and _goes_on(seen[last + 1])
        and not _DOCUMENT.search(unpadded(seen[last].view))
    ):
        last += 1
    while (
        first > 0
        and i - first < _MOST_LINES - 1
        and _goes_on(seen[first])
        and seen[first].line.gap == 0
        and _goes_on(seen[first - 1], top=True)
        and (_ISSUER.search(seen[first - 1].view) or not _begins(seen[first].view))
    ):
        first -= 1
    lines = [seen[n].view for n in range(first, last + 1)]
    kind = _DOCUMENT.search(unpadded(lines[-1]))
    is_one = last > first and kind and (kind.start() == 0 or any(map(_begins, lines)))
    return (first, last) if is_one else (i, i)


def _begins(view: str) -> bool:
    """Return whether a title begins with this line, or its issuer stands in the line above."""
    return view.startswith(("关于", "關於"))


def unpadded(view: str) -> str:
    """Return a short line without the blanks that spread it: 通 知."""
    return view.replace(" ", "") if len(view) <= _SPREAD else view


def _goes_on(one: Seen, *, top: bool = False) -> bool:
    return (
        (one.kind is Kind.SHORT or _DOCUMENT.match(unpadded(one.view)) is not None)
        and (top or one.line.gap == 0)
        and not one.dates
        and not ENDS_LIKE_PROSE.search(one.view)
        and len(one.view) < 60
    )


def trim_title(view: str) -> tuple[int, int]:
    """Return the part of a headline line that is the headline, without ornaments around it."""
    start = len(view) - len(view.lstrip(_ORNAMENTS))
    return start, max(start, len(view.rstrip(_ORNAMENTS)))
