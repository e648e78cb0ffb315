"""Change sets and the journal: who changed what, each row holding the hash of the row before.

The chain shows that a row was edited or taken out by hand; it does not keep a determined person from writing
a new chain, so print its head where it can be compared later.
"""

import hashlib
import json
import sqlite3
from collections.abc import Mapping
from dataclasses import dataclass, field

from catalog.store.canonical import Plain, to_json
from catalog.store.state import INGESTED, STATE, capture_state, kept_digest, record_state
from catalog.store.watch import take_changed

FIRST_HASH = "0" * 64
BEGAN, ENDED = "began", "ended"  # notes of change sets about themselves
NAMING_RECORDS = ("key", "merged", "parted", "record")  # notes whose values are keys of records


@dataclass(slots=True)
class ChangeSet:
    """Everything that one command changes. It is written when the first change is, so a run without changes has none.

    Use `begin` inside a transaction before a row refers to it, `note` for each change, `flush` before the transaction
    is committed, and `rolled_back` after one was not.
    """

    command: str
    agent: str
    started_at: str
    arguments: Mapping[str, Plain] = field(default_factory=dict)
    message: str | None = None
    id: int | None = None
    _kept_id: int | None = None
    _notes: list[tuple[str, str, str | None, str | None]] = field(default_factory=list)

    def begin(self, connection: sqlite3.Connection) -> int:
        """Return the change set's id, writing it on the first call."""
        if self.id is None:
            said = (self.command, to_json(self.arguments), self.agent, self.message, self.started_at)
            sql = "INSERT INTO change_sets (command, arguments, agent, message, started_at) VALUES (?, ?, ?, ?, ?)"
            self.id = connection.execute(sql, said).lastrowid
            assert self.id is not None  # noqa: S101 -- an INSERT that did not raise has a row id
            self.note(f"change_set:{self.id}", BEGAN, None, list(said))
        return self.id

    def note(self, subject: str, name: str, old: Plain, new: Plain) -> None:
        """Remember one change of `subject` (a natural key) for the journal; None where there was or is no value."""
        said = [None if value is None else to_json(value) for value in (old, new)]
        self.note_json(subject, name, said[0], said[1])

    def note_json(self, subject: str, name: str, old: str | None, new: str | None) -> None:
        """Remember a change whose values are JSON text already."""
        self._notes.append((subject, name, old, new))

    def flush(self, connection: sqlite3.Connection) -> None:
        """Write the noted changes, and what vouches for what they leave, chained to the last row of the journal."""
        for subject in self._find_changed():
            state = _state(connection, subject)
            if state is not None or subject.startswith("capture:") or _is_known(connection, subject):
                self.note(subject, STATE, None, state)
        for place, decision in take_changed(connection):
            self.note(place, STATE, None, decision)
        previous, rows = head_of(connection), []
        for note in self._notes:
            row = (self.id, *note)
            digest = chain_hash(previous, row)
            rows.append((*row, previous, digest))
            previous = digest
        connection.executemany(
            "INSERT INTO journal (change_set_id, subject, name, old, new, previous_hash, hash)"
            " VALUES (?, ?, ?, ?, ?, ?, ?)",
            rows,
        )
        self._notes.clear()
        self._kept_id = self.id

    def _find_changed(self) -> list[str]:
        """Return the captures and records of which something was noted; a new capture came with its digest."""
        subjects: dict[str, None] = {}
        for subject, name, old, new in self._notes:
            if subject.startswith(("capture:", "record:")) and not (name == INGESTED and '"digest"' in (new or "")):
                subjects[subject] = None
                if name in NAMING_RECORDS:
                    subjects |= {f"record:{json.loads(value)}": None for value in (old, new) if value is not None}
        return list(subjects)

    def rolled_back(self) -> None:
        """Forget what was noted since the last flush; the database has forgotten it too."""
        self._notes.clear()
        self.id = self._kept_id

    def end(self, connection: sqlite3.Connection, ended_at: str | None, counts: Mapping[str, int]) -> None:
        """Write the counts and, unless None, the time of the end; the journal keeps them too."""
        if self.id is not None:
            said = ended_at, to_json(dict(counts))
            sql = "UPDATE change_sets SET ended_at = ?, counts = ? WHERE id = ?"
            if not connection.execute(sql, (*said, self.id)).rowcount:  # its first transaction could not be kept
                return
            self.note(f"change_set:{self.id}", ENDED, None, [*said, kept_digest(connection, self.id)])
            self.flush(connection)


def _state(connection: sqlite3.Connection, subject: str) -> Mapping[str, Plain] | None:
    kind, _, key = subject.partition(":")
    return capture_state(connection, key) if kind == "capture" else record_state(connection, key)


def _is_known(connection: sqlite3.Connection, subject: str) -> bool:
    """Return whether the journal has a state of a subject, which is another now."""
    sql = "SELECT 1 FROM journal WHERE subject = ? AND name = ? LIMIT 1"
    return connection.execute(sql, (subject, STATE)).fetchone() is not None


def chain_hash(previous: str, row: tuple[int | str | None, ...]) -> str:
    """Return the SHA-256 over the hash before and the row: change set, subject, name, old, new."""
    return hashlib.sha256(f"{previous}\n{to_json(row)}".encode()).hexdigest()


def find_break(connection: sqlite3.Connection) -> int | None:
    """Return the id of the first journal row that does not follow from the one before, None if the chain holds.

    Also the row of a change set whose command, agent or start were edited.
    """
    previous = FIRST_HASH
    sql = "SELECT id, change_set_id, subject, name, old, new, previous_hash, hash FROM journal ORDER BY id"
    for id, *row, before, digest in connection.execute(sql):
        if before != previous or digest != chain_hash(previous, tuple(row)):
            return int(id)
        if row[2] == BEGAN and not _is_as_begun(connection, row[0], row[4]):
            return int(id)
        previous = digest
    return None


def find_unlogged(connection: sqlite3.Connection) -> int | None:
    """Return the first change set of which the journal says nothing, None if there is none."""
    sql = (
        "SELECT id FROM change_sets s WHERE NOT EXISTS"
        " (SELECT 1 FROM journal WHERE change_set_id = s.id AND name = 'began') ORDER BY id LIMIT 1"
    )
    row = connection.execute(sql).fetchone()
    return int(row[0]) if row else None


def head_of(connection: sqlite3.Connection) -> str:
    """Return the hash of the last row of the journal."""
    last = connection.execute("SELECT hash FROM journal ORDER BY id DESC LIMIT 1").fetchone()
    return str(last[0]) if last else FIRST_HASH


def _is_as_begun(connection: sqlite3.Connection, change_set_id: int, said: str) -> bool:
    sql = "SELECT command, arguments, agent, message, started_at FROM change_sets WHERE id = ?"
    row = connection.execute(sql, (change_set_id,)).fetchone()
    return row is not None and to_json(list(row)) == said
