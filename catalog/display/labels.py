"""What the rows of a chart are called."""

from collections.abc import Sequence

from catalog.model.table import Cell, Chart, Table

NONE = "—"  # nothing is known, which is neither empty nor zero


def label_rows(table: Table, chart: Chart) -> list[str]:
    """Return a label for each row: the cells that name it, up to the last that says something."""
    rows = zip(*(table.column(name) for name in chart.labels), strict=True)
    return [" · ".join(NONE if cell is None else str(cell) for cell in _without_empty_end(row)) for row in rows]


def _without_empty_end(row: Sequence[Cell]) -> Sequence[Cell]:
    """Return the cells up to the last that says something; of several the first is not left alone."""
    known = [at for at, cell in enumerate(row) if cell is not None]
    return row[: max(2, known[-1] + 1)] if known else row[:1]
