"""Values and free tags set by hand: what would change, and the change itself, as one change set."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from catalog.model.custom import NO_CUSTOM, Custom, is_many
from catalog.model.field import Field, State
from catalog.model.outcome import Outcome
from catalog.model.record import Record
from catalog.model.vocabulary import BODY_ROLES, CONTACTS, IDENTIFIERS, PERSON_ROLES
from catalog.services.changes import Change, Sign, assertions
from catalog.services.ports import Ports
from catalog.services.records import build
from catalog.store.canonical import Plain
from catalog.store.custom import keep_custom, read_custom
from catalog.store.find import RecordParts, load_parts
from catalog.store.index import IndexChanges
from catalog.store.journal import ChangeSet
from catalog.store.open import Store
from catalog.store.retire import find_superseded
from catalog.store.save import save_decisions
from catalog.store.winners import rewrite_winners
from catalog.text.record import find_doubts, level

CATALOGUER = 3  # the level of what a person says of one record

Values = tuple[str | int, ...]


@dataclass(frozen=True, slots=True)
class ChangedValue:
    """One name of one record: the values that win now, and those that will. Equal where a value is only confirmed."""

    record_id: int
    key: str
    title: str | None
    name: str
    old: Values
    new: Values


Edits = Mapping[int, Sequence[Change]]  # by record


def plan_changes(store: Store, ids: Iterable[int], changes: Sequence[Change], who: str) -> Iterator[ChangedValue]:
    """Yield what the changes would do to these records, in the order given; nothing for what is decided so already."""
    return plan_edits(store, dict.fromkeys(ids, changes), who)


def plan_edits(store: Store, edits: Edits, who: str) -> Iterator[ChangedValue]:
    """Yield what these changes would do to each record, in the order given."""
    custom = read_custom(store.connection, store.declared)
    for parts in load_parts(store.connection, edits, texts=False):
        yield from _compare(_knowing(parts, custom), _news(parts, edits[parts.id], who, custom))


def apply_changes(
    store: Store, ids: Iterable[int], changes: Sequence[Change], ports: Ports, *, message: str | None = None
) -> Outcome:
    """Make the changes in all these records as one change set. `store` must be open to write."""
    told = {"changes": [f"{c.name}{c.sign}{'' if c.value is None else c.value}" for c in changes]}
    change = ChangeSet("tag", ports.who, ports.timestamp(), told, message)
    return apply_edits(store, dict.fromkeys(ids, changes), change, ports)


def apply_edits(store: Store, edits: Edits, change: ChangeSet, ports: Ports) -> Outcome:
    """Make these changes of each record as one change set, all or nothing, and journal them value by value.

    `store` must be open to write. Counts: `records` changed, `values` changed, `unchanged` records.
    """
    counts = {"records": 0, "values": 0, "unchanged": 0}
    touched: list[int] = []
    own: set[str] = set()
    with store.transaction() as connection:
        custom = read_custom(connection, store.declared)
        for parts in load_parts(connection, edits, texts=False):
            news = _news(parts, edits[parts.id], ports.who, custom)
            changed = list(_compare(_knowing(parts, custom), news))
            counts["records" if changed else "unchanged"] += 1
            counts["values"] += len(changed)
            if not changed:
                continue
            keep_custom(connection, [custom[name] for name in sorted({f.name for f in news} & custom.keys() - own)])
            own.update(f.name for f in news)
            save_decisions(connection, parts.id, news, change)
            touched.append(parts.id)
            for one in changed:
                old, new = _plain(one.name, one.old, custom), _plain(one.name, one.new, custom)
                change.note(f"record:{parts.key}", one.name, old, new)
        index = IndexChanges()
        rewrite_winners(connection, touched, build, index)
        index.write(connection)
        if change.id is not None:
            change.flush(connection)
            change.end(connection, ports.timestamp(), counts)
    return Outcome(change.command, counts, change_set=change.id)


def values_of(record: Record, name: str) -> Values:
    """Return the winning values of a name, () if there is none."""
    if name in ("kind", "language"):
        value = getattr(record, name)
        return () if value is None else (value,)
    if name == "breadcrumb":
        return record.breadcrumb
    if name == "tag":
        return record.tags
    if name in PERSON_ROLES or name in BODY_ROLES:
        return tuple(agent.name for agent in record.agents if agent.role == name)
    if name in IDENTIFIERS or name in CONTACTS:
        return tuple(value for kind, value in (*record.identifiers, *record.contact) if kind == name)
    if name in record.custom:
        own = record.custom[name]
        return own if isinstance(own, tuple) else (own,)
    return (record.values[name],) if name in record.values else ()


def _knowing(parts: RecordParts, custom: Custom) -> RecordParts:
    """Return the parts as they are once these fields of one's own are known."""
    return replace(parts, custom=custom)


def _news(parts: RecordParts, changes: Sequence[Change], who: str, custom: Custom) -> list[Field]:
    """Return the assertions that these changes add; a name that is decided so already is left out."""
    decided = [field for field in parts.fields if level(field) == CATALOGUER]
    changes = [change for change in changes if not _takes_nothing(change, changes, parts.fields)]
    new = [_knowing_pages(field, parts.fields, custom) for field in assertions(changes, who, custom, parts.fields)]
    doubted = find_doubts(parts.fields)
    return [
        field
        for name in dict.fromkeys(change.name for change in changes)
        if name in doubted
        or _is_news(decided, new, name, custom, in_order=any(c.name == name and c.sign is Sign.SET for c in changes))
        for field in new
        if field.name == name
    ]


def _knowing_pages(field: Field, fields: Sequence[Field], custom: Custom) -> Field:
    """Return a decision on a whole name with what pages state of it today."""
    if is_many(field.name, custom) and field.value is not None:
        return field
    read = [f for f in fields if f.name == field.name and level(f) <= 1 and f.value is not None]
    return replace(field, known=tuple(dict.fromkeys(str(f.value) for f in read)))


def _takes_nothing(change: Change, changes: Sequence[Change], fields: Sequence[Field]) -> bool:
    """Return whether a change rejects a value that nobody states."""
    if change.sign is not Sign.TAKE:
        return False
    stated = {(c.name, c.value) for c in changes if c.sign is not Sign.TAKE}
    stated.update((f.name, f.value) for f in fields if f.state is State.STATED)
    return (change.name, change.value) not in stated


def _is_news(decided: Sequence[Field], new: Sequence[Field], name: str, custom: Custom, *, in_order: bool) -> bool:
    before = [f for f in decided if f.name == name]
    after = before + [f for f in new if f.name == name]
    superseded = find_superseded([_said(f) for f in after], custom)
    after = [field for index, field in enumerate(after) if index not in superseded]
    said_before, said_after = ([(*_said(f), f.label, f.kind) for f in some] for some in (before, after))
    return said_after != said_before if in_order else set(said_after) != set(said_before)


def _said(field: Field) -> tuple[str, str, str | int | None]:
    return field.name, field.state.value, field.value


def _compare(parts: RecordParts, news: Sequence[Field]) -> Iterator[ChangedValue]:
    """Yield old and new values of each name that the news are about."""
    if not news:
        return
    old = build(parts)
    new = build(replace(parts, fields=_standing((*parts.fields, *news), parts.custom)))
    title = old.values.get("title")
    for name in dict.fromkeys(field.name for field in news):
        yield ChangedValue(
            parts.id, parts.key, None if title is None else str(title), name, values_of(old, name), values_of(new, name)
        )


def _standing(fields: Sequence[Field], custom: Custom) -> tuple[Field, ...]:
    """Return the assertions without the cataloguers' that later ones replace."""
    decided = [index for index, field in enumerate(fields) if level(field) == CATALOGUER]
    gone = {decided[n] for n in find_superseded([_said(fields[i]) for i in decided], custom)}
    return tuple(field for index, field in enumerate(fields) if index not in gone)


def _plain(name: str, values: Values, custom: Custom = NO_CUSTOM) -> Plain:
    """Return the values as the journal keeps them: a list for a name of many values, else the value or None."""
    if is_many(name, custom):
        return list(values)
    return values[0] if values else None
