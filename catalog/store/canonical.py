"""JSON that is equal for equal values: what the journal keeps, and what its digests are over."""

import json
from collections.abc import Mapping, Sequence
from typing import TypeAlias

Plain: TypeAlias = str | int | float | bool | Sequence["Plain"] | Mapping[str, "Plain"] | None

_write_json = json.JSONEncoder(ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode


def to_json(value: object) -> str:
    """Return canonical JSON: keys sorted, no white space, characters as they are."""
    return _write_json(value)
