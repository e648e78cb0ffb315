"""Write the full-text index: the only place that does. What stands in it is said in fulltext.py."""

import sqlite3
from dataclasses import dataclass, field

from catalog.store.fulltext import bigrams

MERGED_PAGES = 8  # of the index a new text, joined after a run: a few times what it takes, so a small run costs little
JOINED_SHARE = 4  # new texts that are one in so many make the whole index worth joining
STEP = 500  # pages joined by one statement
INSERT_BODY = "INSERT INTO bodies_search (rowid, text) VALUES (?, ?)"
INSERT_RECORD = "INSERT INTO records_search (rowid, title, summary) VALUES (?, ?, ?)"

Heads = tuple[str | None, str | None]  # title and summary of a record
NO_HEADS: Heads = (None, None)


@dataclass(slots=True)
class IndexChanges:
    """What a transaction changes in the texts, to be written to the index at its end, all at once.

    FTS5 holds new entries in memory, and writes them out as a piece of the index of their own whenever a statement
    begins that could be undone half-way: an UPDATE between two of them costs more than the entries themselves.
    """

    _bodies: dict[int, tuple[str, str]] = field(default_factory=dict)  # tokens before, "" of a new body, and after
    _records: dict[int, tuple[Heads, Heads]] = field(default_factory=dict)

    def add_body(self, body_id: int, tokens: str) -> None:
        """Note a new body; `tokens` are its bigrams."""
        self._bodies[body_id] = "", tokens

    def change_body(self, body_id: int, old: str, new: str) -> None:
        """Note that a body's new text stands in the place of its old one, both as printed."""
        before = self._bodies[body_id][0] if body_id in self._bodies else bigrams(old)
        self._bodies[body_id] = before, bigrams(new)

    def change_record(self, record_id: int, old: Heads, new: Heads) -> None:
        """Note a record's new title and summary in the place of the old ones; NO_HEADS where there are none."""
        self._records[record_id] = self._records.get(record_id, (old,))[0], new

    def write(self, connection: sqlite3.Connection) -> None:
        """Write what was noted, and forget it."""
        bodies = [(id, *tokens) for id, tokens in self._bodies.items() if tokens[0] != tokens[1]]
        records = [(id, *heads) for id, heads in self._records.items() if heads[0] != heads[1]]
        connection.executemany(
            "INSERT INTO bodies_search (bodies_search, rowid, text) VALUES ('delete', ?, ?)",
            [(id, before) for id, before, _ in bodies if before],
        )
        connection.executemany(
            "INSERT INTO records_search (records_search, rowid, title, summary) VALUES ('delete', ?, ?, ?)",
            [(id, *map(bigrams, old)) for id, old, _ in records if any(old)],
        )
        connection.executemany(INSERT_BODY, [(id, after) for id, _, after in bodies if after])
        connection.executemany(INSERT_RECORD, [(id, *map(bigrams, new)) for id, _, new in records if any(new)])
        self._bodies.clear()
        self._records.clear()


def read_heads(connection: sqlite3.Connection, record_id: int) -> Heads:
    """Return the title and summary that a record has now."""
    row = connection.execute("SELECT title, summary FROM records WHERE id = ?", (record_id,)).fetchone()
    return (row[0], row[1]) if row else NO_HEADS


def tidy(connection: sqlite3.Connection, n_new: int) -> None:
    """Join pieces of the index, as much as `n_new` new texts are worth: it takes less room and answers faster.

    Where they are a good part of all texts, all pieces become one.
    """
    n_texts = connection.execute("SELECT ifnull(max(id), 0) FROM bodies").fetchone()[0]
    for table in ("bodies_search", "records_search"):
        step = -STEP if n_new * JOINED_SHARE >= n_texts else STEP  # FTS5 takes a negative step for "all pieces"
        left = n_new * MERGED_PAGES
        while left > 0:
            before = connection.total_changes
            connection.execute(f"INSERT INTO {table} ({table}, rank) VALUES ('merge', ?)", (step,))  # noqa: S608 -- two constants
            if connection.total_changes - before < 2:  # nothing was left to join
                break
            step = STEP
            left -= STEP


def rebuild(connection: sqlite3.Connection) -> None:
    """Make the index anew from the texts: for a catalogue from before there was one."""
    for table in ("bodies_search", "records_search"):
        connection.execute(f"INSERT INTO {table} ({table}) VALUES ('delete-all')")  # noqa: S608 -- two constants
    bodies = connection.execute("SELECT id, text FROM bodies ORDER BY id")
    connection.executemany(INSERT_BODY, ((id, tokens) for id, text in bodies if (tokens := bigrams(text))))
    heads = connection.execute("SELECT id, title, summary FROM records ORDER BY id")
    connection.executemany(INSERT_RECORD, ((id, *map(bigrams, said)) for id, *said in heads if any(said)))
