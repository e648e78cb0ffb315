"""The whole way of one capture: bytes in, fields with evidence out."""

from dataclasses import replace

from catalog.model.capture import Capture, Reading
from catalog.model.field import Confidence, Field
from catalog.model.problem import Problem
from catalog.model.record import Body, Parsed
from catalog.model.rule import RuleSet
from catalog.text.agree import join_witnesses
from catalog.text.classify import classify_lines
from catalog.text.collect import collect_fields
from catalog.text.decode import Decoded, decode, find_misread
from catalog.text.derive import derive_published, derive_publisher, kind_of, language_of, merge_same, refine_dates
from catalog.text.fold import body_digest, clean_value, is_clean
from catalog.text.html import read_html
from catalog.text.layout import by_layout, find_layout
from catalog.text.lines import MOST_LINES, cut_lines, join_broken_dates, split_lines
from catalog.text.readers import Found
from catalog.text.repeats import Difference, Printings, find_printings
from catalog.text.segments import Page, after_printings, find_zones
from catalog.text.sheet import Claim, Sheet
from catalog.text.sites import read_site_name
from catalog.text.witnesses import read_witnesses

PLAIN_VERSION = "1"
MOST_TOLD, LONGEST_TOLD = 5, 30  # differences between two printings, and characters of each
_ARTICLE_ONLY = ("title", "subtitle", "summary", "body", "published", "source", "section")


def parse_capture(capture: Capture, rules: RuleSet, *, encoding: str | None = None) -> Parsed:
    """Return what a cataloguer would write down of this capture.

    `encoding` is what a person told, None to find out. Never raises for what the text says; raises
    UnreadableCapture if no encoding fits the bytes.
    """
    is_html = capture.extension == "html"
    decoded = decode(capture.data, encoding, declares=is_html)
    if is_html:
        return _parse_html(decoded, capture.sha256, rules)
    reading = Reading(capture.sha256, decoded.text, decoded.encoding, decoded.basis, "plain", PLAIN_VERSION)
    parsed = parse_reading(reading, rules)
    return replace(parsed, problems=_odd(decoded, reading) + parsed.problems)


def _parse_html(decoded: Decoded, sha256: str, rules: RuleSet) -> Parsed:
    """Return what is read from a page's visible text, joined by what its source declares."""
    visible, source, problems = read_html(decoded, sha256)
    parsed = parse_reading(visible, rules)
    witnesses = read_witnesses(source.text, rules, sha256)
    is_article = any(f.name == "kind" and f.value == "article" for f in parsed.fields)
    fields = [f for f in parsed.fields if f.name != "publisher"]  # derived again: a site's name may have come to light
    fields = join_witnesses(fields, witnesses, visible.text, is_article=is_article)
    publisher = derive_publisher(fields, sha256)
    fields += [publisher] if publisher else []
    problems = _odd(decoded, visible) + problems + parsed.problems
    return replace(parsed, readings=(visible, source), fields=tuple(fields), problems=problems)


def _odd(decoded: Decoded, reading: Reading) -> tuple[Problem, ...]:
    """Return what is odd about the characters: of the bytes, and of what they say."""
    broken = any(problem.code == "encoding.replaced" for problem in decoded.problems)
    misread = () if broken else find_misread(reading.text)
    return tuple(replace(problem, capture=reading.capture) for problem in (*decoded.problems, *misread))


def parse_reading(reading: Reading, rules: RuleSet) -> Parsed:
    """Return what is read from the visible text of a capture: by its site's layout if one is known, else by general rules."""
    text, n_left = cut_lines(reading.text)
    layout = find_layout(text, rules)
    sheet = Sheet(text, layout.rules if layout else rules, reading.capture)
    rules = sheet.rules
    page = find_zones(classify_lines(join_broken_dates(split_lines(sheet.text), sheet.text), rules))
    printings = find_printings(page.seen, page.body)
    if printings.body:
        page = after_printings(page, printings)
    fields = refine_dates(merge_same(collect_fields(page, sheet)))
    fields += [f for f in (read_site_name(page, sheet, fields),) if f]
    if layout:
        fields = by_layout(fields, layout, sheet)
    fields += [f for f in (derive_published(fields), derive_publisher(fields, sheet.capture)) if f]
    body = _body(page, sheet.text)
    kind, trust = kind_of(page, body.characters if body else 0, rules.words["leads_on"])
    language = language_of(body.text if body else sheet.text)
    inferred = [sheet.inferred("kind", kind, trust)]
    inferred += [sheet.inferred("language", language, Confidence.HIGH)] if language else []
    if kind != "article":
        fields = [f for f in fields if f.name not in _ARTICLE_ONLY]
        body = None
    if body is not None:
        fields.append(_body_field(page, printings, body, sheet))
    problems = _problems(page, printings, sheet.capture)
    if n_left:
        message = f"fields are read from the first {MOST_LINES} lines; {n_left} more are kept"
        problems = (Problem("lines.cut", message, capture=sheet.capture), *problems)
    return Parsed(sheet.capture, (reading,), tuple(inferred + fields), body, problems)


def _body(page: Page, text: str) -> Body | None:
    """Return the printing that is kept, a paragraph a line, each as printed."""
    lines = [page.seen[i].line for i in page.body]
    joined = "\n".join([text[line.start : line.end] for line in lines])
    if not is_clean(joined):
        joined = "\n".join(filter(None, map(clean_value, joined.split("\n"))))
    return Body(joined, body_digest(joined)) if joined else None


def _body_field(page: Page, printings: Printings, body: Body, sheet: Sheet) -> Field:
    trust = Confidence.HIGH if page.anchored else Confidence.MEDIUM
    found = Found(0, 0, body.sha256)
    claim = Claim("body", "body.prose", trust)
    places = []
    for first, last in printings.spans:
        start = page.seen[first].line
        places.append(sheet.field(start, replace(found, end=page.seen[last].line.end - start.start), claim))
    return replace(places[0], evidence=tuple(e for place in places for e in place.evidence))


def _problems(page: Page, printings: Printings, capture: str) -> tuple[Problem, ...]:
    """Return, where the printings of a body differ, which says what, by the numbers of their lines."""
    if not printings.differences:
        return ()
    told = [_tell(page, d) for d in printings.differences[:MOST_TOLD]]
    more = len(printings.differences) - len(told)
    message = f"the page prints its body {len(printings.spans)} times, and differently: " + "; ".join(told)
    return (Problem("body.copies_differ", message + (f"; and {more} more" if more else ""), capture=capture),)


def _tell(page: Page, difference: Difference) -> str:
    if difference.here is None or difference.there is None:
        line = page.seen[difference.here if difference.here is not None else difference.there or 0].line
        return f"line {line.number} stands in one printing only ({line.view[:LONGEST_TOLD]})"
    here, there = page.seen[difference.here].line, page.seen[difference.there].line
    at = max(0, _first_unlike(here.view, there.view) - 6)
    return f"line {here.number} has “{here.view[at : at + LONGEST_TOLD]}”, line {there.number} “{there.view[at : at + LONGEST_TOLD]}”"


def _first_unlike(a: str, b: str) -> int:
    return next((n for n, (x, y) in enumerate(zip(a, b, strict=False)) if x != y), min(len(a), len(b)))
