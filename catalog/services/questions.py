"""The queue of what is doubtful: values read with low confidence, conflicts, numbers without labels, likely doubles."""

import json
import sqlite3
from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from functools import lru_cache, partial
from itertools import chain

from catalog.model.capture import Reading
from catalog.model.explained import Context
from catalog.model.field import Confidence, Field, State
from catalog.model.question import Choice, Doubt, Question
from catalog.model.record import Record
from catalog.model.selection import Selection
from catalog.model.table import Column, Table
from catalog.model.vocabulary import MANY
from catalog.services.agents import propose
from catalog.services.changes import FIXED
from catalog.services.find import match
from catalog.services.records import build
from catalog.services.show import contexts_of
from catalog.services.tag import values_of
from catalog.store.files import read_query
from catalog.store.find import load_parts, load_readings
from catalog.store.links import read_verdict
from catalog.store.open import Store
from catalog.store.query_read import read_repeated
from catalog.text.record import level

COLUMNS = (
    Column("item", is_whole=True), Column("doubt", is_whole=True), Column("record", is_number=True), Column("title"),
    Column("field", is_whole=True), Column("value"), Column("others"), Column("line", is_number=True), Column("text"),
    Column("verdict"),
)  # fmt: skip
OPEN, CLOSE = "⟦", "⟧"
Reader = Callable[[str], tuple[Reading, ...]]  # the readings of a capture, by its SHA-256
ABOUT_VALUES = (Doubt.LOW, Doubt.CONFLICT, Doubt.COUNT)
# Records of which a value could be asked; the record itself decides.
DOUBTFUL = """
    SELECT id FROM records WHERE conflicts <> '[]'
    UNION
    SELECT record_id FROM fields
     WHERE retired_by IS NULL AND state IN ('stated', 'inferred') AND (confidence = 'low' OR name = 'unlabelled_count')
    ORDER BY 1"""
TOLD = ("published", "source", "site_name")  # by these people tell two records of one title from each other
HEADS = f"SELECT id, title, {', '.join(TOLD)} FROM records WHERE id IN (SELECT value FROM json_each(?))"  # noqa: S608
AGENTS_OF = """
    SELECT agent_id FROM agent_roles WHERE record_id IN (SELECT value FROM json_each(:ids))
    UNION
    SELECT a.id FROM records r JOIN agents a ON a.site = '' AND a.name = r.source AND a.kind = 'source'
     WHERE r.id IN (SELECT value FROM json_each(:ids))"""


def find_questions(
    store: Store, wanted: Selection | None = None, doubts: Collection[Doubt] = tuple(Doubt)
) -> Iterator[Question]:
    """Yield what is doubtful, record by record, then likely doubles of records, texts and names; of matching records.

    What a cataloguer decided is not asked. Raises QueryError, NothingMatched.
    """
    ids = None if wanted is None else match(store, wanted)
    found: list[Iterator[Question]] = []
    if set(doubts) & set(ABOUT_VALUES):
        found.append(one for one in _about_values(store, ids) if one.doubt in doubts)
    if Doubt.RECORD in doubts:
        found.append(_about_records(store, ids))
    if Doubt.KIN in doubts:
        found.append(_about_kin(store, ids))
    if Doubt.AGENT in doubts:
        found.append(_about_agents(store, ids))
    return chain.from_iterable(found)


def tabled(questions: Iterable[Question]) -> Table:
    """Return questions as a table; `verdict` is empty, for the answer."""
    rows = []
    for one in questions:
        context = next((context for choice in one.choices for context in choice.contexts), None)
        marked = f"{context.before}{OPEN}{context.evidence.raw}{CLOSE}{context.after}" if context else None
        others = "; ".join(str(choice.value) for choice in one.choices[1:]) or None
        head = (one.item, str(one.doubt), None if one.doubt is Doubt.AGENT else one.record, one.title, one.field)
        rows.append((*head, one.value, others, context.line if context else None, marked, None))
    return Table("Waiting for review", COLUMNS, tuple(rows), schema="catalog.review/1")


def _about_values(store: Store, ids: Sequence[int] | None) -> Iterator[Question]:
    doubtful = [row[0] for row in store.connection.execute(DOUBTFUL)]
    among = None if ids is None else set(ids)
    for parts in load_parts(store.connection, [id for id in doubtful if among is None or id in among], texts=False):
        record = build(parts)
        read = lru_cache(partial(load_readings, store.connection))
        for name in dict.fromkeys((*record.conflicts, *(field.name for field in record.fields))):
            if name not in FIXED:
                yield from _about_name(record, name, read)


def _about_name(record: Record, name: str, read: Reader) -> Iterator[Question]:
    """Yield the questions about one name of a record."""
    of_name = [f for f in record.fields if f.name == name and f.state in (State.STATED, State.INFERRED)]
    values = values_of(record, name)
    title = str(record.values["title"]) if "title" in record.values else None
    item = f"{record.id}:{name}"
    if name in record.conflicts:
        others = [value for value in dict.fromkeys(f.value for f in of_name) if value not in values]
        whole = "; ".join(map(str, values)) if len(values) > 1 else next(iter(values), None)
        winners = Choice(whole, _contexts(of_name, values, read))
        choices = (winners, *(Choice(value, _contexts(of_name, [value], read)) for value in others))
        yield Question(item, Doubt.CONFLICT, record.id, title, name, choices, is_whole=True)
        return
    for value in values:
        said = [f for f in of_name if f.value == value]
        if any(level(f) > 1 for f in said) or not said:
            continue
        choice = (Choice(value, _contexts(said, [value], read)),)
        if name == "unlabelled_count":
            yield Question(item, Doubt.COUNT, record.id, title, name, choice)
        elif all(f.confidence is Confidence.LOW for f in said):
            named = f"{item}={value}" if name in MANY else item
            yield Question(named, Doubt.LOW, record.id, title, name, choice)


def _contexts(fields: Sequence[Field], values: Sequence[str | int | None], read: Reader) -> tuple[Context, ...]:
    """Return the lines in which these values were read."""
    said = [field for field in fields if field.value in values and field.capture is not None]
    return tuple(context for field in said for context in contexts_of(field, read(field.capture or "")))


def _about_records(store: Store, ids: Sequence[int] | None) -> Iterator[Question]:
    """Yield the pairs of records that may be one."""
    bound = {"ids": None if ids is None else json.dumps(list(ids))}
    pairs = store.connection.execute(read_query("records-alike"), bound).fetchall()
    heads = _heads(store, {id for row in pairs for id in row[:2]})
    for id, into, basis in pairs:
        about = f"{into} {_title(heads[into])}: the same {basis}{_differ(heads[id], heads[into])}"
        yield Question(f"record:{id}:{into}", Doubt.RECORD, id, _title(heads[id]), other=into, about=about)


def _about_kin(store: Store, ids: Sequence[int] | None) -> Iterator[Question]:
    """Yield the pairs of texts that are one form filled in twice, as long as nobody has said so."""
    rows = read_repeated(store.connection, "bodies-kin", ids)
    pairs = [(int(str(row[7])), int(str(row[8])), row[6]) for row in rows]
    heads = _heads(store, {id for pair in pairs for id in pair[:2]})
    for id, other, figure in pairs:
        if read_verdict(store.connection, _bodies(store, id, other)) is None:
            about = f"{other} {_title(heads[other])}: one form, alike by {figure}{_differ(heads[id], heads[other])}"
            yield Question(f"kin:{id}:{other}", Doubt.KIN, id, _title(heads[id]), other=other, about=about)


def _about_agents(store: Store, ids: Sequence[int] | None) -> Iterator[Question]:
    """Yield the pairs of names that may mean one agent; with records, where one of the two is of these."""
    among = None
    if ids is not None:
        among = {row[0] for row in store.connection.execute(AGENTS_OF, {"ids": json.dumps(list(ids))})}
    for one in propose(store):
        if among is None or {one.agent.id, one.into.id} & among:
            agent, into = one.agent, one.into
            sites = f" ({agent.site or '—'}, {into.site or '—'})" if agent.site != into.site else ""
            about = f"{into.name}{sites}: differs in {one.basis}"
            item = f"agent:{agent.id}:{into.id}"
            yield Question(item, Doubt.AGENT, agent.id, agent.name, agent.kind, other=into.id, about=about)


def _bodies(store: Store, *ids: int) -> tuple[str, str]:
    sql = "SELECT b.sha256 FROM records r JOIN bodies b ON b.id = r.body_id WHERE r.id IN (?, ?) ORDER BY 1"
    first, second = (str(row[0]) for row in store.connection.execute(sql, ids))
    return first, second


def _heads(store: Store, ids: set[int]) -> dict[int, sqlite3.Row]:
    rows = store.connection.execute(HEADS, (json.dumps(sorted(ids)),))
    return {row["id"]: row for row in rows}


def _title(head: sqlite3.Row) -> str:
    return head["title"] or "untitled"


def _differ(this: sqlite3.Row, other: sqlite3.Row) -> str:
    """Return in what the other record differs, each value with the one of this record behind it."""
    return "".join(
        f"; {name} {other[name] or '—'} (this one: {this[name] or '—'})" for name in TOLD if this[name] != other[name]
    )
