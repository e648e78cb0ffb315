"""The rules of today over the originals that are kept: what they read otherwise, shown first, then one change set.

Cataloguers' values stay, and so does what --set said. The same rules over the same bytes change nothing.
"""

import os
import sqlite3
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from itertools import groupby

from catalog.model.capture import Capture
from catalog.model.field import Field
from catalog.model.outcome import Outcome
from catalog.model.problem import Problem
from catalog.model.record import Body, Parsed, Record
from catalog.model.rule import RuleSet
from catalog.model.vocabulary import FIELDS
from catalog.rules.load import load_rules
from catalog.services.follow import follow
from catalog.services.identity import own_key
from catalog.services.ports import Ports, Progress
from catalog.services.reading import Failure, Task, parse_in_order
from catalog.services.records import build
from catalog.services.tag import ChangedValue, values_of
from catalog.store.belonging import belongs_to
from catalog.store.custom import read_custom
from catalog.store.find import RecordParts, load_original, load_parts
from catalog.store.ids import reserve_ids
from catalog.store.journal import ChangeSet
from catalog.store.open import Store
from catalog.store.reread import ReadRows, load_read, replace_read, settle_records
from catalog.store.rows import field_row
from catalog.store.save import find_capture
from catalog.store.set_aside import Rows
from catalog.text.record import level

WORTH_A_WORKER = 200  # captures below which starting a process takes longer than it saves
SHORT = 12  # characters of a digest that a person compares


@dataclass(frozen=True, slots=True)
class Reread:
    """What the rules of today say of one capture: as assertions to compare, as rows to write."""

    fields: tuple[Field, ...]
    rows: ReadRows


@dataclass(frozen=True, slots=True)
class Place:
    """One capture on its way: whose it is, and the encoding that a person said it has."""

    record_id: int
    capture_id: int
    sha256: str
    origin: str
    told: str | None


@dataclass(slots=True)
class Plan:
    """What a reparse would do. `otherwise` are the captures (SHA-256) that are read otherwise."""

    changes: list[ChangedValue] = field(default_factory=list)
    otherwise: list[str] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)
    n_captures: int = 0

    @property
    def counts(self) -> dict[str, int]:
        """Return `captures` looked at, those read `otherwise`, `records` and `values` that change, and `failed`."""
        records = len({change.record_id for change in self.changes})
        counts = {"captures": self.n_captures, "otherwise": len(self.otherwise), "records": records}
        return counts | {"values": len(self.changes), "failed": len(self.problems)}


def plan_reparse(store: Store, ids: Sequence[int], ports: Ports, jobs: int | None = None) -> Plan:
    """Return what the rules of today read otherwise in these records, writing nothing."""
    plan = Plan()
    places = [place for id in ids for place in _places(store.connection, id)]
    answered = _read(store.connection, places, _n_jobs(jobs, len(places)))
    for record_id, answers in groupby(_count(answered, plan, len(places), ports), lambda item: item[0].record_id):
        found = {}
        for place, answer in answers:
            if isinstance(answer, Failure):
                plan.problems.append(replace(answer.at(place.origin), capture=place.sha256))
            elif load_read(store.connection, place.capture_id) != answer.rows:
                found[place.sha256] = answer
        if found:
            plan.otherwise += found
            plan.changes += _compare(store, record_id, found)
    return plan


def apply_reparse(store: Store, plan: Plan, ports: Ports, *, message: str | None = None) -> Outcome:
    """Replace what was read by what is read now, all or nothing, as one change set. `store` must be open to write."""
    rules = load_rules()
    change = ChangeSet("reparse", ports.who, ports.timestamp(), {"rules": rules.version}, message)
    with store.transaction() as connection:
        reserve_ids(connection)
        rows = Rows(connection, change.begin(connection))
        for done, sha256 in enumerate(plan.otherwise, 1):
            found = find_capture(connection, sha256)
            if found is None:
                continue  # withdrawn since it was planned
            old, answer = load_read(connection, found[0]), _answer(connection, sha256, rules)
            if isinstance(answer, Reread) and old != answer.rows:
                replace_read(rows, found[0], old, answer.rows, change)
            ports.progress(Progress(done, len(plan.otherwise), plan.counts, sha256))
        settle_records(rows, change)
        follow(connection, rows.touched, change.begin(connection))
        change.flush(connection)
        change.end(connection, ports.timestamp(), plan.counts)
    return Outcome("reparse", plan.counts, tuple(plan.problems), change.id)


def _places(connection: sqlite3.Connection, record_id: int) -> Iterator[Place]:
    sql = (
        "SELECT c.id, c.sha256, (SELECT min(origin) FROM observations o WHERE o.capture_id = c.id) FROM captures c"
        " WHERE c.record_id = ? ORDER BY c.sha256"
    )
    for id, sha256, origin in connection.execute(sql, (record_id,)).fetchall():
        yield Place(record_id, id, sha256, origin, _told(connection, sha256))


def _told(connection: sqlite3.Connection, sha256: str) -> str | None:
    """Return the encoding that a person said a capture has, None if it was found out."""
    sql = (
        "SELECT encoding FROM readings WHERE encoding_basis = 'option'"
        " AND capture_id = (SELECT id FROM captures WHERE sha256 = ?) LIMIT 1"
    )
    row = connection.execute(sql, (sha256,)).fetchone()
    return str(row[0]) if row else None


def _read(
    connection: sqlite3.Connection, places: Iterable[Place], jobs: int
) -> Iterator[tuple[Place, "Reread | Failure"]]:
    """Yield what the rules say of each capture; where a person said the encoding it is read here."""
    rules = load_rules()
    questions = ((place, None if place.told else load_original(connection, place.sha256)) for place in places)
    for place, answer in parse_in_order(questions, Task(finish_reread), rules, jobs):
        yield place, _answer(connection, place.sha256, rules) if answer is None else answer


def _answer(connection: sqlite3.Connection, sha256: str, rules: RuleSet) -> "Reread | Failure":
    capture = load_original(connection, sha256)
    if capture is None:
        return Failure("original.missing", "the original is not there any more")
    return Task(finish_reread, _told(connection, sha256)).answer(capture, rules)


def finish_reread(capture: Capture, parsed: Parsed, rules: RuleSet) -> Reread:
    """Return what is read of a capture; made where the parser runs."""
    rows = ReadRows(
        tuple(sorted(parsed.readings, key=lambda reading: (reading.extractor == "source", reading.extractor))),
        tuple(field_row(one) for one in parsed.fields),
        parsed.body,
        tuple(sorted({replace(one, capture=capture.sha256) for one in parsed.problems})),
        own_key(parsed),
        rules.version,
    )
    return Reread(parsed.fields, rows)


def _count(
    answered: Iterable[tuple[Place, Reread | Failure]], plan: Plan, n_places: int, ports: Ports
) -> Iterator[tuple[Place, Reread | Failure]]:
    for place, answer in answered:
        plan.n_captures += 1
        yield place, answer
        ports.progress(Progress(plan.n_captures, n_places, plan.counts, place.origin))


def _n_jobs(asked: int | None, n_captures: int) -> int:
    return max(1, asked if asked is not None else min(os.cpu_count() or 1, n_captures // WORTH_A_WORKER))


def _compare(store: Store, record_id: int, found: Mapping[str, Reread]) -> Iterator[ChangedValue]:
    """Yield each winner of a record that is another one when these captures are read so."""
    custom = read_custom(store.connection, store.declared)
    for parts in load_parts(store.connection, [record_id], texts=False):
        old, new = build(parts), build(_as_read(parts, found))
        title = old.values.get("title")
        shown = None if title is None else str(title)
        for name in (*FIELDS, *custom, "conflicts", "key"):
            before, after = _values(old, name), _values(new, name)
            if name == "key":
                after = (_new_key(store.connection, parts.key, found),)
            if before != after:
                yield ChangedValue(record_id, parts.key, shown, name, before, after)


def _as_read(parts: RecordParts, found: Mapping[str, Reread]) -> RecordParts:
    """Return the parts with other readings of some captures."""
    fields: list[Field] = []
    for sha256 in [facts.sha256 for facts in parts.captures]:
        of_capture = [one for one in parts.fields if one.capture == sha256]
        if sha256 in found:
            of_capture = [*found[sha256].fields, *(one for one in of_capture if level(one) > 1)]
        fields += of_capture
    fields += [one for one in parts.fields if one.capture is None]
    bodies: dict[str, Body] = {**parts.bodies}
    bodies.update((one.rows.body.sha256, one.rows.body) for one in found.values() if one.rows.body)
    return replace(parts, fields=tuple(fields), bodies=bodies)


def _values(record: Record, name: str) -> tuple[str | int, ...]:
    if name == "body":
        return (f"{record.body.sha256[:SHORT]} ×{record.repeats}",) if record.body else ()
    if name == "conflicts":
        return record.conflicts
    if name == "key":
        return (record.key or "",)
    return values_of(record, name)


def _new_key(connection: sqlite3.Connection, key: str, found: Mapping[str, Reread]) -> str:
    """Return the key of the record that these captures belong to when they are read so: the first that is another."""
    for sha256, reread in found.items():
        sql = (
            "SELECT url FROM observations WHERE url IS NOT NULL"
            " AND capture_id = (SELECT id FROM captures WHERE sha256 = ?)"
        )
        urls = [row[0] for row in connection.execute(sql, (sha256,))]
        now = belongs_to(connection, sha256, urls, reread.rows.own_key)
        if now != key:
            return now
    return key
