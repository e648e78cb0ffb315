"""Rows for lists: what a column of `catalog list` is, and the statement that reads the chosen ones."""

import json
import sqlite3
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from catalog.model.custom import NO_CUSTOM, Custom, CustomType, is_many
from catalog.model.table import Cell, Column
from catalog.model.vocabulary import AUTHOR_ROLES, CONTACTS, DOCUMENT, EDITOR_ROLES, IDENTIFIERS, ROLES
from catalog.store.custom import read_custom
from catalog.store.files import read_query
from catalog.store.query_names import STANDING, WINNING
from catalog.store.query_sql import compile_query
from catalog.store.query_words import Word
from catalog.store.saved import read_saved
from catalog.store.snippets import read_snippets

_FIRST = "(SELECT {} FROM record_facts f WHERE f.id = r.id)"
_NAMES = (
    "(SELECT group_concat(name, '; ') FROM"
    " (SELECT DISTINCT name FROM agent_facts a WHERE a.record_id = r.id AND a.role IN ({})))"
)


def _of_roles(roles: Sequence[str]) -> str:
    """Return the SQL for the names in these roles; the roles are our own closed list, never typed."""
    return _NAMES.format(", ".join(f"'{role}'" for role in roles))


_IN_GROUP = (
    "max((SELECT count(*) FROM records o WHERE o.body_id = r.body_id),"
    " (SELECT count(*) FROM reprint_groups g JOIN reprint_groups m ON m.head_id = g.head_id"
    "   JOIN records o ON o.body_id = m.body_id WHERE g.body_id = r.body_id))"
)
_NUMBERS = ("id", "views", "comments", "likes", "shares", "repeats", "characters", "captures", "reprints")
_WHOLE = ("published", "modified", "language", "kind", "confidence", "key", "body_sha256", "capture_sha256")
_COLUMNS = {
    **{name: f"r.{name}" for name in ("id", "key", "kind", "language", "title", "subtitle", "summary", "published")},
    **{name: f"r.{name}" for name in ("modified", "source", "publisher", "site_name", "section", "confidence")},
    **{name: f"r.{name}" for name in ("views", "comments", "likes", "shares")},
    **{role: _of_roles([role]) for role in ROLES},
    "editors": _of_roles(EDITOR_ROLES),
    "authors": _of_roles(AUTHOR_ROLES),
    "tags": "(SELECT group_concat(tag, '; ') FROM (SELECT tag FROM tags t WHERE t.record_id = r.id ORDER BY tag))",
    "conflicts": "(SELECT group_concat(j.value, '; ') FROM json_each(r.conflicts) j)",
    "breadcrumb": "(SELECT group_concat(j.value, ' > ') FROM json_each(r.breadcrumb) j)",
    "characters": "(SELECT b.characters FROM bodies b WHERE b.id = r.body_id)",
    "repeats": "r.body_repeats",
    "reprints": _IN_GROUP,
    "body_sha256": "(SELECT b.sha256 FROM bodies b WHERE b.id = r.body_id)",
    "captures": "(SELECT count(*) FROM captures c WHERE c.record_id = r.id)",
    "origin": _FIRST.format("origin"),
    "capture_sha256": _FIRST.format("capture_sha256"),
    "url": "(SELECT min(o.url) FROM captures c JOIN observations o ON o.capture_id = c.id WHERE c.record_id = r.id)",
}
_OWN = (
    f"(SELECT f.value FROM fields f WHERE f.record_id = r.id AND f.name = ? AND {WINNING} ORDER BY f.id DESC LIMIT 1)"  # noqa: S608
)
_LIST = (  # what a person added comes behind what --set gave, as it was said
    "(SELECT group_concat(value, '; ') FROM (SELECT f.value FROM fields f"  # noqa: S608 -- our own words
    f" WHERE f.record_id = r.id AND f.name = ? AND {STANDING} GROUP BY f.value ORDER BY min(f.id)))"
)
_LISTS = (*IDENTIFIERS, *CONTACTS, *DOCUMENT, "kicker")  # columns of values as they stand in fields
SNIPPET = "snippet"  # a column too, but no SQL makes it
COLUMNS = {name: Column(name, name in _NUMBERS, name in _WHOLE) for name in (*_COLUMNS, *_LISTS)}
COLUMNS[SNIPPET] = Column(SNIPPET, is_marked=True)


@dataclass(frozen=True, slots=True)
class Found:
    """The ids of the records that match, in the order the query asks for, and the words that their texts hold."""

    ids: list[int]
    words: tuple[Word, ...]


def list_columns(custom: Custom) -> dict[str, Column]:
    """Return the columns that a list can have, by name; fields of one's own are some."""
    own = {
        name: Column(name, field.type is CustomType.NUMBER, field.type is CustomType.DATE)
        for name, field in custom.items()
    }
    return COLUMNS | own


def find(
    connection: sqlite3.Connection, query: str, today: date, *, ranked: bool = False, declared: Custom = NO_CUSTOM
) -> Found:
    """Return the records that match; `ranked` puts what is most about the words first. Raises QueryError.

    A query can ask for fields of one's own that have values here, and for those that are `declared`.
    """
    custom = read_custom(connection, declared)
    compiled = compile_query(query, today, read_saved(connection), ranked=ranked, custom=custom)
    return Found([row[0] for row in connection.execute(compiled.sql, compiled.params)], compiled.words)


def check_query(
    connection: sqlite3.Connection, query: str, today: date, saved: Mapping[str, str], declared: Custom = NO_CUSTOM
) -> None:
    """Raise QueryError if the query could not be read were these the saved ones."""
    compile_query(query, today, saved, custom=read_custom(connection, declared))


def find_known(connection: sqlite3.Connection, ids: Sequence[int]) -> set[int]:
    """Return those of the ids that name a record."""
    rows = connection.execute("SELECT id FROM records WHERE id IN (SELECT value FROM json_each(?))", (json.dumps(ids),))
    return {row[0] for row in rows}


def read_rows(
    connection: sqlite3.Connection,
    ids: Sequence[int],
    names: Sequence[str],
    words: Sequence[Word] = (),
    custom: Custom = NO_CUSTOM,
) -> list[tuple[Cell, ...]]:
    """Return one row a record in the order of `ids`, with the columns named (of list_columns).

    `words` are for snippets.
    """
    own = dict.fromkeys(_LISTS, _LIST) | {name: _LIST if is_many(name, custom) else _OWN for name in custom}
    asked = ", ".join((_COLUMNS | own).get(name, "r.id") for name in names)
    bound = [name for name in names if name in own]
    sql = f"SELECT {asked} FROM json_each(?) chosen JOIN records r ON r.id = chosen.value ORDER BY chosen.key"  # noqa: S608 -- our own words only
    rows = [tuple(row) for row in connection.execute(sql, (*bound, json.dumps(ids)))]
    if SNIPPET not in names:
        return rows
    at = list(names).index(SNIPPET)
    snippets = read_snippets(connection, ids, words)
    return [(*row[:at], snippets.get(row[at]), *row[at + 1 :]) for row in rows]


def read_repeated(connection: sqlite3.Connection, name: str, ids: Sequence[int] | None) -> list[tuple[Cell, ...]]:
    """Return the rows of db/queries/<name>.sql, narrowed to these records; None means all."""
    bound = {"ids": None if ids is None else json.dumps(ids)}
    return [tuple(row) for row in connection.execute(read_query(name), bound)]
