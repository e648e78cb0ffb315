"""The full-text index: overlapping bigrams with a closing single character a run. Nobody else writes it.

A run is unbroken text without white space or marks; of 青禾县 the index holds 青禾 禾县 县, so that a word of any
length is a phrase of bigrams, and a single character the beginning of a bigram. The same definition stands, in SQL,
in db/queries/search.sql, for programs that open the catalogue without us. Letters A to Z are found in either case, and
they and figures in either width.
"""

import operator
import re
import sqlite3
from collections.abc import Iterable

# What ends a run: ASCII but letters and digits, Latin-1 marks, general and Chinese punctuation (々〆〇 are letters),
# full-width marks.
_RUN = re.compile(
    "[^\\x00-/:-@\\[-`{-\u00bf\u2000-\u206f\u3000-\u3004\u3008-\u3020\u3030\uff01-\uff0f\uff1a-\uff20\uff3b-\uff40\uff5b-\uff65]+"
)
_WIDE = re.compile("[０-９Ａ-Ｚａ-ｚ]")
_HALF = {code: code - 0xFEE0 for first, last in ("０９", "ＡＺ", "ａｚ") for code in range(ord(first), ord(last) + 1)}
MERGED_PAGES = 8  # of the index a new text, joined after a run: a few times what it takes, so a small run costs little

Heads = tuple[str | None, str | None]  # title and summary of a record


def half_width(text: str | None) -> str | None:
    """Return the text with full-width letters A to Z and figures as those of ASCII; the same length. None for None."""
    return text.translate(_HALF) if text and _WIDE.search(text) else text


def bigrams(text: str | None) -> str:
    """Return the tokens under which a text is indexed, parted by spaces; "" for None."""
    text = half_width(text)
    if not text:
        return ""
    tokens: list[str] = []
    for run in _RUN.findall(text):
        tokens.extend(map(operator.add, run, run[1:] + " "))
    return " ".join(tokens)


def phrase(word: str) -> str | None:
    """Return the FTS5 phrase that finds every text with this word in it, None for a word of marks alone.

    It finds no other text if `is_plain(word)`; else marks may stand where the word has others or none.
    """
    word = half_width(word) or ""
    runs = _RUN.findall(word)
    if not runs:
        return None
    tokens = [token for run in runs[:-1] for token in bigrams(run).split()]
    last = runs[-1]
    is_open = word.endswith(last)  # the run may go on in the text
    tokens += bigrams(last).split()[: -1 if is_open and len(last) > 1 else None]
    return f'"{" ".join(tokens)}"' + (" *" if is_open and len(last) == 1 else "")


def is_plain(word: str) -> bool:
    """Return whether a word is one run, so that its phrase needs no second look at the text."""
    return _RUN.fullmatch(word) is not None


def index_body(connection: sqlite3.Connection, body_id: int, tokens: str) -> None:
    """Put a new body into the index; `tokens` are its bigrams."""
    connection.execute("INSERT INTO bodies_search (rowid, text) VALUES (?, ?)", (body_id, tokens))


def change_body(connection: sqlite3.Connection, body_id: int, old: str, new: str) -> None:
    """Put a body's new text in the place of its old one, both as printed. Nothing if the index sees no difference."""
    before, after = bigrams(old), bigrams(new)
    if before != after:
        sql = "INSERT INTO bodies_search (bodies_search, rowid, text) VALUES ('delete', ?, ?)"
        connection.execute(sql, (body_id, before))
        index_body(connection, body_id, after)


def change_record(connection: sqlite3.Connection, record_id: int, old: Heads, new: Heads) -> None:
    """Put a record's new title and summary in the place of the old ones; (None, None) where there are none."""
    if old == new:
        return
    before, after = [bigrams(text) for text in old], [bigrams(text) for text in new]
    if any(old):
        connection.execute(
            "INSERT INTO records_search (records_search, rowid, title, summary) VALUES ('delete', ?, ?, ?)",
            (record_id, *before),
        )
    if any(new):
        connection.execute("INSERT INTO records_search (rowid, title, summary) VALUES (?, ?, ?)", (record_id, *after))


def read_heads(connection: sqlite3.Connection, record_id: int) -> Heads:
    """Return the title and summary under which a record is indexed now."""
    row = connection.execute("SELECT title, summary FROM records WHERE id = ?", (record_id,)).fetchone()
    return (row[0], row[1]) if row else (None, None)


def tidy(connection: sqlite3.Connection, n_new: int) -> None:
    """Join pieces of the index, as much as `n_new` new texts are worth: it takes less room and answers faster."""
    for table in ("bodies_search", "records_search"):
        left = n_new * MERGED_PAGES
        while left > 0:
            before = connection.total_changes
            connection.execute(f"INSERT INTO {table} ({table}, rank) VALUES ('merge', 500)")  # noqa: S608 -- two constants
            if connection.total_changes - before < 2:  # nothing was left to join
                break
            left -= 500


def rebuild(connection: sqlite3.Connection) -> None:
    """Make the index anew from the texts: for a catalogue from before there was one."""
    for table in ("bodies_search", "records_search"):
        connection.execute(f"INSERT INTO {table} ({table}) VALUES ('delete-all')")  # noqa: S608 -- two constants
    for id, text in _rows(connection, "SELECT id, text FROM bodies ORDER BY id"):
        index_body(connection, id, bigrams(text))
    for id, title, summary in _rows(connection, "SELECT id, title, summary FROM records ORDER BY id"):
        change_record(connection, id, (None, None), (title, summary))


def _rows(connection: sqlite3.Connection, sql: str) -> Iterable[sqlite3.Row]:
    return connection.execute(sql)
