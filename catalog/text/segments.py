"""The zones of a page: masthead, headline, dateline, body, credits, related, colophon."""

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from catalog.text.classify import Kind, Seen
from catalog.text.fold import fold_body
from catalog.text.regions import Region, find_regions
from catalog.text.title import REACH, TitleFound, find_title

LEAST_PROSE = 30  # characters of running text under which a page has no article (shortest in the learn captures: 114)
_CREDIT_LINES = 14  # how far behind the body labels of people are looked for; portals put share tools in between
_BREAKS = (Kind.RELATED, Kind.COLOPHON)
_SIGNATURE = re.compile(r"^.{0,40}(?:局|委|会|府|厅|部|室|院|社|公司|中心|大学|学院|办)$|^\(?.{0,6}\d{4}年\d{1,2}月\d{1,2}日\)?$|^附件|^[二〇一三四五六七八九十零]{4}年")


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

    def zone_of(self, i: int) -> str:
        """Return the zone of line i."""
        if self.title is not None and self.title.first <= i <= self.title.last:
            return "headline"
        if self.body and self.body[0] <= i <= self.body[-1]:
            return "body"
        if i in self.header:
            return "dateline"
        if i in self.credits:
            return "credits"
        if i in self.colophon:
            return "colophon"
        return "masthead" if not self.body or i < self.body[0] else "related"


def find_zones(seen: Sequence[Seen]) -> Page:
    """Return the zones of a page. A page without an article gets a colophon and nothing else."""
    seen = tuple(seen)
    counts = Counter(fold_body(s.view) for s in seen if len(s.view) <= 220)
    best: tuple[float, Page] | None = None
    regions = sorted(find_regions(seen), key=lambda r: -r.score)[:6]
    for region in regions:
        if region.prose < LEAST_PROSE:
            continue
        score, page = _around(seen, region, counts)
        if best is None or score > best[0]:
            best = (score, page)
    if best is None:
        start = _colophon_start(seen, 0)
        return Page(seen, None, range(0), (), range(0), range(start, len(seen)), anchored=False)
    return best[1]


def _around(seen: tuple[Seen, ...], region: Region, counts: Counter[str]) -> tuple[float, Page]:
    """Return the page as it would be cut if this run of prose were the article, and how well that fits."""
    first, last = _trim(seen, region)
    top = _header_top(seen, first)
    meta = [i for i in range(top, first) if _is_dateline(seen[i])]
    text = "\n".join(s.view for s in seen[first : last + 1])
    title = find_title(seen, top, first, text, meta, counts)
    below = [i for i in range(last + 1, min(last + 12, len(seen))) if _is_dateline(seen[i])]
    body_first = _body_start(seen, title, meta, first)
    body_last = _body_end(seen, last)
    header_first = min([i for i in (title.first if title else body_first, *meta[:1]) if i is not None], default=body_first)
    header_first = _with_crumbs(seen, header_first)
    credits = _credits(seen, body_last + 1)
    body = tuple(i for i in range(body_first, body_last + 1) if seen[i].kind not in (Kind.CHROME, Kind.CRUMBS, Kind.NOTICE, Kind.RELATED))
    score = min(region.score, 900.0) + min(region.prose, 2000) * 0.1
    score += 300.0 if meta else (120.0 if below else 0.0)
    score += 40.0 * max(0.0, title.score) if title else 0.0
    colophon = range(_colophon_start(seen, credits.stop), len(seen))
    page = Page(seen, title, range(header_first, body_first), body, credits, colophon, anchored=bool(meta or below))
    return score, page


def _trim(seen: Sequence[Seen], region: Region) -> tuple[int, int]:
    """Return the first and last line of a run that is prose and no notice."""
    first, last = region.first, region.last
    while first < last and seen[first].kind is not Kind.PROSE:
        first += 1
    while last > first and seen[last].kind is not Kind.PROSE:
        last -= 1
    return first, last


def _is_dateline(one: Seen) -> bool:
    if one.kind is not Kind.META:
        return False
    return bool(one.dates) or any("dateline" in h.rule.zones for h in one.hits)


def _header_top(seen: Sequence[Seen], first: int) -> int:
    """Return the topmost line in which a headline of the article at `first` may stand."""
    top = max(0, first - REACH)
    for i in range(first - 1, top - 1, -1):
        if seen[i].kind in (Kind.COLOPHON, Kind.END):
            return i + 1
        if seen[i].kind is Kind.CRUMBS:
            return i
    return top


def _with_crumbs(seen: Sequence[Seen], first: int) -> int:
    for i in range(first - 1, max(-1, first - 6), -1):
        if seen[i].kind is Kind.CRUMBS:
            return i
    return first


def _body_start(seen: Sequence[Seen], title: TitleFound | None, meta: Sequence[int], first: int) -> int:
    """Return the first line of the body: what stands under headline, label lines and tools."""
    head = [title.last] if title else []
    head += [i for i in meta if not title or i > title.first - 4]
    if not head:
        return first
    i = max(head) + 1
    for j in range(i, first):
        if seen[j].kind in (Kind.CHROME, Kind.CRUMBS, Kind.META, Kind.RELATED) or (title and seen[j].view == seen[title.first].view):
            i = j + 1
    return min(i, first)


def _body_end(seen: Sequence[Seen], last: int) -> int:
    """Return the last line of the body: short lines behind the last prose belong to it if something closes them."""
    end = last
    for i in range(last + 1, min(last + 60, len(seen))):
        kind = seen[i].kind
        if kind in (Kind.CREDIT, Kind.CHROME, Kind.END, Kind.NOTICE, Kind.META, *_BREAKS):
            return end
        if i - last > 3 and not _SIGNATURE.search(seen[i].view) and seen[i].line.gap == 0:
            return last if end - last > 3 else end
        end = i
    return last


def _credits(seen: Sequence[Seen], start: int) -> range:
    stop = start
    for i in range(start, min(start + _CREDIT_LINES, len(seen))):
        if seen[i].kind in _BREAKS or seen[i].kind is Kind.PROSE:
            break
        stop = i + 1
    return range(start, stop)


def _colophon_start(seen: Sequence[Seen], start: int) -> int:
    """Return where the site's footer begins: the first footer line behind the article."""
    for i in range(start, len(seen)):
        if seen[i].kind is Kind.COLOPHON:
            return i
    return len(seen)
