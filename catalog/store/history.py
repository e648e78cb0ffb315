"""The log read back: which change sets hold, what each one touched, and what stands in the way of taking one back.

A change set holds from when it was made until an undo names it, and again after that undo was redone. Undo and redo are
change sets themselves: their arguments say what they took back or brought again, and nothing leaves the log.
"""

import json
import sqlite3
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field

UNDO, REDO = "undo", "redo"
ALL = "*"  # every name of a subject
STRUCTURE = ("key", "merged", "record")  # notes that say which record is which
OPPOSITES = {"merged": "parted", "parted": "merged"}


@dataclass(frozen=True, slots=True)
class Note:
    """One row of the journal; values as JSON text."""

    subject: str
    name: str
    old: str | None
    new: str | None


@dataclass(slots=True)
class Timeline:
    """What holds now. Moments count what was made, taken back or brought again, one change set at a time.

    `since` says from which moment on one that holds does, `undone_by` which undo took one back that does not. Of each
    undo, `targets` says what it took back, `ended` its last moment, `redone_by` the redo that took the undo back.
    """

    since: dict[int, int] = field(default_factory=dict)
    undone_by: dict[int, int] = field(default_factory=dict)
    targets: dict[int, list[int]] = field(default_factory=dict)
    ended: dict[int, int] = field(default_factory=dict)
    redone_by: dict[int, int] = field(default_factory=dict)


def read_timeline(connection: sqlite3.Connection, upto: int | None = None) -> Timeline:
    """Return what holds, or what held right after the moment `upto`."""
    found = Timeline()
    for moment, (id, target, undo) in enumerate(_read_moments(connection)):
        if upto is not None and moment > upto:
            break
        if undo is None:
            found.since[target] = moment
        elif undo == id:
            del found.since[target]
            found.undone_by[target] = id
            found.targets.setdefault(id, []).append(target)
            found.ended[id] = moment
        else:
            del found.undone_by[target]
            found.since[target] = moment
            found.redone_by[undo] = id
    return found


def _read_moments(connection: sqlite3.Connection) -> Iterator[tuple[int, int, int | None]]:
    """Yield (change set, the one that it is about, the undo that it is or takes back), in the order of the log."""
    targets: dict[int, list[int]] = {}
    for id, command, arguments in connection.execute("SELECT id, command, arguments FROM change_sets ORDER BY id"):
        if command == UNDO:
            targets[id] = json.loads(arguments)["change_sets"]
            yield from ((id, target, id) for target in targets[id])
        elif command == REDO:
            undo = json.loads(arguments)["undo"]
            yield from ((id, target, undo) for target in reversed(targets[undo]))
        else:
            yield id, id, None


def read_notes(connection: sqlite3.Connection, change_set_id: int) -> Iterator[Note]:
    """Yield what a change set noted, in order, but for its own beginning and end and what vouches for rows."""
    sql = (
        "SELECT subject, name, old, new FROM journal WHERE change_set_id = ?"
        " AND name NOT IN ('began', 'ended', 'state') ORDER BY id"
    )
    return (Note(*row) for row in connection.execute(sql, (change_set_id,)))


@dataclass(slots=True)
class Reach:
    """What change sets touch, by natural key: `names` of a subject that they change, and records that captures join."""

    names: dict[str, set[str]] = field(default_factory=lambda: defaultdict(set))
    joined: set[str] = field(default_factory=set)

    def meets(self, other: "Reach") -> bool:
        """Return whether the two touch the same; what only meets in a record that captures join is in `shared`."""
        if any(ALL in other.names.get(key, ()) for key in self.joined):
            return True
        if any(ALL in self.names.get(key, ()) for key in other.joined):
            return True
        few, many = sorted((self.names, other.names), key=len)
        return any(_overlap(names, many[subject]) for subject, names in few.items() if subject in many)

    def shared(self, other: "Reach") -> set[str]:
        """Return the records that captures of one join and of which the other says something."""
        return (self.joined & other.names.keys()) | (other.joined & self.names.keys())


def _overlap(some: set[str], others: set[str]) -> bool:
    return ALL in some or ALL in others or not some.isdisjoint(others)


def read_reach(connection: sqlite3.Connection, change_set_ids: Iterable[int]) -> Reach:
    """Return what these change sets touch."""
    reach = Reach()
    for id in change_set_ids:
        for note in read_notes(connection, id):
            _take(reach, note)
    return reach


def _take(reach: Reach, note: Note) -> None:
    kind = note.subject.partition(":")[0]
    if note.name in STRUCTURE:
        reach.names[note.subject].add(ALL)
        for value in (note.old, note.new):
            reach.names[f"record:{json.loads(value or 'null')}"].add(ALL)
    elif note.name in ("ingested", "withdrawn"):
        reach.names[note.subject].add(ALL)
        if kind == "capture":
            said: Mapping[str, str] = json.loads(note.old or "{}") | json.loads(note.new or "{}")
            reach.joined.add(f"record:{said['record']}")
    else:
        reach.names[note.subject].add(note.name)


def find_blockers(connection: sqlite3.Connection, targets: Iterable[int], then: int) -> list[int]:
    """Return the change sets that hold now and did not right after the moment `then`, or the reverse, and touch what
    these touch.

    Only where there are none may the targets be taken back or brought again: all they touch is as it was then.
    """
    now, before = read_timeline(connection), read_timeline(connection, then)
    asked = set(targets)
    changed = sorted((now.since.keys() ^ before.since.keys()) - asked)
    if not changed:
        return []
    reach = read_reach(connection, asked)
    return [id for id in changed if _is_in_the_way(connection, reach, read_reach(connection, [id]))]


def _is_in_the_way(connection: sqlite3.Connection, reach: Reach, other: Reach) -> bool:
    """Return whether two reaches meet. What is said of a record stands as long as any capture belongs to it."""
    return reach.meets(other) or any(not _stands(connection, key, reach) for key in reach.shared(other))


def _stands(connection: sqlite3.Connection, record: str, but: Reach) -> bool:
    """Return whether a record has a capture that these change sets neither brought nor withdrew."""
    sql = "SELECT c.sha256 FROM captures c JOIN records r ON r.id = c.record_id WHERE r.key = ?"
    captures = connection.execute(sql, (record.removeprefix("record:"),))
    return any(ALL not in but.names.get(f"capture:{sha256}", ()) for (sha256,) in captures)


def leads_back(connection: sqlite3.Connection, change_set_id: int) -> bool:
    """Return whether a change set kept what it replaced: those of programs older than `undo` did not."""
    sql = (
        "SELECT 1 FROM journal WHERE change_set_id = ? AND (name IN ('key', 'merged', 'record')"
        " OR subject LIKE 'body:%' OR subject LIKE 'settings:%') LIMIT 1"
    )
    replaced = connection.execute(sql, (change_set_id,)).fetchone() is not None
    sql = "SELECT 1 FROM set_aside WHERE change_set_id = ? LIMIT 1"
    return not replaced or connection.execute(sql, (change_set_id,)).fetchone() is not None


CHANGE_SETS = """
    SELECT id, started_at AS at, agent AS who, command, message AS why, arguments, counts
      FROM change_sets
     WHERE id IN (SELECT value FROM json_each(?))
     ORDER BY id DESC"""


def read_change_sets(connection: sqlite3.Connection, ids: Iterable[int]) -> list[sqlite3.Row]:
    """Return these change sets, the newest first: id, at, who, command, why, arguments and counts as JSON text."""
    return connection.execute(CHANGE_SETS, (json.dumps(list(ids)),)).fetchall()


def find_change_sets(connection: sqlite3.Connection) -> list[int]:
    """Return the ids of all change sets, the newest first."""
    return [row[0] for row in connection.execute("SELECT id FROM change_sets ORDER BY id DESC")]
