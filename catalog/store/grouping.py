"""Groupings counted, alone and crossed: each file gives the pairs (record, value), here their figures are added up."""

import re
from collections.abc import Sequence

from catalog.model.table import Cell, Table
from catalog.store.files import read_query
from catalog.store.guard import Limits
from catalog.store.open import Store
from catalog.store.query_report import Bound, Report, bind, read_report

_END = re.compile(r";\s*(?:--.*\s*)*\Z")  # of a statement, with what is said behind it


def count_groups(store: Store, groupings: Sequence[Report], bound: Bound, limits: Limits | None = None) -> Table:
    """Return a row for each combination of values that a record has, with its figures.

    A record counts once for each of its values. Rows of one grouping come by their records, over time by time; those
    of several by the values as text. Raises BadReport, ReportStopped.
    """
    values = bind(groupings, bound) | {"ids": bound.get("ids")}
    _, rows = read_report(store, _compose(groupings), values, limits or Limits(), groupings)
    first = groupings[0]
    if len(groupings) == 1:
        return Table(first.title, first.columns, rows, "catalog.report/1", chart=first.chart, notes=first.notes)
    heads = tuple(report.columns[0] for report in groupings)
    figures = first.columns[2 if first.aside else 1 :]
    title = f"Records by {', '.join(str(report.group) for report in groupings)}"
    notes = tuple(dict.fromkeys(note for report in groupings for note in report.notes))
    return Table(title, heads + figures, rows, "catalog.report/1", notes=notes)


def read_totals(
    store: Store, grouping: Report, bound: Bound, limits: Limits | None = None
) -> dict[Cell, tuple[Cell, ...]]:
    """Return the figures of each value of one grouping, in the order in which its values are listed."""
    table = count_groups(store, [grouping], bound, limits)
    return {row[0]: row[2 if grouping.aside else 1 :] for row in table.rows}


def _compose(groupings: Sequence[Report]) -> str:
    """Return db/queries/grouped.sql with these groupings in it; no other report is made of pieces."""
    numbers = range(1, len(groupings) + 1)
    has_aside = len(groupings) == 1 and groupings[0].aside is not None
    groups = [f"once{n}.value" for n in numbers]
    order = [f"{group} IS NULL, {group}" for group in groups]
    if len(groupings) == 1 and not groupings[0].is_time:
        order = [f"{groups[0]} IS NULL", "records DESC", groups[0]]
    pieces = {
        "groupings": ",\n".join(map(_grouping, numbers, groupings)),
        "values": "".join(f"{value}, " for value in [*groups, "beside1.aside"][: len(groups) + has_aside]),
        "joins": "\n".join(f"LEFT JOIN once{n} ON once{n}.record_id = f.id" for n in numbers)
        + ("\nLEFT JOIN beside1 ON beside1.value = once1.value" if has_aside else ""),
        "groups": ", ".join(groups),
        "order": ", ".join(order),
    }
    sql = read_query("grouped")
    for name, piece in pieces.items():
        sql = sql.replace(f"/* {name} */", piece)
    return sql


def _grouping(n: int, report: Report) -> str:
    """Return the rows of a grouping as tables: what it gives, each value once a record, and what stands beside one."""
    aside = "aside" if report.aside else "NULL"
    columns = "record_id, value, aside" if report.aside else "record_id, value"
    return (
        f"held{n} ({columns}) AS (\n{_END.sub('', report.sql)}\n),\n"  # noqa: S608 -- a report's own SQL
        f"once{n} AS (SELECT DISTINCT record_id, value FROM held{n} WHERE value IS NOT NULL),\n"
        f"beside{n} (value, aside) AS (SELECT value, group_concat(aside, ', ')"
        f" FROM (SELECT DISTINCT value, {aside} AS aside FROM held{n} ORDER BY 1, 2) GROUP BY value)"
    )
