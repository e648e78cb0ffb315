"""The controlled list of tags, and how often tags are used."""

import json
import sqlite3

from catalog.model.tag_term import TagTerm
from catalog.store.canonical import to_json
from catalog.store.set_aside import Rows


def read_terms(connection: sqlite3.Connection) -> dict[str, TagTerm]:
    """Return the terms by their tag, in order; empty where there is no controlled list."""
    rows = connection.execute("SELECT tag, uri, note, also FROM tag_terms ORDER BY tag")
    return {row[0]: TagTerm(row[0], row[1], row[2], tuple(json.loads(row[3]))) for row in rows}


def put_term(rows: Rows, tag: str, term: TagTerm | None, change_set_id: int) -> None:
    """Let the list have this term under its tag, None for none."""
    said = None
    if term is not None:
        said = {"uri": term.uri, "note": term.note, "also": to_json(list(term.also)), "change_set_id": change_set_id}
    rows.put("tag_term", [tag], said)


def count_tags(connection: sqlite3.Connection) -> dict[str, set[int]]:
    """Return the records that have each tag."""
    found: dict[str, set[int]] = {}
    for tag, record_id in connection.execute("SELECT tag, record_id FROM tags ORDER BY tag, record_id"):
        found.setdefault(tag, set()).add(record_id)
    return found
