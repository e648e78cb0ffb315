"""A file that somebody edited: CSV as spreadsheets save it, or JSON Lines. What is wrong is listed, not raised."""

import codecs
import csv
import io
import json
import re
from collections import Counter
from collections.abc import Iterator

from catalog.errors import UsageError
from catalog.model.edits import EditedRow, EditedSheet, Fault, letter

BOMS = ((codecs.BOM_UTF8, "utf-8"), (codecs.BOM_UTF16_LE, "utf-16-le"), (codecs.BOM_UTF16_BE, "utf-16-be"))
WITHOUT_BOM = ("utf-8", "gb18030")  # what a Chinese Excel saves as plain CSV is the latter
SEPARATORS = ",;\t"
LARGEST_CELL = 1 << 30  # the module's own limit is less than a long article
_SEPARATOR_LINE = re.compile(r"sep=(.)\r?\n", re.IGNORECASE)


def read_edits(data: bytes, name: str) -> EditedSheet:
    """Return what a file says: JSON Lines if the first character is {, else CSV. Raises UsageError if it is no text."""
    text = _decode(data, name)
    return _read_json(text) if text.lstrip().startswith("{") else _read_csv(text)


def _decode(data: bytes, name: str) -> str:
    for bom, encoding in BOMS:
        if data.startswith(bom):
            return data[len(bom) :].decode(encoding, "replace")
    for encoding in WITHOUT_BOM:
        try:
            return data.decode(encoding)
        except UnicodeDecodeError:
            continue
    raise UsageError(f"{name} is no text in UTF-8, UTF-16 or GB18030", file=name)


def _read_csv(text: str) -> EditedSheet:
    told = _SEPARATOR_LINE.match(text)
    before = 1 if told else 0  # lines that stand before the head
    text = text[told.end() :] if told else text
    csv.field_size_limit(LARGEST_CELL)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=told[1] if told else _separator(text), strict=True)
    columns: tuple[str, ...] = ()
    rows: list[EditedRow] = []
    faults: list[Fault] = []
    line = 1
    try:
        columns = tuple(cell.strip() for cell in next(reader, []))
        while columns and not columns[-1]:
            columns = columns[:-1]  # a spreadsheet may save empty columns behind the last
        faults += [Fault(before + 1, name, "stands there twice") for name, n in Counter(columns).items() if n > 1]
        line = reader.line_num + 1
        for cells in reader:
            if any(cells):
                rows.append(EditedRow(before + line, dict(zip(columns, cells, strict=False)), columns[len(cells) :]))
                faults += _surplus(before + line, columns, cells)
            line = reader.line_num + 1
    except csv.Error as error:
        faults.append(Fault(before + line, "A", f"this cannot be read on: {error}"))
    return EditedSheet("csv", columns, tuple(rows), tuple(faults))


def _separator(text: str) -> str:
    """Return the sign that parts the head into most columns."""
    head = text.split("\n", 1)[0]
    return max(SEPARATORS, key=head.count)


def _surplus(line: int, columns: tuple[str, ...], cells: list[str]) -> Iterator[Fault]:
    for index, cell in enumerate(cells[len(columns) :], len(columns)):
        if cell.strip():
            yield Fault(line, letter(index), "there is no column above this cell")


def _read_json(text: str) -> EditedSheet:
    rows: list[EditedRow] = []
    faults: list[Fault] = []
    for line, piece in enumerate(text.split("\n"), 1):
        if not piece.strip():
            continue
        try:
            said = json.loads(piece)
        except ValueError as error:
            column = getattr(error, "colno", 1)
            faults.append(Fault(line, f"character {column}", f"no JSON: {getattr(error, 'msg', error)}"))
            continue
        if isinstance(said, dict):
            rows.append(EditedRow(line, said))
        else:
            faults.append(Fault(line, "character 1", "no JSON object"))
    return EditedSheet("jsonl", (), tuple(rows), tuple(faults))
