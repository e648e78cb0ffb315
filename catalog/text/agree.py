"""Where the visible text and a page's declarations meet: what agrees counts more, what differs is kept beside.

The printed value stands wherever there is one. A declaration may make it more precise (a date), may decide which
printed line is the headline, and speaks alone only where the page prints nothing of the kind.
"""

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from datetime import datetime
from functools import lru_cache
from typing import NamedTuple

from catalog.model.field import Confidence, Evidence, Field, State
from catalog.model.span import Span
from catalog.model.vocabulary import COUNTERS, PERSON_ROLES
from catalog.text.fold import clean_value, fold_body
from catalog.text.lines import split_lines

ALWAYS = ("site_name", "site_code")  # what is said of the site holds for pages of any kind
AUTHORS = ("author", "original_author", "reporter", "correspondent")
LEAST_TITLE = 6  # folded characters under which a declared title is more likely a section's name
LEAST_NAME = 2  # folded characters of a name that may be found again in a longer one: 腾讯 in 腾讯网
SHARED_START = 0.75  # of the shorter of two names, by which they are one: 某某人民政府网, 某某人民政府门户网站
SUMMARY_START = 20  # characters by which a summary is known again in the text
LONGEST_LINE = 300
LONGEST_SITE = 40
MOST_PIECES = 8
_PARTED = re.compile(
    r"\s*(?:[_|｜»丨]+|\s[-–—/:]{1,2}\s|--+|(?<=[\u3400-\u9fff！？”」』）])-|-(?=[\u3400-\u9fff])|\s[-–—]|\s{2,})\s*"
)
_SITE_ORDER = ("meta", "opengraph", "title", "json-ld")  # of witnesses, by how surely they name the site itself
_ZONE = re.compile(r"(?:Z|[+-]\d\d:?\d\d)$")
_LARGEST_SHIFT = 14 * 3600  # seconds between UTC and any local time

# Each value is compared with many, and a site's names come again on each of its pages.
_folded = lru_cache(maxsize=4_000)(fold_body)


def join_witnesses(fields: Sequence[Field], witnesses: Sequence[Field], text: str, *, is_article: bool) -> list[Field]:
    """Return the fields with what the witnesses add. `text` is the visible text, in which agreement is looked for.

    Of a page that is no article only what is said of the site is taken over.
    """
    said = [w for w in _merged(witnesses) if is_article or w.name in ALWAYS]
    joined = list(fields)
    said += _site_of_title(said)
    by_name: dict[str, list[Field]] = {}
    for one in said:
        by_name.setdefault(one.name, []).append(one)
    for name, settle in _SETTLERS.items():
        if name in by_name:
            joined = settle(joined, by_name[name], said, text)
    return joined


def _merged(witnesses: Sequence[Field]) -> list[Field]:
    """Return the witnesses with those of equal name and value as one."""
    merged: dict[tuple[str, object], Field] = {}
    for one in witnesses:
        key = (one.name, one.value)
        known = merged.get(key)
        merged[key] = one if known is None else replace(known, evidence=known.evidence + one.evidence)
    return list(merged.values())


def _settle_title(fields: list[Field], titles: list[Field], said: Sequence[Field], text: str) -> list[Field]:
    """Return the fields with the headline that print and declarations agree on."""
    frame = {
        _folded(str(f.value))
        for f in (*said, *fields)
        if f.name in ("site_name", "section", "breadcrumb", "author") and f.value
    }
    titles = [t for t in titles if not all(_folded(p) in frame for p in _pieces(str(t.value)))]
    printed = [f for f in fields if f.name == "title" and f.state is State.STATED]
    if not printed or not titles:
        return fields + titles[:1]
    parts = [_Part(t, part, _folded(part)) for t in titles for part in _variants(str(t.value))]
    folded = [_folded(str(one.value)) for one in printed]
    for one, said_there in zip(printed, folded, strict=True):
        agreeing = [p for p in parts if p.folded == said_there]
        if agreeing:
            strong = _with(one, [_narrowed(p.of.evidence[0], p.text) for p in agreeing], Confidence.HIGH)
            return [strong if f is one else f for f in fields if f is one or not (f in printed and _is_guess(f))]
    if any(_is_kin(_folded(str(t.value)), said_there) for t in titles for said_there in folded):
        return fields
    found = _find_printed([p for p in parts if len(p.folded) >= LEAST_TITLE and p.folded not in frame], text)
    if found is None:
        return fields + [t for t in titles if t.evidence[0].witness != "title"][:1]
    at = fields.index(printed[0])
    return [*(f for f in fields[:at]), found, *(f for f in fields[at:] if not (f in printed and _is_guess(f)))]


class _Part(NamedTuple):
    """A declared title, or a part of it between the marks that set off a site's name."""

    of: Field
    text: str
    folded: str


def _is_guess(field: Field) -> bool:
    """Return whether a value was found by its place on the page alone: a declaration knows better."""
    return all(e.rule.startswith(("title.", "site.")) for e in field.evidence)


def _site_of_title(said: Sequence[Field]) -> list[Field]:
    """Return the site's name that a <title> prints behind its headline: its last part, if another declares the first.

    Headline, section, site is the order of such titles the world over; with the headline known, nothing is guessed.
    """
    frame = {_folded(str(f.value)) for f in said if f.name in ("section", "title")}
    for title in (f for f in said if f.name == "title" and f.evidence[0].witness == "title"):
        pieces = _pieces(str(title.value))
        last = pieces[-1].strip("【】[]") if len(pieces) > 1 else ""
        if len(_folded(pieces[0])) >= LEAST_TITLE and 2 <= len(last) <= LONGEST_SITE and _folded(last) not in frame:
            narrowed = _narrowed(title.evidence[0], last)
            evidence = (replace(narrowed, rule="html.title.site"),)
            return [replace(title, name="site_name", value=last, evidence=evidence)]
    return []


def _find_printed(parts: Sequence[_Part], text: str) -> Field | None:
    """Return the declared title that stands in the text as a line, or begins or ends one; None if none does."""
    if not parts:
        return None
    lines = [line for line in split_lines(text) if LEAST_TITLE <= len(line.view) <= LONGEST_LINE]
    whole = {fold_body(line.view): line for line in reversed(lines)}
    for title, part, folded in parts:
        line = whole.get(folded)
        if line is not None:
            return _printed(title, part, Span(line.start, line.end), text)
    for title, part, _ in parts:
        at = next(
            (
                line.start if line.view.startswith(part) else line.end - len(part)
                for line in lines
                if line.view.startswith(part) or line.view.endswith(part)
            ),
            None,
        )
        if at is not None:
            return _printed(title, part, Span(at, at + len(part)), text)
    return None


def _printed(title: Field, part: str, span: Span, text: str) -> Field:
    raw = text[span.start : span.end]
    evidence = (Evidence(span, raw, "title.declared"), _narrowed(title.evidence[0], part))
    return replace(title, value=clean_value(raw), confidence=Confidence.HIGH, evidence=evidence)


def _pieces(title: str) -> list[str]:
    return [piece for piece in _PARTED.split(title) if piece]


def _variants(title: str) -> Iterator[str]:
    """Yield the title and its parts between the marks that set off a site's name, longest first."""
    cuts = [0, *(at for m in list(_PARTED.finditer(title))[:MOST_PIECES] for at in m.span()), len(title)]
    starts, ends = cuts[0::2], cuts[1::2]
    parts = {title[start:end].strip() for start in starts for end in ends if start < end}
    yield from sorted(parts - {""}, key=lambda part: (-len(part), part))


def _narrowed(evidence: Evidence, part: str) -> Evidence:
    """Return the evidence with its span on the part of it that counts, if this is written there as it is."""
    at = evidence.raw.find(part)
    if at < 0:
        return evidence
    start = evidence.span.start + at
    return replace(evidence, span=Span(start, start + len(part)), raw=part)


def _settle_date(fields: list[Field], dates: list[Field], _: Sequence[Field], __: str) -> list[Field]:
    """Return the fields with each date made certain, or more precise, by a declared one that agrees."""
    for date in dates:
        of_name = [f for f in fields if f.name == date.name and f.state is State.STATED]
        same = next((f for f in of_name if _agree_on_time(str(f.value), str(date.value))), None)
        if same is None:
            fields = _added(fields, date)
            continue
        value = _finer(str(same.value), str(date.value))
        stronger = replace(_with(same, date.evidence, Confidence.HIGH), value=value)
        fields = [stronger if f is same else f for f in fields]
    return fields


def _finer(printed: str, declared: str) -> str:
    """Return the more precise of two agreeing times. The printed one stays where the other is in another zone."""
    return declared if declared.startswith(printed) else printed


def _agree_on_time(a: str, b: str) -> bool:
    """Return whether two ISO 8601 values can mean one moment: one begins with the other, or only the zone differs."""
    shorter, longer = sorted((_ZONE.sub("", a) if "T" in a else a, _ZONE.sub("", b) if "T" in b else b), key=len)
    if longer.startswith(shorter):
        return True
    has_zone = any("T" in value and _ZONE.search(value) for value in (a, b))
    if not has_zone or len(shorter) < len("2020-12-16T20:34"):
        return False
    gap = abs((datetime.fromisoformat(longer[:16]) - datetime.fromisoformat(shorter[:16])).total_seconds())
    return gap <= _LARGEST_SHIFT and gap % 900 == 0  # zones differ by whole quarters of an hour


def _settle_site(fields: list[Field], names: list[Field], said: Sequence[Field], text: str) -> list[Field]:
    """Return the fields with the site's name: as printed where a declaration knows it too, else as declared.

    A publisher in JSON-LD is asked last: it is the body behind the site, not always the site.
    """
    names = sorted(names, key=lambda n: _SITE_ORDER.index(n.evidence[0].witness))
    has_printed = any(f.name == "site_name" for f in fields)
    if names[0].evidence[0].witness in ("title", "json-ld") and has_printed:
        return _settle_name(fields, [n for n in names if any(_same_name(n, f) for f in fields)], said, text)
    settled = _settle_name(fields, names[:1], said, text)
    if settled[-1] is names[0]:  # it agrees with nothing that is printed
        settled = [
            f
            for f in settled
            if f.name != "site_name" or f is names[0] or f.confidence is Confidence.HIGH or not _is_guess(f)
        ]
    return settled


def _settle_name(fields: list[Field], names: list[Field], _: Sequence[Field], __: str) -> list[Field]:
    """Return the fields with a name made certain by a declared one that is equal, contains it or is part of it."""
    for name in names:
        of_name = [f for f in fields if f.name == name.name and f.state is State.STATED]
        equal = next((f for f in of_name if _folded(str(f.value)) == _folded(str(name.value))), None)
        kin = equal or next((f for f in of_name if _same_name(f, name)), None)
        if kin is None:
            fields = _added(fields, name)
            continue
        stronger = _with(kin, name.evidence, Confidence.HIGH if equal else kin.confidence)
        fields = [stronger if f is kin else f for f in fields]
    return fields


def _same_name(a: Field, b: Field) -> bool:
    """Return whether two assertions name one body, one of them perhaps longer or with another ending."""
    if a.name != b.name or a.state is not b.state:
        return False
    one, other = _folded(str(a.value)), _folded(str(b.value))
    n_shared = next((n for n, (x, y) in enumerate(zip(one, other, strict=False)) if x != y), 0)
    return _is_kin(one, other, LEAST_NAME) or n_shared >= SHARED_START * min(len(one), len(other)) > 0


def _settle_author(fields: list[Field], authors: list[Field], _: Sequence[Field], __: str) -> list[Field]:
    """Return the fields with a person of the page made certain by the declared author.

    Content systems put whoever filled in the form there, often the editor: so the name confirms any role that the page
    prints, and is an author of its own only in JSON-LD that calls it a person, on a page that prints no author.
    """
    prints_author = any(f.name in AUTHORS and f.state is State.STATED for f in fields)
    for author in authors:
        folded = _folded(str(author.value))
        same = next((f for f in fields if f.name in PERSON_ROLES and f.value and _folded(str(f.value)) == folded), None)
        if same is not None:
            stronger = _with(same, author.evidence, Confidence.HIGH)
            fields = [stronger if f is same else f for f in fields]
        elif not prints_author and author.kind == "person" and author.evidence[0].witness == "json-ld":
            fields = [*fields, author]
    return fields


def _settle_count(fields: list[Field], counts: list[Field], _: Sequence[Field], __: str) -> list[Field]:
    for count in counts:
        same = next((f for f in fields if f.name == count.name and f.value == count.value), None)
        if same is not None:
            stronger = _with(same, count.evidence, Confidence.HIGH)
            fields = [stronger if f is same else f for f in fields]
        else:
            fields = _added(fields, count)
    return fields


def _settle_words(fields: list[Field], words: list[Field], _: Sequence[Field], text: str) -> list[Field]:
    """Return the fields with the keywords that the page prints too; the others describe the site, not the item."""
    taken = {_folded(str(f.value)) for f in fields if f.name in ("site_name", "title")}
    fields = list(fields)
    tags: dict[str, int] = {}  # where each stands among the fields
    for at, field in enumerate(fields):
        if field.name == "tag":
            tags.setdefault(_folded(str(field.value or "")), at)
    for word in words:
        folded = _folded(str(word.value))
        if folded in tags:
            fields[tags[folded]] = _with(fields[tags[folded]], word.evidence, Confidence.HIGH)
        elif len(folded) > 1 and folded not in taken and str(word.value) in text:
            tags[folded] = len(fields)
            fields.append(word)
    return fields


def _settle_summary(fields: list[Field], summaries: list[Field], _: Sequence[Field], text: str) -> list[Field]:
    """Return the fields with the description of a page that prints its beginning; others describe the site."""
    for summary in summaries:
        folded = _folded(str(summary.value))
        same = next((f for f in fields if f.name == "summary" and _folded(str(f.value or "")) == folded), None)
        if same is not None:
            stronger = _with(same, summary.evidence, Confidence.HIGH)
            fields = [stronger if f is same else f for f in fields]
        elif len(folded) > SUMMARY_START and str(summary.value)[:SUMMARY_START] in text:
            fields = _added(fields, summary)
    return fields


def _is_kin(a: str, b: str, least: int = LEAST_TITLE) -> bool:
    return min(len(a), len(b)) >= least and (a in b or b in a)


def _added(fields: Sequence[Field], field: Field) -> list[Field]:
    """Return the fields with one more; a label without a value says nothing beside it."""
    return [f for f in fields if f.name != field.name or f.state is State.STATED] + [field]


def _with(field: Field, evidence: Sequence[Evidence], confidence: Confidence) -> Field:
    return replace(field, evidence=field.evidence + tuple(evidence), confidence=confidence)


_Settler = Callable[[list[Field], list[Field], Sequence[Field], str], list[Field]]
_SETTLERS: dict[str, _Settler] = {
    "site_name": _settle_site, "site_code": _settle_name, "section": _settle_name, "source": _settle_name,
    "title": _settle_title, "published": _settle_date, "modified": _settle_date, "author": _settle_author,
    **dict.fromkeys(COUNTERS, _settle_count), "tag": _settle_words, "summary": _settle_summary,
}  # fmt: skip
