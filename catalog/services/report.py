"""Reports: which there are, and their rows."""

import difflib
import json

from catalog.errors import UsageError
from catalog.model.table import Column, Table
from catalog.services.find import match
from catalog.store.open import Store
from catalog.store.query_report import Report, load_reports, run_report


def list_reports() -> Table:
    """Return the reports there are, as a table of the option that asks for each, its title and its columns."""
    rows = tuple(
        (f"--{report.name}", report.title, ", ".join(column.name for column in report.columns))
        for report in load_reports().values()
    )
    columns = (Column("option", is_whole=True), Column("title"), Column("columns"))
    return Table("Reports", columns, rows, schema="catalog.reports/1")


def report(store: Store, name: str, query: str = "") -> Table:
    """Return the rows of one report over the records that match the query; an empty query means all, also of nothing.

    Raises UsageError for a name that is no report, QueryError, NothingMatched.
    """
    asked = find_report(name)
    ids = json.dumps(match(store, query)) if query.strip() else None
    return run_report(store, asked, {"ids": ids})


def find_report(name: str) -> Report:
    """Return the report of this name. Raises UsageError with the near name if there is none."""
    reports = load_reports()
    if name in reports:
        return reports[name]
    near = difflib.get_close_matches(name, reports, n=1)
    hint = f"did you mean --{near[0]}?" if near else f"there are {', '.join(f'--{known}' for known in reports)}"
    raise UsageError(f"there is no report --{name}; {hint}", report=name)
