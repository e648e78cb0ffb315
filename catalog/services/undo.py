"""Take change sets back, and bring them again. What was taken back stays in the log, and in the file."""

import sqlite3
from collections.abc import Sequence
from dataclasses import dataclass

from catalog.errors import NothingMatched, UsageError
from catalog.model.outcome import Outcome
from catalog.services.follow import follow
from catalog.services.ports import Ports
from catalog.store.history import REDO, UNDO, Timeline, find_blockers, leads_back, read_change_sets, read_timeline
from catalog.store.ids import reserve_ids
from catalog.store.journal import ChangeSet
from catalog.store.open import Store
from catalog.store.set_aside import Rows, forget_kept
from catalog.store.take_back import bring_back, forget_unused, take_back

NAMED = 5  # change sets in the way that a message names


@dataclass(frozen=True, slots=True)
class Step:
    """What one `undo` or `redo` is about: change sets in the order in which it takes them.

    `undo` is the number of the undo that a redo takes back, None for an undo.
    """

    targets: tuple[int, ...]
    undo: int | None = None


def plan_undo(store: Store, number: int | None = None, *, and_later: bool = False) -> Step:
    """Return what an undo takes back: the last change set that holds, or this one, or this one and all since.

    Raises NothingMatched or UsageError where there is none, or where later ones build on it.
    """
    timeline = read_timeline(store.connection)
    if number is None:
        if not timeline.since:
            raise NothingMatched("there is nothing to undo")
        number = max(timeline.since, key=timeline.since.__getitem__)
    _must_hold(timeline, number)
    since = timeline.since[number]
    later = [id for id, at in timeline.since.items() if at > since] if and_later else []
    targets = sorted((number, *later), key=timeline.since.__getitem__, reverse=True)
    _must_lead_back(store.connection, targets)
    if not and_later:
        blockers = find_blockers(store.connection, targets, since)
        if blockers:
            hint = f"undo {_named(blockers)} first, or `undo --to {number}`"
            raise UsageError(f"{number} cannot be undone alone: {_said(store.connection, blockers)}; {hint}")
    return Step(tuple(targets))


def plan_redo(store: Store, number: int | None = None) -> Step:
    """Return what a redo brings again: what the last undo took back, or the undo of this change set (or this undo).

    Raises NothingMatched or UsageError where there is none, or where what it builds on is not as it was.
    """
    timeline = read_timeline(store.connection)
    undos = [id for id in timeline.targets if id not in timeline.redone_by]
    if number is None and not undos:
        raise NothingMatched("there is nothing to redo")
    undo = max(undos) if number is None else timeline.undone_by.get(number, number)
    if undo not in undos:
        raise UsageError(f"{number} is not undone")
    targets = timeline.targets[undo]
    blockers = find_blockers(store.connection, targets, timeline.ended[undo])
    if blockers:
        holding = [id for id in blockers if id in timeline.since]
        hint = f"undo {_named(holding)} first" if holding else f"redo {_named(blockers)} first"
        raise UsageError(f"{_named(targets)} cannot be redone: {_said(store.connection, blockers)}; {hint}")
    return Step(tuple(reversed(targets)), undo)


def apply_undo(store: Store, step: Step, ports: Ports, *, message: str | None = None) -> Outcome:
    """Take these change sets back, all or nothing, as one change set. `store` must be open to write.

    Counts: `change_sets` taken back, and `records` that are otherwise now.
    """
    told = {"change_sets": list(step.targets)}
    change = ChangeSet(UNDO, ports.who, ports.timestamp(), told, message)
    with store.transaction() as connection:
        _must_be_as_planned(connection, step)
        reserve_ids(connection)
        rows = Rows(connection, change.begin(connection))
        for target in step.targets:
            take_back(rows, target, change)
        forget_unused(rows)
        return _finish(rows, step, change, ports)


def apply_redo(store: Store, step: Step, ports: Ports, *, message: str | None = None) -> Outcome:
    """Bring again what an undo took back, all or nothing, as one change set. `store` must be open to write.

    Counts: `change_sets` that hold again, and `records` that are otherwise now.
    """
    assert step.undo is not None  # noqa: S101 -- the step of a redo
    change = ChangeSet(REDO, ports.who, ports.timestamp(), {"undo": step.undo}, message)
    with store.transaction() as connection:
        _must_be_as_planned(connection, step)
        reserve_ids(connection)
        change.begin(connection)
        rows = Rows(connection, None)
        bring_back(rows, step.undo, step.targets, change)
        forget_kept(connection, step.undo)
        return _finish(rows, step, change, ports)


def _finish(rows: Rows, step: Step, change: ChangeSet, ports: Ports) -> Outcome:
    counts = {"change_sets": len(step.targets), "records": len(rows.touched.records)}
    follow(rows.connection, rows.touched, change.begin(rows.connection))
    change.flush(rows.connection)
    change.end(rows.connection, ports.timestamp(), counts)
    return Outcome(change.command, counts, change_set=change.id)


def _must_hold(timeline: Timeline, number: int) -> None:
    if number in timeline.undone_by:
        raise UsageError(f"{number} is undone already, by {timeline.undone_by[number]}: `catalog redo {number}`")
    if number in timeline.targets:
        raise UsageError(f"{number} is an undo itself: `catalog redo {number}`")
    if number in timeline.redone_by.values():
        undo = next(id for id, redo in timeline.redone_by.items() if redo == number)
        raise UsageError(f"{number} is a redo: undo what it brought again, {_named(timeline.targets[undo])}")
    if number not in timeline.since:
        raise NothingMatched(f"there is no change set {number}")


def _must_lead_back(connection: sqlite3.Connection, targets: Sequence[int]) -> None:
    stuck = [id for id in targets if not leads_back(connection, id)]
    if stuck:
        raise UsageError(f"{_named(stuck)} cannot be undone: an older program wrote it and kept no way back")


def _must_be_as_planned(connection: sqlite3.Connection, step: Step) -> None:
    """Raise UsageError if somebody wrote since the step was planned and it is not possible any more."""
    timeline = read_timeline(connection)
    if step.undo is None:
        is_so = all(id in timeline.since for id in step.targets)
        then = max(timeline.since.get(id, 0) for id in step.targets)
    else:
        is_so = step.undo not in timeline.redone_by
        then = timeline.ended[step.undo]
    if not is_so or find_blockers(connection, step.targets, then):
        raise UsageError("nothing was changed: somebody changed the catalogue meanwhile; look again")


def _said(connection: sqlite3.Connection, ids: Sequence[int]) -> str:
    """Return what stands in the way: "13 (tag, 2026-11-22) touches the same"."""
    rows = read_change_sets(connection, ids)[:NAMED]
    named = ", ".join(f"{row['id']} ({row['command']}, {row['at'][:10]})" for row in reversed(rows))
    more = f" and {len(ids) - NAMED} more" if len(ids) > NAMED else ""
    return f"{named}{more} {'touches' if len(ids) == 1 else 'touch'} the same"


def _named(ids: Sequence[int]) -> str:
    return ", ".join(map(str, ids[:NAMED])) + (" …" if len(ids) > NAMED else "")
