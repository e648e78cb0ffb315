"""Figures drawn with characters: bars in eighths of a column, shades for the parts of a whole, sparklines."""

from collections.abc import Sequence

from catalog.model.table import Cell, ChartKind, Table

EIGHTHS = " ▏▎▍▌▋▊▉█"
SHADES = "█▓▒░·"  # the first part is the darkest; more parts than these cannot be told apart
SPARKS = "▁▂▃▄▅▆▇█"
GAP = "·"  # in a sparkline: nothing is known of this time
MOST_SPARKS = 20  # columns of a sparkline; a longer series shows the mean of each of as many stretches


def draw_bar(value: float | None, most: float, width: int) -> str:
    """Return a bar of at most `width` columns; what is more than nothing is seen, nothing and unknown are not."""
    if not value or value < 0 or most <= 0:
        return ""
    full, eighth = divmod(max(1, round(value / most * width * 8)), 8)
    return "█" * full + (EIGHTHS[eighth] if eighth else "")


def draw_parts(values: Sequence[float | None], most: float, width: int) -> str:
    """Return the parts of a whole in shades, one after the other; `most` is the largest whole."""
    if most <= 0:
        return ""
    ends = [0.0]
    for value in values:
        ends.append(ends[-1] + (value or 0))
    places = [round(end / most * width) for end in ends]
    return "".join(shade * (end - start) for shade, start, end in zip(SHADES, places, places[1:], strict=False))


def draw_sparkline(values: Sequence[float | None]) -> str:
    """Return a column a value, from the lowest to the highest of them; a dot where nothing is known."""
    shown = _fewer(values) if len(values) > MOST_SPARKS else values
    known = [value for value in shown if value is not None]
    if not known:
        return GAP * len(shown)
    low, height = min(known), max(known) - min(known)
    return "".join(
        GAP if value is None else SPARKS[round((value - low) / height * 7)] if height else SPARKS[3] for value in shown
    )


def _fewer(values: Sequence[float | None]) -> list[float | None]:
    """Return the mean of what is known in each of as many stretches as a sparkline has columns."""
    ends = [round((n + 1) * len(values) / MOST_SPARKS) for n in range(MOST_SPARKS)]
    stretches = [values[start:end] for start, end in zip([0, *ends], ends, strict=False)]
    known = [[value for value in stretch if value is not None] for stretch in stretches]
    return [sum(stretch) / len(stretch) if stretch else None for stretch in known]


def draw_chart(table: Table, width: int) -> list[str] | None:
    """Return a line for each row of the table, at most `width` columns wide; None if it has nothing to draw so."""
    chart = table.chart
    if chart is None or chart.kind is ChartKind.SERIES or not table.rows:
        return None
    if chart.kind is ChartKind.PARTS and len(chart.values) > len(SHADES):
        return None
    columns = [[number_of(cell) for cell in table.column(name)] for name in chart.values]
    rows = list(zip(*columns, strict=True))
    most = max(sum(value or 0 for value in row) for row in rows)
    if chart.kind is ChartKind.PARTS:
        return [draw_parts(row, most, width) for row in rows]
    return [draw_bar(row[0], most, width) for row in rows]


def legend_of(table: Table) -> str | None:
    """Return what the shades of parts stand for."""
    if table.chart is None or table.chart.kind is not ChartKind.PARTS or len(table.chart.values) > len(SHADES):
        return None
    return "   ".join(f"{shade} {name}" for shade, name in zip(SHADES, table.chart.values, strict=False))


def number_of(cell: Cell) -> float | None:
    """Return the figure of a cell, None where it has none."""
    return float(cell) if isinstance(cell, int | float) else None
