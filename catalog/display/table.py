"""A table where it is asked for: rich on a terminal, TSV in a pipe, or the format that was named."""

import sys
from collections.abc import Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, TextIO

from catalog.display.formats import WRITERS
from catalog.display.safe import one_line
from catalog.display.screen import is_terminal, open_console
from catalog.model.table import Column, Table, TableFormat

if TYPE_CHECKING:
    from rich.console import Console

GUTTER = 2  # spaces between two columns
NOTHING = "—"  # nothing is known, which is neither empty nor zero
FOLDED = 12  # columns of a terminal below which folded text is no pleasure to read: six Han characters


def show_table(
    table: Table, format_: TableFormat | None = None, out: TextIO | None = None, *, sparse: bool = False
) -> None:
    """Show the table on `out` (default: stdout); without a format as a table on a terminal, as TSV elsewhere.

    For eyes a `sparse` table is shown without columns in which nothing stands; programs always get them all.
    """
    stream = out or sys.stdout
    chosen = format_ or (TableFormat.TABLE if is_terminal(stream) else TableFormat.TSV)
    if chosen is TableFormat.TABLE:
        _show_rich(_without_empty(table) if sparse else table, open_console(stream))
    else:
        WRITERS[chosen](table, stream)


def _without_empty(table: Table) -> Table:
    kept = [at for at in range(len(table.columns)) if any(row[at] is not None for row in table.rows)]
    rows = tuple(tuple(row[at] for at in kept) for row in table.rows)
    return replace(table, columns=tuple(table.columns[at] for at in kept), rows=rows)


def show_tables(tables: Sequence[Table], format_: TableFormat | None = None) -> None:
    """Show tables of the same columns on stdout: one after the other for eyes, as one table for programs."""
    if tables and format_ in (None, TableFormat.TABLE) and (format_ or is_terminal()):
        for table in tables:
            show_table(table, format_)
    elif tables:
        rows = tuple(row for table in tables for row in table.rows)
        show_table(replace(tables[0], title="", rows=rows, total=None), format_)


def _show_rich(table: Table, console: "Console") -> None:
    shown = [[NOTHING if cell is None else one_line(str(cell)) for cell in row] for row in table.rows]
    if _least_width(table, shown) <= console.width:
        _show_grid(table, shown, console)
    else:
        _show_blocks(table, shown, console)
    if table.total is not None and table.total > len(table.rows):
        console.print(f"{len(table.rows):,} of {table.total:,} shown; --limit shows more", style="dim")


def _least_width(table: Table, shown: list[list[str]]) -> int:
    """Return the columns that the table needs where whole cells stay whole and others may fold."""
    from rich.cells import cell_len

    width = 0
    for at, column in enumerate(table.columns):
        widest = max([len(column.name), *(cell_len(row[at]) for row in shown)])
        width += GUTTER + (widest if _is_kept(column) else min(widest, FOLDED))
    return width


def _show_grid(table: Table, shown: list[list[str]], console: "Console") -> None:
    from rich import box
    from rich.table import Table as RichTable
    from rich.text import Text

    from catalog.display.fold import Folded

    grid = RichTable(box=box.SIMPLE_HEAD, padding=(0, 1), pad_edge=False, title_justify="left", show_edge=False)
    if table.title:
        grid.title = Text(one_line(table.title), style="bold")
    for column in table.columns:
        grid.add_column(
            Text(column.name, style="bold"),
            justify="right" if column.is_number else "left",
            no_wrap=_is_kept(column),
            overflow="fold",
        )
    for row in shown:
        cells = zip(row, table.columns, strict=True)
        grid.add_row(*(Text(cell, no_wrap=True) if _is_kept(column) else Folded(cell) for cell, column in cells))
    console.print(grid)


def _show_blocks(table: Table, shown: list[list[str]], console: "Console") -> None:
    """Show each row as lines "name value": on a screen too narrow for columns nothing is cut."""
    from rich.text import Text

    from catalog.display.fold import fold_text

    if table.title:
        console.print(Text(one_line(table.title), style="bold"))
    for row in shown:
        for column, cell in zip(table.columns, row, strict=True):
            if cell != NOTHING:
                lines = fold_text(f"{column.name}: {cell}", console.width - GUTTER)
                console.print(Text("\n  ".join(lines)))
        console.print()


def _is_kept(column: Column) -> bool:
    return column.is_whole or column.is_number
