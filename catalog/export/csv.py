"""One row a record, for spreadsheets and data frames: what has several values stands in one cell, parted by "; "."""

import csv
from collections.abc import Iterable
from typing import TextIO

from catalog.export.plain_text import spell_controls
from catalog.model.record import CaptureFacts, Record
from catalog.model.table import Cell
from catalog.model.vocabulary import COUNTERS, DATES, DOCUMENT, IDENTIFIERS, ROLES

SINGLE = ("title", "subtitle", "summary", *DATES, "source", "publisher", "site_name", "section", *COUNTERS, *DOCUMENT)
CAPTURE = ("origin", "url", "captured_at", "sha256")
COLUMNS = (
    "id", "key", "kind", "language", *SINGLE, "breadcrumb", *ROLES, "tags", *IDENTIFIERS, "contact", "conflicts",
    "body_sha256", "characters", "repeats", "records_with_body", *(f"capture_{name}" for name in CAPTURE), "body",
)  # fmt: skip


def write_records(records: Iterable[Record], stream: TextIO) -> None:
    """Write a head and a row a record (RFC 4180, newline as line end). An empty cell means that nothing is known."""
    writer = csv.writer(stream, lineterminator="\n")
    writer.writerow(COLUMNS)
    writer.writerows([csv_cell(cell) for cell in _row(record)] for record in records)


def csv_cell(cell: Cell) -> Cell:
    """Return the cell as a spreadsheet gets it: steering characters but line ends and tabs are spelt out.

    The one place for what makes a cell harmless, for exports and for tables.
    """
    return spell_controls(cell, keep="\t\n\r") if isinstance(cell, str) else cell


def _row(record: Record) -> list[Cell]:
    body = record.body
    row: list[Cell] = [record.id, record.key, record.kind, record.language]
    row += [record.values.get(name) for name in SINGLE]
    row.append(_joined(record.breadcrumb))
    row += [_joined(agent.name for agent in record.agents if agent.role == role) for role in ROLES]
    row.append(_joined(record.tags))
    row += [_joined(value for type_, value in record.identifiers if type_ == name) for name in IDENTIFIERS]
    row += [_joined(f"{name}: {value}" for name, value in record.contact), _joined(record.conflicts)]
    row += [body.sha256, body.characters, record.repeats] if body else [None, None, None]
    row.append(record.reprints.of if record.reprints else 1 if body else None)
    row += [_joined(_said(record.captures, name)) for name in CAPTURE]
    row.append(body.text if body else None)
    return row


def _said(captures: Iterable[CaptureFacts], name: str) -> list[str]:
    return [str(value) for facts in captures if (value := getattr(facts, name)) is not None]


def _joined(values: Iterable[str]) -> str | None:
    return "; ".join(values) or None
