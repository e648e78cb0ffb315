"""Whether the full-text index says what the texts say, token by token and place by place. It only reads.

FTS5's own integrity check cannot know: the index keeps no texts, so there is nothing that it could compare with. What
it holds is read through fts5vocab, an entry a row, and summed up a text; the same sum is made of the text itself. Only
where the sums differ, entries are held against each other one by one.
"""

import sqlite3
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass

from catalog.store.fulltext import bigrams
from catalog.store.query_words import comparable

_SHOWN = 10  # ghosts and lacks named of one text
TEXTS = {
    "records_search": ("SELECT id, title, summary FROM records", ("title", "summary")),
    "bodies_search": ("SELECT id, text FROM bodies", ("text",)),
}
Entry = tuple[str, str, int]  # token, column, place


@dataclass(frozen=True, slots=True)
class Unsound:
    """A record (records_search) or body (bodies_search) of which the index has entries too many or too few.

    `ghosts` are tokens that the index has and the text has not there, `lacks` the other way; the first ten of each.
    """

    table: str
    id: int
    ghosts: tuple[str, ...]
    lacks: tuple[str, ...]


def find_unsound(connection: sqlite3.Connection) -> Iterator[Unsound]:
    """Yield each text of which the index does not hold what it should, by id; also for texts that are gone."""
    for table in TEXTS:
        sums: Counter[int] = Counter()
        for id, entry in _indexed(connection, table):
            sums[id] += hash(entry)
        for id, entry in _written(connection, table):
            sums[id] -= hash(entry)
        wrong = {id for id, left in sums.items() if left}
        yield from _name(connection, table, wrong) if wrong else ()


def _name(connection: sqlite3.Connection, table: str, wrong: set[int]) -> Iterator[Unsound]:
    entries: dict[int, Counter[Entry]] = {id: Counter() for id in sorted(wrong)}
    for id, entry in _indexed(connection, table):
        if id in wrong:
            entries[id][entry] += 1
    for id, entry in _written(connection, table):
        if id in wrong:
            entries[id][entry] -= 1
    for id, counts in entries.items():
        yield Unsound(table, id, _first(+counts), _first(-counts))


def _first(entries: Counter[Entry]) -> tuple[str, ...]:
    return tuple(token for token, _, _ in sorted(entries, key=lambda entry: (entry[1], entry[2], entry[0]))[:_SHOWN])


def _indexed(connection: sqlite3.Connection, table: str) -> Iterator[tuple[int, Entry]]:
    """Yield every entry of the index with the id of its text."""
    view = f"temp.{table}_entries"
    connection.execute(f"CREATE VIRTUAL TABLE IF NOT EXISTS {view} USING fts5vocab(main, {table}, instance)")
    for term, id, column, place in connection.execute(f"SELECT term, doc, col, offset FROM {view}"):  # noqa: S608 -- constants
        yield id, (term, column, place)


def _written(connection: sqlite3.Connection, table: str) -> Iterator[tuple[int, Entry]]:
    """Yield every entry that the texts ask for."""
    sql, columns = TEXTS[table]
    for id, *texts in connection.execute(sql):
        for column, text in zip(columns, texts, strict=True):
            for place, token in enumerate(bigrams(comparable(text or "", any_script=False)).split()):
                yield id, (token, column, place)
