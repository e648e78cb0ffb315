"""All fields that a page's zones give: labels where they are trusted, crumbs, bylines, bare dates and numbers."""

import re
from collections.abc import Sequence
from dataclasses import replace

from catalog.model.field import Confidence, Evidence, Field, State
from catalog.model.rule import RuleSet
from catalog.model.span import Span
from catalog.text.anchors import is_labelled_above
from catalog.text.bylines import has_names, read_byline, read_bylines
from catalog.text.bylines_abroad import LONGEST as LONGEST_BYLINE
from catalog.text.classify import LONGEST_LOOKED_AT, MOST_REMEMBERED, Kind, Seen
from catalog.text.headline import read_headline
from catalog.text.labels import Hit, read_hits, read_patterns, scan_line
from catalog.text.last_resort import (
    is_of_other,
    read_author_beside_date,
    read_date_below,
    read_dateline,
    read_far_change,
    read_far_counters,
    read_far_date,
    read_only_date,
    read_section,
    read_source_beside_date,
)
from catalog.text.lines import Line
from catalog.text.readers import Found, read_crumbs
from catalog.text.segments import Page
from catalog.text.sheet import Claim, Sheet

_HASH_TAG = re.compile(r"(?:^| )#(?P<tag>[^# ]{1,24})#?")
_LONE_NUMBER = re.compile(r"\d{1,9}$")
_CRUMBS, _PROSE = Kind.CRUMBS, Kind.PROSE  # asked of each line: a member of an enumeration is looked up by a call
_UNSCANNED = (Kind.CHROME, Kind.RELATED)  # known by a word list before labels were looked for
_PATH_LABELS = frozenset(("現在地", "現在位置", "当前位置", "您的位置", "位置"))
_LABELS_ALONE = ("masthead", "related")  # zones in which nothing is read but labels: most lines of a page
_COUNTED = ("views", "comments")
_LONGEST_NAMES = 20


def collect_fields(page: Page, sheet: Sheet) -> list[Field]:
    """Return every field of the page in the order of reading; the same value may come twice."""
    zones = page.zones()
    fields = list(read_headline(page, sheet, zones))
    seen = page.seen
    for i, zone in enumerate(zones):
        if zone != "body" and (zone not in _LABELS_ALONE or seen[i].hits):
            fields += _read_line(page, sheet, i, zone)
    if page.body:
        fields += read_bylines([page.seen[i].line for i in page.body], sheet)
    far = read_far_counters(page, sheet, zones, fields)
    if far:
        names = {f.name for f in far}
        fields = [f for f in fields if f.name not in names] + far
    fields += read_far_change(page, sheet, zones, fields)
    if not any(f.name == "published" for f in fields):
        fields += (
            read_dateline(page, sheet)
            or read_date_below(page, sheet)
            or read_far_date(page, sheet, zones)
            or read_only_date(page, sheet, zones, fields)
        )
    fields += read_source_beside_date(page, sheet, fields)
    fields += read_author_beside_date(page, sheet, fields)
    return _doubt_counts(_doubt_bare_days(fields)) + read_section(page, sheet, fields)


def _doubt_counts(fields: list[Field]) -> list[Field]:
    """Return the fields with no number trusted more than another where a page counts the same twice: the first one stands nearer."""
    counts = [f for f in fields if f.name in _COUNTED and f.state is State.STATED]
    unlike = {name for name in _COUNTED if len({f.value for f in counts if f.name == name}) > 1}
    return [replace(f, confidence=Confidence.MEDIUM) if f.name in unlike else f for f in fields] if unlike else fields


def _doubt_bare_days(fields: list[Field]) -> list[Field]:
    """Return the fields with less trust in a day without a label where a label says another: a fire, and when it was reported."""
    dates = [f for f in fields if f.name == "published" and f.confidence is Confidence.HIGH]
    days = {str(f.value)[:10] for f in dates if f.label}
    doubted = [f for f in dates if days and not f.label and str(f.value)[:10] not in days]
    return [replace(f, confidence=Confidence.MEDIUM) if f in doubted else f for f in fields] if doubted else fields


def _read_line(page: Page, sheet: Sheet, i: int, zone: str) -> list[Field]:
    one = page.seen[i]
    if zone == "summary":
        hit = one.hits[0]
        claim = Claim("summary", hit.rule.id, Confidence.HIGH, hit.label(one.view))
        return [sheet.printed(one.line, hit.value_start, len(one.view), claim)]
    if zone == "headline":
        if one.kind is not Kind.META:
            return []
        fields = _read_labels(page, sheet, i, "dateline", _hits(one, sheet.rules, "dateline"))
        return fields + _read_bare(page, sheet, i, fields)
    if one.kind is _CRUMBS:
        return _read_known(page, sheet, i, zone) if i in page.header else []
    if zone == "colophon":
        is_plain = not one.hits and one.kind not in _UNSCANNED  # most of its lines
        return read_patterns(one.line, sheet, zone) if is_plain else _read_known(page, sheet, i, zone)
    if one.kind is _PROSE:
        return []
    if zone in _LABELS_ALONE:
        return _read_labels(page, sheet, i, "masthead", _hits(one, sheet.rules, "masthead"))
    if zone == "credits":
        return _read_known(page, sheet, i, zone)
    return _read_frame(page, sheet, i, zone, _hits(one, sheet.rules, zone))


def _read_frame(page: Page, sheet: Sheet, i: int, zone: str, hits: Sequence[Hit]) -> list[Field]:
    """Return what a line of header, credits or footer says."""
    line = page.seen[i].line
    fields = _read_labels(page, sheet, i, zone, hits) + read_patterns(line, sheet, zone)
    if zone == "dateline":
        fields += _read_bare(page, sheet, i, fields)
    return fields + _read_unlabelled(line, sheet, zone) if zone != "colophon" else fields


def _read_known(page: Page, sheet: Sheet, i: int, zone: str) -> list[Field]:
    """Return the fields of a line that nothing else of its page changes, remembered: footers, credits and paths repeat."""
    one, memo = page.seen[i], sheet.rules.memo
    start = one.line.start
    key = (zone, sheet.text[start : one.line.end])
    known = memo.get(key)
    if known is not None and known[0] is one.hits and known[1] is one.kind:
        return [_moved(field, start - known[2], sheet.capture) for field in known[3]]
    is_path = one.kind is _CRUMBS
    hits = () if is_path else _hits(one, sheet.rules, zone)
    fields = _read_crumbs(one.line, sheet) if is_path else _read_frame(page, sheet, i, zone, hits)
    has_all = not hits or hits[-1].value_start < hits[-1].value_end  # else the line below may hold the value
    if has_all and len(one.view) <= LONGEST_LOOKED_AT and len(memo) < MOST_REMEMBERED:
        memo[key] = one.hits, one.kind, start, fields
    return fields


def _moved(field: Field, by: int, capture: str) -> Field:
    """Return the same field of a line that stands elsewhere. By the constructors, which take a third of replace()."""
    (said,) = field.evidence
    evidence = Evidence(Span(said.span.start + by, said.span.end + by), said.raw, said.rule)
    return Field(
        field.name, field.state, field.value, field.confidence, field.asserted_by, (evidence,), field.label, field.kind,
        capture,
    )  # fmt: skip


def _read_unlabelled(line: Line, sheet: Sheet, zone: str) -> list[Field]:
    """Return what stands beside an article without a label: bylines, hash tags, and below it a number of nobody knows what."""
    fields = read_byline(line, sheet) if len(line.view) <= LONGEST_BYLINE else []
    claim = Claim("tag", "tag.hash", Confidence.HIGH)
    fields += [sheet.printed(line, *m.span("tag"), claim) for m in _HASH_TAG.finditer(line.view)]
    if zone == "credits" and _LONE_NUMBER.match(line.view):
        found = Found(0, len(line.view), int(line.view))
        fields.append(sheet.field(line, found, Claim("unlabelled_count", "number.alone", Confidence.LOW)))
    return fields


def _read_labels(page: Page, sheet: Sheet, i: int, zone: str, hits: Sequence[Hit]) -> list[Field]:
    below = [one.line for one in page.seen[i + 1 : i + 2]]
    return read_hits(page.seen[i].line, hits, sheet, zone, below) if hits else []


def _hits(one: Seen, rules: RuleSet, zone: str) -> Sequence[Hit]:
    """Return the labels of a line in a zone: those already found, but where it was not looked through or may mean others here."""
    if not one.hits:
        return scan_line(one.view, rules, zone) if one.kind in _UNSCANNED else ()
    if len(one.view) <= LONGEST_LOOKED_AT and rules.ambiguous.search(one.view) is None:
        return one.hits
    return scan_line(one.view, rules, zone)


def _read_crumbs(line: Line, sheet: Sheet) -> list[Field]:
    head, colon, _ = line.view.partition(":")
    label = head.strip(" ").lower()
    is_label = colon and (label in sheet.rules.words["crumb_start"] or label.endswith("位置"))
    found = read_crumbs(line.view, len(head) + 1 if is_label else 0, len(line.view), sheet.rules.words)
    first = found[0].value if found else None
    if isinstance(first, str) and " " in first and first.split(" ")[0] in _PATH_LABELS:
        at = found[0].start + first.index(" ") + 1  # 現在地 ホーム
        found[0] = Found(at, found[0].end, line.view[at : found[0].end])
    return [sheet.field(line, f, Claim("breadcrumb", "crumbs", Confidence.HIGH)) for f in found]


def _read_bare(page: Page, sheet: Sheet, i: int, fields: Sequence[Field]) -> list[Field]:
    """Return what a header line says without a label: its date, or the names of people beside a date."""
    one = page.seen[i]
    taken = [(e.span.start - one.line.start, e.span.end - one.line.start) for f in fields for e in f.evidence]
    taken += [(h.start, h.value_end) for h in one.hits if h.rule.reads == "date"]
    for date in one.dates[:1]:
        if (
            is_labelled_above(page.seen, i)
            or is_of_other(one.view[: date.start], sheet)
            or any(a <= date.start < b for a, b in taken)
        ):
            continue
        trust = Confidence.LOW if not date.sure else Confidence.HIGH if date.has_time else Confidence.MEDIUM
        return [sheet.field(one.line, Found(date.start, date.end, date.iso), Claim("published", "date.bare", trust))]
    if one.hits or one.dates or len(one.view) > _LONGEST_NAMES or not _is_beside_date(page, i):
        return []
    names = has_names(sheet.rules.words, one.view)
    claim = Claim("author", "author.bare", Confidence.LOW)
    return [sheet.field(one.line, Found(n.start, n.end, n.name, n.kind), claim) for n in names]


def _is_beside_date(page: Page, i: int) -> bool:
    """Return whether a date stands right under line i, or right above it."""
    near = [i - 1, i + 1, i + 2]
    if page.title is not None and i == page.title.last + 1:
        near.append(page.title.first - 1)  # the headline stands between the two
    return any(page.seen[n].dates for n in near if n in page.header)
