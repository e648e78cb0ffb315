"""Every report runs on an empty and on a filled catalogue, has the columns it declares, and writes nothing."""

import re
import sqlite3
from pathlib import Path

import pytest

from catalog.errors import CatalogueUnusable
from catalog.model.vocabulary import EDITOR_ROLES
from catalog.store.files import report_files
from catalog.store.open import open_memory, open_reader, open_writer
from catalog.store.query_report import load_report, run_report
from tests.pages import LIBRARY, ingest, page, write_pages

REPORTS = report_files()
EVERY_REPORT = pytest.mark.parametrize("path", REPORTS, ids=lambda path: path.stem)


@pytest.fixture(scope="module")
def filled(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("reports")
    pages = {
        "a.txt": page(),
        "b.txt": page(title="另一题", site="雁鸣新闻网"),
        "c.txt": page(title="馆", body=LIBRARY, source=""),
    }
    write_pages(folder / "pages", dict(pages))
    ingest(folder / "catalog.db", [folder / "pages"])
    return folder / "catalog.db"


@EVERY_REPORT
def test_a_report_has_its_declared_columns_on_an_empty_catalogue(path: Path) -> None:
    report = load_report(path)
    with open_memory() as store:
        cursor = store.connection.execute(report.sql, dict.fromkeys(report.params))

        assert [column[0] for column in cursor.description] == [column.name for column in report.columns]
        assert cursor.fetchall() == []


@EVERY_REPORT
def test_a_report_counts_each_record_of_a_filled_catalogue(path: Path, filled: Path) -> None:
    report = load_report(path)
    with open_reader(filled) as store:
        table = run_report(store, report, {})
        narrowed = run_report(store, report, {"ids": "[1]"})
        at = [column.name for column in table.columns].index("records")

        assert sum(int(row[at] or 0) for row in table.rows) == 3
        assert sum(int(row[at] or 0) for row in narrowed.rows) == 1


@EVERY_REPORT
def test_a_report_is_the_same_twice(path: Path, filled: Path) -> None:
    report = load_report(path)
    with open_reader(filled) as store:
        assert run_report(store, report, {}) == run_report(store, report, {})


@EVERY_REPORT
def test_a_report_ends_in_a_full_order(path: Path) -> None:
    order = re.search(r"ORDER BY ([^;]+);\s*\Z", path.read_text("utf-8"))
    report = load_report(path)

    assert order is not None
    assert report.columns[0].name in order[1]


def test_a_report_cannot_write(filled: Path) -> None:
    with open_reader(filled) as store, pytest.raises(sqlite3.OperationalError, match="readonly"):
        store.connection.execute("DELETE FROM records RETURNING id").fetchall()


def test_no_report_is_more_than_one_statement_that_reads() -> None:
    for path in REPORTS:
        sql = re.sub(r"--.*", "", path.read_text("utf-8")).strip()

        assert sql.count(";") == 1, path.name
        assert sql.startswith(("SELECT", "WITH")), path.name


def test_by_editor_knows_all_editors_of_the_vocabulary() -> None:
    path = next(path for path in REPORTS if path.stem == "by-editor")
    listed = re.search(r"role IN \(([^)]*)\)", path.read_text("utf-8"))

    assert listed is not None
    assert sorted(re.findall(r"'(\w+)'", listed[1])) == sorted(EDITOR_ROLES)


def test_a_report_without_a_head_is_refused_by_name(tmp_path: Path) -> None:
    (tmp_path / "bad.sql").write_text("SELECT 1 AS one ORDER BY one;", "utf-8")

    with pytest.raises(CatalogueUnusable, match=r"bad\.sql"):
        load_report(tmp_path / "bad.sql")


def test_a_writer_is_not_what_reports_get(filled: Path) -> None:
    with open_writer(filled) as writer, open_reader(filled) as reader:
        assert (writer.writable, reader.writable) == (True, False)
