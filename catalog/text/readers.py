"""Readers: from the text behind a label to values. They return what they find, never raise: bad text is normal here."""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass

from catalog.model.field import State
from catalog.text.dates import find_dates, read_date
from catalog.text.names import find_names, kind_of_name
from catalog.text.numbers import read_count as count_at

Words = Mapping[str, frozenset[str]]
LONGEST_SOURCE = 60
NOTHING_RENDERED = re.compile(r"[-–—.…*_\[\]() ]*(?:加载中|loading|次|人次)?[-–—.…*_\[\]() ]*$", re.IGNORECASE)
_MADE_FOR = re.compile(
    r"(?P<medium>《?[\u3400-\u9fff·]{2,14}(?:报|网|社|台|客户端|刊|中心|報|網)》?)"
    r"(?: +(?:第 ?)?[A-Z]?\d{1,3}版.*| ?(?P<role>记者|記者)?[: ]{0,2}(?<=[: 者])(?P<name>[\u3400-\u9fff]{2,4})(?:[ 、][\u3400-\u9fff]{2,4}){0,3})$"
)
_PHONE = re.compile(
    r"\+\d{1,3}(?:[ -]?\d{1,8}){1,4}|(?:(?:\d )?\(\d{2,4}\) ?|0\d{1,3}[-–— ])?\d{2,8}(?:[-–—]\d{1,8}|(?<=\d\d) (?!0\d{2,3}[- ])\d{2,8}){0,4}"
)
_POSTCODE = re.compile(r"\d{5,6}(?!\d)")
_EMAIL = re.compile(r"[\w.+-]{1,64}@[\w-]{1,64}(?:\.[\w-]{1,32}){1,4}")
_CHROME_BRACKET = re.compile(
    r"[\[(](?=字|大|小|打印|关闭|关|背景|收藏|我要|纠错|分享|A|(?:微信)?(?:公众号)?I[Dd][: ]|微信号|公众号|微信公众号)"
)
# What a footer prints behind a body's name: a label no rule knows (中文域名:), rights, licences, years.
_BEHIND_BODY = re.compile(
    r" [\u3400-\u9fffA-Za-z/]{2,12}:| ?版[权權]所有|(?<=[^ ]) ?(?:©|[Cc]opyright|COPYRIGHT|[Aa]ll [Rr]ights)| ?[\u3400-\u9fff]ICP[备備证證]| ?(?:互联网新闻|增值电信|网站标识)"
    r"|,? (?:19|20)\d\d(?: ?[-–] ?(?:19|20)\d\d)?$"
)
_BEFORE_BODY = re.compile(r"^(?:©|\(c\)|copyright|[\d–—-]{4,9}) *", re.IGNORECASE)
_BODY = re.compile(r"(?:(?! {2})[^、;|])+")
_KEY_WORD = re.compile(r"[^、,;|/ ]+")
_RELAYED = re.compile(r", (?=übermittelt|via |transmis|relayed)")  # who passed it on is not the source
_PICTURED_BY = re.compile(  # whose picture it is
    r"[a-zß-ÿ] ?/ [A-ZÀ-Þ]|(?i:fotolia|photothek|getty|istock|adobe ?stock|shutterstock|pixabay|unsplash|picture alliance)"
)
_NO_BODY = ("ICP", ":", "ights reserved", "备案", "标识码")
_ARROW = re.compile(r"[>»›→]")
_STEPS = re.compile(r"[^>»›→]+")
_WORDS = re.compile(r"[^/\\| ]+")


@dataclass(slots=True)
class Found:
    """A value at view[start:end]; None with a state that says why. `kind` for agents, `sure` if it looks right."""

    start: int
    end: int
    value: str | int | None
    kind: str | None = None
    sure: bool = True
    state: State = State.STATED


Reader = Callable[[str, int, int, Words], list[Found]]


def read_when(view: str, start: int, end: int, words: Words) -> list[Found]:
    """Return the date the text begins with; what is glued behind it is left to the next reader."""
    date = read_date(view[start:end])
    return [Found(start + date.start, start + date.end, date.iso, sure=date.sure)] if date else []


def read_source(view: str, start: int, end: int, words: Words) -> list[Found]:
    """Return the name of the medium or body that the text begins with."""
    start, end = _cut_chrome(view, start, end, words)
    end = _without_makers(view, start, end, words)
    value = _RELAYED.split(view[start:end], maxsplit=1)[0]
    end = start + len(value)
    if value in words["account_words"]:
        return []
    if not value or len(value) > LONGEST_SOURCE or "。" in value or value in words["placeholder"]:
        return []
    if NOTHING_RENDERED.match(value) or value.isdigit() or _PICTURED_BY.search(value):
        return []
    return [Found(start, end, value)]


def _without_makers(view: str, start: int, end: int, words: Words) -> int:
    """Return where a medium's name ends before its page, its reporter, or a person's name: 青禾日报 A03版, 青禾日报 席悦."""
    m = _MADE_FOR.match(view, start, end)
    if m is None:
        return end
    if m["name"] is None or m["role"] is not None or kind_of_name(m["name"], words) == ("person", True):
        return m.end("medium")
    return end


def read_people(view: str, start: int, end: int, words: Words) -> list[Found]:
    """Return the names of a list, each with its kind."""
    start, end = _cut_chrome(view, start, end, words)
    if end - start > 120:
        return []
    names = [n for n in find_names(view, start, end, words) if not (n.kind == "body" and n.name.isascii())]
    if any(n.kind == "person" and n.sure for n in names):
        names = [n for n in names if n.kind != "body"]  # 苏映雪,青禾大学: where she works
    return [Found(n.start, n.end, n.name, n.kind, n.sure) for n in names]  # By Associated Press names nobody


def read_account(view: str, start: int, end: int, words: Words) -> list[Found]:
    """Return the account that posted the page, as one name whatever it looks like."""
    start, end = _cut_chrome(view, start, end, words)
    if start >= end or end - start > 40:
        return []
    return [Found(start, end, view[start:end], "account")]


def read_bodies(view: str, start: int, end: int, words: Words) -> list[Found]:
    """Return the bodies of a list, parted by 、 or wide blanks."""
    found = []
    for m in _BODY.finditer(view[start:end]):
        text = _BEHIND_BODY.split(m[0], maxsplit=1)[0].strip(" :·-©,.")
        text = _BEFORE_BODY.sub("", text).strip(" :·-©,.")
        if any(mark in text for mark in _NO_BODY):
            break
        if 2 <= len(text) <= 60 and not NOTHING_RENDERED.match(text) and not text.isdigit():
            at = start + m.start() + m[0].index(text)
            found.append(Found(at, at + len(text), text, "body"))
        else:
            break
    return found


def read_count(view: str, start: int, end: int, words: Words) -> list[Found]:
    """Return the count the text begins with; a placeholder that a script should have replaced is not_rendered."""
    text = view[start:end]
    skipped = len(text) - len(text.lstrip(" ([共有约:"))
    count = count_at(view[:end], start + skipped)
    if count is not None:
        return [Found(count.start, count.end, count.value)]
    if text and NOTHING_RENDERED.match(text.split(" ")[0]):
        return [Found(start, end, None, state=State.NOT_RENDERED)]
    return []


def read_text(view: str, start: int, end: int, words: Words) -> list[Found]:
    """Return the rest of the field as it stands."""
    value = view[start:end].strip(" ")
    start += view[start:end].index(value) if value else 0
    return [Found(start, start + len(value), value)] if value and not NOTHING_RENDERED.match(value) else []


def read_tags(view: str, start: int, end: int, words: Words) -> list[Found]:
    """Return the key words of a list."""
    start, end = _cut_chrome(view, start, end, words)
    return [
        Found(start + m.start(), start + m.end(), m[0].lstrip("#"))
        for m in _KEY_WORD.finditer(view[start:end])
        if len(m[0]) <= 30 and not NOTHING_RENDERED.match(m[0])
    ]


def read_crumbs(view: str, start: int, end: int, words: Words) -> list[Found]:
    """Return the steps of a path from the home page down, the words for "text of the article" left out."""
    found = []
    text = view[start:end]
    pattern = _STEPS if _ARROW.search(text) else _WORDS
    for m in pattern.finditer(text):
        crumb = m[0].strip(" :·/-|")
        if crumb and crumb not in words["crumb_end"] and len(crumb) <= 40:
            at = start + m.start() + m[0].index(crumb)
            found.append(Found(at, at + len(crumb), crumb))
    return found


def read_licence(view: str, start: int, end: int, words: Words) -> list[Found]:
    """Return the match itself: a number known by its shape."""
    value = view[start:end].strip(" :")
    at = start + view[start:end].index(value) if value else start
    return [Found(at, at + len(value), value.replace(" ", ""))] if value else []


def read_phone(view: str, start: int, end: int, words: Words) -> list[Found]:
    """Return the telephone numbers of the text."""
    return [
        Found(start + m.start(), start + m.end(), m[0])
        for m in _PHONE.finditer(view[start:end])
        if 5 <= sum(c.isdigit() for c in m[0]) <= 16
    ][:4]


def read_postcode(view: str, start: int, end: int, words: Words) -> list[Found]:
    """Return the postcode the text begins with."""
    m = _POSTCODE.match(view, start, end)
    return [Found(m.start(), m.end(), m[0])] if m else []


def read_email(view: str, start: int, end: int, words: Words) -> list[Found]:
    """Return the first e-mail address of the text."""
    m = _EMAIL.search(view, start, end)
    return [Found(m.start(), m.end(), m[0])] if m else []


def _cut_chrome(view: str, start: int, end: int, words: Words) -> tuple[int, int]:
    """Return the bounds without what is not the value: a date, a bracket with tools, blanks and chrome words behind it."""
    text = view[start:end]
    m = _CHROME_BRACKET.search(text)
    if m:
        text = text[: m.start()]
    for date in find_dates(text)[:1]:
        text = text[: date.start]
    wide = text.lstrip(" ").find("   ")
    if wide > 0:
        text = text.lstrip(" ")[:wide].rjust(wide + len(text) - len(text.lstrip(" ")))
    tokens = text.split(" ")
    kept = len(tokens)
    for n, token in enumerate(tokens):
        if n and token and token.strip("[]()|:·") in words["chrome"]:
            kept = n
            break
    text = " ".join(tokens[:kept]).rstrip(" |([-:;,、·")
    lead = len(text) - len(text.lstrip(" :|·-"))
    return start + min(lead, len(text)), start + len(text)


READERS: dict[str, Reader] = {
    "date": read_when,
    "source": read_source,
    "people": read_people,
    "account": read_account,
    "bodies": read_bodies,
    "count": read_count,
    "text": read_text,
    "tags": read_tags,
    "breadcrumb": read_crumbs,
    "licence": read_licence,
    "phone": read_phone,
    "postcode": read_postcode,
    "email": read_email,
}
