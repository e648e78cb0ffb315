"""The zones of a page: masthead, headline, dateline, body, credits, related, colophon."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from catalog.text.anchors import find_starts, weigh_dateline
from catalog.text.classify import Kind, Seen
from catalog.text.extent import body_end, body_start
from catalog.text.line_words import LineWords
from catalog.text.outline import (
    CHROME,
    COLOPHON,
    CREDIT,
    CRUMBS,
    HARD,
    LABEL_LINES,
    PROSE,
    RELATED,
    SHORT,
    Outline,
    is_labelled,
    is_strong,
)  # fmt: skip
from catalog.text.repeats import Printings
from catalog.text.title import ABOVE, TitleFound, find_title, most_score, top_of_head

_CREDIT_LINES = 14  # how far behind the body labels of people are looked for; portals put share tools in between
_TOPMOST = 300.0  # what it is worth to be the first article of a page: feeds print another one below
_DATE_ABOVE = 7  # lines above a header without a date in which its date may stand
_CRUMBS_ABOVE = 6
_BELOW = 12  # lines under a body in which its label lines may stand instead
_CAPTION = re.compile(
    r"^(?:图为|圖為|图片?说明|▲|△)|(?:记者|記者)[^ 。]{2,4}(?:摄|攝)(?: .{0,14})?$|[(].{0,16}(?:摄|攝)[)]$"
    r"|^(?:Foto|Bild|Photo|Image|Credits?|Quelle)s?: ?.{2,60}$"
)
_LONGEST_CAPTION = 90
_NO_BODY = HARD + COLOPHON
_TOOLS = CHROME + CRUMBS + RELATED
_DATED = LABEL_LINES + SHORT
_LABELS = re.compile(f"[{LABEL_LINES}{CREDIT}]")
_NO_CREDITS = RELATED + COLOPHON + PROSE
# Whose label may stand above its value without a mark.
_VALUED = frozenset(("source", "author", "reporter", "published"))
_WEEKDAY = re.compile(r"日,? ?[(\[]?(?:星期|周|週)[一二三四五六日天]")
_ONE_WORD = re.compile(r"[A-Za-zÄÖÜäöüß]{3,16}$")
_LONE = re.compile(r"[\d ]{1,9}$")


@dataclass(frozen=True, slots=True)
class Page:
    """A page cut into zones. All indexes point into `seen`; `body` is empty where there is no article."""

    seen: tuple[Seen, ...]
    title: TitleFound | None
    header: range  # crumbs, headline, label lines and tools above the body
    body: tuple[int, ...]
    credits: range
    colophon: range
    anchored: bool  # a label line with a date or a source stands by the body
    copies: tuple[tuple[int, int], ...] = ()  # (first, last) lines of the body's other printings
    summary: int | None = None  # the line of a labelled summary above the body

    def zones(self) -> list[str]:
        """Return the zone of each line, made once; a later assignment below overrules the ones before it."""
        head = self.body[0] if self.body else len(self.seen)
        zones = ["masthead"] * head + ["related"] * (len(self.seen) - head)
        for name, lines in (("colophon", self.colophon), ("credits", self.credits), ("dateline", self.header)):
            zones[lines.start : lines.stop] = [name] * len(lines)
        for first, last in self.copies:
            zones[first : last + 1] = ["body"] * (last + 1 - first)
        if self.body:
            zones[head : self.body[-1] + 1] = ["body"] * (self.body[-1] + 1 - head)
            # between two printings stand the credits of one and the label lines of the other
            for (_, last), (first, _) in pairwise(((head, self.body[-1]), *self.copies)):
                zones[last + 1 : first] = ["credits"] * max(0, first - last - 1)
        if self.title is not None:
            zones[self.title.first : self.title.last + 1] = ["headline"] * (self.title.last + 1 - self.title.first)
        if self.summary is not None:
            zones[self.summary] = "summary"
        return zones


@dataclass(slots=True)
class _Article:
    """A place where the article may stand, with how well it fits."""

    fit: float
    title: TitleFound | None
    header: range
    body: tuple[int, ...]
    summary: int | None
    anchored: bool
    has_labels: bool


def find_zones(seen: Sequence[Seen]) -> Page:
    """Return the zones of a page. A page without an article gets a colophon and nothing else."""
    page = _with_values(_without_today(Outline(seen)))
    words = LineWords(page)
    found: list[_Article] = []
    for meta, first in find_starts(page):
        if not any(_is_beaten(page, meta, first, one) for one in found):
            one = _around(page, meta, first, words)
            found += [one] if one is not None else []
    if not found:
        return Page(page.seen, None, range(0), (), range(0), _colophon(page, 0), anchored=False)
    best = _best(page, found)
    credits = _credits(page, best.body[-1] + 1, has_labels=best.has_labels)
    colophon = _colophon(page, credits.stop)
    return Page(page.seen, best.title, best.header, best.body, credits, colophon, best.anchored, summary=best.summary)


def _without_today(page: Outline) -> Outline:
    """Return the lines with a day of the week that stands above the path made a tool of the page: it is the reader's day."""
    seen, path = page.seen, max(0, page.shape.find(CRUMBS))
    prose = page.shape.find(PROSE, 0, path)
    for i, one in enumerate(seen[: path if prose < 0 else prose]):
        if one.dates and not one.hits and _WEEKDAY.search(one.view):
            return Outline([*seen[:i], replace(one, kind=Kind.CHROME, dates=()), *seen[i + 1 :]])
    return page


def _with_values(page: Outline) -> Outline:
    """Return the lines with each that is the value of the label standing alone above it made a label line too."""
    seen = page.seen
    values = [m.end() for m in _LABELS.finditer(page.shape, 0, len(seen) - 1) if _waits_for_value(seen, m.start())]
    values = [i for i in values if seen[i].line.gap <= 2 and len(seen[i].view) <= 40]
    values = [i for i in values if seen[i].kind in (Kind.SHORT, Kind.CHROME)]
    if not values:
        return page
    lines = list(seen)
    for i in values:
        lines[i] = replace(seen[i], kind=Kind.META)
    return Outline(lines)


def _waits_for_value(seen: Sequence[Seen], i: int) -> bool:
    """Return whether a line is one label and nothing behind it: with a colon, or among label lines (来源 / 甲报 / 作者)."""
    one = seen[i]
    if one.kind not in (Kind.META, Kind.CREDIT) or len(one.hits) != 1:
        return False
    hit = one.hits[0]
    if hit.start or hit.value_start < hit.value_end:
        return False
    if hit.mark == ":":
        return one.kind is Kind.META
    beside = (seen[n].kind for n in (i - 1, i + 2) if 0 <= n < len(seen))
    return hit.mark == "$" and hit.rule.field in _VALUED and Kind.META in beside


def _best(page: Outline, found: Sequence[_Article]) -> _Article:
    """Return the article that fits best; the topmost one has a bonus."""
    if len(found) == 1:
        return found[0]
    anchored = [one for one in found if page.has_dateline(one.header.start, one.header.stop)]
    topmost = min(anchored, key=lambda one: one.body[0], default=None)
    bonus = _topmost_bonus(page, topmost) if topmost is not None else 0.0
    return max(found, key=lambda one: one.fit + bonus * (one is topmost))


def _topmost_bonus(page: Outline, one: _Article) -> float:
    """Return what it is worth to be the first article of a page: twice as much with a sure headline and label line."""
    sure = one.title is not None and one.title.score >= 5 and any(is_strong(page.seen[i]) for i in one.header)
    return 2 * _TOPMOST if sure and sum([len(page.seen[i].view) for i in one.body]) >= 100 else _TOPMOST


def is_summary(one: Seen) -> bool:
    """Return whether a line begins with the label of a summary."""
    return bool(one.hits) and one.hits[0].rule.field == "summary" and one.hits[0].start <= 1 and one.hits[0].mark == ":"


def _around(page: Outline, meta: list[int], first: int, words: LineWords) -> _Article | None:
    """Return the article that starts at line `first`, and how well it fits; None if it has no text."""
    seen, shape = page.seen, page.shape
    end = body_end(page, first)
    title = find_title(words, meta, first, end)
    start = body_start(page, title, meta, first)
    if start >= len(seen) or shape[start] in _NO_BODY:
        return None
    body = _trim(page, range(start, (end if start == first else body_end(page, start)) + 1))
    if not body:
        return None
    summary = body[0] if len(body) > 1 and is_summary(seen[body[0]]) else None
    if summary is not None:
        body = body[1:]
        start = body[0]
    prose = sum([len(seen[i].view) for i in body if shape[i] == PROSE])
    if not prose and not _is_likely(seen, title, meta, body):
        return None
    below = page.has_dateline(body[-1] + 1, body[-1] + _BELOW)
    header = range(_header_start(page, title, meta, start), start)
    fit = _fit(prose, [seen[i] for i in meta], 60.0 * below, 60.0 * title.score if title else -100.0)
    has_labels = any(is_labelled(seen[i]) for i in meta)
    return _Article(fit, title, header, body, summary, anchored=bool(meta or below), has_labels=has_labels)


def _fit(prose: int, meta: Sequence[Seen], below: float, headline: float) -> float:
    """Return how well an article fits that has so much running text, these label lines, and what the other two are worth."""
    labels = min(500.0, sum([weigh_dateline(one) for one in meta[:3]]))
    return 1000.0 * prose / (prose + 300) + min(prose, 6000) * 0.05 + labels + below + headline


def _is_beaten(page: Outline, meta: Sequence[int], first: int, above: _Article) -> bool:
    """Return whether no article around line `first` can fit better than this one above it, whatever its text and headline are."""
    top = top_of_head(meta, first)
    if top <= above.body[0] or not page.has_dateline(above.header.start, above.header.stop):
        return False
    most = _fit(
        page.n_prose(top, len(page.seen)), [page.seen[i] for i in meta], 60.0, 60.0 * most_score(page.seen, top)
    )
    return most < above.fit


def _is_likely(seen: Sequence[Seen], title: TitleFound | None, meta: Sequence[int], body: Sequence[int]) -> bool:
    """Return whether short lines alone are an article's text: under a sure headline and label lines."""
    if title is None or title.score <= 3 or not meta:
        return False
    return len(body) >= 3 or any(is_labelled(seen[i]) and seen[i].dates for i in meta)


def _trim(page: Outline, lines: range) -> tuple[int, ...]:
    """Return a body's lines without tools, the lone number behind it and the picture's caption above it."""
    seen, shape = page.seen, page.shape
    body = [i for i in lines if shape[i] not in _TOOLS]
    while body and _LONE.match(seen[body[-1]].view):
        body.pop()
    while len(body) > 1 and _is_caption(seen[body[0]].view):
        del body[0]
    return tuple(body)


def _is_caption(view: str) -> bool:
    """Return whether a first line is the caption of a picture above the text, or a single word over it."""
    if len(view) > _LONGEST_CAPTION:
        return False
    return _CAPTION.search(view) is not None or _ONE_WORD.match(view) is not None


def _header_start(page: Outline, title: TitleFound | None, meta: Sequence[int], body: int) -> int:
    """Return where the header begins: at the path, the first printing of the headline, or a date above them."""
    seen, shape = page.seen, page.shape
    first = min([body, *([_first_printed(seen, title.first)] if title else []), *meta[:1]])
    path = shape.rfind(CRUMBS, max(0, first - _CRUMBS_ABOVE + 1), first)
    first = _table_start(page, path if path >= 0 else first)
    if any(one.dates for one in seen[first:body]):
        return first
    above = range(first - 1, max(-1, first - _DATE_ABOVE), -1)
    return next((i for i in above if seen[i].dates and shape[i] in _DATED), first)


def _table_start(page: Outline, first: int) -> int:
    """Return where the index table begins that ends at a header: label lines, or cells with a label above each value."""
    seen, shape = page.seen, page.shape
    while first > 0:
        if shape[first - 1] in LABEL_LINES and seen[first - 1].hits:
            first -= 1
        elif first > 1 and shape[first - 2] in LABEL_LINES and len(seen[first - 2].hits) == 1:
            first -= 2
        else:
            break
    return first


def _first_printed(seen: Sequence[Seen], title: int) -> int:
    """Return where the headline stands first: a page may repeat it under its label lines."""
    view = seen[title].view
    return next((i for i in range(max(0, title - ABOVE), title) if seen[i].view == view), title)


def after_printings(page: Page, printings: Printings) -> Page:
    """Return the page with one printing as its body and the credits behind the last one."""
    if len(printings.spans) == 1:
        return page
    outline, last = Outline(page.seen), max(b for _, b in printings.spans)
    credits = page.credits if page.credits.start > last else _credits(outline, last + 1, has_labels=True)
    copies = tuple(span for span in printings.spans if span[0] > printings.body[-1])
    colophon = _colophon(outline, credits.stop)
    return replace(page, body=printings.body, credits=credits, copies=copies, colophon=colophon)


def _credits(page: Outline, start: int, *, has_labels: bool) -> range:
    """Return the lines behind a body that may name its makers. With label lines above, further ones are another article's."""
    for i, letter in enumerate(page.shape[start : start + _CREDIT_LINES], start):
        if letter in _NO_CREDITS:
            return range(start, i)
        one = page.seen[i]
        if has_labels and one.dates and is_labelled(one) and i > start and page.shape[i - 1] == SHORT:
            return range(start, i - 1)
    return range(start, min(start + _CREDIT_LINES, len(page.seen)))


def _colophon(page: Outline, start: int) -> range:
    """Return the site's footer: from the first footer line behind the article on."""
    first = page.shape.find(COLOPHON, start)
    return range(first if first >= 0 else len(page.seen), len(page.seen))
