"""Rules of yesterday: a parser that reads less than ours, to see what becomes of it when ours reads again."""

from dataclasses import replace

from catalog.model.capture import Capture
from catalog.model.field import Field
from catalog.model.problem import Problem
from catalog.model.record import Body, Parsed
from catalog.model.rule import RuleSet
from catalog.text.fold import body_digest
from catalog.text.parse import parse_capture

VERSION = "rules/2025-01"


def parse_as_before(capture: Capture, rules: RuleSet, *, encoding: str | None = None) -> Parsed:
    """Return what yesterday's rules made of it: no source, the first letter of a title lost, an article cut short."""
    parsed = parse_capture(capture, rules, encoding=encoding)
    body = _cut(parsed.body)
    fields = [_as_before(field, body) for field in parsed.fields if field.name != "source"]
    return replace(
        parsed,
        fields=tuple(field for field in fields if field is not None),
        body=body,
        readings=tuple(replace(reading, extractor_version="0") for reading in parsed.readings),
        problems=(*parsed.problems, Problem("body.copies_differ", "of yesterday", capture=capture.sha256)),
    )


def _cut(body: Body | None) -> Body | None:
    if body is None or "\n" not in body.text:
        return None
    text = body.text.rpartition("\n")[0]
    return Body(text, body_digest(text))


def _as_before(field: Field, body: Body | None) -> Field | None:
    if field.name == "body":
        return replace(field, value=body.sha256, asserted_by=VERSION) if body else None
    value = field.value
    if field.name == "title" and isinstance(value, str):
        value = value[1:] or value
    return replace(field, value=value, asserted_by=VERSION)
