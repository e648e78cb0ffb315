"""Queries that are kept under a name and used as saved:NAME in any other."""

import re

from catalog.errors import NothingMatched, UsageError, suggest
from catalog.model.outcome import Outcome
from catalog.model.selection import Selection
from catalog.model.table import Column, Table
from catalog.services.ports import Ports
from catalog.store.journal import ChangeSet
from catalog.store.open import Store
from catalog.store.query_read import find
from catalog.store.saved import read_saved, save_query

_NAME = re.compile(r"[\w-]{1,40}")


def list_saved(store: Store, wanted: Selection) -> Table:
    """Return the saved queries: name, how many records match today, text."""
    rows = tuple(
        (name, len(find(store.connection, query, wanted.today, declared=store.declared).ids), query)
        for name, query in read_saved(store.connection).items()
    )
    columns = (Column("name", is_whole=True), Column("records", is_number=True), Column("query"))
    return Table("Saved queries", columns, rows, schema="catalog.queries/1")


def keep_query(store: Store, name: str, wanted: Selection, ports: Ports, *, message: str | None = None) -> Outcome:
    """Keep a query under a name, in the place of what was there. Raises UsageError for a name or query that cannot be.

    Counts: `saved`, and `unchanged` where it was there already.
    """
    if not _NAME.fullmatch(name):
        raise UsageError(f"{name!r} is no name for a query: letters, figures, _ and -, at most 40", name=name)
    if wanted.ids is not None or not wanted.query.strip():
        raise UsageError("a query to keep has terms, and no ids from stdin")
    find(store.connection, wanted.query, wanted.today, declared=store.declared)  # what cannot be read is not kept
    return _write(store, name, wanted.query, ports, message)


def forget_query(store: Store, name: str, ports: Ports, *, message: str | None = None) -> Outcome:
    """Forget the query of this name. Raises NothingMatched if there is none."""
    known = read_saved(store.connection)
    if name not in known:
        raise NothingMatched(f"no query is saved as {name!r}{suggest(name, known)}")
    return _write(store, name, None, ports, message)


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
