"""Which records a person means, and lists of them."""

import difflib
from collections.abc import Sequence

from catalog.errors import NothingMatched, UsageError
from catalog.model.table import Table
from catalog.store.open import Store
from catalog.store.query_read import COLUMNS, find_ids, find_known, read_rows

DEFAULT_COLUMNS = ("id", "title", "published", "source", "site_name", "views")


def list_records(
    store: Store, query: str = "", *, columns: Sequence[str] = DEFAULT_COLUMNS, limit: int | None = None
) -> Table:
    """Return the records that match as a table, at most `limit` of them; `total` says how many there are.

    Raises QueryError, UsageError for a column that does not exist, NothingMatched.
    """
    check_columns(columns)
    ids = match(store, query)
    shown = ids if limit is None else ids[:limit]
    rows = tuple(read_rows(store.connection, shown, columns))
    return Table("", tuple(COLUMNS[name] for name in columns), rows, schema="catalog.list/1", total=len(ids))


def match(store: Store, query: str) -> list[int]:
    """Return the ids of all records that match. Raises NothingMatched if none does."""
    ids = find_ids(store.connection, query)
    if not ids:
        raise NothingMatched(f"no record matches {query!r}" if query.strip() else "the catalogue has no records")
    return ids


def choose(store: Store, words: Sequence[str]) -> list[int]:
    """Return the records that these words mean: words of digits are ids, in their order; all other words are one query.

    Ids and a query together mean the ids that match it. Raises NothingMatched, naming the ids that are not there.
    """
    ids = [int(word) for word in words if _is_id(word)]
    query = " ".join(word for word in words if not _is_id(word))
    if ids:
        known = find_known(store.connection, ids)
        missing = [id for id in ids if id not in known]
        if missing:
            named = ", ".join(map(str, missing[:10])) + (" …" if len(missing) > 10 else "")
            raise NothingMatched(f"there is no record {named}", ids=named)
        if not query:
            return list(dict.fromkeys(ids))
    matching = match(store, query)
    chosen = matching if not ids else [id for id in dict.fromkeys(ids) if id in set(matching)]
    if not chosen:
        raise NothingMatched(f"none of these records matches {query!r}")
    return chosen


def check_columns(names: Sequence[str]) -> None:
    """Raise UsageError if one of these is no column of a list, with the near name."""
    for name in names:
        if name not in COLUMNS:
            near = difflib.get_close_matches(name, COLUMNS, n=1)
            hint = f"did you mean {near[0]}?" if near else f"there are {', '.join(COLUMNS)}"
            raise UsageError(f"there is no column {name!r}; {hint}", column=name)


def _is_id(word: str) -> bool:
    return word.isascii() and word.isdecimal() and len(word) < 19  # SQLite's integers end there
