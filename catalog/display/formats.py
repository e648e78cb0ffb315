"""A table as text: one function a format, all of the same shape, none of them cutting anything."""

import csv
import io
import json
from collections.abc import Callable, Iterator
from html import escape as escape_html
from typing import TextIO

from catalog.display.safe import escape_tsv, one_line
from catalog.export.csv import csv_cell
from catalog.export.json_text import write_json
from catalog.export.plain_text import spell_controls
from catalog.model.table import Cell, Table, TableFormat

_MD_MARKS = str.maketrans({mark: f"\\{mark}" for mark in "\\`*_[]<>|#~"})


def write_tsv(table: Table, out: TextIO) -> None:
    """Write a header line and a line a row; None is an empty value."""
    out.write("\t".join(escape_tsv(column.name) for column in table.columns) + "\n")
    for row in table.rows:
        out.write("\t".join(escape_tsv(_text(cell)) for cell in row) + "\n")


def write_csv(table: Table, out: TextIO) -> None:
    """Write the rows as RFC 4180 CSV; steering characters other than line ends and tabs are spelt out."""
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow([csv_cell(column.name) for column in table.columns])  # a name may be a value: of a grouping
    writer.writerows([[csv_cell(cell) for cell in row] for row in table.rows])


def write_json_document(table: Table, out: TextIO) -> None:
    """Write one document: schema, title, and the rows as objects under `data`."""
    data = list(as_objects(table))
    document: dict[str, object] = {"schema": table.schema, "title": table.title, "data": data, "problems": []}
    out.write(write_json(document) + "\n")


def write_jsonl(table: Table, out: TextIO) -> None:
    """Write one object a row."""
    for row in as_objects(table):
        out.write(write_json(row) + "\n")


def write_markdown(table: Table, out: TextIO) -> None:
    """Write a Markdown table; what Markdown would read as marks is escaped."""
    out.write(_md_row([_md(column.name) for column in table.columns]))
    out.write(_md_row(["---:" if column.is_number else "---" for column in table.columns]))
    for row in table.rows:
        out.write(_md_row([_md(_text(cell)) for cell in row]))


def write_html(table: Table, out: TextIO) -> None:
    """Write a table element that can stand in any page; all text is escaped."""
    out.write(f"<table>\n<caption>{html_text(table.title)}</caption>\n<thead>\n<tr>")
    out.write("".join(f'<th scope="col">{html_text(column.name)}</th>' for column in table.columns))
    out.write("</tr>\n</thead>\n<tbody>\n")
    numbers = [column.is_number for column in table.columns]
    for row in table.rows:
        cells = zip(row, numbers, strict=True)
        out.write("<tr>" + "".join(_html_cell(cell, is_number) for cell, is_number in cells) + "</tr>\n")
    out.write("</tbody>\n</table>\n")


WRITERS: dict[TableFormat, Callable[[Table, TextIO], None]] = {
    TableFormat.TSV: write_tsv,
    TableFormat.CSV: write_csv,
    TableFormat.JSON: write_json_document,
    TableFormat.JSONL: write_jsonl,
    TableFormat.MD: write_markdown,
    TableFormat.HTML: write_html,
}


def as_text(table: Table, format_: TableFormat) -> str:
    """Return the table in one of the text formats (all but `table`)."""
    out = io.StringIO()
    WRITERS[format_](table, out)
    return out.getvalue()


def _text(cell: Cell) -> str:
    return "" if cell is None else str(cell)


def as_objects(table: Table) -> Iterator[dict[str, Cell | list[float | None]]]:
    """Yield each row as an object, column names as keys; a series is a list."""
    for row in table.rows:
        cells = zip(table.columns, row, strict=True)
        yield {column.name: read_series(cell) if column.is_series else cell for column, cell in cells}


def read_series(cell: Cell) -> list[float | None]:
    """Return the numbers of a cell of a series."""
    return [] if cell is None else list(json.loads(str(cell)))


def _md(text: str) -> str:
    return one_line(text).translate(_MD_MARKS)


def _md_row(cells: list[str]) -> str:
    return "| " + " | ".join(cells) + " |\n"


def html_text(text: str) -> str:
    """Return the text for a page or a picture: escaped, and what steers spelt out."""
    return escape_html(spell_controls(text, keep="\n\t"))


def _html_cell(cell: Cell, is_number: bool) -> str:
    return (
        f'<td style="text-align:right">{html_text(_text(cell))}</td>'
        if is_number
        else f"<td>{html_text(_text(cell))}</td>"
    )
