"""Reports: which there are, and their rows."""

import json
from dataclasses import dataclass, replace
from pathlib import Path

from catalog.errors import BadReport, UsageError
from catalog.model.selection import Selection
from catalog.model.table import Cell, ChartKind, Column, Subject, Table
from catalog.services.cross import cross
from catalog.services.find import match
from catalog.services.report_words import IDS, Asked, option
from catalog.store.grouping import count_groups, read_totals
from catalog.store.guard import Limits
from catalog.store.open import Store
from catalog.store.query_report import (
    FIGURES,
    Bound,
    Report,
    find_reports,
    group_chart,
    load_report,
    read_subject,
    run_report,
)

DRAWN_BY = (ChartKind.BARS, ChartKind.TIME)  # kinds of charts that show one figure, so that it can be another


def list_reports(folder: Path | None = None) -> Table:
    """Return the reports there are: how each is asked for, its title, its parameters and columns.

    A file that cannot be used is listed with what is wrong with it.
    """
    rows = tuple(_describe(name, path) for name, path in find_reports(folder).items())
    columns = (Column("report", is_whole=True), Column("title"), Column("parameters"), Column("columns"))
    return Table("Reports", columns, rows, schema="catalog.reports/1")


def _describe(name: str, path: Path) -> tuple[Cell, ...]:
    try:
        found = load_report(path)
    except BadReport as error:
        return (option(name), f"cannot be used: {error}", None, None)
    params = [
        f"--{one.name} {'|'.join(one.choices) or (one.default or one.name.upper())}"
        for one in found.params.values()
        if one.name != IDS
    ]
    return (option(name), found.title, ", ".join(params) or None, ", ".join(column.name for column in found.columns))


@dataclass(frozen=True, slots=True)
class Wish:
    """How a report is wanted: the figure to draw, cross and sort by (None: records), a row a pair, for how long."""

    figure: str | None = None
    is_long: bool = False
    seconds: float = 60.0


def report(store: Store, asked: Asked, wanted: Selection | None, wish: Wish) -> tuple[Table, Subject]:
    """Return the rows of what is asked for over the records that are wanted (None: all), and what they are about.

    Raises UsageError, BadReport, ReportStopped, QueryError, NothingMatched.
    """
    first = asked.reports[0]
    ids = None if wanted is None else match(store, wanted)
    if ids is not None and not first.group and IDS not in first.params:
        raise UsageError(f"{first.name} is not narrowed by a query: it has no parameter {IDS}", report=first.name)
    bound = {**asked.params, IDS: None if ids is None else json.dumps(ids)}
    if first.group:
        table = _group(store, asked.reports, bound, wish)
    else:
        table = _draw(run_report(store, first, bound, Limits(wish.seconds)), wish.figure)
    return table, read_subject(store, _said(wanted), None if ids is None else len(ids))


def _said(wanted: Selection | None) -> str:
    """Return the query as a page tells it; of ids that came in only that they did."""
    if wanted is None:
        return ""
    return " ".join([wanted.query, "(ids that were given)"]).strip() if wanted.ids else wanted.query


def _group(store: Store, groupings: tuple[Report, ...], bound: Bound, wish: Wish) -> Table:
    figure = wish.figure or FIGURES[0]
    if figure not in FIGURES:
        raise UsageError(f"--of {figure}: a grouping counts {', '.join(FIGURES)}")
    table = count_groups(store, groupings, bound, Limits(wish.seconds))
    at = FIGURES.index(figure)
    if len(groupings) == 1:
        chart = group_chart([str(groupings[0].group)], is_time=groupings[0].is_time, figure=figure)
        return _sort(replace(table, chart=chart), figure, groupings[0])
    totals = [_order(read_totals(store, one, bound, Limits(wish.seconds)), at, one) for one in groupings]
    places = [{value: place for place, value in enumerate(values)} for values in totals]
    rows = sorted(table.rows, key=lambda row: [place[row[n]] for n, place in enumerate(places)])
    table = replace(table, rows=tuple(rows))
    return (
        table
        if wish.is_long or len(groupings) > 2
        else cross(table, totals[0], totals[1], figure, is_time=groupings[1].is_time)
    )


def _order(totals: dict[Cell, tuple[Cell, ...]], at: int, grouping: Report) -> dict[Cell, Cell]:
    """Return the figure of each value, the largest first unless the grouping is over time; no value comes last."""
    figures = {value: row[at] for value, row in totals.items()}
    return figures if grouping.is_time else dict(sorted(figures.items(), key=lambda item: _rank(*item)))


def _sort(table: Table, figure: str, grouping: Report) -> Table:
    if grouping.is_time:
        return table
    at = [column.name for column in table.columns].index(figure)
    return replace(table, rows=tuple(sorted(table.rows, key=lambda row: _rank(row[0], row[at]))))


def _rank(value: Cell, figure: Cell) -> tuple[bool, float, str]:
    return (value is None, -float(figure) if figure is not None else 1.0, str(value))


def _draw(table: Table, figure: str | None) -> Table:
    """Return the table with another figure drawn."""
    if figure is None:
        return table
    numbers = [column.name for column in table.columns if column.is_number]
    if table.chart is None or table.chart.kind not in DRAWN_BY:
        raise UsageError(f"--of {figure}: this report does not draw one figure")
    if figure not in numbers:
        raise UsageError(f"--of {figure}: the figures of this report are {', '.join(numbers)}")
    return replace(table, chart=replace(table.chart, values=(figure,)))
