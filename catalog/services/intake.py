"""What happens to one input of an ingest, inside the transaction of its batch."""

import sqlite3
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from catalog.model.capture import Observation
from catalog.model.problem import Problem
from catalog.services.changes import settings_as_fields
from catalog.services.inputs import Input
from catalog.services.reading import Failure
from catalog.store.belonging import belongs_to
from catalog.store.custom import keep_custom, read_custom
from catalog.store.index import IndexChanges
from catalog.store.journal import ChangeSet
from catalog.store.open import Store
from catalog.store.rows import CaptureRows
from catalog.store.save import (
    find_capture,
    has_body,
    save_capture,
    save_observation,
    save_problem,
    save_settings,
    solve_problems,
)
from catalog.store.withdrawn import find_withdrawal, find_withdrawn_item, has_withdrawn


@dataclass(frozen=True, slots=True)
class Meeting:
    """One input on its way: what was given and the SHA-256 of its bytes, or why it could not be read."""

    given: Input | Problem
    sha256: str = ""

    @property
    def origin(self) -> str:
        """Return the input's name."""
        return self.given.found.origin if isinstance(self.given, Input) else self.given.origin or ""


@dataclass(slots=True)
class Tally:
    """What came of some inputs. The counts of a batch are taken over when the batch is kept."""

    counts: Counter[str] = field(default_factory=Counter)
    problems: list[Problem] = field(default_factory=list)

    def add(self, other: "Tally") -> None:
        """Take over what another tally counted."""
        self.counts.update(other.counts)
        self.problems.extend(other.problems)

    def fail(self, problem: Problem) -> None:
        """Count a problem that stands for a whole input."""
        self.problems.append(problem)
        if problem.failed:
            self.counts.update(("files", "failed"))

    def leave_out(self, withdrawal: Problem) -> None:
        """Count an input whose bytes are out of view."""
        self.problems.append(withdrawal)
        self.counts["withdrawn"] += 1


def trouble_of(meeting: Meeting, answer: CaptureRows | Failure | None) -> Problem | None:
    """Return why an input brings no capture, None if it brings one."""
    if isinstance(meeting.given, Problem):
        return meeting.given
    return answer.at(meeting.origin) if isinstance(answer, Failure) else None


def withdrawal_of(connection: sqlite3.Connection, meeting: Meeting) -> Problem | None:
    """Return why the bytes of an input stay out of view, None if they do not."""
    found = find_withdrawal(connection, meeting.sha256)
    if found is None:
        return None
    return Problem("capture.withdrawn", _withdrawn(found), meeting.origin, meeting.sha256, failed=False)


def _withdrawn(by: sqlite3.Row) -> str:
    return f"withdrawn on {by['at'][:10]} by {by['who']}: {by['why']} (change set {by['id']})"


@dataclass(slots=True)
class Intake:
    """Writes inputs one after the other; `touched` are the records whose winners must be rewritten afterwards."""

    store: Store
    change: ChangeSet
    settings: Sequence[tuple[str, str | int]]
    tally: Tally = field(default_factory=Tally)
    touched: set[int] = field(default_factory=set)
    index: IndexChanges = field(default_factory=IndexChanges)

    def take(self, meeting: Meeting, answer: CaptureRows | Failure | None) -> None:
        """Write one input: a problem, a new capture, or another meeting with known bytes."""
        problem = trouble_of(meeting, answer)
        if (
            problem is None or problem.failed or problem.capture
        ):  # a note about an input that was not tried solves nothing
            solve_problems(self.store.connection, meeting.origin, self.change, still=problem)
        if problem is not None:
            self.tally.fail(problem)
            if problem.failed or problem.capture:  # what is odd about bytes that were read is kept too
                save_problem(self.store.connection, problem, self.change)
            return
        assert isinstance(meeting.given, Input)  # noqa: S101 -- what is no problem is an input
        self.tally.counts["files"] += 1
        if withdrawal := withdrawal_of(self.store.connection, meeting):
            self.tally.leave_out(withdrawal)
            return
        seen = list(meeting.given.seen)
        is_new = find_capture(self.store.connection, meeting.sha256) is None
        if is_new:
            assert isinstance(answer, CaptureRows)  # noqa: S101 -- only bytes already kept go unparsed
            self._add(answer, seen.pop(0), meeting.origin)
        is_observed = self._observe(meeting.sha256, seen)
        is_updated = self._set(meeting.sha256)
        outcomes = (("added", is_new), ("observed", is_observed), ("updated", is_updated), ("unchanged", True))
        self.tally.counts[next(name for name, is_so in outcomes if is_so)] += 1

    def _add(self, rows: CaptureRows, seen: Observation, origin: str) -> None:
        counts = self.tally.counts
        if rows.body:
            counts["repeated_bodies" if has_body(self.store.connection, rows.body.sha256) else "bodies"] += 1
        doubt = self._doubt(rows, seen)
        record_id, is_new = save_capture(self.store.connection, rows, seen, self.change, self.index)
        if doubt:
            save_problem(self.store.connection, doubt, self.change, self._capture(rows.sha256)[0])
            said = {"code": doubt.code, "message": doubt.message}
            self.change.note(f"capture:{rows.sha256}", "problem", None, said)  # so that the log vouches for it too
            self.tally.problems.append(replace(doubt, origin=origin))
        counts["records" if is_new else "recaptured"] += 1
        self.tally.problems.extend(replace(problem, origin=origin) for problem in rows.problems)
        if not is_new:
            self.touched.add(record_id)

    def _doubt(self, rows: CaptureRows, seen: Observation) -> Problem | None:
        """Return what is to be said of other bytes of an item that was withdrawn: they come into view, for review."""
        connection = self.store.connection
        if not has_withdrawn(connection):
            return None
        key = belongs_to(connection, rows.sha256, [seen.url] if seen.url else [], rows.own_key)
        found = find_withdrawn_item(connection, key)
        message = f"another capture of this item was {_withdrawn(found)}" if found else ""
        return Problem("item.withdrawn", message, capture=rows.sha256) if found else None

    def _observe(self, sha256: str, seen: Sequence[Observation]) -> bool:
        """Note where known bytes were met; return whether any of it was news."""
        if not seen:
            return False
        capture_id = self._capture(sha256)[0]
        moved = [save_observation(self.store.connection, capture_id, one, self.change, self.index) for one in seen]
        self.touched.update(*(ids for ids in moved if ids is not None))
        return any(ids is not None for ids in moved)

    def _set(self, sha256: str) -> bool:
        """Note what --set says of a capture; return whether that was news."""
        if not self.settings:
            return False
        capture_id, record_id = self._capture(sha256)
        said = settings_as_fields(self.settings, sha256)
        is_news = save_settings(self.store.connection, capture_id, said, self.change)
        own = read_custom(self.store.connection, self.store.declared)
        keep_custom(self.store.connection, [own[field.name] for field in said if field.name in own])
        if is_news:
            self.touched.add(record_id)
        return is_news

    def _capture(self, sha256: str) -> tuple[int, int]:
        found = find_capture(self.store.connection, sha256)
        assert found is not None  # noqa: S101 -- kept by now
        return found
