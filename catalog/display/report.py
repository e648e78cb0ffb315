"""A report where it is asked for: bars on a terminal, a page of its own as HTML, else as any table."""

import sys
from dataclasses import replace
from pathlib import Path

from catalog.display.screen import is_terminal, say
from catalog.display.table import show_table
from catalog.errors import OutputFailed
from catalog.model.table import Subject, Table, TableFormat


def show_report(table: Table, subject: Subject, format_: TableFormat | None = None, *, bars: bool = False) -> None:
    """Show the report on stdout; with `bars` for eyes only what is drawn, so that there is room for it."""
    if format_ is TableFormat.HTML:
        from catalog.display.page import write_page

        write_page(_without_empty_labels(table), subject, sys.stdout)
    elif format_ is TableFormat.TABLE or (format_ is None and is_terminal()):
        shown = _without_empty_labels(table)
        show_table(_only_drawn(shown) if bars else shown, format_)
    else:
        show_table(table, format_)


def _without_empty_labels(table: Table) -> Table:
    """Return the table without those of several labels that no row has: a site, where all are taken together."""
    if table.chart is None or not table.rows:
        return table
    used = [name for name in table.chart.labels if any(cell is not None for cell in table.column(name))]
    empty = set(table.chart.labels[1:]) - set(used) if not used else set(table.chart.labels) - set(used)
    labels = tuple(name for name in table.chart.labels if name not in empty)
    kept = {column.name for column in table.columns} - empty
    return replace(_with_columns(table, kept), chart=replace(table.chart, labels=labels))


def _only_drawn(table: Table) -> Table:
    """Return the columns of the chart."""
    return _with_columns(table, {*table.chart.labels, *table.chart.values}) if table.chart else table


def _with_columns(table: Table, names: set[str]) -> Table:
    kept = [at for at, column in enumerate(table.columns) if column.name in names]
    rows = tuple(tuple(row[at] for at in kept) for row in table.rows)
    return replace(table, columns=tuple(table.columns[at] for at in kept), rows=rows)


def draw_into(table: Table, file: Path, *, quiet: bool = False) -> None:
    """Draw the table's chart into a file, its kind by the name. Raises UsageError, ExtraMissing, OutputFailed."""
    from catalog.display.chart import draw_file

    try:
        file.write_bytes(draw_file(_without_empty_labels(table), file.suffix.lower()))
    except OSError as error:
        raise OutputFailed(f"{file} cannot be written: {error.strerror}", path=str(file)) from error
    say(f"drawn into {file}", quiet=quiet)
