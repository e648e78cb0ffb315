"""Reports: each is an SQL file whose head says its title, parameters and columns. Here they are read and run."""

import re
from dataclasses import dataclass
from pathlib import Path

from catalog.errors import CatalogueUnusable
from catalog.model.table import Column, Table
from catalog.store.files import report_files
from catalog.store.open import Store

_HEAD = re.compile(r"^--\s+(title|param|columns|numbers|whole):\s*(.*?)\s*$", re.MULTILINE)


@dataclass(frozen=True, slots=True)
class Report:
    """One report: `name` is its file's stem and its option's, `params` maps each parameter to what it means."""

    name: str
    title: str
    params: dict[str, str]
    columns: tuple[Column, ...]
    sql: str


def load_reports() -> dict[str, Report]:
    """Return all reports by name."""
    return {path.stem: load_report(path) for path in report_files()}


def load_report(path: Path) -> Report:
    """Return the report of one file. Raises CatalogueUnusable if its head lacks a title or columns."""
    sql = path.read_text("utf-8")
    head: dict[str, list[str]] = {}
    for key, value in _HEAD.findall(sql):
        head.setdefault(key, []).append(value)
    if "title" not in head or "columns" not in head:
        raise CatalogueUnusable(f"{path.name}: a report begins with its title and columns", path=str(path))
    numbers, whole = (_words(head.get(key, [])) for key in ("numbers", "whole"))
    columns = tuple(Column(name, name in numbers, name in whole) for name in _words(head["columns"]))
    params = dict(re.split(r"\s+", said, maxsplit=1) for said in head.get("param", []))
    return Report(path.stem, head["title"][0], params, columns, sql)


def _words(values: list[str]) -> list[str]:
    return [word for value in values for word in re.split(r"\s*,\s*", value) if word]


def run_report(store: Store, report: Report, bound: dict[str, str | int | None]) -> Table:
    """Return the rows of the report; parameters that `bound` does not give are NULL."""
    values = {name: bound.get(name) for name in report.params}
    rows = tuple(tuple(row) for row in store.connection.execute(report.sql, values))
    return Table(report.title, report.columns, rows, schema="catalog.report/1")
