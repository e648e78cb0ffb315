"""Paths given as a list: one a line or between NUL characters, and the failed inputs of an earlier run."""

import json
import os
from collections.abc import Iterator, Mapping

from catalog.errors import UsageError
from catalog.sources.origin import path_of

_UNESCAPED = {"\\t": "\t", "\\n": "\n", "\\r": "\r", "\\\\": "\\"}


def split_listing(data: bytes, *, nul: bool = False) -> Iterator[str]:
    """Yield the paths of a list. With `nul` only NUL parts them, so that a name may hold a newline."""
    for piece in data.split(b"\0" if nul else b"\n"):
        path = piece if nul else piece.removesuffix(b"\r")
        if path:
            yield os.fsdecode(path)


def read_log(text: str) -> list[str]:
    """Return the paths of the failed inputs that an earlier run wrote down, as JSON outcome or as TSV of problems.

    Raises UsageError if the text is neither.
    """
    origins = _from_json(text) if text.lstrip().startswith("{") else _from_tsv(text)
    return list(dict.fromkeys(path_of(origin) for origin in origins))


def _from_json(text: str) -> list[str]:
    try:
        problems = json.loads(text)["problems"]
        return [p["origin"] for p in problems if p.get("failed") and isinstance(p.get("origin"), str)]
    except (ValueError, KeyError, TypeError, AttributeError):
        raise UsageError("the log is no outcome of an ingest: it has no list of problems") from None


def _from_tsv(text: str) -> list[str]:
    lines = text.split("\n")
    columns = lines[0].rstrip("\r").split("\t")
    if "origin" not in columns:
        raise UsageError("the log is neither a JSON outcome nor a table with a column `origin`")
    rows = (dict(zip(columns, line.rstrip("\r").split("\t"), strict=False)) for line in lines[1:] if line)
    return [_unescape(row["origin"]) for row in rows if _is_failed(row) and row.get("origin")]


def _is_failed(row: Mapping[str, str]) -> bool:
    return row.get("failed", "true").lower() in ("1", "true", "yes")


def _unescape(text: str) -> str:
    out, at = "", 0
    while at < len(text):
        pair = text[at : at + 2]
        out += _UNESCAPED.get(pair, text[at])
        at += 2 if pair in _UNESCAPED else 1
    return out
