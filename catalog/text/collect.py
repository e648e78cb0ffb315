"""All fields that a page's zones give: labels where they are trusted, crumbs, bylines, bare dates and numbers."""

import re
from collections.abc import Iterator
from dataclasses import replace

from catalog.model.field import Confidence, Evidence, Field, State
from catalog.model.rule import RuleSet
from catalog.model.span import Span
from catalog.text.bylines import has_names, read_byline, read_bylines
from catalog.text.classify import Kind, Seen
from catalog.text.dates import find_dates
from catalog.text.fold import clean_value
from catalog.text.labels import read_hits, read_patterns, scan_line
from catalog.text.lines import Line
from catalog.text.numbers import read_count
from catalog.text.readers import read_crumbs
from catalog.text.segments import Page
from catalog.text.title import trim_title

_HASH_TAG = re.compile(r"(?:^| )#(?P<tag>[^# ]{1,24})#?")
_LONE_NUMBER = re.compile(r"\d{1,9}$")
_FAR_COUNT = re.compile(
    r"(?:共有?|已有|全部|查看全部) ?(?P<comments>\d{1,7}) ?条(?:评论|跟帖)|(?:^|[^\w])(?:我要|网友|最新|全部|查看|热门)?(?:评论|留言|跟帖|跟贴) ?\((?P<c2>\d{1,7})\)"
    r"|^(?:评论|跟帖|跟贴|留言) ?(?P<c3>\d{1,7})(?!\d)|^(?P<c4>\d{1,7}) ?(?:条评论|评论)$|^阅读 ?(?P<views>\d[\d.,]{0,9}万?\+?)$"
)
_PRESS_PLACE = re.compile(r"\(?(?:[A-ZÄÖÜ][^\d.:;]{1,40}[,(]? ?(?:den |am |vom |on )?)$")
_PRESS_DASH = re.compile(r" ?(?:[-–—:.)]|\(|Uhr|$)")
_SUBTITLE_DASH = re.compile(r"(?:[—–-]{1,3}|──) ?(?=\w|[“\"《])")
_LEAST_SUBTITLE = 6  # characters; shorter lines beside a headline are sections and tools
_BYLINE_WORD = re.compile("记者|記者|通讯员|作者|来源")
_FAR_WORD = re.compile("评论|跟帖|跟贴|留言|阅读")
_UNSCANNED = (Kind.CHROME, Kind.RELATED, Kind.END)  # known by a word list before labels were looked for
_NUMBER_LABELS = ("views", "comments", "likes", "shares")


class Collector:
    """Reads one page. It holds what every step needs and nothing that changes."""

    def __init__(self, page: Page, text: str, rules: RuleSet, capture: str) -> None:
        self.page, self.text, self.rules, self.capture = page, text, rules, capture
        self.zones = page.zones()

    def collect(self) -> list[Field]:
        """Return every field of the page in the order of reading; the same value may come twice."""
        fields = list(self._title())
        for i, one in enumerate(self.page.seen):
            fields += self._line(i, one)
        fields += self._inline()
        far = self._far_counters(fields)
        fields = [f for f in fields if f.name not in {c.name for c in far}] + far
        if not any(f.name == "published" for f in fields):
            fields += self._dateline() or self._only_date(fields)
        fields += self._section(fields)
        return fields

    def _far_counters(self, fields: list[Field]) -> list[Field]:
        """Return counters that stand outside header and credits, where the page gives one number for a name and no more.

        Lists of other articles print their own numbers; a name with two different numbers is left alone.
        """
        found: dict[str, list[Field]] = {}
        read = {f.name for f in fields if f.state is State.STATED and f.confidence is Confidence.HIGH}
        for i, one in enumerate(self.page.seen):
            if self.zones[i] not in ("related", "colophon", "masthead") or len(one.view) > 80:
                continue
            for m in _FAR_COUNT.finditer(one.view) if _FAR_WORD.search(one.view) else ():
                name, number = (
                    ("comments", m["comments"] or m["c2"] or m["c3"] or m["c4"])
                    if m["views"] is None
                    else ("views", m["views"])
                )
                if name not in read and number is not None:
                    group = next(g for g in ("views", "comments", "c2", "c3", "c4") if m[g] is not None)
                    count = read_count(one.view, m.start(group))
                    if count is not None:
                        found.setdefault(name, []).append(
                            self.made(
                                name, count.value, one.line, count.start, count.end, f"{name}.far", Confidence.MEDIUM
                            )
                        )
        return [f for same in found.values() if len({f.value for f in same}) == 1 for f in same]

    def _dateline(self) -> list[Field]:
        """Return the date of a press dateline that opens the text (Berlin, 12. Januar 2022 – …), where no other is printed."""
        for i in (*(n for n in self.page.header if self.page.seen[n].kind is Kind.PROSE), *self.page.body[:5]):
            line = self.page.seen[i].line
            head = line.view[:70]
            for date in find_dates(head)[:1]:
                if _PRESS_PLACE.match(head[: date.start]) and _PRESS_DASH.match(head[date.end :]):
                    return [
                        self.made("published", date.iso, line, date.start, date.end, "date.dateline", Confidence.MEDIUM)
                    ]
        return []

    def _only_date(self, fields: list[Field]) -> list[Field]:
        """Return the date that a page prints outside its text and without a label, if it prints just one."""
        taken = {e.span for f in fields for e in f.evidence}
        found: dict[str, Field] = {}
        for i, one in enumerate(self.page.seen):
            if self.zones[i] == "body" or one.hits:
                continue
            for date in one.dates:
                field = self.made("published", date.iso, one.line, date.start, date.end, "date.only", Confidence.LOW)
                if field.evidence[0].span not in taken:
                    found.setdefault(date.iso, field)
        return list(found.values()) if len(found) == 1 else []

    def _section(self, fields: list[Field]) -> list[Field]:
        """Return the last step of the path as the section where no label names one, and the same word beside the date."""
        crumbs = [f for f in fields if f.name == "breadcrumb"]
        title = next((f.value for f in fields if f.name == "title"), None)
        if len(crumbs) < 2 or any(f.name == "section" for f in fields) or crumbs[-1].value == title:
            return []
        last = crumbs[-1]
        sections = [
            replace(
                last,
                name="section",
                confidence=Confidence.MEDIUM,
                evidence=(replace(last.evidence[0], rule="section.crumbs"),),
            )
        ]
        for i in self.page.header:
            one = self.page.seen[i]
            if one.dates and one.view[: one.dates[0].start].strip(" ") == last.value:
                sections.append(
                    self.made(
                        "section",
                        str(last.value),
                        one.line,
                        0,
                        len(str(last.value)),
                        "section.beside_date",
                        Confidence.MEDIUM,
                    )
                )
        return sections

    def made(
        self, name: str, value: str | int, line: Line, start: int, end: int, rule: str, trust: Confidence
    ) -> Field:  # noqa: PLR0913
        """Return a stated field read at line.view[start:end]."""
        span = Span(line.start + start, line.start + end)
        evidence = Evidence(span, self.text[span.start : span.end], rule)
        return Field(name, State.STATED, value, trust, f"rules/{self.rules.version}", (evidence,), capture=self.capture)

    def _title(self) -> Iterator[Field]:
        found = self.page.title
        if found is None:
            return
        first, last = self.page.seen[found.first].line, self.page.seen[found.last].line
        start, end = trim_title(first.view) if found.first == found.last else (0, last.end - first.start)
        dates = self.page.seen[found.first].dates
        if dates and dates[-1].end > len(first.view) - 4 and dates[-1].start > 8:
            end = len(first.view[: dates[-1].start].rstrip(" (|-"))
        if dates and dates[0].start == 0 and len(first.view) - dates[0].end > 12:
            start = len(first.view) - len(first.view[dates[0].end :].lstrip(" |-–—:·"))
        raw = self.text[first.start + start : first.start + end]
        yield from self._beside_title(found.first, found.last)
        trust = Confidence.HIGH if found.score >= 5 else Confidence.MEDIUM if found.score >= 2.5 else Confidence.LOW
        yield self.made("title", clean_value(raw), first, start, end, "title.place", trust)
        for i, one in enumerate(self.page.seen):
            if (
                i != found.first
                and one.view == first.view[start:end]
                and self.zones[i] in ("dateline", "credits", "masthead")
            ):
                yield self.made("title", clean_value(raw), one.line, 0, len(one.view), "title.again", trust)

    def _beside_title(self, first: int, last: int) -> Iterator[Field]:
        """Return the subtitle under the headline and the kicker above it, where one line stands there and nothing else could be."""
        seen = self.page.seen
        below = seen[last + 1] if last + 1 < len(seen) else None
        if (
            below is not None
            and below.kind in (Kind.SHORT, Kind.PROSE)
            and last + 1 < (self.page.body[0] if self.page.body else 0)
        ):
            dash = _SUBTITLE_DASH.match(below.view)
            closed = last + 2 < len(seen) and seen[last + 2].kind is Kind.META
            if dash or (closed and len(below.view) >= _LEAST_SUBTITLE and not has_names(self.rules.words, below.view)):
                start = dash.end() if dash else 0
                value = clean_value(self.text[below.line.start + start : below.line.end])
                if value and not _BYLINE_WORD.search(value):
                    trust = Confidence.HIGH if dash else Confidence.MEDIUM
                    yield self.made("subtitle", value, below.line, start, len(below.view), "title.below", trust)
        above = seen[first - 1] if first > 1 else None
        if (
            above is not None
            and above.kind is Kind.SHORT
            and seen[first - 2].kind is Kind.CRUMBS
            and len(above.view) >= _LEAST_SUBTITLE
        ):
            value = clean_value(self.text[above.line.start : above.line.end])
            yield self.made("kicker", value, above.line, 0, len(above.view), "title.above", Confidence.LOW)

    def _line(self, i: int, one: Seen) -> list[Field]:
        zone = self.zones[i]
        line = one.line
        if zone == "summary":
            hit = one.hits[0]
            value = clean_value(self.text[line.start + hit.value_start : line.end])
            return [self.made("summary", value, line, hit.value_start, len(line.view), hit.rule.id, Confidence.HIGH)]
        if zone == "headline" and one.kind is Kind.META:
            return self._bare(i, one, [])
        if zone in ("body", "headline"):
            return []
        if one.kind is Kind.CRUMBS:
            return self._crumbs(line) if i in self.page.header or i < 80 and not self.page.body else []
        below = [s.line for s in self.page.seen[i + 1 : i + 2]]
        if one.kind is Kind.PROSE and zone != "colophon":
            return []
        if zone in ("masthead", "related"):
            return self._labels(one, "masthead", below) if one.hits else []
        fields = self._labels(one, zone, below)
        fields += read_patterns(line, self.text, self.rules, self.capture, zone)
        if zone == "dateline":
            fields += self._bare(i, one, fields)
        if zone in ("dateline", "credits") and len(line.view) <= 50:
            fields += read_byline(line, self.text, self.rules, self.capture)
        if zone in ("credits", "dateline"):
            fields += [
                self.made("tag", m["tag"], line, *m.span("tag"), "tag.hash", Confidence.HIGH)
                for m in _HASH_TAG.finditer(line.view)
            ]
        if zone == "credits" and _LONE_NUMBER.match(line.view):
            fields.append(
                self.made("unlabelled_count", int(line.view), line, 0, len(line.view), "number.alone", Confidence.LOW)
            )
        return fields

    def _labels(self, one: Seen, zone: str, below: list[Line]) -> list[Field]:
        hits = scan_line(one.view, self.rules, zone) if one.hits or one.kind in _UNSCANNED else ()
        return read_hits(one.line, hits, self.text, self.rules, self.capture, zone, below) if hits else []

    def _crumbs(self, line: Line) -> list[Field]:
        starts = self.rules.words["crumb_start"]
        start = 0
        head = re.split(r":", line.view, maxsplit=1)
        if len(head) == 2 and (head[0].strip(" ") in starts or head[0].rstrip(" ").endswith("位置")):
            start = len(head[0]) + 1
        found = read_crumbs(line.view, start, len(line.view), self.rules.words)
        return [
            self.made(
                "breadcrumb",
                clean_value(self.text[line.start + f.start : line.start + f.end]),
                line,
                f.start,
                f.end,
                "crumbs",
                Confidence.HIGH,
            )
            for f in found
        ]

    def _is_beside_date(self, i: int) -> bool:
        """Return whether a date stands right under line i, or right above it."""
        return any(self.page.seen[n].dates for n in (i - 1, i + 1, i + 2) if n in self.page.header)

    def _bare(self, i: int, one: Seen, fields: list[Field]) -> list[Field]:
        """Return what a header line says without a label: its date, and names beside it."""
        line = one.line
        taken = [(e.span.start - line.start, e.span.end - line.start) for f in fields for e in f.evidence]
        bare: list[Field] = []
        for date in one.dates[:1]:
            if any(a <= date.start < b for a, b in taken) or any(
                h.start < date.start < h.value_end and "date" == h.rule.reads for h in one.hits
            ):
                continue
            trust = Confidence.HIGH if date.has_time else Confidence.MEDIUM
            bare.append(
                self.made(
                    "published",
                    date.iso,
                    line,
                    date.start,
                    date.end,
                    "date.bare",
                    trust if date.sure else Confidence.LOW,
                )
            )
        if not one.hits and not one.dates and len(line.view) <= 20 and self._is_beside_date(i):
            for name in has_names(self.rules.words, line.view):
                bare.append(self.made("author", name.name, line, name.start, name.end, "author.bare", Confidence.LOW))
        return bare

    def _inline(self) -> list[Field]:
        lines = [self.page.seen[i].line for i in self.page.body]
        return read_bylines(lines, self.text, self.rules, self.capture) if lines else []
