from pathlib import Path

import pytest

from tests.cli.conftest import Run

REPORTS = ("by-source", "by-publisher", "by-editor", "by-site", "by-month")


def test_a_report_counts_records_and_distinct_bodies(run: Run, filled: Path) -> None:
    rows = {row["source"]: row for row in run("report", "--by-source", "--db", filled).rows}

    assert (rows["青禾县融媒体中心"]["records"], rows["青禾县融媒体中心"]["views"]) == ("3", "24")
    assert (rows["雁鸣日报"]["records"], rows["雁鸣日报"]["reprints"]) == ("1", "1")
    assert (rows["雁鸣日报"]["first"], rows["雁鸣日报"]["last"]) == ("2024-10-09", "2024-10-09")


def test_months_stand_in_order(run: Run, filled: Path) -> None:
    assert [row["month"] for row in run("report", "--by-month", "--db", filled).rows] == [
        "2023-01",
        "2024-10",
        "2025-02",
    ]


def test_a_query_narrows_a_report(run: Run, filled: Path) -> None:
    rows = run("report", "--by-editor", "published:2024", "--db", filled).rows

    assert sum(int(row["records"]) for row in rows) == 2


def test_a_report_over_nothing_that_matches_is_status_4(run: Run, filled: Path) -> None:
    assert run("report", "--by-site", "source:没有", "--db", filled).status == 4


@pytest.mark.parametrize("name", REPORTS)
def test_a_report_has_every_format(name: str, run: Run, filled: Path) -> None:
    document = run("report", f"--{name}", "--json", "--db", filled).json

    assert document["schema"] == "catalog.report/1"
    assert document["title"].startswith("Records by")
    for format_ in ("table", "csv", "md", "html", "jsonl"):
        assert run("report", f"--{name}", "--format", format_, "--db", filled).status == 0


def test_without_a_report_the_command_lists_them_and_needs_no_catalogue(run: Run) -> None:
    assert {row["option"] for row in run("report").rows} >= {f"--{name}" for name in REPORTS}


def test_help_lists_the_reports(run: Run) -> None:
    shown = run("report", "--help").out

    assert [name for name in REPORTS if f"--{name}  " in shown] == list(REPORTS)


def test_two_reports_at_once_are_refused(run: Run, filled: Path) -> None:
    assert run("report", "--by-site", "--by-month", "--db", filled).status == 2
