"""The head of a report's file: what it says, and what is said of one that does not fit."""

from pathlib import Path

import pytest

from catalog.errors import BadReport
from catalog.model.table import Chart, ChartKind, Column
from catalog.store.open import open_memory
from catalog.store.query_report import Parameter, find_reports, load_report, run_report

HEAD = "-- title: Mine\n-- columns: site, records\n"
SELECT = "SELECT site_name AS site, count(*) AS records FROM records GROUP BY 1 ORDER BY 1;"


def write(folder: Path, text: str, name: str = "mine.sql") -> Path:
    path = folder / name
    path.write_text(text, "utf-8")
    return path


def test_a_head_says_title_parameters_columns_and_chart(tmp_path: Path) -> None:
    text = (
        "-- db/reports/mine.sql\n-- title: Mine\n-- param: ids  which\n-- param: per=year|month  how long\n"
        "-- param: least=2  how many\n-- columns: site, records, history\n-- numbers: records\n-- whole: site\n"
        "-- series: history\n-- chart: bars records by site\n-- What it says of itself.\nSELECT 1; -- no head\n"
    )
    report = load_report(write(tmp_path, text))

    assert (report.name, report.title, report.group) == ("mine", "Mine", None)
    assert list(report.params.values()) == [
        Parameter("ids", "which"),
        Parameter("per", "how long", "year", ("year", "month")),
        Parameter("least", "how many", "2"),
    ]
    assert report.columns == (
        Column("site", is_whole=True),
        Column("records", is_number=True),
        Column("history", is_series=True),
    )
    assert report.chart == Chart(ChartKind.BARS, ("records",), ("site",))
    assert report.notes == ("What it says of itself.",)


def test_a_grouping_has_the_columns_of_all_groupings(tmp_path: Path) -> None:
    report = load_report(write(tmp_path, "-- title: By decade\n-- group: decade\n-- scale: time\nSELECT 1, 2;"))

    assert [column.name for column in report.columns] == [
        "decade", "records", "bodies", "reprints", "views", "first", "last",
    ]  # fmt: skip
    assert report.chart == Chart(ChartKind.TIME, ("records",), ("decade",))


@pytest.mark.parametrize(
    ("text", "said"),
    [
        (SELECT, "begins with its"),
        ("-- title: Mine\nSELECT 1;", "begins with its"),
        ("-- title:\n-- columns: a\nSELECT 1 AS a;", "begins with its"),
        (f"{HEAD}-- group: site\n{SELECT}", "begins with its"),
        (f"{HEAD}-- numbers: views\n{SELECT}", "no column 'views'"),
        ("-- title: Mine\n-- columns: a, a\nSELECT 1;", "one name"),
        ("-- title: Mine\n-- columns: a b\nSELECT 1;", "'a b' is no name"),
        (f"{HEAD}-- param: 1x\n{SELECT}", "'1x' is no name of a parameter"),
        (f"{HEAD}-- chart: pie records by site\n{SELECT}", "KIND one of bars"),
        (f"{HEAD}-- chart: bars views by site\n{SELECT}", "'views' that is none"),
    ],
)
def test_a_head_that_does_not_fit_names_its_file(text: str, said: str, tmp_path: Path) -> None:
    with pytest.raises(BadReport, match=said) as caught:
        load_report(write(tmp_path, text))

    assert "mine.sql" in str(caught.value)


def test_a_file_that_is_no_text_is_named(tmp_path: Path) -> None:
    path = tmp_path / "mine.sql"
    path.write_bytes(b"-- title: \xff\xfe\n")

    with pytest.raises(BadReport, match=r"mine\.sql cannot be read"):
        load_report(path)


@pytest.mark.parametrize(
    ("sql", "said"),
    [
        ("SELEKT 1;", "syntax error"),
        ("SELECT nowhere AS site, 1 AS records FROM records;", "no such column"),
        ("SELECT 1 AS site, 2 AS records, 3 AS more;", "gives the columns site, records, more"),
        ("SELECT 1 AS site, 2 AS records; SELECT 3;", "one statement"),
        ("SELECT :name AS site, 2 AS records;", "binding"),
        ("DELETE FROM records RETURNING 1 AS site, 2 AS records;", "a report reads"),
        ("-- nothing but words", "no statement"),
    ],
)
def test_sql_that_does_not_fit_names_its_file(sql: str, said: str, tmp_path: Path) -> None:
    report = load_report(write(tmp_path, HEAD + sql))
    with open_memory() as store, pytest.raises(BadReport, match=said) as caught:
        run_report(store, report, {})

    assert "mine.sql" in str(caught.value)


def test_a_series_is_an_array_of_numbers(tmp_path: Path) -> None:
    text = "-- title: Mine\n-- columns: a\n-- series: a\nSELECT '{}' AS a;"
    with open_memory() as store:
        assert run_report(store, load_report(write(tmp_path, text.format("[1, null]"))), {}).rows == (("[1, null]",),)
        for other in ("no", "{}", '["1"]', "[true]", "[1, NaN]", "[-Infinity]", "[9e999]", f"[1{'0' * 400}]"):
            with pytest.raises(BadReport, match="no JSON array"):
                run_report(store, load_report(write(tmp_path, text.format(other))), {})


def test_a_folder_adds_reports_and_takes_no_name_away(tmp_path: Path) -> None:
    path = write(tmp_path, HEAD + SELECT)

    assert find_reports(tmp_path)["mine"] == path
    assert set(find_reports()) < set(find_reports(tmp_path))

    write(tmp_path, HEAD + SELECT, "by-source.sql")
    with pytest.raises(BadReport, match="there is a report by-source already"):
        find_reports(tmp_path)


def test_a_folder_that_is_not_there_is_named(tmp_path: Path) -> None:
    with pytest.raises(BadReport, match="no folder of reports"):
        find_reports(tmp_path / "gone")
