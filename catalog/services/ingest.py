"""Captures into the catalogue: read, parse, keep, and give each its record. One writer, batches of whole captures."""

import os
from collections.abc import Iterator, Sequence
from contextlib import suppress
from dataclasses import replace
from pathlib import Path

from catalog.errors import CatalogueUnusable
from catalog.model.capture import Capture
from catalog.model.fingerprint import Fingerprint
from catalog.model.outcome import Outcome
from catalog.model.problem import Problem
from catalog.model.record import CaptureFacts, Parsed
from catalog.model.rule import RuleSet
from catalog.rules.load import load_rules
from catalog.services.changes import read_settings
from catalog.services.identity import own_key
from catalog.services.inputs import IngestOptions, Input, gather, open_input
from catalog.services.intake import Intake, Meeting, Tally, trouble_of
from catalog.services.ports import Ports, Progress
from catalog.services.reading import Failure, Task, parse_in_order
from catalog.services.records import build
from catalog.services.rehearsal import Rehearsal
from catalog.sources.folder import OtherFile, read_file, size_bytes_of
from catalog.sources.origin import origin_of
from catalog.store.canonical import Plain
from catalog.store.index import tidy
from catalog.store.journal import ChangeSet
from catalog.store.links import has_uncompared, last_compared
from catalog.store.open import Store, open_reader, open_writer
from catalog.store.rows import CaptureRows, rows_of
from catalog.store.save import find_capture
from catalog.store.winners import rewrite_winners
from catalog.store.withdrawn import is_withdrawn
from catalog.text.record import record_of

COUNTS = (
    "files", "added", "observed", "updated", "unchanged", "withdrawn", "failed", "recaptured", "records", "bodies",
    "repeated_bodies", "near", "contained", "other_files",
)  # fmt: skip
BATCH_BYTES = 32 * 1024 * 1024  # a batch of large captures ends early, to be held in memory
USUAL_BYTES = 20_000  # that a page takes in a compressed archive: the median of the learning set
MOST_PATHS = 20  # of a command line that the log repeats: a shell may have given a hundred thousand
WORTH_A_WORKER = 200  # captures below which starting a process takes longer than it saves

Answered = tuple[Meeting, CaptureRows | Failure | None]


def ingest_paths(db: Path, paths: Sequence[str], options: IngestOptions, ports: Ports) -> Outcome:
    """Bring captures into the catalogue `db`, made if there is none; captures already there are left alone.

    Raises UsageError or BadManifest before anything is written; CatalogueUnusable or CatalogueLocked. On
    KeyboardInterrupt whole batches are kept and the interrupt goes on; the next run compares their bodies.
    """
    inputs, n_others = gather(paths, options)
    settings = read_settings(options.settings, options.fields)
    run = Run(inputs, paths, options, ports)
    run.tally.counts["other_files"] = n_others
    if not options.dry_run:
        with open_writer(db, create=True) as store:
            return run.perform(store, settings)
    if not db.exists():
        return run.rehearse(None)
    with open_reader(db) as store:
        return run.rehearse(store)


class Run:
    """One ingest: its inputs and what has come of them so far."""

    def __init__(
        self, inputs: Sequence[Input | Problem], paths: Sequence[str], options: IngestOptions, ports: Ports
    ) -> None:
        self.inputs, self.paths, self.options, self.ports = inputs, paths, options, ports
        self.tally = Tally()
        self._n_inputs = len(inputs)
        self._rules = load_rules()
        self._asked: set[str] = set()
        self._failures: dict[str, Failure] = {}
        self._n_compared = 0  # new bodies, and those that an interrupted run left
        self._prints: dict[str, Fingerprint] = {}  # of bodies that are not compared yet

    def perform(self, store: Store, settings: Sequence[tuple[str, str | int]]) -> Outcome:
        """Write batch after batch; what was kept is noted even when the run is interrupted."""
        store.declared = self.options.fields
        arguments = _arguments(self.paths, self.options)
        change = ChangeSet("ingest", self.ports.who, self.ports.timestamp(), arguments, self.options.message)
        try:
            for batch in self._batches(store):
                self._write(store, batch, change, settings)
                if self._prints and len(self._prints) >= self._n_at_once(store):
                    self._compare(store)
            self._compare(store)
            if self._n_compared:
                with store.transaction() as connection:
                    tidy(connection, self._n_compared)
        except BaseException:
            with suppress(CatalogueUnusable):  # what stopped the run is the news, not that its end cannot be noted
                self._end(store, change)
            raise
        self._end(store, change)
        return Outcome("ingest", self._counts(), tuple(self.tally.problems), change.id)

    def rehearse(self, store: Store | None) -> Outcome:
        """Return what `perform` would do, writing nothing; `store` is None where there is no catalogue yet."""
        rehearsal = Rehearsal(store, self.tally)
        for batch in self._batches(store):
            for meeting, answer in batch:
                rehearsal.take(meeting, answer)
        return Outcome("ingest", self._counts(), tuple(self.tally.problems), dry_run=True)

    def _end(self, store: Store, change: ChangeSet) -> None:
        if change.id is not None:
            with store.transaction() as connection:
                change.end(connection, self.ports.timestamp(), self._counts())

    def _counts(self) -> dict[str, int]:
        return {name: self.tally.counts[name] for name in COUNTS}

    def _write(
        self, store: Store, batch: Sequence[Answered], change: ChangeSet, settings: Sequence[tuple[str, str | int]]
    ) -> None:
        """Write one batch in one transaction: all of it, or nothing."""
        intake = Intake(store, change, settings)
        try:
            with store.transaction() as connection:
                for meeting, answer in batch:
                    intake.take(meeting, answer)
                rewrite_winners(connection, intake.touched, build, intake.index)
                intake.index.write(connection)
                if change.id is not None:
                    change.flush(connection)
        except BaseException:
            change.rolled_back()
            raise
        self.tally.add(intake.tally)
        rows = (answer for _, answer in batch if isinstance(answer, CaptureRows))
        self._prints.update((row.body.sha256, row.fingerprint) for row in rows if row.body and row.fingerprint)

    def _compare(self, store: Store) -> None:
        """Find near and contained copies of the new bodies, and of those that an interrupted run left."""
        if not has_uncompared(store.connection):
            return
        from catalog.services.near import compare_new  # loads NumPy

        while True:
            with store.transaction() as connection:
                found = compare_new(connection, self._prints)
                if found is None:
                    break
            self._n_compared += found["compared"]
            self.tally.counts.update(near=found["near"], contained=found["contained"])
        self._prints.clear()

    def _n_at_once(self, store: Store) -> int:
        """Return how many new bodies are worth a comparison with all others."""
        from catalog.services.near import chunk_size  # loads NumPy

        return chunk_size(last_compared(store.connection))

    def _batches(self, store: Store | None) -> Iterator[list[Answered]]:
        """Yield the answered inputs in order, as many at a time as go into one transaction."""
        task = Task(to_rows, self.options.encoding)
        answered = parse_in_order(self._questions(store), task, self._rules, self._jobs())
        batch: list[Answered] = []
        size_bytes = 0
        for n_done, (meeting, given) in enumerate(answered, 1):
            answer = self._same_failure(meeting, given)
            batch.append((meeting, answer))
            size_bytes += answer.size_bytes if isinstance(answer, CaptureRows) else 0
            self.ports.progress(Progress(n_done, max(n_done, self._n_inputs), self.tally.counts, meeting.origin))
            if self.options.strict and (problem := trouble_of(meeting, answer)) and problem.failed:
                break
            if len(batch) >= self.options.batch or size_bytes >= BATCH_BYTES:
                yield batch
                batch, size_bytes = [], 0
        if batch:
            yield batch

    def _questions(self, store: Store | None) -> Iterator[tuple[Meeting, Capture | None]]:
        """Yield the inputs, with their bytes only where these are to be parsed: known bytes are not parsed again."""
        for given in self.inputs:
            for meeting, capture in self._read(given):
                is_known = meeting.sha256 in self._asked or (store is not None and _is_known(store, meeting.sha256))
                self._asked.add(meeting.sha256)
                yield meeting, None if is_known else capture

    def _read(self, given: Input | Problem) -> Iterator[tuple[Meeting, Capture | None]]:
        """Yield what one input gives: itself, its members if it is an archive, or why it gives nothing."""
        if isinstance(given, Problem):
            yield Meeting(given), None
        elif given.found.is_archive:
            yield from self._unpack(given)
        else:
            capture = read_file(given.found, size_limit_bytes=self.options.limits.member_bytes)
            if isinstance(capture, Problem):
                yield Meeting(capture), None
            else:
                yield Meeting(given, capture.sha256), capture

    def _unpack(self, given: Input) -> Iterator[tuple[Meeting, Capture | None]]:
        """Yield the members of an archive; each counts as an input, the archive itself as none."""
        self._n_inputs -= 1
        for item in open_input(given, self.options.limits):
            if isinstance(item, OtherFile):
                self.tally.counts["other_files"] += 1
                continue
            self._n_inputs += 1
            if isinstance(item, Problem):
                yield Meeting(item), None
            else:
                member_of, member = item
                yield from ((Meeting(problem), None) for problem in member.problems)
                yield Meeting(member_of, member.sha256), member.capture

    def _same_failure(self, meeting: Meeting, answer: CaptureRows | Failure | None) -> CaptureRows | Failure | None:
        """Return the answer; bytes met again in one run are not parsed again, and fail as they failed before."""
        if isinstance(answer, Failure):
            self._failures[meeting.sha256] = answer
        return self._failures.get(meeting.sha256, answer)

    def _jobs(self) -> int:
        """Return the number of parsers: as told, or as many as pay for their start."""
        if self.options.jobs is not None:
            return max(1, self.options.jobs)
        return max(1, min(os.cpu_count() or 1, self._n_expected() // WORTH_A_WORKER))

    def _n_expected(self) -> int:
        """Return how many captures there may be; of an archive only its size is known beforehand."""
        archives = [i.found for i in self.inputs if isinstance(i, Input) and i.found.is_archive]
        return len(self.inputs) + sum(size_bytes_of(found) for found in archives) // USUAL_BYTES


def _is_known(store: Store, sha256: str) -> bool:
    """Return whether bytes need no parsing: they are in the catalogue, in view or out of it."""
    return find_capture(store.connection, sha256) is not None or is_withdrawn(store.connection, sha256)


def to_rows(capture: Capture, parsed: Parsed, rules: RuleSet) -> CaptureRows:
    """Return the rows to write: made where the parser runs, so that a worker's work comes back ready."""
    facts = CaptureFacts(capture.sha256, "", None, len(capture.data), None, None, None)
    rows = rows_of(capture, parsed, record_of(parsed, facts), own_key(parsed), rules.version)
    if rows.body is None:
        return rows
    from catalog.services.near import print_of  # loads NumPy, which a run without news does not need

    return replace(rows, fingerprint=print_of(rows.body.text))


def _arguments(paths: Sequence[str], options: IngestOptions) -> dict[str, Plain]:
    """Return what the change set remembers of the command; the inputs themselves are noted one by one."""
    more = [f"and {len(paths) - MOST_PATHS} more"] if len(paths) > MOST_PATHS else []
    told: dict[str, Plain] = {
        "paths": [*map(origin_of, paths[:MOST_PATHS]), *more],
        "manifest": str(options.manifest) if options.manifest else None,
        "from_log": str(options.from_log) if options.from_log else None,
        "captured_at": options.captured_at,
        "encoding": options.encoding,
        "set": list(options.settings),
        "strict": options.strict,
    }
    return {name: value for name, value in told.items() if value}
