"""Answers to questions, as they come back from a spreadsheet or a script: a row each, with `item` and `verdict`."""

import csv
import io
import json
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

from catalog.errors import UsageError
from catalog.model.table import Cell

Row = dict[str, Cell]
Unescape = Callable[[str], str]
STDIN = "-"


def read_answers(path: str, from_tsv: Unescape, from_csv: Unescape) -> list[Row]:
    """Return the rows of a file, - for stdin: JSON Lines if it begins with {, else CSV (, ; or tab).

    `from_tsv` and `from_csv` read a cell as it was meant. Raises UsageError, naming the line: nothing is used of a file
    that cannot be read as a whole.
    """
    text = _read(path)
    rows = list(_json_rows(path, text) if text.lstrip().startswith("{") else _csv_rows(path, text, from_tsv, from_csv))
    for number, row in rows:
        if "item" not in row or "verdict" not in row:
            raise UsageError(f"{path}, line {number}: there is no `item` and `verdict`", file=path)
    return [row for _, row in rows]


def _read(path: str) -> str:
    try:
        if path == STDIN:
            return sys.stdin.read().removeprefix("\ufeff")
        return Path(path).read_bytes().decode("utf-8-sig")
    except OSError as error:
        raise UsageError(f"{path} cannot be read: {error.strerror}", file=path) from error
    except UnicodeDecodeError as error:
        raise UsageError(f"{path} is not UTF-8 (byte {error.start})", file=path) from error


def _json_rows(path: str, text: str) -> Iterator[tuple[int, Row]]:
    for number, line in enumerate(text.split("\n"), 1):
        if not line.strip():
            continue
        try:
            row = json.loads(line)
        except ValueError as error:
            raise UsageError(f"{path}, line {number}: no JSON", file=path) from error
        if not isinstance(row, dict):
            raise UsageError(f"{path}, line {number}: no JSON object", file=path)
        yield number, row


def _csv_rows(path: str, text: str, from_tsv: Unescape, from_csv: Unescape) -> Iterator[tuple[int, Row]]:
    head = text.split("\n", 1)[0]
    delimiter = next((mark for mark in "\t;" if mark in head), ",")
    lines = io.StringIO(text, newline="")
    if delimiter == "\t":
        unescape, reader = from_tsv, csv.reader(lines, delimiter=delimiter, quoting=csv.QUOTE_NONE, strict=True)
    else:
        unescape, reader = from_csv, csv.reader(lines, delimiter=delimiter, strict=True)
    try:
        columns = [name.strip() for name in next(reader, [])]
        for cells in reader:
            if any(cells):
                yield reader.line_num, dict(zip(columns, map(unescape, cells), strict=False))
    except csv.Error as error:
        raise UsageError(f"{path}, line {reader.line_num}: {error}", file=path) from error
