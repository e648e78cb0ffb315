"""What is looked for elsewhere on the page where header and credits do not say it: counters, a date, a section."""

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence, Set
from dataclasses import replace

from catalog.model.field import Confidence, Field, State
from catalog.text.classify import KIND_AND_DATE, Kind, Seen
from catalog.text.dates import find_dates
from catalog.text.names import NameFound, find_names, kind_of_name
from catalog.text.numbers import read_count
from catalog.text.readers import Found
from catalog.text.segments import Page
from catalog.text.sheet import Claim, Sheet

_COUNTED = ("评论", "跟帖", "跟贴", "留言", "阅读")  # of which each pattern below holds one
_COMMENTS = (
    re.compile(r"(?:共有?|已有|全部|查看全部) ?(\d{1,7}) ?条(?:评论|跟帖)"),
    re.compile(r"(?:^|[^\w])(?:我要|网友|最新|全部|查看|热门)?(?:评论|留言|跟帖|跟贴) ?\((\d{1,7})\)"),
    re.compile(r"^(?:评论|跟帖|跟贴|留言) ?(\d{1,7})(?!\d)"),
    re.compile(r"^(\d{1,7}) ?(?:条评论|评论)$"),
    re.compile(r"\d人(?:已)?参与[,、| ]{0,3}(\d{1,7}) ?条?(?:评论|跟帖|跟贴)"),
)
_VIEWS = (re.compile(r"^阅读 ?(\d[\d.,]{0,9}万?\+?)$"),)
_IN_LISTS = (_COMMENTS[3], *_VIEWS)  # lists print them under the headline of each article
_SHORTEST_HEAD = 6
# Of all comments: sure enough to be taken before what is said without a mark.
_SAYS_ALL = (*_COMMENTS[:2], _COMMENTS[4])
_FAR_ZONES = ("related", "colophon", "masthead")
_LONGEST = 80  # characters of a line that may be a counter
_PLACE = re.compile(r"\(?(?:[A-ZÄÖÜ][^\d.:;]{1,40}[,(]? ?(?:den |am |vom |on )?)$")
_DASH = re.compile(r" ?(?:[-–—:.)]|\(|Uhr|$)| {3}")
_PART = re.compile(r" ?[-–—:] | {3}")  # parts a date that opens the text from it
_HEAD = 70  # characters of a text in which its dateline stands
_FIRST_LINES = 5
_LONE = 12  # characters beside a date that stands alone in its line: a weekday, a place
_BETWEEN = " |·,/()[]-—"
_MEDIUM = re.compile(
    r"[\u3400-\u9fff]{2,12}(?:网|报|社|电视台|广播电台|客户端|融媒体中心|周刊|站|发布|融媒|观察|在线|杂志|卫视|網|報|電視台)$"
)
_LONGEST_MEDIUM = 14
_AUTHORS = ("author", "original_author", "reporter", "correspondent")
_BESIDE_WORD = re.compile(r"[^ |·,/()\[\]—-]+")
_HAN_WORD = re.compile(r"[\u3400-\u9fff]")
_OTHER_TIME = re.compile(r"([\u3400-\u9fff]{2,6})[: ]{0,3}$")
_ANSWERED = ("回复", "答复", "办结", "回覆", "答覆")
_COMMENTS_HEAD = re.compile(
    r"(?:(?:网友|全部|最新|热门|精彩|網友)?(?:评论|跟帖|留言|評論)|发表评论|参与评论) ?\(?\d*(?:条|則)?\)?$"
)
_USUAL_NAME, _MOST_NAMES = 3, 3


def read_far_counters(page: Page, sheet: Sheet, zones: Sequence[str], known: Sequence[Field]) -> list[Field]:
    """Return counters that stand outside header and credits, where the page gives one number for a name and no more.

    Lists of other articles print their own numbers; a name with two different numbers is left alone.
    """
    far = [i for i in _lines_with(_COUNTED, page, sheet.text) if zones[i] in _FAR_ZONES]
    far = [i for i in far if len(page.seen[i].view) <= _LONGEST]
    if not far:
        return []  # most pages
    stated = [f for f in known if f.state is State.STATED]
    sure, read = {f.name for f in stated if f.confidence is Confidence.HIGH}, {f.name for f in stated}
    listed = _first_list(page)
    wanted = [(n, p) for n, patterns in (("comments", _COMMENTS), ("views", _VIEWS)) for p in patterns]
    wanted = [(n, p) for n, p in wanted if n not in (sure if p in _SAYS_ALL else read)]
    found: dict[str, list[Field]] = {}
    for i in far:
        one = page.seen[i]
        for name, pattern in wanted:
            if i > listed and pattern in _IN_LISTS and _is_headed(page.seen[i - 1]):
                continue
            for m in pattern.finditer(one.view):
                count = read_count(one.view, m.start(1))
                if count is not None:
                    claim = Claim(name, f"{name}.far", Confidence.MEDIUM)
                    field = sheet.field(one.line, Found(count.start, count.end, count.value), claim)
                    found.setdefault(name, []).append(field)
    return [f for same in found.values() if len({f.value for f in same}) == 1 for f in same]


def _is_headed(above: Seen) -> bool:
    return above.kind is Kind.SHORT and len(above.view) >= _SHORTEST_HEAD


def _first_list(page: Page) -> int:
    """Return the line that heads the first list of other articles below the text."""
    start = page.body[-1] if page.body else 0
    return next((i for i, one in enumerate(page.seen[start:], start) if one.kind is Kind.RELATED), len(page.seen))


def _lines_with(words: Sequence[str], page: Page, text: str) -> list[int]:
    """Return the lines that hold one of the words, looked for in the whole text at once: most pages hold few, or none."""
    found = set()
    for word in words:
        at = text.find(word) if word[0] in text else -1  # a lone character is looked for 30 times as fast
        while at >= 0:
            i = bisect_right(page.seen, at, key=_start) - 1
            found.add(i)
            at = text.find(word, page.seen[i].line.end)
    return sorted(found)


def _start(one: Seen) -> int:
    return one.line.start


def read_dateline(page: Page, sheet: Sheet) -> list[Field]:
    """Return the date of a press dateline that opens the text: Nordufer, 12. Januar 2022 – …"""
    heads = [i for i in page.header if page.seen[i].kind is Kind.PROSE]
    for i in (*heads, *page.body[:_FIRST_LINES]):
        line = page.seen[i].line
        head = line.view[:_HEAD]
        for date in find_dates(head)[:1]:
            placed = _PLACE.match(head[: date.start]) if date.start else _PART.match(head[date.end :])
            if placed and _DASH.match(head[date.end :]):
                claim = Claim("published", "date.dateline", Confidence.MEDIUM)
                return [sheet.field(line, Found(date.start, date.end, date.iso), claim)]
    return []


def read_date_below(page: Page, sheet: Sheet) -> list[Field]:
    """Return the date that stands alone in its line right under the text, above everything else: 5. Oktober 2023."""
    if page.body and page.credits:
        one = page.seen[page.credits.start]
        if not one.hits and len(one.dates) == 1 and _stands_alone(one):
            date = one.dates[0]
            claim = Claim("published", "date.below", Confidence.MEDIUM)
            return [sheet.field(one.line, Found(date.start, date.end, date.iso), claim)]
    return []


def _stands_alone(one: Seen) -> bool:
    """Return whether a line is a date and little else, or says of what kind and day an article is: Artikel Nr. 7 vom 17. Mai 2024."""
    date = one.dates[0]
    return len(one.view) - (date.end - date.start) <= _LONE or KIND_AND_DATE.match(one.view[: date.start]) is not None


def read_only_date(page: Page, sheet: Sheet, zones: Sequence[str], known: Sequence[Field]) -> list[Field]:
    """Return the date that a page prints outside its text and without a label, if it prints just one.

    Dates under the head of a list are those of other articles or of comments.
    """
    taken = {e.span for f in known for e in f.evidence}
    found: dict[str, Field] = {}
    is_listed = False
    for zone, one in zip(zones, page.seen, strict=True):
        is_listed = zone in ("related", "credits") and (
            is_listed or one.kind is Kind.RELATED or _COMMENTS_HEAD.match(one.view) is not None
        )
        if zone == "body" or one.hits or is_listed:
            continue
        for date in one.dates:
            if is_of_other(one.view[: date.start], sheet):
                continue
            claim = Claim("published", "date.only", Confidence.LOW)
            field = sheet.field(one.line, Found(date.start, date.end, date.iso), claim)
            if field.evidence[0].span not in taken:
                found.setdefault(date.iso, field)
    return list(found.values()) if len(found) == 1 else []


def is_of_other(before: str, sheet: Sheet) -> bool:
    """Return whether the words before a date say of what it is, and not of the page: 活动时间:. A letter is published when answered."""
    m = _OTHER_TIME.search(before)
    if m is None or m[1].startswith(_ANSWERED):
        return False
    return m[1] in sheet.rules.words["lookalikes"] or m[1] in sheet.rules.words["stops"]


def read_far_date(page: Page, sheet: Sheet, zones: Sequence[str]) -> list[Field]:
    """Return the labelled date beside or under related lists, if the page prints one label of that kind: Datum 17.11.2021."""
    found = []
    for zone, one in zip(zones, page.seen, strict=True):
        hit = one.hits[0] if one.hits and zone in ("related", "masthead") else None
        if hit is not None and hit.rule.field == "published" and hit.start == 0 and one.dates:
            date = one.dates[0]
            claim = Claim("published", hit.rule.id, Confidence.MEDIUM, hit.label(one.view))
            found.append(sheet.field(one.line, Found(date.start, date.end, date.iso), claim))
    return found if len(found) == 1 else []


def read_far_change(page: Page, sheet: Sheet, zones: Sequence[str], known: Sequence[Field]) -> list[Field]:
    """Return the date of the last change where it stands below related lists or in the footer: Stand: 15.05.2024."""
    if any(f.name == "modified" for f in known):
        return []
    for i, one in enumerate(page.seen):
        if not one.hits or zones[i] not in ("related", "colophon"):
            continue
        hit = one.hits[0]
        if hit.rule.field != "modified" or hit.start:
            continue
        for date in one.dates[:1]:
            claim = Claim("modified", hit.rule.id, Confidence.MEDIUM, hit.label(one.view))
            return [sheet.field(one.line, Found(date.start, date.end, date.iso), claim)]
    return []


def read_source_beside_date(page: Page, sheet: Sheet, known: Sequence[Field]) -> list[Field]:
    """Return the medium that stands beside the date without a label: 2019-09-26 10:56 证券时报网, or on the line above or below.

    Only a name that is of a medium by its ending or by the list of brands; a step of the path is none.
    """
    if any(f.name == "source" and f.state is State.STATED for f in known):
        return []
    taken = {str(f.value) for f in known if f.name in ("breadcrumb", "section", "site_name", "title")}
    for i in page.header:
        one = page.seen[i]
        if one.hits or not (one.dates or (one.kind is Kind.SHORT and _is_by_date(page, i))):
            continue
        for start, end in _around_dates(one):
            name = one.view[start:end]
            if name not in taken and _is_medium(name, sheet.rules.words["site_brands"]):
                return [
                    sheet.field(
                        one.line, Found(start, end, name), Claim("source", "source.beside_date", Confidence.LOW)
                    )
                ]
    return []


def read_author_beside_date(page: Page, sheet: Sheet, known: Sequence[Field]) -> list[Field]:
    """Return who stands in the date's own line without a label: behind a medium or a body, or alone with three characters.

    2021-04-09 08:32 青禾时报 席悦. Shorter names alone are as well sections: 金融 2021-04-09.
    """
    if any(f.name in _AUTHORS and f.state is State.STATED for f in known):
        return []
    for i in page.header:
        one = page.seen[i]
        if not one.dates or len(one.view) > _LONGEST:
            continue
        names = _names_beside(one, sheet)
        if names:
            claim = Claim("author", "author.beside_date", Confidence.LOW)
            return [sheet.field(one.line, Found(n.start, n.end, n.name, n.kind), claim) for n in names]
    return []


def _names_beside(one: Seen, sheet: Sheet) -> list[NameFound]:
    """Return the sure persons among the words beside a line's dates and labels, if no other words stand there."""
    words, view = sheet.rules.words, one.view
    taken = [(d.start, d.end) for d in one.dates] + [(h.start, h.value_end) for h in one.hits]
    names: list[NameFound] = []
    placed = any(hit.rule.field == "source" for hit in one.hits)
    for m in _BESIDE_WORD.finditer(view):
        if any(start < m.end() and m.start() < end for start, end in taken):
            continue
        if m[0] in words["chrome"] or not _HAN_WORD.match(m[0]):
            continue
        if _is_medium(m[0], words["site_brands"]) or kind_of_name(m[0], words) == ("body", True):
            placed = True
            continue
        found = find_names(view, m.start(), m.end(), words)
        if len(found) != 1 or not found[0].sure or found[0].kind != "person":
            return []
        names += found
    sure = placed or all(len(n.name) == _USUAL_NAME for n in names)
    return names if sure and len(names) <= _MOST_NAMES else []


def _is_by_date(page: Page, i: int) -> bool:
    return any(page.seen[n].dates and not page.seen[n].hits for n in (i - 1, i + 1) if n in page.header)


def _around_dates(one: Seen) -> Iterator[tuple[int, int]]:
    """Yield (start, end) of what stands before and behind a line's dates, whole and then the word next to the date.

    Of a line without dates it is the line.
    """
    parts = [(0, one.dates[0].start), (one.dates[-1].end, len(one.view))] if one.dates else [(0, len(one.view))]
    for start, end in parts:
        part = one.view[start:end]
        first, last = start + len(part) - len(part.lstrip(_BETWEEN)), end - (len(part) - len(part.rstrip(_BETWEEN)))
        yield first, last
        if start and first < last:
            yield first, first + len(one.view[first:last].split(" ", 1)[0])


def _is_medium(name: str, brands: Set[str]) -> bool:
    return name.lower() in brands or (len(name) <= _LONGEST_MEDIUM and _MEDIUM.match(name) is not None)


def read_section(page: Page, sheet: Sheet, known: Sequence[Field]) -> list[Field]:
    """Return the last step of the path as the section where no label names one, and the same word beside the date."""
    crumbs = [f for f in known if f.name == "breadcrumb"]
    title = next((f.value for f in known if f.name == "title"), None)
    if crumbs and title is not None and _is_cut(str(crumbs[-1].value), str(title)):
        crumbs = crumbs[:-1]
    if len(crumbs) < 2 or any(f.name == "section" for f in known):
        return []
    evidence = replace(crumbs[-1].evidence[0], rule="section.crumbs")
    sections = [replace(crumbs[-1], name="section", confidence=Confidence.MEDIUM, evidence=(evidence,))]
    word = str(crumbs[-1].value)
    for i in page.header:
        one = page.seen[i]
        if one.dates and one.view[: one.dates[0].start].strip(" ") == word:
            claim = Claim("section", "section.beside_date", Confidence.MEDIUM)
            sections.append(sheet.printed(one.line, 0, len(word), claim))
    return sections


def _is_cut(crumb: str, title: str) -> bool:
    """Return whether the last step of a path is the headline, whole or cut: 青禾县举办秋粮..."""
    return title.startswith(crumb.rstrip(".… "))
