"""Whether the log is what was written, row by row, and the rows that a change set set aside. It only reads."""

import json
import sqlite3
from collections.abc import Iterator

from catalog.model.problem import Problem
from catalog.store.history import REDO
from catalog.store.journal import ENDED, find_break, find_unlogged
from catalog.store.state import kept_digest


def find_log_faults(connection: sqlite3.Connection) -> Iterator[Problem]:
    """Yield the first row of the journal that does not follow from the one before, and change sets that differ."""
    row = find_break(connection)
    if row is not None:
        yield fault("journal", f"row {row}", "the log was changed: the row does not follow from the one before")
    change_set = find_unlogged(connection)
    if change_set is not None:
        yield fault("change_sets", str(change_set), f"change set {change_set} is not in the log: it was added by hand")
    yield from _find_ends(connection)
    yield from _find_kept(connection)


def fault(table: str, key: str, what: str) -> Problem:
    """Return a difference: `table` and natural `key` say where, `what` what is wrong."""
    return Problem(f"verify.{table}", what, key, failed=True)


def _find_ends(connection: sqlite3.Connection) -> Iterator[Problem]:
    """Yield change sets whose end is not as the journal has it; what has no end there has none in its row."""
    sql = "SELECT min(id) FROM journal WHERE name IN (?, 'state')"
    first = connection.execute(sql, (ENDED,)).fetchone()[0]
    sql = (
        "SELECT s.id, s.ended_at, s.counts,"
        " (SELECT min(id) FROM journal WHERE subject = 'change_set:' || s.id) AS began,"
        " (SELECT new FROM journal WHERE subject = 'change_set:' || s.id AND name = ? ORDER BY id DESC LIMIT 1) AS said"
        " FROM change_sets s ORDER BY s.id"
    )
    for id, ended_at, counts, began, said in connection.execute(sql, (ENDED,)):
        noted = json.loads(said)[:2] if said else [None, "{}"]
        is_older = first is None or (began or 0) < first  # than the program that notes ends
        if noted != [ended_at, counts] and (said or not is_older):
            yield fault("change_sets", str(id), "its end or its counts are not as the log has them")


def _find_kept(connection: sqlite3.Connection) -> Iterator[Problem]:
    """Yield change sets of which other rows are set aside than they did; a redo gives the rows of an undo back."""
    sql = "SELECT arguments FROM change_sets WHERE command = ?"
    given_back = {json.loads(row[0]).get("undo") for row in connection.execute(sql, (REDO,))}
    sql = "SELECT change_set_id, new FROM journal WHERE name = ? ORDER BY id"
    ends = dict(connection.execute(sql, (ENDED,)).fetchall())  # a review ends with each answer; the last end counts
    for id, said in ends.items():
        expected = None if id in given_back else json.loads(said)[2]
        if kept_digest(connection, id) != expected:
            yield fault("set_aside", f"change set {id}", "what it set aside is not what it was")
