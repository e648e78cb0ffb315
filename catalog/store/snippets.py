"""Where words stand in a text: a piece of it as printed, with the words marked."""

import re
import sqlite3
from collections.abc import Sequence

from catalog.store.query_words import Word, find_hits

OPEN, CLOSE = "⟦", "⟧"  # around each word found, as `show --why` marks what was read
BEFORE, LENGTH = 16, 64  # characters shown before the first word, and in all: two lines of a column
MANY = 200  # places compared: enough of a text, and each is held against each


def read_snippets(connection: sqlite3.Connection, ids: Sequence[int], words: Sequence[Word]) -> dict[int, str]:
    """Return the snippet of each record in which a word stands: of its body, else of its summary or title."""
    if not words:
        return {}
    sql = "SELECT b.text, r.summary, r.title FROM records r LEFT JOIN bodies b ON b.id = r.body_id WHERE r.id = ?"
    found: dict[int, str] = {}
    for id in ids:
        row = connection.execute(sql, (id,)).fetchone()
        pieces = (find_snippet(text, words) for text in row or () if text)
        if snippet := next((piece for piece in pieces if piece), None):
            found[id] = snippet
    return found


def find_snippet(text: str, words: Sequence[Word]) -> str | None:
    """Return the piece of the text that holds most of the words, the first such one; None if it holds none.

    White space is one blank each; … stands where text was left out.
    """
    hits = find_hits(text, words)[:MANY]
    if not hits:
        return None
    starts = [max(start - BEFORE, 0) for start, _, _ in hits]
    held = [len({said for a, b, said in hits if a >= start and b <= start + LENGTH}) for start in starts]
    best = held.index(max(held))
    start, end = starts[best], max(starts[best] + LENGTH, hits[best][1])
    piece = [text[start:end]]
    for a, b, _ in reversed([hit for hit in hits if hit[0] >= start and hit[1] <= end]):
        head = piece.pop(0)
        piece[:0] = [head[: a - start], OPEN, head[a - start : b - start], CLOSE, head[b - start :]]
    shown = re.sub(r"\s+", " ", "".join(piece)).strip()
    return ("…" if text[:start].strip() else "") + shown + ("…" if text[end:].strip() else "")
