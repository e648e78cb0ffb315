"""Queries that are kept under a name and used as saved:NAME in any other."""

import re
from collections.abc import Mapping
from datetime import date

from catalog.errors import NothingMatched, QueryError, UsageError, suggest
from catalog.model.outcome import Outcome
from catalog.model.selection import Selection
from catalog.model.table import Cell, Column, Table
from catalog.services.ports import Ports
from catalog.store.journal import ChangeSet
from catalog.store.open import Store
from catalog.store.query_read import check_query, find
from catalog.store.saved import read_saved, save_query

_NAME = re.compile(r"[\w-]{1,40}")


def list_saved(store: Store, wanted: Selection) -> Table:
    """Return the saved queries: name, how many records match today, text, and why it cannot be read if it cannot."""
    rows = tuple(_row(store, name, query, wanted.today) for name, query in read_saved(store.connection).items())
    columns = (Column("name", is_whole=True), Column("records", is_number=True), Column("query"), Column("problem"))
    return Table("Saved queries", columns, rows, schema="catalog.queries/1")


def _row(store: Store, name: str, query: str, today: date) -> tuple[Cell, ...]:
    try:
        return name, len(find(store.connection, query, today, declared=store.declared).ids), query, None
    except QueryError as error:  # what it asks for went with an undo, or was a field of one's own
        return name, None, query, str(error)


def keep_query(store: Store, name: str, wanted: Selection, ports: Ports, *, message: str | None = None) -> Outcome:
    """Keep a query under a name, in the place of what was there. Raises UsageError for a name or query that cannot be.

    Counts: `saved`, and `unchanged` where it was there already.
    """
    if not _NAME.fullmatch(name):
        raise UsageError(f"{name!r} is no name for a query: letters, figures, _ and -, at most 40", name=name)
    if wanted.ids is not None or not wanted.query.strip():
        raise UsageError("a query to keep has terms, and no ids from stdin")
    after = read_saved(store.connection) | {name: wanted.query}
    check_query(store.connection, wanted.query, wanted.today, after, store.declared)  # what cannot be read is not kept
    _check_others(store, after, wanted.today)
    return _write(store, name, wanted.query, ports, message)


def forget_query(store: Store, name: str, wanted: Selection, ports: Ports, *, message: str | None = None) -> Outcome:
    """Forget the query of this name. Raises NothingMatched if there is none, UsageError if another asks for it."""
    known = read_saved(store.connection)
    if name not in known:
        raise NothingMatched(f"no query is saved as {name!r}{suggest(name, known)}")
    _check_others(store, {other: query for other, query in known.items() if other != name}, wanted.today)
    return _write(store, name, None, ports, message)


def _check_others(store: Store, after: Mapping[str, str], today: date) -> None:
    """Raise UsageError if a saved query that can be read now could not be read any more."""
    known = _unreadable(store, read_saved(store.connection), today)
    for name, why in _unreadable(store, after, today).items():
        if name not in known:
            raise UsageError(f"then saved:{name} could not be read any more: {why}", name=name)


def _unreadable(store: Store, saved: Mapping[str, str], today: date) -> dict[str, str]:
    """Return the names of those that cannot be read, each with the reason."""
    found = {}
    for name, query in saved.items():
        try:
            check_query(store.connection, query, today, saved, store.declared)
        except QueryError as error:
            found[name] = str(error)
    return found


def _write(store: Store, name: str, query: str | None, ports: Ports, message: str | None) -> Outcome:
    change = ChangeSet("queries", ports.who, ports.timestamp(), {"name": name, "query": query}, message)
    counts = {"saved": 0, "forgotten": 0, "unchanged": 0}
    with store.transaction() as connection:
        changed = save_query(connection, name, query, change)
        counts["unchanged" if not changed else "forgotten" if query is None else "saved"] = 1
        if changed:
            change.flush(connection)
            change.end(connection, ports.timestamp(), counts)
    return Outcome("queries", counts, change_set=change.id)
