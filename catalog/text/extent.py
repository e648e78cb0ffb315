"""How far a body reaches: where it begins under headline and tools, and what ends it."""

import re
from collections.abc import Sequence

from catalog.text.anchors import is_dateline, is_strong
from catalog.text.classify import Kind, Seen
from catalog.text.line_words import pieces
from catalog.text.title import TitleFound

HARD = (Kind.RELATED, Kind.END, Kind.CRUMBS)
# Running text ahead, in characters, for which a line of this kind does not end a body (by trial on the learn captures).
_SOFT = {Kind.COLOPHON: 150, Kind.CHROME: 90, Kind.NOTICE: 120, Kind.META: 120, Kind.CREDIT: 260}
_AHEAD = 14  # lines looked at behind a doubtful end
_MOST_SHORT = 80  # short lines in a row that a table inside an article may have
_FEW_SHORT = 4  # short lines behind the last running text that need no proof to belong to it
_OTHER_HEAD = 4  # short lines that may be the head of another article above its date
_TABLE_SHARE = 0.3  # share of a tail's words that the text uses too if the tail is its table and no list of headlines
_EVENT_LINES = 6  # label lines in a row that an announcement prints between its paragraphs
_TOOL_LINES, _NARROW = 12, 8  # share and comment tools under a headline; the account's name stands among them
_LABELS_IN_REACH = 6  # lines above a headline in which its label lines stand
_LONGEST_LABEL, _LONGEST_NOTICE = 60, 60
_LONE = re.compile(r"[\d ]{1,9}$")
_SIGNATURE = re.compile(r"\(?.{0,6}\d{4}年\d{1,2}月\d{1,2}日\)?$|附件|.{3,30}(?:局|委员会|政府|厅|部|办公室|法院)$")
_OF_ARTICLE = frozenset(
    ("source", "author", "editor", "responsible_editor", "reviewer", "views", "comments", "tag", "poster")
)


def body_start(seen: Sequence[Seen], title: TitleFound | None, meta: Sequence[int], first: int) -> int:
    """Return the first line of the body: what stands under headline, label lines and tools."""
    head = [title.last] if title else []
    head += [i for i in meta if not title or i > title.first - _LABELS_IN_REACH]
    i = max(head, default=first - 1) + 1
    if any(one.kind is Kind.RELATED for one in seen[i:first]):
        return first  # links to other articles between headline and text
    i = max(i, _behind_tools(seen, i))
    labelled = any(seen[m].hits or any(d.has_time for d in seen[m].dates) for m in meta)
    headline = seen[title.first].view if title else None
    while i < len(seen) and (seen[i].view == headline or _is_above(seen, i, labelled=labelled)):
        i += 1
    return i


def _is_above(seen: Sequence[Seen], i: int, *, labelled: bool) -> bool:
    """Return whether a line still belongs to what stands above a body. `labelled` if sure label lines came before."""
    one = seen[i]
    if one.kind is Kind.META:
        return bool(one.hits or not one.dates or not labelled)
    if one.kind is Kind.CREDIT:
        followed = i + 1 < len(seen) and seen[i + 1].kind is not Kind.COLOPHON
        return not labelled or (followed and len(one.view) < _LONGEST_LABEL)
    return one.kind in (Kind.CHROME, Kind.CRUMBS) or (one.kind is Kind.NOTICE and len(one.view) < _LONGEST_NOTICE)


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


def body_end(seen: Sequence[Seen], start: int) -> int:
    """Return the last line of the body that starts at `start`.

    Words that end an article do so only if no running text follows; short lines behind the last running text
    belong to it (a table, a signature, enclosures) if something closes them.
    """
    last, short = start, 0
    for i in range(start, len(seen)):
        one = seen[i]
        if one.kind in HARD:
            return _closed(seen, start, last, i - 1, short)
        if one.kind is Kind.META and i > start and _is_other_article(seen, i):
            return last if short <= _OTHER_HEAD else _closed(seen, start, last, i - 1, short)
        if one.kind is Kind.PROSE:
            last, short = i, 0
        elif one.kind is Kind.SHORT or _is_signature_date(seen, last, i):
            short += 1
            if short > _MOST_SHORT:
                return last
        elif one.kind in _SOFT and _is_end(seen, i):
            if one.kind is Kind.META and one.dates and not one.hits and short <= _OTHER_HEAD:
                return last  # the head and the date of another article
            return _closed(seen, start, last, i - 1, short)
    return _closed(seen, start, last, len(seen) - 1, short) if seen else last


def _is_end(seen: Sequence[Seen], i: int) -> bool:
    """Return whether a line that may end a body does: no running text goes on behind it."""
    one = seen[i]
    if _is_of_event(one):
        behind = next((s for s in seen[i + 1 : i + _EVENT_LINES] if not _is_of_event(s)), None)
        if behind is not None and behind.kind is Kind.PROSE:
            return False  # labels of an event inside the text: 时间 … 地点 …, 主办单位 …
    return _prose_ahead(seen, i + 1) < _SOFT[one.kind]


def _is_of_event(one: Seen) -> bool:
    """Return whether label lines may be those of an event that the text announces, and not of the article."""
    if one.kind not in (Kind.META, Kind.COLOPHON) or one.dates:
        return False
    return not any(h.rule.field in _OF_ARTICLE for h in one.hits)


def _is_other_article(seen: Sequence[Seen], i: int) -> bool:
    """Return whether a labelled date behind running text is that of another article below."""
    return bool(seen[i].dates) and bool(seen[i].hits) and is_strong(seen[i]) and seen[i - 1].kind is Kind.SHORT


def _is_signature_date(seen: Sequence[Seen], last: int, i: int) -> bool:
    """Return whether a line is the date under a document's signature."""
    one = seen[i]
    if one.kind is not Kind.META or one.hits or not one.dates or one.dates[0].has_time:
        return False
    before = seen[last + 1 : i]
    return bool(before) and _SIGNATURE.match(before[-1].view) is not None


def _closed(seen: Sequence[Seen], start: int, last: int, end: int, short: int) -> int:
    """Return where a body ends whose last running text is line `last` and which something closes behind line `end`."""
    while end > last and seen[end].kind is not Kind.SHORT and not _is_signature_date(seen, last, end):
        end -= 1
    if short <= _FEW_SHORT or any(_SIGNATURE.match(seen[i].view) for i in range(max(last, end - 2), end + 1)):
        return end
    rows = range(last + 1, end + 1)
    if sum(1 for i in rows if seen[i].line.gap) * 2 >= len(rows):
        return end
    body = pieces("\n".join(seen[i].view for i in range(start, last + 1)))
    tail = pieces("\n".join(seen[i].view for i in rows))
    return end if sum((body & tail).values()) >= _TABLE_SHARE * max(1, sum(tail.values())) else last


def _prose_ahead(seen: Sequence[Seen], start: int) -> int:
    """Return the characters of running text behind a doubtful end, up to a certain one or another article's label lines."""
    found = 0
    for one in seen[start : start + _AHEAD]:
        if one.kind in HARD or (is_dateline(one) and is_strong(one)):
            break
        if one.kind is Kind.PROSE:
            found += len(one.view)
    return found
