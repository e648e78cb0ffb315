"""A table where it is asked for: rich on a terminal, TSV in a pipe, or the format that was named."""

import re
import sys
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, TextIO

from catalog.display.bars import draw_chart, draw_sparkline, legend_of
from catalog.display.formats import WRITERS, read_series
from catalog.display.labels import NONE
from catalog.display.safe import one_line
from catalog.display.screen import is_terminal, open_console
from catalog.model.table import Cell, Column, Table, TableFormat

if TYPE_CHECKING:
    from rich.console import Console

LEAST_BAR, MOST_BAR = 10, 40  # columns that bars are given beside a table where that many are left
NARROW = 50  # columns of a terminal below which only text is folded, else rows become lines "name: value"
_DATE = re.compile(r"(\d{4}-\d\d-\d\d)(T\S+)?")


@dataclass(frozen=True, slots=True)
class _Layout:
    """How narrowly a table is set: spaces between columns, the least width of text that folds, what else may fold."""

    gap: int
    text: int  # columns of the terminal; six Han characters need 12
    heads: int = 0  # names of columns: 1 behind "_", 2 in the middle of a long word too
    times: bool = False  # before their "T"
    whole: int = 1_000_000  # what is kept whole, if it is longer; but no numbers and no dates


@dataclass(frozen=True, slots=True)
class _Fit:
    """A layout in which a table fits, and how wide its columns are then."""

    layout: _Layout
    widths: Sequence[int]


LAYOUTS = (_Layout(3, 20), _Layout(2, 12), _Layout(2, 12, heads=1), _Layout(1, 12, heads=1))  # the first that fits
TIGHT_LAYOUTS = (
    _Layout(2, 12, heads=1, times=True),
    _Layout(1, 12, heads=1, times=True),
    _Layout(1, 12, heads=1, times=True, whole=24),  # digests: a time with seconds and zone is shorter
    _Layout(1, 8, heads=1, times=True, whole=24),
    _Layout(1, 8, heads=2, times=True, whole=8),
)


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
    shown = [[_shown(cell, column) for cell, column in zip(row, table.columns, strict=True)] for row in table.rows]
    fit = _find_fit(table, shown, console.width)
    if fit is None and table.long:
        _show_rich(table.long, console)
    elif fit is None:
        _show_blocks(table, shown, console)
    else:
        bars = _find_bars(table, console.width - sum(fit.widths) - fit.layout.gap * len(fit.widths))
        _show_grid(table, shown, console, fit, bars)
        if bars and (legend := legend_of(table)):
            console.print(one_line(legend), style="dim")
    if table.total is not None and table.total > len(table.rows):
        console.print(f"{len(table.rows):,} of {table.total:,} shown; --limit shows more", style="dim")


def _shown(cell: Cell, column: Column) -> str:
    if cell is None:
        return NONE
    return draw_sparkline(read_series(cell)) if column.is_series else one_line(str(cell))


def _find_fit(table: Table, shown: list[list[str]], room: int) -> _Fit | None:
    """Return the first layout that fits, None where none does."""
    layouts = LAYOUTS if room < NARROW else LAYOUTS + TIGHT_LAYOUTS
    fitting = ((layout, _find_widths(table, shown, layout, room)) for layout in layouts)
    return next((_Fit(layout, widths) for layout, widths in fitting if widths), None)


def _find_bars(table: Table, room: int) -> list[str] | None:
    """Return a bar for each row where the table leaves room for one."""
    return draw_chart(table, min(room, MOST_BAR)) if room >= LEAST_BAR else None


def _find_widths(table: Table, shown: list[list[str]], layout: _Layout, room: int) -> list[int] | None:
    """Return the widths of the columns, None if they do not fit; text that folds shares what is left evenly."""
    from rich.cells import cell_len

    least, wanted = [], []
    for at, column in enumerate(table.columns):
        cells = [row[at] for row in shown]
        head = max(map(cell_len, _head_lines(column, layout)))
        widest = max([0, *(cell_len(line) for cell in cells for line in _lines_of(cell, layout))])
        wanted.append(max(head, widest))
        least.append(max(head, widest if _is_kept(column, cells, layout) else min(widest, layout.text)))
    room -= layout.gap * (len(table.columns) - 1)
    if sum(least) > room:
        return None
    widest = min(max(wanted, default=0), room)
    while sum(widths := [max(low, min(high, widest)) for low, high in zip(least, wanted, strict=True)]) > room:
        widest -= 1
    return widths


def _show_grid(table: Table, shown: list[list[str]], console: "Console", fit: _Fit, bars: Sequence[str] | None) -> None:
    from rich import box
    from rich.table import Table as RichTable
    from rich.text import Text

    from catalog.display.fold import Folded

    layout = fit.layout
    space = (0, layout.gap // 3, 0, layout.gap // 2)  # the box has one more
    grid = RichTable(box=box.SIMPLE_HEAD, padding=space, pad_edge=False, title_justify="left", show_edge=False)
    if table.title:
        grid.title = Text(one_line(table.title), style="bold")
    for column, width in zip(table.columns, fit.widths, strict=True):
        head = Text("\n".join(_head_lines(column, layout)), style="bold", no_wrap=True)
        grid.add_column(head, justify="right" if column.is_number else "left", width=width)
    if bars:
        grid.add_column("", no_wrap=True)
    for at, row in enumerate(shown):
        cells = [
            Folded("\n".join(_lines_of(cell, layout)), marked=column.is_marked)
            for cell, column in zip(row, table.columns, strict=True)
        ]
        grid.add_row(*cells, *([Text(bars[at], style="cyan")] if bars else []))
    console.print(grid)


def _head_lines(column: Column, layout: _Layout) -> list[str]:
    """Return the lines of a head; one that is a value (of a grouping) is folded as Chinese is."""
    name = one_line(column.name)
    if layout.heads and not name.isascii():
        from catalog.display.fold import fold_text

        return fold_text(name, 12 if layout.heads == 1 else 8)
    lines = re.findall(r"[^_-]*[_-]|[^_-]+", name) if layout.heads else [name]
    return [part for line in lines for part in (_hyphenated(line) if layout.heads > 1 else [line])]


def _hyphenated(word: str) -> list[str]:
    half = len(word) // 2
    return [word] if len(word) < 6 else [f"{word[:half]}-", word[half:]]


def _lines_of(cell: str, layout: _Layout) -> list[str]:
    """Return the lines of a cell before it is folded to a width: a time may take two."""
    time = _DATE.fullmatch(cell) if layout.times else None
    return [part for part in time.groups() if part] if time else [cell]


def _show_blocks(table: Table, shown: list[list[str]], console: "Console") -> None:
    """Show each row as lines "name value": on a screen too narrow for columns nothing is cut."""
    from rich.text import Text

    from catalog.display.fold import fold_text

    if table.title:
        console.print(Text(one_line(table.title), style="bold"))
    for row in shown:
        for column, cell in zip(table.columns, row, strict=True):
            if cell != NONE:
                lines = fold_text(f"{one_line(column.name)}: {cell}", console.width - 2)
                console.print(Text("\n  ".join(lines)))
        console.print()


def _is_kept(column: Column, cells: Sequence[str], layout: _Layout) -> bool:
    """Return whether the cells of a column are not folded in this layout."""
    if column.is_number or not column.is_whole:
        return column.is_number
    return all(len(cell) <= layout.whole or _DATE.fullmatch(cell) for cell in cells)
