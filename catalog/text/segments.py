"""The zones of a page: masthead, headline, dateline, body, credits, related, colophon."""

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from catalog.text.classify import Kind, Seen
from catalog.text.regions import Region, find_regions
from catalog.text.repeats import Printings
from catalog.text.title import ABOVE, LineWords, TitleFound, find_title, pieces

LEAST_PROSE = 30  # characters of running text under which a run without label lines is no article
_CREDIT_LINES = 14  # how far behind the body labels of people are looked for; portals put share tools in between
_AHEAD = 14  # lines looked at behind a doubtful end
_MOST_SHORT = 80  # short lines in a row that a table inside an article may have
_HARD = (Kind.RELATED, Kind.END, Kind.CRUMBS)
_SOFT = {
    Kind.COLOPHON: 150,
    Kind.CHROME: 90,
    Kind.NOTICE: 120,
    Kind.META: 120,
    Kind.CREDIT: 260,
}  # prose ahead for which it is no end
_TOPMOST = 300.0  # what it is worth to be the first article of a page: feeds print another one below
_LISTED = 3  # more dated lines than this, none with a label, are a list of other articles
_TABLE_SHARE = (
    0.3  # share of a tail's words that the text uses too if the tail is its table and no list of other headlines
)
_CAPTION = re.compile(
    r"^(?:图为|圖為|图片?说明|▲|△)|(?:记者|記者)[^ 。]{2,4}(?:摄|攝)(?: .{0,14})?$|[(].{0,16}(?:摄|攝)[)]$|^(?:Foto|Bild|Photo|Image|Credits?|Quelle)s?: ?.{2,60}$"
)
_ONE_WORD = re.compile(r"[A-Za-zÄÖÜäöüß]{3,16}$")
_LONE = re.compile(r"[\d ]{1,9}$")
_DATELINE = frozenset(
    (
        "published",
        "modified",
        "source",
        "author",
        "original_author",
        "reporter",
        "editor",
        "responsible_editor",
        "poster",
        "issuing_body",
    )
)
_TOOL_LINES, _NARROW = 12, 8  # share and comment tools under a headline; the account's name stands among them
_DATE_ABOVE = 7
_OTHER_HEAD = 4  # short lines that may be the head of another article above its date
_SIGNATURE = re.compile(r"\(?.{0,6}\d{4}年\d{1,2}月\d{1,2}日\)?$|附件|.{3,30}(?:局|委员会|政府|厅|部|办公室|法院)$")


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


def find_zones(seen: Sequence[Seen]) -> Page:
    """Return the zones of a page. A page without an article gets a colophon and nothing else."""
    seen = tuple(seen)
    counts = Counter(s.view for s in seen)
    words = LineWords(seen, counts)
    found = [page for meta, first in _candidates(seen) if (page := _around(seen, meta, first, words)) is not None]
    anchored = [page for _, page in found if any(is_dateline(seen[i]) for i in page.header)]
    topmost = min(anchored, key=lambda page: page.body[0], default=None)
    bonus = _topmost_bonus(topmost) if topmost is not None else 0.0
    best = max(found, key=lambda one: one[0] + bonus * (one[1] is topmost), default=None)
    if best is None:
        start = _colophon_start(seen, 0)
        return Page(seen, None, range(0), (), range(0), range(start, len(seen)), anchored=False)
    return best[1]


def _topmost_bonus(page: Page) -> float:
    """Return what it is worth to be the first article of a page: twice as much with a sure headline and label line."""
    sure = page.title is not None and page.title.score >= 5 and any(_is_strong(page.seen[i]) for i in page.header)
    return 2 * _TOPMOST if sure and sum(len(page.seen[i].view) for i in page.body) >= 100 else _TOPMOST


def _candidates(seen: Sequence[Seen]) -> Iterator[tuple[list[int], int]]:
    """Yield (label lines above, first line of text) of each place where an article may start."""
    anchors = [i for i, s in enumerate(seen) if is_dateline(s)]
    groups: list[list[int]] = []
    for i in anchors:
        if groups and i - groups[-1][-1] <= 6 and not any(s.kind is Kind.PROSE for s in seen[groups[-1][-1] : i]):
            groups[-1].append(i)
        else:
            groups.append([i])
    found = []
    for group in groups:
        weight = sum(_weight(seen[i]) for i in group[:3])
        near = seen[max(0, group[-1] - 2) : group[-1] + 3]
        if len(group) > _LISTED and not any(_is_labelled(seen[i]) for i in group) and not any(map(_is_authored, near)):
            continue  # a list of other articles with their dates
        ahead = sum(len(s.view) for s in seen[group[-1] + 1 : group[-1] + 10] if s.kind is Kind.PROSE)
        if weight >= 200 or ahead >= 150:
            found.append((weight + min(ahead, 400), group))
    yielded = [group for _, group in sorted(found, key=lambda f: -f[0])[:6]]
    yielded = [group[-1:] if len(group) > 2 * _LISTED else group for group in yielded]
    for group in yielded:
        yield group, group[-1] + 1
    for region in sorted(find_regions(seen), key=lambda r: -r.score)[:4]:
        if region.prose < LEAST_PROSE:
            continue
        first = _first_prose(seen, region)
        above = [i for i in range(max(0, first - 2 * ABOVE), first) if is_dateline(seen[i])]
        crumbs = [i for i in range(max(0, first - 2 * ABOVE), first) if seen[i].kind in (Kind.CRUMBS, Kind.COLOPHON)]
        above = [i for i in above if not crumbs or i > crumbs[-1]]
        if len(above) > _LISTED and not any(_is_labelled(seen[i]) for i in above):
            above = []
        if not any(i in group for group in yielded for i in above):
            yield above, first


def is_summary(one: Seen) -> bool:
    """Return whether a line begins with the label of a summary."""
    return bool(one.hits) and one.hits[0].rule.field == "summary" and one.hits[0].start == 0 and one.hits[0].mark == ":"


def is_dateline(one: Seen) -> bool:
    """Return whether a line is of the kind that stands by a headline: a date, a source, an author."""
    return one.kind is Kind.META and (bool(one.dates) or any(h.rule.field in _DATELINE for h in one.hits))


def _is_strong(one: Seen) -> bool:
    """Return whether a label line can only belong to an article: a date with its hour, or labels of one."""
    return _is_labelled(one) or any(d.has_time for d in one.dates)


def _is_labelled(one: Seen) -> bool:
    fields = {h.rule.field for h in one.hits if h.mark == ":"}
    by = {"author", "reporter", "editor", "poster"}
    return bool(fields & {"source", *by}) or (bool(one.dates) and bool(fields & {"published", "views"}))


def _is_authored(one: Seen) -> bool:
    return one.kind is Kind.CREDIT and any(h.rule.field in ("author", "reporter") and h.mark == ":" for h in one.hits)


def _weight(one: Seen) -> float:
    """Return how surely a label line belongs to an article, in characters of prose that it is worth."""
    fields = {h.rule.field for h in one.hits}
    if one.dates and {"published", "source"} <= fields:
        return 400.0
    return 250.0 if _is_labelled(one) else 200.0 if _is_strong(one) else 150.0


def _first_prose(seen: Sequence[Seen], region: Region) -> int:
    first = region.first
    while first < region.last and seen[first].kind is not Kind.PROSE:
        first += 1
    return first


def _around(seen: tuple[Seen, ...], meta: list[int], first: int, words: LineWords) -> tuple[float, Page] | None:
    """Return how well an article fits that starts at line `first`, and the page as it is then cut; None if it has no text."""
    rough_last = _body_end(seen, first)
    text = "\n".join(s.view for s in seen[first : rough_last + 1])
    title = find_title(words, meta, first, text)
    start = _body_start(seen, title, meta, first)
    if start >= len(seen) or seen[start].kind in (*_HARD, Kind.COLOPHON):
        return None
    last = _body_end(seen, start)
    body = tuple(i for i in range(start, last + 1) if seen[i].kind not in (Kind.CHROME, Kind.CRUMBS, Kind.RELATED))
    while body and _LONE.match(seen[body[-1]].view):
        body = body[:-1]
    while len(body) > 1 and _is_caption(seen[body[0]].view):
        body = body[1:]
    if not body:
        return None
    summary = body[0] if len(body) > 1 and is_summary(seen[body[0]]) else None
    if summary is not None:
        body = body[1:]
        start = body[0]
    last = body[-1]
    prose = sum(len(seen[i].view) for i in body if seen[i].kind is Kind.PROSE)
    below = [i for i in range(last + 1, min(last + 12, len(seen))) if is_dateline(seen[i])]
    if not prose and not (meta and title and title.score > 3 and len(body) >= 3):
        return None
    header = _with_crumbs(seen, min([start, *([_first_printed(seen, title.first)] if title else []), *meta[:1]]))
    header = _with_date(seen, header, start)
    credits = _credits(seen, last + 1)
    colophon = range(_colophon_start(seen, credits.stop), len(seen))
    score = (
        1000.0 * prose / (prose + 300)
        + min(prose, 6000) * 0.05
        + min(500.0, sum(_weight(seen[i]) for i in meta[:3]))
        + 60.0 * bool(below)
    )
    score += 60.0 * title.score if title else -100.0
    return score, Page(
        seen, title, range(header, start), body, credits, colophon, anchored=bool(meta or below), summary=summary
    )


def _is_caption(view: str) -> bool:
    """Return whether a first line is the caption of a picture above the text, or a single word over it."""
    return len(view) <= 90 and (_CAPTION.search(view) is not None or _ONE_WORD.match(view) is not None)


def _with_date(seen: Sequence[Seen], first: int, body: int) -> int:
    """Return where a header begins that has no date in it, if one stands a few lines above."""
    if any(one.dates for one in seen[first:body]):
        return first
    above = range(first - 1, max(-1, first - _DATE_ABOVE), -1)
    return next((i for i in above if seen[i].dates and seen[i].kind in (Kind.META, Kind.SHORT)), first)


def _first_printed(seen: Sequence[Seen], title: int) -> int:
    """Return where the headline stands first: a page may repeat it under its label lines."""
    return next((i for i in range(max(0, title - ABOVE), title) if seen[i].view == seen[title].view), title)


def _with_crumbs(seen: Sequence[Seen], first: int) -> int:
    for i in range(first - 1, max(-1, first - 6), -1):
        if seen[i].kind is Kind.CRUMBS:
            return i
    return first


def _body_start(seen: Sequence[Seen], title: TitleFound | None, meta: Sequence[int], first: int) -> int:
    """Return the first line of the body: what stands under headline, label lines and tools."""
    head = [title.last] if title else []
    head += [i for i in meta if not title or i > title.first - 6]
    i = max(head, default=first - 1) + 1
    if any(one.kind is Kind.RELATED for one in seen[i:first]):
        return first  # links to other articles between headline and text
    i = max(i, _behind_tools(seen, i))
    labelled = any(seen[m].hits or any(d.has_time for d in seen[m].dates) for m in meta)
    while i < len(seen):
        one = seen[i]
        again = title is not None and one.view == seen[title.first].view
        is_label = one.kind is Kind.META and (one.hits or not one.dates or not labelled)
        if one.kind in (Kind.CHROME, Kind.CRUMBS) or again or is_label or (one.kind is Kind.CREDIT and not labelled):
            i += 1
            continue
        if (
            one.kind is Kind.CREDIT
            and i + 1 < len(seen)
            and seen[i + 1].kind is not Kind.COLOPHON
            and len(one.view) < 60
        ):
            i += 1
            continue
        if one.kind is Kind.NOTICE and len(one.view) < 60:
            i += 1
            continue
        break
    return i


def _behind_tools(seen: Sequence[Seen], i: int) -> int:
    """Return the line behind the last tool between label lines and text, if only narrow lines stand between the tools."""
    prose = next((n for n in range(i, min(i + _TOOL_LINES, len(seen))) if seen[n].kind is Kind.PROSE), None)
    if prose is None:
        return i
    tools = [n for n in range(i, prose) if seen[n].kind is Kind.CHROME]
    if not tools or any(len(seen[n].view) > _NARROW for n in range(i, tools[-1]) if seen[n].kind is Kind.SHORT):
        return i
    last = tools[-1] + 1
    while last < prose and _LONE.match(seen[last].view):
        last += 1
    return last


def _body_end(seen: Sequence[Seen], start: int) -> int:
    """Return the last line of the body that starts at `start`.

    Words that end an article do so only if no running text follows; short lines behind the last running text
    belong to it (a table, a signature) if something closes them.
    """
    last = start
    short = 0
    for i in range(start, len(seen)):
        kind = seen[i].kind
        if kind in _HARD:
            return _closed(seen, start, last, i - 1, short)
        if kind in _SOFT and _prose_ahead(seen, i + 1) < _SOFT[kind]:
            if (
                kind is Kind.META
                and seen[i].dates
                and not seen[i].hits
                and short <= _OTHER_HEAD
                and not _is_signed(seen, last, i)
            ):
                return last
            return _closed(seen, start, last, i - 1, short)
        if kind is Kind.PROSE:
            last, short = i, 0
        elif kind is Kind.SHORT:
            short += 1
            if short > _MOST_SHORT:
                return last
    return last


def _is_signed(seen: Sequence[Seen], last: int, date: int) -> bool:
    """Return whether the short lines before a date are the signature of a document and the date its own."""
    lines = seen[last + 1 : date]
    return all(_SIGNATURE.match(s.view) for s in lines[-1:]) and not seen[date].dates[0].has_time


def _closed(seen: Sequence[Seen], start: int, last: int, end: int, short: int) -> int:
    """Return where a body ends whose last running text is line `last` and which something closes behind line `end`."""
    while end > last and seen[end].kind is not Kind.SHORT:
        end -= 1
    if short <= 4 or any(_SIGNATURE.match(seen[i].view) for i in range(max(last, end - 1), end + 1)):
        return end
    rows = range(last + 1, end + 1)
    spaced = sum(1 for i in rows if seen[i].line.gap)
    if spaced * 2 >= len(rows):
        return end
    body = pieces("\n".join(seen[i].view for i in range(start, last + 1)))
    tail = pieces("\n".join(seen[i].view for i in rows))
    return end if sum((body & tail).values()) >= _TABLE_SHARE * max(1, sum(tail.values())) else last


def _prose_ahead(seen: Sequence[Seen], start: int) -> int:
    """Return the characters of running text behind a doubtful end, up to a certain one or another article's label lines."""
    found = 0
    for one in seen[start : start + _AHEAD]:
        if one.kind in _HARD or (is_dateline(one) and _is_strong(one)):
            break
        if one.kind is Kind.PROSE:
            found += len(one.view)
    return found


def after_printings(page: Page, printings: Printings) -> Page:
    """Return the page with one printing as its body and the credits behind the last one."""
    last = max(b for _, b in printings.spans)
    credits = page.credits if page.credits.start > last else _credits(page.seen, last + 1)
    copies = tuple(span for span in printings.spans if span[0] > printings.body[-1])
    start = _colophon_start(page.seen, credits.stop)
    return replace(page, body=printings.body, credits=credits, copies=copies, colophon=range(start, len(page.seen)))


def _credits(seen: Sequence[Seen], start: int) -> range:
    stop = start
    for i in range(start, min(start + _CREDIT_LINES, len(seen))):
        if seen[i].kind in (Kind.RELATED, Kind.COLOPHON, Kind.PROSE):
            break
        stop = i + 1
    return range(start, stop)


def _colophon_start(seen: Sequence[Seen], start: int) -> int:
    """Return where the site's footer begins: the first footer line behind the article."""
    for i in range(start, len(seen)):
        if seen[i].kind is Kind.COLOPHON:
            return i
    return len(seen)
