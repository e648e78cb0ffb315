"""The headline's fields: the title wherever it is printed, a kicker above it, a subtitle below."""

import re
from collections.abc import Iterator, Sequence

from catalog.model.field import Confidence, Field
from catalog.text.bylines import has_names
from catalog.text.candidates import headline_in
from catalog.text.classify import Kind
from catalog.text.fold import clean_value
from catalog.text.lines import Line
from catalog.text.readers import Found
from catalog.text.segments import Page
from catalog.text.sheet import Claim, Sheet
from catalog.text.title import TitleFound, trim_title, unpadded

_DASH = re.compile(r"(?:[—–-]{1,3}|──) ?(?=\w|[“\"《])")
_LEAST = 6  # characters; shorter lines beside a headline are sections and tools
_BYLINE_WORD = re.compile("记者|記者|通讯员|作者|来源")
_SURE, _LIKELY = 5.0, 2.5  # scores of a headline from which it is trusted highly, or at all (learn captures)


def read_headline(page: Page, sheet: Sheet, zones: Sequence[str]) -> Iterator[Field]:
    """Yield title, its repetitions in the frame, subtitle and kicker."""
    found = page.title
    if found is None:
        return
    first = page.seen[found.first].line
    start, end = _bounds(page, found)
    trust = Confidence.HIGH if found.score >= _SURE else Confidence.MEDIUM if found.score >= _LIKELY else Confidence.LOW
    value = (
        _joined(page, found)
        if found.last > found.first
        else clean_value(sheet.text[first.start + start : first.start + end])
    )
    yield from _subtitle(page, found.last, sheet)
    yield from _kicker(page, found.first, sheet)
    yield sheet.field(first, Found(start, end, value), Claim("title", "title.place", trust))
    again = first.view[start:end]
    for i, one in enumerate(page.seen):
        if i != found.first and one.view == again and zones[i] in ("dateline", "credits", "masthead"):
            yield sheet.field(one.line, Found(0, len(one.view), value), Claim("title", "title.again", trust))


def _joined(page: Page, found: TitleFound) -> str:
    """Return a headline over several lines as one: no blank where Chinese text goes on."""
    joined = ""
    for one in page.seen[found.first : found.last + 1]:
        part = clean_value(unpadded(one.view))
        joined += part if not joined or (joined[-1] > "\u2e80" and part[:1] > "\u2e80") else f" {part}"
    return joined


def _bounds(page: Page, found: TitleFound) -> tuple[int, int]:
    """Return where the title begins and ends, counted from its first line's start: without ornaments and a date beside it."""
    one = page.seen[found.first]
    if found.last > found.first:
        return 0, page.seen[found.last].line.end - one.line.start
    first, last = headline_in(one) or (0, len(one.view))
    start, end = trim_title(one.view[first:last])
    return first + start, first + end


def _subtitle(page: Page, last: int, sheet: Sheet) -> Iterator[Field]:
    """Yield the line under the headline if a dash opens it, or if it stands alone between headline and label lines."""
    if not page.body or last + 1 >= page.body[0]:
        return
    below = page.seen[last + 1]
    dash = _DASH.match(below.view)
    closed = page.seen[last + 2].kind is Kind.META and len(below.view) >= _LEAST
    if below.kind not in (Kind.SHORT, Kind.PROSE) or _BYLINE_WORD.search(below.view):
        return
    if below.view == page.seen[last].view:
        return  # the headline again
    if dash or (closed and not has_names(sheet.rules.words, below.view)):
        claim = Claim("subtitle", "title.below", Confidence.HIGH if dash else Confidence.MEDIUM)
        yield sheet.printed(below.line, dash.end() if dash else 0, len(below.view), claim)


def _kicker(page: Page, first: int, sheet: Sheet) -> Iterator[Field]:
    """Yield the one line between the path and the headline."""
    if first < 2 or page.seen[first - 2].kind is not Kind.CRUMBS:
        return
    above: Line = page.seen[first - 1].line
    if page.seen[first - 1].kind is Kind.SHORT and len(above.view) >= _LEAST:
        yield sheet.printed(above, 0, len(above.view), Claim("kicker", "title.above", Confidence.LOW))
