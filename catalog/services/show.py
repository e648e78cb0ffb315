"""One record and what stands behind it: evidence in its context, original bytes, history."""

from collections.abc import Iterator
from dataclasses import replace

from catalog.errors import NothingMatched
from catalog.model.capture import Capture, Reading
from catalog.model.explained import Context, Explained
from catalog.model.field import Evidence, Field, State
from catalog.model.record import Record
from catalog.model.table import Column, Table
from catalog.store.find import load_history, load_original, load_readings
from catalog.store.open import Store
from catalog.store.query_read import COLUMNS, read_rows
from catalog.store.reprints import find_group, load_copies
from catalog.text.record import main_reading

SOURCE_AROUND = 100  # characters shown on each side of what was read in a page's source
HISTORY = ("change_set", "at", "who", "command", "subject", "name", "old", "new")


def explain(store: Store, record: Record) -> Iterator[Explained]:
    """Yield every live assertion of the record with the lines in which it was read, in the order of assertion."""
    readings = {facts.sha256: load_readings(store.connection, facts.sha256) for facts in record.captures}
    for field in record.fields:
        of_capture = readings.get(field.capture or "", ())
        yield Explained(field, _wins(record, field), tuple(contexts_of(field, of_capture)))


def contexts_of(field: Field, readings: tuple[Reading, ...]) -> Iterator[Context]:
    """Yield the lines in which an assertion was read, given the readings of its capture."""
    for evidence in field.evidence:
        reading = _reading_of(evidence, readings)
        if reading is not None:
            context = find_context(reading.text, evidence)
            yield context if evidence.witness == "text" else _near(context)


def _near(context: Context) -> Context:
    """Return the context without what is far: a line of source can be a whole page."""
    return replace(context, before=context.before[-SOURCE_AROUND:], after=context.after[:SOURCE_AROUND])


def _reading_of(evidence: Evidence, readings: tuple[Reading, ...]) -> Reading | None:
    if evidence.witness == "text":
        return main_reading(readings) if readings else None
    return next((reading for reading in readings if reading.extractor == "source"), None)


def find_context(text: str, evidence: Evidence) -> Context:
    """Return the line or lines of the text in which the evidence stands."""
    start, end = evidence.span.start, evidence.span.end
    line_start = text.rfind("\n", 0, start) + 1
    line_end = text.find("\n", end)
    after = text[end:] if line_end < 0 else text[end:line_end]
    return Context(evidence, text.count("\n", 0, start) + 1, text[line_start:start], after)


def _wins(record: Record, field: Field) -> bool:
    """Return whether the record shows this value."""
    if field.state not in (State.STATED, State.INFERRED):
        return False
    name, value = field.name, field.value
    if name in ("kind", "language"):
        return bool(getattr(record, name) == value)
    if name == "body":
        return record.body is not None and record.body.sha256 == value
    shown = {(agent.role, agent.name) for agent in record.agents} | {*record.identifiers, *record.contact}
    shown |= {("tag", tag) for tag in record.tags} | {("breadcrumb", step) for step in record.breadcrumb}
    return record.values.get(name) == value or (name, value) in shown


def original(store: Store, record: Record) -> Capture:
    """Return the record's latest capture with its bytes. Raises NothingMatched if the catalogue lost them."""
    sha256 = record.captures[-1].sha256
    capture = load_original(store.connection, sha256)
    if capture is None:
        raise NothingMatched(f"record {record.id}: the original {sha256} is not there", id=record.id or 0)
    return capture


def reprints(store: Store, record: Record) -> Table:
    """Return the records that print the record's text or a near copy, itself among them, first published first."""
    found = find_group(store.connection, record.id or 0)
    if found is None:
        raise NothingMatched(f"record {record.id} has no body", id=record.id or 0)
    columns = ("id", "published", "site_name", "source", "title", "url", "origin")
    rows = read_rows(store.connection, [copy.id for copy in load_copies(store.connection, found[1])], columns)
    return Table("", tuple(COLUMNS[name] for name in columns), tuple(rows), schema="catalog.list/1", total=len(rows))


def history(store: Store, record: Record) -> Table:
    """Return what was ever changed in the record, oldest first; values as JSON text."""
    rows = load_history(store.connection, record.id or 0)
    columns = (
        Column("id", is_number=True),
        *(Column(name, is_number=name == "change_set", is_whole=name in ("at", "name")) for name in HISTORY),
    )
    changed = tuple((record.id, *(row[name] for name in HISTORY)) for row in rows)
    return Table(f"History of {record.id}", columns, changed, schema="catalog.history/1")
