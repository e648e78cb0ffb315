from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Literal


@dataclass(frozen=True, slots=True)
class Fault:
    """What cannot be used in a file that a person edited, and where: `line` from 1, `column` as the file names it."""

    line: int
    column: str
    message: str


@dataclass(frozen=True, slots=True)
class EditedRow:
    """What one row says of a record, by column: text in CSV, any JSON value in JSON Lines.

    `missing` are columns before whose cell the row ends.
    """

    line: int
    cells: Mapping[str, Any]
    missing: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class EditedSheet:
    """A file of edits as it was read, nothing of it understood yet. Of JSON Lines `columns` is empty."""

    kind: Literal["csv", "jsonl"]
    columns: tuple[str, ...]
    rows: tuple[EditedRow, ...]
    faults: tuple[Fault, ...] = ()

    def place_of(self, column: str) -> str:
        """Return a column as people find it again: its letter in a spreadsheet and its name, or its key."""
        return f"{letter(self.columns.index(column))} ({column})" if column in self.columns else column


def letter(index: int) -> str:
    """Return the letters of a spreadsheet's column, counted from 0: A … Z, AA …"""
    letters = ""
    index += 1
    while index:
        index, rest = divmod(index - 1, 26)
        letters = chr(ord("A") + rest) + letters
    return letters
