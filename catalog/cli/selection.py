"""From the words of a command to the records that are meant. Imported late, with the session."""

import sys
from collections.abc import Sequence
from datetime import UTC, datetime

from catalog.errors import UsageError
from catalog.model.selection import Selection


def read_query(words: Sequence[str]) -> Selection:
    """Return what a command that lists means: the words are one query, - narrows it to the ids on stdin."""
    return _select([], words)


def read_ids_or_query(words: Sequence[str]) -> Selection:
    """Return what a command that works on records means: words of digits are ids, - ids on stdin, the rest a query.

    Without any word the ids come from stdin, where somebody pipes them in.
    """
    if not words and not sys.stdin.isatty():
        words = ["-"]
    if not words:
        raise UsageError("say which records: ids, or a query; id:1.. is all of them")
    return _select([word for word in words if _is_id(word)], [word for word in words if not _is_id(word)])


def _select(ids: Sequence[str], words: Sequence[str]) -> Selection:
    given = list(ids)
    if "-" in words:
        piped = sys.stdin.read().replace("\0", "\n").split()  # lists made with -0 are read too
        if stranger := next((word for word in piped if not _is_id(word)), None):
            raise UsageError(
                f"stdin gave {stranger!r}, which is no id: `catalog list --ids` writes them", word=stranger
            )
        if not piped and not given:
            raise UsageError("no ids came in")
        given += piped
    query = " ".join(word for word in words if word != "-")
    today = datetime.now(UTC).astimezone().date()  # -30d counts from the day it is here
    return Selection(query, today, tuple(map(int, given)) if given else None)


def _is_id(word: str) -> bool:
    return word.isascii() and word.isdecimal() and len(word) < 19  # SQLite's integers end there
