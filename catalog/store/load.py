"""Rows of a canonical dump into a new catalogue: truth is written, what is derived is made anew by who owns it.

All functions work inside the caller's transaction.
"""

import base64
import json
import sqlite3
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from catalog.store.canonical import to_json
from catalog.store.dump import JSON_COLUMNS
from catalog.store.fulltext import bigrams
from catalog.store.identity import key_basis
from catalog.store.index import IndexChanges
from catalog.store.journal import ChangeSet
from catalog.store.originals import MODE, pack
from catalog.store.set_aside import KindName, Rows

Row = Mapping[str, Any]
DERIVED = ("agent", "agent_role", "counter", "tag", "link", "reprint_group")  # passed over: they follow


@dataclass(slots=True)
class Loader:
    """Takes the rows of a dump one by one, in its order. `now` is when withdrawals are noted."""

    connection: sqlite3.Connection
    change: ChangeSet
    now: str
    index: IndexChanges = field(default_factory=IndexChanges)
    _reasons: dict[tuple[str, str | None], int] = field(default_factory=dict)

    def take(self, table: str, row: Row) -> None:
        """Write one row. Raises KeyError for an unknown table or column, sqlite3.Error for what does not fit."""
        if table in DERIVED:
            return
        if table in DECISIONS:
            self._decide(table, row)
        else:
            WRITERS[table](self, row)

    def body(self, row: Row) -> None:
        """Write a body, and what is found in it."""
        sql = "INSERT INTO bodies (sha256, text, characters, text_from) VALUES (?, ?, ?, ?)"
        values = (row["sha256"], row["text"], row["characters"], row["text_from"])
        self.index.add_body(self.connection.execute(sql, values).lastrowid or 0, bigrams(row["text"]))

    def record(self, row: Row) -> None:
        """Write a record without its values, which follow."""
        sql = "INSERT INTO records (key, key_basis) VALUES (?, ?)"
        self.connection.execute(sql, (row["key"], key_basis(row["key"])))

    def capture(self, row: Row) -> None:
        """Write a capture with its original."""
        if row["data"] is not None:
            data = base64.b64decode(row["data"])
            sql = "INSERT INTO sqlar (name, mode, mtime, sz, data) VALUES (?, ?, 0, ?, ?)"
            self.connection.execute(sql, (f"{row['sha256']}.{row['extension']}", MODE, len(data), pack(data)))
        self.connection.execute(
            "INSERT INTO captures (sha256, size_bytes, extension, own_key, record_id, body_id, parsed_with)"
            " VALUES (?, ?, ?, ?, ?, ?, ?)",
            (
                row["sha256"], row["size_bytes"], row["extension"], row["own_key"], self._id("records", row["record"]),
                self._id("bodies", row["body"]), row["parsed_with"],
            ),
        )  # fmt: skip

    def printing(self, row: Row) -> None:
        """Write how a capture prints its body, where that is not the body's text."""
        sql = "INSERT INTO other_printings (capture_id, text) VALUES (?, ?)"
        self.connection.execute(sql, (self._id("captures", row["capture"]), row["text"]))

    def observation(self, row: Row) -> None:
        """Write where and when a capture was met."""
        self.connection.execute(
            "INSERT INTO observations (capture_id, origin, url, captured_at, captured_at_basis, collector,"
            " change_set_id) VALUES (?, ?, ?, ?, ?, ?, ?)",
            (
                self._id("captures", row["capture"]), row["origin"], row["url"], row["captured_at"],
                row["captured_at_basis"], row["collector"], self.change.id,
            ),
        )  # fmt: skip

    def reading(self, row: Row) -> None:
        """Write the decoded text of a capture."""
        self.connection.execute(
            "INSERT INTO readings (capture_id, extractor, extractor_version, encoding, encoding_basis, text)"
            " VALUES (?, ?, ?, ?, ?, ?)",
            (
                self._id("captures", row["capture"]), row["extractor"], row["extractor_version"], row["encoding"],
                row["encoding_basis"], row["text"],
            ),
        )  # fmt: skip

    def assertion(self, row: Row) -> None:
        """Write one assertion."""
        names = ("position", "name", "label", "kind", "state", "value", "confidence", "asserted_by")
        self.connection.execute(
            f"INSERT INTO fields (record_id, capture_id, {', '.join(names)}, evidence, change_set_id)"  # noqa: S608
            " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
            (
                self._id("records", row["record"]), self._id("captures", row["capture"]),
                *(row[name] for name in names),
                json.dumps(row["evidence"], ensure_ascii=False, separators=(",", ":")), self.change.id,
            ),
        )  # fmt: skip

    def problem(self, row: Row) -> None:
        """Write an open problem."""
        sql = (
            "INSERT INTO problems (capture_id, origin, code, message, failed, change_set_id) VALUES (?, ?, ?, ?, ?, ?)"
        )
        values = (row["origin"], row["code"], row["message"], int(row["failed"]), self.change.id)
        self.connection.execute(sql, (self._id("captures", row["capture"]), *values))

    def withdrawal(self, row: Row) -> None:
        """Keep that bytes are out of view, with the reason and by whom it was."""
        said = (row["withdrawn_by"], row["reason"])
        if said not in self._reasons:
            reason = ChangeSet("withdraw", said[0], self.now, {}, said[1])
            self._reasons[said] = reason.begin(self.connection)
            reason.end(self.connection, self.now, {})
        rows = Rows(self.connection, self.change.id)
        rows.put("withdrawal", [row["capture"]], {"change_set_id": self._reasons[said]})

    def _decide(self, table: str, row: Row) -> None:
        kind, key, names = DECISIONS[table]
        content: dict[str, object] = {
            column: to_json(row[name]) if name in JSON_COLUMNS else row[name] for name, column in names.items()
        }
        if kind != "setting":
            content["change_set_id"] = self.change.id
        Rows(self.connection, self.change.id).put(kind, [row[name] for name in key], content)

    def _id(self, table: str, name: str | None) -> int | None:
        if name is None:
            return None
        sql = f"SELECT id FROM {table} WHERE {'key' if table == 'records' else 'sha256'} = ?"  # noqa: S608 -- constants
        return int(self.connection.execute(sql, (name,)).fetchone()[0])


WRITERS: dict[str, Callable[[Loader, Row], None]] = {
    "body": Loader.body,
    "record": Loader.record,
    "capture": Loader.capture,
    "printing": Loader.printing,
    "observation": Loader.observation,
    "reading": Loader.reading,
    "field": Loader.assertion,
    "problem": Loader.problem,
    "withdrawal": Loader.withdrawal,
}
# Of decisions: the kind of row, its key in the dump, and its other columns, by their names in the dump.
DECISIONS: dict[str, tuple[KindName, tuple[str, ...], dict[str, str]]] = {
    "verdict": (
        "verdict", ("body_sha256", "other_body_sha256"), {"verdict": "verdict", "asserted_by": "asserted_by"}
    ),
    "agent_verdict": (
        "authority", ("site", "name", "kind"),
        {name: name for name in ("into_site", "into_name", "into_kind", "asserted_by")},
    ),
    "agent_difference": (
        "distinction", ("site", "name", "kind", "other_site", "other_name", "other_kind"),
        {"asserted_by": "asserted_by"},
    ),
    "record_verdict": ("record_verdict", ("key",), {"into_key": "into_key", "asserted_by": "asserted_by"}),
    "capture_verdict": ("capture_verdict", ("capture",), {"record": "key", "asserted_by": "asserted_by"}),
    "capture_difference": ("capture_difference", ("capture", "other_capture"), {"asserted_by": "asserted_by"}),
    "tag_term": ("tag_term", ("tag",), {"uri": "uri", "note": "note", "also": "also"}),
    "setting": ("setting", ("name",), {"value": "value"}),
}  # fmt: skip
