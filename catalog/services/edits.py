"""Edits that come as a file: what `export` wrote, changed in a spreadsheet or by a program.

All of it is read and checked before anything is written. What stands in the file as `export` writes it is no edit.
"""

import re
import sqlite3
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import partial
from typing import Any

from catalog.errors import BadEdits, UsageError, suggest
from catalog.export.csv import COLUMNS, csv_cell, read_csv_cell, record_row
from catalog.model.custom import Custom, CustomType, is_many
from catalog.model.edits import EditedRow, EditedSheet, Fault
from catalog.model.outcome import Outcome
from catalog.model.record import Record
from catalog.model.vocabulary import AGENT_KINDS, CONTACTS, COUNTERS, DATES, DOCUMENT_DATES, IDENTIFIERS, ROLES
from catalog.services.changes import Change
from catalog.services.custom import known_fields
from catalog.services.ports import Ports
from catalog.services.records import load_records
from catalog.services.tag import Edits, apply_edits
from catalog.services.wanted import Said, changes_to, editable_names, is_number, is_said, read_said
from catalog.store.journal import ChangeSet
from catalog.store.open import Store
from catalog.store.save import find_record

WHICH = ("id", "key")
# What follows from other things or is not a record's own: passed over, since it may have changed since the export.
FOLLOWING: Mapping[str, tuple[str, ...]] = {
    "csv": (
        *("conflicts", "body_sha256", "characters", "repeats", "records_with_body"),
        *(name for name in COLUMNS if name.startswith("capture_")),
    ),
    "jsonl": ("schema", "captures", "reprints", "fields", "conflicts", "problems"),
}
BODY = "body"
LONGEST_CELL = 32_767  # characters that Excel keeps of a cell
ALIASES = {"tags": "tag"}
GROUPED = {"agents": ROLES, "identifiers": IDENTIFIERS, "contact": CONTACTS, "counters": COUNTERS}
_PARTED = re.compile(r";\s+|\s*；\s*")
_SLASHED = re.compile(r"(\d{4})[/-](\d{1,2})[/-](\d{1,2})(?:[ T](\d{1,2}):(\d\d)(?::(\d\d))?)?")
_WHOLE = re.compile(r"(\d{1,3}(?:,\d{3})+|\d+)(?:\.0+)?")


@dataclass(slots=True)
class Reading:
    """The edits of a sheet as far as they are understood, and all that is wrong with it."""

    sheet: EditedSheet
    custom: Custom
    edits: dict[int, list[Change]] = field(default_factory=dict)
    faults: list[Fault] = field(default_factory=list)

    def fail(self, line: int, column: str, message: str) -> None:
        """Note what cannot be used."""
        self.faults.append(Fault(line, self.sheet.place_of(column), message))


def read_sheet(store: Store, sheet: EditedSheet, name: str) -> Edits:
    """Return the changes that a sheet asks for, by record. Raises BadEdits with everything that is wrong with it."""
    reading = Reading(sheet, known_fields(store), faults=list(sheet.faults))
    _check_columns(reading)
    rows = _find_records(store.connection, reading)
    for record in load_records(store, rows):
        row = rows[record.id or 0]
        changes = list(_changes_of(reading, record, row))
        if changes:
            reading.edits[record.id or 0] = changes
    if reading.faults:
        raise bad_edits(name, reading.faults)
    return reading.edits


def apply_sheet(store: Store, sheet: EditedSheet, name: str, ports: Ports, *, message: str | None = None) -> Outcome:
    """Make the changes that a sheet asks for as one change set, all or nothing. `store` must be open to write."""
    edits = read_sheet(store, sheet, name)
    change = ChangeSet("import", ports.who, ports.timestamp(), {"edits": name, "records": len(edits)}, message)
    outcome = apply_edits(store, edits, change, ports)
    unchanged = outcome.counts["unchanged"] + len(sheet.rows) - len(edits)
    return replace(outcome, counts={**outcome.counts, "unchanged": unchanged})


def bad_edits(name: str, faults: Sequence[Fault]) -> BadEdits:
    """Return the error that lists everything that is wrong with a file."""
    told = [f"  line {one.line}, {one.column}: {one.message}" for one in sorted(faults, key=lambda fault: fault.line)]
    head = f"{name}: nothing was changed, {len(told)} {'fault' if len(told) == 1 else 'faults'}"
    return BadEdits("\n".join([head, *told]), file=name, faults=len(told), line=min(one.line for one in faults))


def _check_columns(reading: Reading) -> None:
    """Note columns that mean nothing, and that none says which record is meant."""
    sheet = reading.sheet
    names = sheet.columns if sheet.kind == "csv" else tuple({name: None for row in sheet.rows for name in row.cells})
    known = _known_columns(sheet.kind, reading.custom)
    first = {name: row.line for row in reversed(sheet.rows) for name in row.cells} if sheet.kind == "jsonl" else {}
    for name in names:
        if name not in known:
            reading.fail(first.get(name, 1), name, f"there is no field {name!r}{suggest(name, known)}")
    if sheet.kind == "csv" and not any(name in names for name in WHICH):
        reading.fail(1, "id", "no column says which record: id or key")


def _known_columns(kind: str, custom: Custom) -> frozenset[str]:
    grouped = (*GROUPED, "custom") if kind == "jsonl" else ("contact",)
    return frozenset((*WHICH, *FOLLOWING[kind], BODY, *ALIASES, *grouped, *editable_names(custom)))


def _find_records(connection: sqlite3.Connection, reading: Reading) -> dict[int, EditedRow]:
    """Return the rows by the record that each is about."""
    found: dict[int, EditedRow] = {}
    for row in reading.sheet.rows:
        id = _record_of(connection, reading, row)
        if id is None:
            continue
        if id in found:
            reading.fail(row.line, "id", f"record {id} has a row already, line {found[id].line}")
        else:
            found[id] = row
    return found


def _record_of(connection: sqlite3.Connection, reading: Reading, row: EditedRow) -> int | None:
    """Return the id of the record that a row names by id, key or both; None after noting what is wrong."""
    said, key = (str(row.cells.get(name) or "").strip() for name in WHICH)
    if not said and not key:
        reading.fail(row.line, "id", "neither id nor key says which record")
        return None
    if not said:
        id = find_record(connection, key)
        if id is None:
            reading.fail(row.line, "key", f"there is no record {key}")
        return id
    whole = _WHOLE.fullmatch(said) if len(said) < 19 else None
    id = int(whole[1].replace(",", "")) if whole else None
    known = connection.execute("SELECT key FROM records WHERE id = ?", (id,)).fetchone()
    if known is None:
        reading.fail(row.line, "id", f"there is no record {said}")
    elif key and known[0] != key:
        reading.fail(row.line, "key", f"record {said} has another key: {known[0]}")
    else:
        return id
    return None


def _changes_of(reading: Reading, record: Record, row: EditedRow) -> Iterator[Change]:
    """Yield what a row changes of its record, noting what does not fit."""
    read = _cells_wanted if reading.sheet.kind == "csv" else _keys_wanted
    for column, wanted in read(reading, record, row):
        try:
            for name, values in wanted.items():
                if not is_said(record, name, values):
                    yield from changes_to(record, name, read_said(name, values, reading.custom))
        except UsageError as error:
            reading.fail(row.line, column, str(error))


# --- CSV


def _cells_wanted(
    reading: Reading, record: Record, row: EditedRow
) -> Iterator[tuple[str, Mapping[str, Sequence[object]]]]:
    """Yield column and wanted values of the cells that are not as `export` writes them."""
    own = tuple(reading.custom)
    written = dict(zip((*COLUMNS, *own), (_written(cell) for cell in record_row(record, own)), strict=True))
    known = _known_columns("csv", reading.custom)
    for column in row.missing:
        if written.get(column) and column not in FOLLOWING["csv"]:
            reading.fail(row.line, column, "the row ends before this cell")
    for column, cell in row.cells.items():
        text = _read(cell)
        before = written.get(column, "")
        if column not in known or column in (*WHICH, *FOLLOWING["csv"]) or text == before:
            continue
        if column == BODY:
            if text != before[:LONGEST_CELL]:
                reading.fail(row.line, column, "the text is read from the page and cannot be set; leave it out")
        elif column == "contact":
            yield from _contact(reading, row.line, text)
        else:
            name = ALIASES.get(column, column)
            yield column, {name: _split(name, text, reading.custom)}


def _written(cell: object) -> str:
    """Return a cell as it comes back from a spreadsheet that changed nothing."""
    return _read("" if cell is None else str(csv_cell(cell if isinstance(cell, int | float) else str(cell))))


def _read(cell: str) -> str:
    return read_csv_cell(cell.replace("\r\n", "\n").replace("\r", "\n"))


def _split(name: str, text: str, custom: Custom) -> list[object]:
    """Return the values in a cell; numbers and dates as spreadsheets rewrite them are put right."""
    if is_many(name, custom):
        return list(_PARTED.split(text.strip().removesuffix(";")))
    is_date = name in (*DATES, *DOCUMENT_DATES) or (name in custom and custom[name].type is CustomType.DATE)
    if is_number(name, custom) and (whole := _WHOLE.fullmatch(text.strip())):
        return [whole[1].replace(",", "")]
    if is_date and (day := _SLASHED.fullmatch(text.strip())):
        return [_iso(day)]
    return [text]


def _iso(found: re.Match[str]) -> str:
    year, month, day, hour, minute, second = found.groups()
    date = f"{year}-{int(month):02}-{int(day):02}"
    clock = "".join(f":{part}" for part in (minute, second) if part)
    return f"{date}T{int(hour):02}{clock}" if hour else date


def _contact(reading: Reading, line: int, text: str) -> Iterator[tuple[str, Mapping[str, Sequence[object]]]]:
    """Yield the values of a cell `telephone: …; postcode: …`, by name; a name that is not there has none."""
    found: dict[str, list[object]] = {name: [] for name in CONTACTS}
    for piece in filter(None, _PARTED.split(text.strip())):
        name, colon, value = piece.partition(":")
        if not colon or name.strip() not in CONTACTS:
            reading.fail(line, "contact", f"{piece!r} is not NAME: VALUE with one of {', '.join(CONTACTS)}")
            return
        found[name.strip()].append(value.strip())
    yield "contact", found


# --- JSON Lines


def _keys_wanted(
    reading: Reading, record: Record, row: EditedRow
) -> Iterator[tuple[str, Mapping[str, Sequence[object]]]]:
    """Yield key and wanted values of each key; what is under one is meant as a whole."""
    known = _known_columns("jsonl", reading.custom)
    for key, value in row.cells.items():
        fail = partial(reading.fail, row.line, key)
        if key not in known or key in (*WHICH, *FOLLOWING["jsonl"]):
            continue
        if key == BODY:
            text = value.get("text") if isinstance(value, dict) else value
            if text != (record.body.text if record.body else None):
                fail("the text is read from the page and cannot be set; leave it out")
        elif key in ("counters", "custom"):
            yield from _object(fail, key, value, COUNTERS if key == "counters" else tuple(reading.custom))
        elif key in GROUPED:
            yield from _list(fail, key, value)
        else:
            name = ALIASES.get(key, key)
            yield key, {name: _values(value)}


def _values(value: Any) -> list[object]:  # noqa: ANN401 -- JSON is anything
    if value is None:
        return []
    return value if isinstance(value, list) else [value]


def _object(
    fail: Any,  # noqa: ANN401 -- Reading.fail, for this key
    key: str,
    value: Any,  # noqa: ANN401
    names: Sequence[str],
) -> Iterator[tuple[str, Mapping[str, Sequence[object]]]]:
    if not isinstance(value, dict | None):
        fail("this is an object: {name: value}")
        return
    said = value or {}
    if strangers := said.keys() - set(names):
        fail(f"there is no {min(strangers)!r}{suggest(min(strangers), names)}")
        return
    yield key, {name: _values(said.get(name)) for name in names}


def _list(
    fail: Any,  # noqa: ANN401 -- Reading.fail, for this key
    key: str,
    value: Any,  # noqa: ANN401
) -> Iterator[tuple[str, Mapping[str, Sequence[object]]]]:
    """Yield agents by role, identifiers or contacts by type."""
    kind, text = ("role", "name") if key == "agents" else ("type", "value")
    found: dict[str, list[object]] = {name: [] for name in GROUPED[key]}
    for item in _values(value):
        if not isinstance(item, dict) or not isinstance(item.get(text), str) or not isinstance(item.get(kind), str):
            fail(f'each of these is an object: {{"{kind}": …, "{text}": …}}')
            return
        if item[kind] not in found:
            fail(f"there is no {kind} {item[kind]!r}{suggest(item[kind], found)}")
            return
        if item.get("kind") not in (None, *AGENT_KINDS):
            fail(f"the kind of an agent is one of {', '.join(AGENT_KINDS)}, not {item['kind']!r}")
            return
        found[item[kind]].append(Said(item[text], item.get("label") or None, item.get("kind")))
    yield key, found
