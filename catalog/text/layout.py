"""Pages of a site whose habits are written down: what its layout says stands above what general rules read."""

from collections.abc import Iterable, Iterator
from dataclasses import replace

from catalog.model.field import Confidence, Evidence, Field, State
from catalog.model.rule import Layout, RuleSet
from catalog.model.span import Span
from catalog.text.sheet import Sheet


def find_layout(text: str, rules: RuleSet) -> Layout | None:
    """Return the first layout all of whose marks the text prints, None for a page of any other site."""
    return next((layout for layout in rules.layouts if all(mark in text for mark in layout.known_by)), None)


def by_layout(fields: Iterable[Field], layout: Layout, sheet: Sheet) -> list[Field]:
    """Return the fields with those of the site's own rules marked as such, and its fixed values in place of what was read."""
    by, own = f"layout/{layout.site}", f"{layout.site}."
    read = [
        replace(field, asserted_by=by) if field.evidence and field.evidence[0].rule.startswith(own) else field
        for field in fields
        if field.name not in layout.values
    ]
    return read + list(_fixed(layout, sheet))


def _fixed(layout: Layout, sheet: Sheet) -> Iterator[Field]:
    """Yield what is the same on all pages of the site; the mark by which it was known is the evidence."""
    mark = layout.known_by[0]
    start = sheet.text.index(mark)
    span = Span(start, start + len(mark))
    for name, value in layout.values.items():
        evidence = Evidence(span, mark, f"{layout.site}.{name}")
        by = f"layout/{layout.site}"
        yield Field(name, State.STATED, value, Confidence.HIGH, by, (evidence,), capture=sheet.capture)
