"""Two groupings crossed: the values of the first down the side, those of the second across."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import replace

from catalog.model.table import Cell, Chart, ChartKind, Column, Table

NONE = "(none)"  # heads the column of the records without a value
NOTES = ("A record with several values counts in several cells and once in the total.",)
MOST_PARTS = 8  # of one bar: more colours cannot be told apart

Figures = Mapping[Cell, Cell]


def cross(long: Table, down: Figures, across: Figures, figure: str, *, is_time: bool = False) -> Table:
    """Return one figure of each pair; `down` and `across` are the totals of the values, in the order of the table.

    A record with several values is in several cells and once in the total, so that cells may add up to more. Where
    there is no room for the columns it is a row a pair; where they are times (`is_time`), each row one series.
    """
    at = [column.name for column in long.columns].index(figure)
    pairs = {(row[0], row[1]): row[at] for row in long.rows}
    nothing = 0 if figure != "views" else None  # no record is no reprint; what it was seen is not known
    rows = tuple((one, total, *(pairs.get((one, other), nothing) for other in across)) for one, total in down.items())
    head = long.columns[0]
    names = _unique([head.name, figure], across)
    columns = (head, Column(figure, is_number=True), *(Column(name, is_number=True) for name in names))
    if len(names) <= MOST_PARTS:
        chart = Chart(ChartKind.PARTS, tuple(names), (head.name,))
    else:
        chart = Chart(ChartKind.BARS, (figure,), (head.name,))
    table = Table(
        f"{figure.capitalize()} by {head.name} and {long.columns[1].name}",
        columns, rows, long.schema, chart=chart, notes=NOTES, long=long,
    )  # fmt: skip
    return replace(table, long=_in_series(table, across)) if is_time else table


def _in_series(table: Table, across: Figures) -> Table:
    """Return the cells of each row as one series over the times; what has no time is in the total alone."""
    times = [str(value) for value in across if value is not None]
    if not times:
        return table
    series = Column(f"{times[0]} … {times[-1]}", is_whole=True, is_series=True)
    rows = tuple((*row[:2], json.dumps(row[2 : 2 + len(times)])) for row in table.rows)
    chart = replace(table.chart, kind=ChartKind.BARS, values=(table.columns[1].name,)) if table.chart else None
    return Table(table.title, (*table.columns[:2], series), rows, table.schema, chart=chart)


def _unique(taken: Sequence[str], values: Mapping[Cell, Cell]) -> list[str]:
    """Return names of columns for these values, none of them twice: in JSON one would hide the other."""
    names: list[str] = []
    for value in values:
        name = NONE if value is None else str(value)
        n = 1
        while name in (*taken, *names):
            n += 1
            name = f"{NONE if value is None else value} ({n})"
        names.append(name)
    return names
