"""A catalogue made anew, in a new file, from its originals and its log alone."""

import os
import sqlite3
from collections import Counter
from collections.abc import Iterator, Sequence, Set
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

from catalog.errors import UsageError
from catalog.model.capture import Capture, Observation
from catalog.model.field import Confidence, Field, State
from catalog.model.outcome import Outcome
from catalog.model.problem import Problem
from catalog.rules.load import load_rules
from catalog.services.follow import follow
from catalog.services.ingest import to_rows
from catalog.services.inputs import Input
from catalog.services.intake import Intake, Meeting
from catalog.services.ports import Ports, Progress
from catalog.services.reading import Failure, Task, parse_in_order
from catalog.services.records import build
from catalog.sources.folder import Found
from catalog.store.ids import reserve_ids
from catalog.store.index import IndexChanges
from catalog.store.journal import ChangeSet
from catalog.store.known import known_in
from catalog.store.open import Store, open_writer
from catalog.store.originals import copy_originals, read_original
from catalog.store.remembered import Command, Remembered, read_captures, read_commands, read_decisions, read_words
from catalog.store.save import find_capture, find_record, save_assertions, save_settings
from catalog.store.set_aside import KindName, Rows
from catalog.store.winners import rewrite_winners

BATCH = 200  # captures a transaction
INPUTS = "problems"  # of inputs that gave no capture
KINDS: dict[str, KindName] = {
    "settings": "setting",
    "verdicts": "verdict",
    "withdrawn": "withdrawal",
    INPUTS: "problem",
    "agent_verdicts": "authority",
    "agent_differences": "distinction",
    "record_verdicts": "record_verdict",
    "capture_verdicts": "capture_verdict",
    "capture_differences": "capture_difference",
    "tag_terms": "tag_term",
}


def rebuild(source: sqlite3.Connection, new: Path, ports: Ports, command: str = "rebuild") -> Outcome:
    """Make the catalogue `new` from the tables `sqlar` and `journal` of another, by the rules of today.

    The file is there whole or not at all. Counts: `originals` kept, `captures` in view, `records`, `assertions` of
    cataloguers, `decisions`. Problems: what could not be brought over. Raises UsageError if `new` is there.
    """
    with new_catalogue(new) as store:
        return _Rebuild(source, store, ports, command).perform()


@contextmanager
def new_catalogue(path: Path) -> Iterator[Store]:
    """Yield a new catalogue that takes its name once it is whole; what goes wrong leaves nothing behind."""
    if os.path.lexists(path):
        raise UsageError(f"{path} is there already: name a new file", path=str(path))
    part = path.with_name(f".{path.name}.part")
    remove(part)
    try:
        with open_writer(part, create=True) as store:
            yield store
        part.rename(path)
    finally:
        remove(part)


def remove(path: Path) -> None:
    """Take a catalogue's file away, and what SQLite put beside it."""
    for tail in ("", "-wal", "-shm", "-journal"):
        with suppress(FileNotFoundError):
            path.with_name(path.name + tail).unlink()


@dataclass(slots=True)
class _Rebuild:
    """One rebuild: decisions first, since they say to which records captures belong; then captures; then words."""

    source: sqlite3.Connection
    store: Store
    ports: Ports
    command: str
    problems: list[Problem] = field(default_factory=list)
    counts: Counter[str] = field(default_factory=Counter)
    records: dict[str, int] = field(default_factory=dict)  # by the keys that the log has: rules may give others today

    def perform(self) -> Outcome:
        """Do all of it and return what was done."""
        change = ChangeSet(self.command, self.ports.who, self.ports.timestamp(), {})
        with self.store.transaction() as connection:
            change.begin(connection)
            self.counts["originals"] = copy_originals(self.source, connection)
            change.flush(connection)
        self._bring_decisions(change, KINDS.keys() - {INPUTS})
        for encoding in sorted({one.encoding or "" for one in read_captures(self.source)}):
            self._bring_captures(encoding or None, change)
        self._bring_decisions(change, {INPUTS})  # last: a capture from the same origin would solve them
        self._bring_words(change)
        with self.store.transaction() as connection:
            rows = Rows(connection, None)
            rows.touched.has_new_names = True
            rows.touched.judged.update(
                name
                for row in connection.execute("SELECT body_sha256, other_body_sha256 FROM verdicts")
                for name in row
            )
            follow(connection, rows.touched, change.begin(connection))
            self.counts["records"] = connection.execute("SELECT count(*) FROM records").fetchone()[0]
            change.end(connection, self.ports.timestamp(), self._counts())
        return Outcome(self.command, self._counts(), tuple(self.problems), change.id)

    def _counts(self) -> dict[str, int]:
        names = ("originals", "captures", "records", "assertions", "decisions")
        return {name: self.counts[name] for name in names}

    def _bring_decisions(self, change: ChangeSet, tables: Set[str]) -> None:
        commands = read_commands(self.source)
        reasons: dict[tuple[str, str | None], int] = {}
        with self.store.transaction() as connection:
            reserve_ids(connection)
            for table, place, said in read_decisions(self.source):
                if table not in tables or said.get("solved_by") is not None:
                    continue
                number = change.begin(connection)
                if table == "withdrawn":
                    number = self._reason(connection, commands.get(said["change_set_id"]), reasons)
                if "change_set_id" in said:
                    said["change_set_id"] = number
                at = [place[0], place[1], None, place[2]] if table == INPUTS else place
                Rows(connection, change.id).put(KINDS[table], at, said)
                self.counts["decisions"] += 1
            change.flush(connection)

    def _reason(
        self, connection: sqlite3.Connection, before: Command | None, reasons: dict[tuple[str, str | None], int]
    ) -> int:
        """Return a change set whose message is the reason of a withdrawal."""
        said = (before.agent, before.message) if before else ("unknown", None)
        if said not in reasons:
            change = ChangeSet("withdraw", said[0], self.ports.timestamp(), {}, said[1])
            reasons[said] = change.begin(connection)
            change.flush(connection)
            change.end(connection, self.ports.timestamp(), {})
        return reasons[said]

    def _bring_captures(self, encoding: str | None, change: ChangeSet) -> None:
        captures = (one for one in read_captures(self.source) if one.encoding == encoding)
        answered = parse_in_order(self._questions(captures), Task(to_rows, encoding), load_rules(), 1)
        batch = []
        for question in answered:
            batch.append(question)
            if len(batch) == BATCH:
                self._write(batch, change)
                batch = []
        self._write(batch, change)

    def _questions(self, captures: Iterator[Remembered]) -> Iterator[tuple[Remembered, Capture | None]]:
        for one in captures:
            capture = read_original(self.source, one.sha256)
            if capture is None:
                self.problems.append(
                    Problem("original.lost", "its bytes are lost", _name(one), one.sha256, failed=True)
                )
            else:
                yield one, capture

    def _write(self, batch: Sequence[tuple[Remembered, Any]], change: ChangeSet) -> None:
        with self.store.transaction() as connection:
            intake = Intake(self.store, change, ())
            for one, answer in batch:
                self._take(intake, one, answer)
            rewrite_winners(connection, intake.touched, build, intake.index)
            intake.index.write(connection)
            change.flush(connection)
        self.counts["captures"] += intake.tally.counts["added"]
        self.problems += [problem for problem in intake.tally.problems if problem.failed]
        self.ports.progress(Progress(self.counts["captures"], self.counts["originals"], {}, ""))

    def _take(self, intake: Intake, one: Remembered, answer: Any) -> None:  # noqa: ANN401 -- rows, or a Failure
        seen = tuple(Observation(*map(_text, met)) for met in one.seen) or (Observation(f"rescued:{one.sha256}"),)
        intake.take(Meeting(Input(Found(seen[0].origin, seen[0].origin), seen), one.sha256), answer)
        if isinstance(answer, Failure):
            return
        found = find_capture(self.store.connection, one.sha256)
        if found is None:
            return
        if one.record:
            self.records[one.record] = found[1]
        if one.set:
            said = [_field(row, one.sha256) for row in one.set]
            save_settings(self.store.connection, found[0], said, intake.change)
            intake.touched.add(found[1])

    def _bring_words(self, change: ChangeSet) -> None:
        with self.store.transaction() as connection:
            touched = set()
            for key, said in read_words(self.source):
                record_id = find_record(connection, key) or self.records.get(key)
                if record_id is None:
                    message = f"what {len(said)} assertions of cataloguers were about is lost"
                    self.problems.append(Problem("record.lost", message, key, failed=True))
                    continue
                save_assertions(connection, record_id, [_field(row, None) for row in said], change)
                self.counts["assertions"] += len(said)
                touched.add(record_id)
            index = IndexChanges()
            rewrite_winners(connection, touched, build, index)
            index.write(connection)
            change.flush(connection)


def _field(row: Sequence[Any], sha256: str | None) -> Field:
    name, label, kind, state, value, confidence, asserted_by, evidence = row
    found = Field(
        name, State(state), value, Confidence(confidence), asserted_by, label=label, kind=kind, capture=sha256
    )
    return replace(found, known=known_in(evidence))


def _name(one: Remembered) -> str:
    return str(one.seen[0][0]) if one.seen else one.sha256


def _text(value: str | None) -> Any:  # noqa: ANN401 -- the first is never None
    return value
