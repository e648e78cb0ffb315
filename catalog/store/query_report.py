"""Reports: each is an SQL file whose head says its title, parameters and columns. Here they are read and run."""

import json
import re
import sqlite3
import sys
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from catalog.errors import BadReport
from catalog.model.table import Cell, Chart, ChartKind, Column, Subject, Table
from catalog.store.files import report_files
from catalog.store.guard import Limits, read_guarded
from catalog.store.open import Store
from catalog.store.trouble import explain

Bound = Mapping[str, str | int | None]
KEYS = ("title", "param", "columns", "group", "aside", "numbers", "whole", "series", "scale", "chart")
FIGURES = ("records", "bodies", "reprints", "views")  # of every group
_HEAD = re.compile(rf"^--\s+({'|'.join(KEYS)}):[ \t]*(.*?)\s*$", re.MULTILINE)
_PROSE = re.compile(r"^-- (?!\s*(?:\S+/)*[\w.-]+\.sql$|\s*\w+: )(.*)$", re.MULTILINE)
_NAME = re.compile(r"[^\W\d]\w*")
_CHART = re.compile(r"(\w+)\s+(.+?)\s+by\s+(.+)")
GROUP_NOTES = (
    "bodies counts distinct texts, reprints the records whose text, or nearly, another record prints too.",
    "views is their sum, nothing where no record of the group has a count; first and last are of publication.",
)


@dataclass(frozen=True, slots=True)
class Parameter:
    """A value that a report takes: what it is without one, what it can be (anything, if `choices` is empty)."""

    name: str
    meaning: str
    default: str | None = None
    choices: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Report:
    """One report: `name` is its file's stem, `params` are its parameters by name.

    A grouping has a `group`, the column of its values, and its SQL gives rows (record_id, value), with an `aside` a
    third: what is listed beside a value. Groups over time come in their own order, others by their records.
    """

    name: str
    title: str
    params: dict[str, Parameter]
    columns: tuple[Column, ...]
    sql: str
    path: Path
    group: str | None = None
    aside: str | None = None
    is_time: bool = False
    chart: Chart | None = None
    notes: tuple[str, ...] = ()


def find_reports(folder: Path | None = None) -> dict[str, Path]:
    """Return the files of all reports by name: ours, and those of a folder of the user's own.

    Raises BadReport if the folder is none, or has a report of a name that is taken.
    """
    found = {path.stem: path for path in report_files()}
    if folder is None:
        return found
    if not folder.is_dir():
        raise BadReport(f"there is no folder of reports {folder}", path=str(folder))
    for path in report_files(folder):
        if path.stem in found:
            raise BadReport(f"{path}: there is a report {path.stem} already; give the file another name",
                            path=str(path))  # fmt: skip
        found[path.stem] = path
    return found


def load_report(path: Path) -> Report:
    """Return the report of one file. Raises BadReport if it cannot be read or its head does not say what is needed."""
    try:
        sql = path.read_text("utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise BadReport(f"{path} cannot be read: {error}", path=str(path)) from error
    head: dict[str, list[str]] = {}
    for key, value in _HEAD.findall(sql):
        head.setdefault(key, []).append(value)
    if not any(head.get("title", [])) or ("columns" in head) == ("group" in head):
        raise _bad(path, "a report begins with its `-- title: …` and either `-- columns: a, b` or `-- group: a`")
    params = {one.name: one for one in (_parameter(path, said) for said in head.get("param", []))}
    names = _words(head, "group") + _words(head, "aside") + list(FIGURES) + ["first", "last"]
    is_grouping = "group" in head
    columns = _columns(path, head, names if is_grouping else _words(head, "columns"))
    is_time = head.get("scale") == ["time"]
    return Report(
        path.stem, head["title"][0], params, columns, sql, path,
        group=names[0] if is_grouping else None,
        aside=names[1] if is_grouping and "aside" in head else None,
        is_time=is_time,
        chart=group_chart(names[:1], is_time=is_time) if is_grouping else _chart(path, head, columns),
        notes=tuple(_PROSE.findall(_head_of(sql))) + (GROUP_NOTES if is_grouping else ()),
    )  # fmt: skip


def group_chart(groups: Sequence[str], *, is_time: bool, figure: str = "records") -> Chart:
    """Return how the figures of groups are drawn."""
    return Chart(ChartKind.TIME if is_time else ChartKind.BARS, (figure,), tuple(groups))


def _parameter(path: Path, said: str) -> Parameter:
    """Return what a line of the head says: "name meaning", "name=default meaning" or "name=first|second meaning"."""
    written, _, meaning = said.partition(" ")
    name, _, value = written.partition("=")
    if not _NAME.fullmatch(name):
        raise _bad(path, f"{name!r} is no name of a parameter")
    choices = tuple(value.split("|"))
    return Parameter(name, meaning.strip(), choices[0] or None, choices if len(choices) > 1 else ())


def _columns(path: Path, head: Mapping[str, list[str]], names: Sequence[str]) -> tuple[Column, ...]:
    numbers, whole, series = (_words(head, key) for key in ("numbers", "whole", "series"))
    if "group" in head:
        numbers, whole = [*numbers, *FIGURES], [*whole, "first", "last"]
    for name in names:
        if not _NAME.fullmatch(name):
            raise _bad(path, f"{name!r} is no name of a column")
    if len(set(names)) < len(names):
        raise _bad(path, "two columns have one name")
    for name in (*numbers, *whole, *series):
        if name not in names:
            raise _bad(path, f"there is no column {name!r} among {', '.join(names)}")
    return tuple(Column(name, name in numbers, name in whole, name in series) for name in names)


def _chart(path: Path, head: Mapping[str, list[str]], columns: Sequence[Column]) -> Chart | None:
    if "chart" not in head:
        return None
    found = _CHART.fullmatch(head["chart"][0])
    if found is None or found[1] not in tuple(ChartKind):
        kinds = ", ".join(ChartKind)
        raise _bad(path, f"a chart is `-- chart: KIND figures by labels`, KIND one of {kinds}")
    values, labels = (tuple(re.split(r"\s*,\s*", part)) for part in (found[2], found[3]))
    unknown = [name for name in (*values, *labels) if name not in {column.name for column in columns}]
    if unknown:
        raise _bad(path, f"the chart names a column {unknown[0]!r} that is none of the report's")
    return Chart(ChartKind(found[1]), values, labels)


def _words(head: Mapping[str, list[str]], key: str) -> list[str]:
    return [word for value in head.get(key, []) for word in re.split(r"\s*,\s*", value) if word]


def _head_of(sql: str) -> str:
    """Return the comment lines before the statement."""
    return sql[: found.start()] if (found := re.search(r"^(?!--|\s*$)", sql, re.MULTILINE)) else sql


def _bad(path: Path, why: str) -> BadReport:
    return BadReport(f"{path}: {why}", path=str(path))


def bind(reports: Sequence[Report], bound: Bound) -> dict[str, str | int | None]:
    """Return the values of all parameters of these reports; one that is not given has its default, else NULL."""
    params = {name: one for report in reports for name, one in report.params.items()}
    return {name: bound.get(name, read_number(one.default)) for name, one in params.items()}


def read_number(value: str | None) -> str | int | None:
    """Return a value as SQLite compares it: a whole number as such."""
    return int(value) if value and re.fullmatch(r"-?(?:0|[1-9]\d{0,17})", value, re.ASCII) else value


def run_report(store: Store, report: Report, bound: Bound, limits: Limits | None = None) -> Table:
    """Return the rows of a report that is no grouping.

    Raises BadReport if its SQL does not run or gives other columns than its head says, ReportStopped.
    """
    values = bind([report], bound)
    names, rows = read_report(store, report.sql, values, limits or Limits(), [report])
    declared = [column.name for column in report.columns]
    if names != declared:
        raise _bad(report.path, f"it gives the columns {', '.join(names)}; its head says {', '.join(declared)}")
    for at, column in enumerate(report.columns):
        if column.is_series and not all(row[at] is None or _is_series(row[at]) for row in rows):
            raise _bad(report.path, f"{column.name} is declared a series, and holds what is no JSON array of numbers")
    return Table(report.title, report.columns, rows, schema="catalog.report/1", chart=report.chart, notes=report.notes)


def _is_series(cell: Cell) -> bool:
    try:
        values = json.loads(str(cell))
    except ValueError:
        return False
    return isinstance(values, list) and all(value is None or _is_finite(value) for value in values)


def _is_finite(value: object) -> bool:
    """Return whether this is a number that can be drawn: Python reads NaN, Infinity and 9e999 as JSON too."""
    return isinstance(value, int | float) and not isinstance(value, bool) and abs(value) <= sys.float_info.max


def read_report(
    store: Store, sql: str, values: Bound, limits: Limits, reports: Sequence[Report]
) -> tuple[list[str], tuple[tuple[Cell, ...], ...]]:
    """Return the names of the columns and the rows of a statement that these reports are to blame for."""
    blame = ", ".join(str(report.path) for report in reports)
    try:
        return read_guarded(store.connection, sql, values, limits, blame)
    except (sqlite3.Error, sqlite3.Warning) as error:  # Python 3.11 warns of a second statement
        if isinstance(error, sqlite3.Error) and explain(error, store.path):  # not the report is to blame
            raise
        raise BadReport(f"{blame}: {error}", path=blame) from error


def read_subject(store: Store, query: str, n_matching: int | None) -> Subject:
    """Return what a report is about; `n_matching` is None where it is about all records."""
    changed_at = store.connection.execute("SELECT max(ended_at) FROM change_sets").fetchone()[0]
    if n_matching is None:
        n_matching = int(store.connection.execute("SELECT count(*) FROM records").fetchone()[0])
    return Subject(store.path.name, changed_at, query, n_matching)
