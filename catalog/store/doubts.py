"""Where a page was read otherwise after a cataloguer had decided: the decision stands, and is listed as a conflict."""

import sqlite3
from collections.abc import Sequence

from catalog.model.custom import Custom, is_many

DECIDED = (
    "SELECT record_id, name, value, change_set_id FROM fields"
    " WHERE record_id IN ({}) AND capture_id IS NULL AND retired_by IS NULL ORDER BY record_id, id"
)
READ_SINCE = (
    "SELECT 1 FROM fields AS f WHERE f.record_id = ? AND f.name = ? AND f.capture_id IS NOT NULL"
    " AND f.retired_by IS NULL AND f.state IN ('stated', 'inferred') AND f.change_set_id > ?"
    " AND f.asserted_by NOT LIKE 'set:%'"
    " AND NOT EXISTS (SELECT 1 FROM fields AS known WHERE known.record_id = f.record_id AND known.name = f.name"
    "                 AND known.value = f.value AND (known.change_set_id <= ? OR known.capture_id IS NULL)) LIMIT 1"
)


def find_doubts(connection: sqlite3.Connection, ids: Sequence[int], custom: Custom) -> dict[int, tuple[str, ...]]:
    """Return, by record, the decided names of which a later reading states what neither it nor the cataloguer knew.

    Of a name with many values only a decision on all of them can be doubted.
    """
    sql = DECIDED.replace("{}", ",".join("?" * len(ids)))
    decided: dict[tuple[int, str], int] = {}
    for record_id, name, value, change_set_id in connection.execute(sql, list(ids)).fetchall():
        if value is None or not is_many(name, custom):
            decided[record_id, name] = change_set_id
    found: dict[int, tuple[str, ...]] = {}
    for (record_id, name), since in decided.items():
        if connection.execute(READ_SINCE, (record_id, name, since, since)).fetchone():
            found[record_id] = (*found.get(record_id, ()), name)
    return {id: tuple(sorted(names)) for id, names in found.items()}
