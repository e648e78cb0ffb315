"""How far a body reaches: where it begins under headline and tools, and what ends it."""

import re
from collections.abc import Sequence

from catalog.model.vocabulary import CONTACTS
from catalog.text.classify import Kind, Seen
from catalog.text.line_words import pieces
from catalog.text.outline import (
    CHROME,
    COLOPHON,
    CREDIT,
    CRUMBS,
    DATELINE,
    HARD,
    LABEL_LINES,
    META,
    NOTICE,
    PROSE,
    RELATED,
    SHORT,
    STRONG,
    Outline,
)  # fmt: skip
from catalog.text.title import TitleFound

# Running text ahead, in characters, for which a line of this kind does not end a body (by trial on the learn captures).
_SOFT = {COLOPHON: 150, CHROME: 90, NOTICE: 120, META: 120, DATELINE: 120, STRONG: 120, CREDIT: 260}
_AHEAD = 14  # lines looked at behind a doubtful end
_MOST_SHORT = 80  # short lines in a row that a table inside an article may have
_FEW_SHORT = 4  # short lines behind the last running text that need no proof to belong to it
_OTHER_HEAD = 4  # short lines that may be the head of another article above its date
_TABLE_SHARE = 0.3  # share of a tail's words that the text uses too if the tail is its table and no list of headlines
_EVENT_LINES = 6  # label lines in a row that an announcement prints between its paragraphs
_TOOL_LINES, _NARROW = 12, 8  # share and comment tools under a headline; the account's name stands among them
_FAR_HEAD = 8  # lines between headline and text that are no part of the text
_LABELS_IN_REACH = 6  # lines above a headline in which its label lines stand
_LONGEST_LABEL, _LONGEST_NOTICE = 60, 60
_NO_PROSE_BEHIND = HARD + STRONG
_PICTURED = re.compile(r"(?:©|\([Cc]\)) ?[^.!?。]{2,50}$")  # a caption with whose picture it is
_LONE = re.compile(r"[\d ]{1,9}$")
_SIGNATURE = re.compile(r"\(?.{0,6}\d{4}年\d{1,2}月\d{1,2}日\)?$|附件|.{3,30}(?:局|委员会|政府|厅|部|办公室|法院)$")
_CONTACT_HEAD = re.compile(
    r"\(?[一二三四五六七八九十\d]{1,3}[)、.] ?.{0,8}(?:联系|聯絡|咨询|諮詢|报名|報名|投诉).{0,8}:?$"
)
_CONTACT_LINES = 24
_CONTACTS = frozenset(CONTACTS)
_OF_ARTICLE = frozenset(
    ("source", "author", "editor", "responsible_editor", "reviewer", "views", "comments", "tag", "poster")
)


def body_start(page: Outline, title: TitleFound | None, meta: Sequence[int], first: int) -> int:
    """Return the first line of the body: what stands under headline, label lines and tools."""
    seen, shape = page.seen, page.shape
    head = [title.last] if title else []
    head += [i for i in meta if not title or i > title.first - _LABELS_IN_REACH]
    i = max(head, default=first - 1) + 1
    if shape.find(RELATED, i, first) >= 0:
        return first  # links to other articles between headline and text
    if first - i > _FAR_HEAD:
        return first  # boxes beside the text, set between the two
    i = max(i, _behind_tools(page, i))
    labelled = any(seen[m].hits or any(d.has_time for d in seen[m].dates) for m in meta)
    headline = seen[title.first].view if title else None
    while i < len(seen) and (seen[i].view == headline or _is_above(page, i, labelled=labelled)):
        i += 1
    return i


def _is_above(page: Outline, i: int, *, labelled: bool) -> bool:
    """Return whether a line still belongs to what stands above a body. `labelled` if sure label lines came before."""
    letter, one = page.shape[i], page.seen[i]
    if letter in LABEL_LINES:
        return bool(one.hits or not one.dates or not labelled)
    if letter in (PROSE, SHORT, COLOPHON) and _PICTURED.search(one.view):
        return any(below in LABEL_LINES or below == CREDIT for below in page.shape[i + 1 : i + 3])
    if letter == CREDIT:
        followed = i + 1 < len(page.seen) and page.shape[i + 1] != COLOPHON
        return not labelled or (followed and len(one.view) < _LONGEST_LABEL)
    return letter in (CHROME, CRUMBS) or (letter == NOTICE and len(one.view) < _LONGEST_NOTICE)


def _behind_tools(page: Outline, i: int) -> int:
    """Return the line behind the last tool between label lines and text, if only narrow lines stand between the tools."""
    seen, shape = page.seen, page.shape
    prose = shape.find(PROSE, i, i + _TOOL_LINES)
    tool = shape.rfind(CHROME, i, max(i, prose))
    if tool < 0 or any(shape[n] == SHORT and len(seen[n].view) > _NARROW for n in range(i, tool)):
        return i
    last = tool + 1
    while last < prose and _LONE.match(seen[last].view):
        last += 1
    return last


def body_end(page: Outline, start: int) -> int:
    """Return the last line of the body that starts at `start`.

    Words that end an article do so only if no running text follows; short lines behind the last running text
    belong to it (a table, a signature, enclosures) if something closes them.
    """
    last, short = start, 0
    for i, letter in enumerate(page.shape[start:], start):
        if letter == PROSE:
            last, short = i, 0
        elif letter in HARD:
            return _closed(page, start, last, i - 1, short)
        elif letter == STRONG and i > start and _is_other_article(page, i):
            return last if short <= _OTHER_HEAD else _closed(page, start, last, i - 1, short)
        elif letter == SHORT or _is_signature_date(page, last, i) or (letter == META and _is_contact(page, last, i)):
            short += 1
            if short > _MOST_SHORT:
                return last
        elif _is_end(page, i):
            one = page.seen[i]
            if letter in LABEL_LINES and one.dates and not one.hits and short <= _OTHER_HEAD:
                return last  # the head and the date of another article
            return _closed(page, start, last, i - 1, short)
    return _closed(page, start, last, len(page.seen) - 1, short) if page.seen else last


def _is_contact(page: Outline, last: int, i: int) -> bool:
    """Return whether a label line says whom to ask, under a heading of the text that promises it: 六、联系方式."""
    one = page.seen[i]
    if one.dates or i - last > _CONTACT_LINES or any(hit.rule.field not in _CONTACTS for hit in one.hits):
        return False
    return any(_CONTACT_HEAD.match(page.seen[n].view) for n in range(last + 1, i))


def _is_end(page: Outline, i: int) -> bool:
    """Return whether a line that may end a body does: no running text goes on behind it."""
    if _is_of_event(page.seen[i]):
        behind = next((s for s in page.seen[i + 1 : i + _EVENT_LINES] if not _is_of_event(s)), None)
        if behind is not None and behind.kind is Kind.PROSE:
            return False  # labels of an event inside the text: 时间 … 地点 …, 主办单位 …
    return not _has_prose_ahead(page, i + 1, _SOFT[page.shape[i]])


def _is_of_event(one: Seen) -> bool:
    """Return whether label lines may be those of an event that the text announces, and not of the article."""
    if one.dates or one.kind not in (Kind.META, Kind.COLOPHON):
        return False
    return not any(h.rule.field in _OF_ARTICLE for h in one.hits)


def _is_other_article(page: Outline, i: int) -> bool:
    """Return whether sure label lines behind running text are those of another article below: a labelled date."""
    return bool(page.seen[i].dates) and bool(page.seen[i].hits) and page.shape[i - 1] == SHORT


def _is_signature_date(page: Outline, last: int, i: int) -> bool:
    """Return whether a line is the date under a document's signature."""
    one = page.seen[i]
    if page.shape[i] not in LABEL_LINES or one.hits or not one.dates or one.dates[0].has_time:
        return False
    return i - 1 > last and _SIGNATURE.match(page.seen[i - 1].view) is not None


def _closed(page: Outline, start: int, last: int, end: int, short: int) -> int:
    """Return where a body ends whose last running text is line `last` and which something closes behind line `end`."""
    seen = page.seen
    while end > last and page.shape[end] != SHORT and not _is_signature_date(page, last, end):
        end -= 1
    if short <= _FEW_SHORT or any(_SIGNATURE.match(seen[i].view) for i in range(max(last, end - 2), end + 1)):
        return end
    rows = seen[last + 1 : end + 1]
    if sum([one.line.gap > 0 for one in rows]) * 2 >= len(rows):
        return end
    body = pieces("\n".join([one.view for one in seen[start : last + 1]]))
    tail = pieces("\n".join([one.view for one in rows]))
    return end if (body & tail).total() >= _TABLE_SHARE * max(1, tail.total()) else last


def _has_prose_ahead(page: Outline, start: int, least: int) -> bool:
    """Return whether so much running text stands behind a doubtful end, before a certain one or another article's label lines."""
    found = 0
    for i, letter in enumerate(page.shape[start : start + _AHEAD], start):
        if letter in _NO_PROSE_BEHIND:
            return False
        if letter == PROSE:
            found += len(page.seen[i].view)
            if found >= least:
                return True
    return False
