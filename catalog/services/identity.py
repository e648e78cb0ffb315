"""The key a capture has by what was read in it; the store adds what was observed (its URL)."""

from catalog.model.field import Confidence, State
from catalog.model.record import Parsed
from catalog.store.identity import capture_key, item_key
from catalog.text.fold import fold_body
from catalog.text.record import choose_one

ITEM = ("site_name", "title", "published")


def own_key(parsed: Parsed) -> str:
    """Return "item:…" if site, title and publication time were all read (not derived), else "capture:…"."""
    values = []
    for name in ITEM:
        of_name = [field for field in parsed.fields if field.name == name]
        winner = choose_one(of_name, [parsed.capture]) if of_name else None
        if winner is None or winner.state is not State.STATED or winner.confidence is Confidence.LOW:
            return capture_key(parsed.capture)  # a date that only stands in for the publication's changes with the page
        if not isinstance(winner.value, str):
            return capture_key(parsed.capture)
        values.append(fold_body(winner.value) or winner.value)
    return item_key(*values)
