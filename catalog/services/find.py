"""Which records a person means, and lists of them."""

from collections.abc import Sequence

from catalog.errors import NothingMatched, UsageError, suggest
from catalog.model.custom import NO_CUSTOM, Custom
from catalog.model.selection import Selection
from catalog.model.table import Table
from catalog.services.former import explain_missing
from catalog.store.custom import read_custom
from catalog.store.open import Store
from catalog.store.query_names import ALIASES
from catalog.store.query_read import SNIPPET, Found, find, find_known, list_columns, read_rows

DEFAULT_COLUMNS = ("id", "title", "published", "source", "site_name", "views")
SEARCH_COLUMNS = ("id", "title", "published", "source", SNIPPET)


def list_records(
    store: Store,
    wanted: Selection,
    *,
    columns: Sequence[str] = DEFAULT_COLUMNS,
    limit: int | None = None,
    ranked: bool = False,
) -> Table:
    """Return the records that match as a table, at most `limit` of them; `total` says how many there are.

    `ranked` puts what is most about the words first. Raises QueryError, UsageError for a column that does not exist,
    NothingMatched.
    """
    custom = read_custom(store.connection, store.declared)
    known = list_columns(custom)
    columns = [name if name in known else ALIASES.get(name, name) for name in columns]
    check_columns(columns, custom)
    found = _find(store, wanted, ranked=ranked)
    shown = found.ids if limit is None else found.ids[:limit]
    rows = tuple(read_rows(store.connection, shown, columns, found.words, custom))
    return Table("", tuple(known[name] for name in columns), rows, schema="catalog.list/1", total=len(found.ids))


def match(store: Store, wanted: Selection) -> list[int]:
    """Return the ids of all records that match. Raises QueryError, NothingMatched, also for an id that is not there."""
    return _find(store, wanted).ids


def _find(store: Store, wanted: Selection, *, ranked: bool = False) -> Found:
    asked = wanted.query.strip()
    if wanted.ids is not None:
        _must_be_there(store, wanted.ids)
        if not asked:
            return Found(list(dict.fromkeys(wanted.ids)), ())
    found = find(store.connection, wanted.query, wanted.today, ranked=ranked, declared=store.declared)
    if wanted.ids is not None:
        among = set(wanted.ids)
        found = Found([id for id in found.ids if id in among], found.words)
    if not found.ids:
        nobody = "no record matches" if wanted.ids is None else "none of these records matches"
        raise NothingMatched(f"{nobody} {wanted.query!r}" if asked else "the catalogue has no records")
    return found


def _must_be_there(store: Store, ids: Sequence[int]) -> None:
    known = find_known(store.connection, ids)
    missing = [id for id in ids if id not in known]
    if len(missing) == 1:
        raise NothingMatched(explain_missing(store, missing[0]), ids=str(missing[0]))
    if missing:
        named = ", ".join(map(str, missing[:10])) + (" …" if len(missing) > 10 else "")
        raise NothingMatched(f"there is no record {named}", ids=named)


def check_columns(names: Sequence[str], custom: Custom = NO_CUSTOM) -> None:
    """Raise UsageError if one of these is no column of a list, with the near name."""
    known = list_columns(custom)
    for name in names:
        if name not in known:
            hint = suggest(name, known) or f"; there are {', '.join(known)}"
            raise UsageError(f"there is no column {name!r}{hint}", column=name)
