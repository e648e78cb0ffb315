"""Two groupings crossed: the values of the first down the side, those of the second across."""

from collections.abc import Mapping, Sequence

from catalog.model.table import Cell, Chart, ChartKind, Column, Table

NONE = "(none)"  # heads the column of the records without a value
NOTES = ("A record with several values counts in several cells and once in the total.",)
MOST_PARTS = 8  # of one bar: more colours cannot be told apart

Figures = Mapping[Cell, Cell]


def cross(long: Table, down: Figures, across: Figures, figure: str) -> Table:
    """Return one figure of each pair; `down` and `across` are the totals of the values, in the order of the table.

    A record with several values is in several cells and once in the total, so that cells may add up to more.
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
    return Table(
        f"{figure.capitalize()} by {head.name} and {long.columns[1].name}",
        columns, rows, long.schema, chart=chart, notes=NOTES, long=long,
    )  # fmt: skip


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
