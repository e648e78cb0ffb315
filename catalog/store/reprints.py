"""The records of one reprint group, with what their genealogy needs."""

import json
import sqlite3
from collections.abc import Sequence

from catalog.model.reprints import Copy
from catalog.store.rows import LARGEST


def load_copies(connection: sqlite3.Connection, body_ids: Sequence[int]) -> list[Copy]:
    """Return the records that print one of these bodies, the earliest first: by publication as printed, then by key.

    A record without a date comes last, and a day without its hour behind the hours of that day: it says less.
    """
    rows = connection.execute(
        "SELECT r.id, r.key, r.title, r.published, r.source, r.publisher, r.site_name, b.sha256, b.text,"
        " (SELECT min(o.url) FROM captures c JOIN observations o ON o.capture_id = c.id WHERE c.record_id = r.id)"
        " FROM records r JOIN bodies b ON b.id = r.body_id WHERE r.body_id IN (SELECT value FROM json_each(?))"
        " ORDER BY r.published IS NULL, r.published || '~', r.key",
        (json.dumps(list(body_ids)),),
    )
    return [Copy(*row) for row in rows]


def find_group(connection: sqlite3.Connection, record_id: int) -> tuple[str, list[int]] | None:
    """Return the name of a record's group (the head's SHA-256) and the ids of its bodies, None without a body."""
    if abs(record_id) > LARGEST:  # no row has such an id, and SQLite cannot be asked for it
        return None
    row = connection.execute(
        "SELECT g.head_id, h.sha256 FROM records r JOIN body_groups g ON g.body_id = r.body_id"
        " JOIN bodies h ON h.id = g.head_id WHERE r.id = ?",
        (record_id,),
    ).fetchone()
    if row is None:
        return None
    sql = "SELECT ? UNION SELECT body_id FROM reprint_groups WHERE head_id = ? ORDER BY 1"
    return row["sha256"], [one[0] for one in connection.execute(sql, (row["head_id"], row["head_id"]))]


def load_figures(connection: sqlite3.Connection, body_ids: Sequence[int]) -> dict[tuple[str, str], float]:
    """Return the figures of the near links between these bodies, by their SHA-256, the lesser first."""
    rows = connection.execute(
        "SELECT b.sha256, o.sha256, l.figure FROM links l JOIN bodies b ON b.id = l.body_id"
        " JOIN bodies o ON o.id = l.other_body_id WHERE l.kind = 'near'"
        " AND l.body_id IN (SELECT value FROM json_each(?1)) AND l.other_body_id IN (SELECT value FROM json_each(?1))",
        (json.dumps(list(body_ids)),),
    )
    return {(row[0], row[1]): row[2] for row in rows}
