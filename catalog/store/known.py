"""What pages stated when a cataloguer decided: kept in the place of evidence, since a decision was read nowhere."""

import json
from collections.abc import Iterable

from catalog.store.canonical import to_json

KNOWN = "known"


def known_json(values: Iterable[str]) -> str:
    """Return the values as they are stored; that there were none is said too."""
    return to_json([{KNOWN: value} for value in values] or [{KNOWN: None}])


def known_in(evidence: str) -> tuple[str, ...] | None:
    """Return the values that were known, None where that was not noted."""
    items = json.loads(evidence) if KNOWN in evidence else []
    if not any(KNOWN in item for item in items):
        return None
    return tuple(item[KNOWN] for item in items if item[KNOWN] is not None)
