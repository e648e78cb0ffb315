"""One row a record, for spreadsheets and data frames: what has several values stands in one cell, parted by "; "."""

import csv
import re
from collections.abc import Iterable, Sequence
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

# What spreadsheets compute, in either width, also behind blanks or line ends; the apostrophes are those of the guard
# itself, so that a text that begins with one and a formula comes back whole.
_FORMULA = re.compile(r"'*\s*[=+\-@＝＋－＠]|'*\t")


def write_records(records: Iterable[Record], stream: TextIO, own: Sequence[str] = ()) -> None:
    """Write a head and a row a record (RFC 4180, newline as line end). An empty cell means that nothing is known.

    `own` are the names of fields of one's own, which come last.
    """
    writer = csv.writer(stream, lineterminator="\n")
    writer.writerow((*COLUMNS, *own))
    writer.writerows([csv_cell(cell) for cell in record_row(record, own)] for record in records)


def csv_cell(cell: Cell) -> Cell:
    """Return the cell as a spreadsheet gets it: steering characters but newlines and tabs are spelt out, no formula.

    The one place for what makes a cell harmless, for exports and for tables. Text that a spreadsheet would compute
    gets an apostrophe in front; `read_csv_cell` takes it off again.
    """
    if not isinstance(cell, str):
        return cell
    text = spell_controls(cell, keep="\t\n")
    return f"'{text}" if _FORMULA.match(text) else text


def read_csv_cell(text: str) -> str:
    """Return what csv_cell was given, but for steering characters, which stay spelt out."""
    return text[1:] if text.startswith("'") and _FORMULA.match(text) else text


def record_row(record: Record, own: Sequence[str] = ()) -> list[Cell]:
    """Return the cells of a record under COLUMNS and the names of fields of one's own."""
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
    for name in own:
        value = record.custom.get(name)
        row.append(_joined(value) if isinstance(value, tuple) else value)
    return row


def _said(captures: Iterable[CaptureFacts], name: str) -> list[str]:
    return [str(value) for facts in captures if (value := getattr(facts, name)) is not None]


def _joined(values: Iterable[str]) -> str | None:
    return "; ".join(values) or None
