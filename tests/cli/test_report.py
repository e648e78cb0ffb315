import json
import sys
from pathlib import Path

import pytest
from rich.cells import cell_len

from catalog.cli.main import main
from catalog.services.report_words import option
from catalog.store.query_report import find_reports
from tests.cli.conftest import Run
from tests.display.test_table import Screen, without_style
from tests.pages import ingest, page, write_pages

GROUPINGS = [name for name in find_reports() if name.startswith("by-")]
REPORTS = [option(name) for name in find_reports()]


def on_screen(words: list[str], width: int, monkeypatch: pytest.MonkeyPatch) -> str:
    """Return what a terminal of this width shows of a report."""
    screen = Screen()
    with monkeypatch.context() as patch:
        patch.setattr(sys, "stdout", screen)
        for name, value in {"COLUMNS": str(width), "TERM": "xterm", "NO_COLOR": "1"}.items():
            patch.setenv(name, value)
        assert main(["report", *words]) == 0
    lines = without_style(screen.getvalue())
    assert max(map(cell_len, lines)) <= width
    return "\n".join(lines)


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


def test_a_query_narrows_a_report_wherever_it_stands(run: Run, filled: Path) -> None:
    behind = run("report", "--by-editor", "published:2024", "--db", filled)
    before = run("report", "published:2024", "--by-editor", "--db", filled)

    assert behind.out == before.out
    assert sum(int(row["records"]) for row in behind.rows) == 2


def test_a_query_narrows_a_report_of_its_own(run: Run, filled: Path) -> None:
    rows = run("report", "editors", "published:2024", "--per", "year", "--db", filled).rows

    assert {row["period"] for row in rows} == {"2024"}
    assert sum(int(row["records"]) for row in rows) == 2


def test_a_report_over_nothing_that_matches_is_status_4(run: Run, filled: Path) -> None:
    assert run("report", "--by-site", "source:没有", "--db", filled).status == 4


@pytest.mark.parametrize("name", REPORTS)
def test_a_report_has_every_format(name: str, run: Run, filled: Path) -> None:
    document = run("report", name, "--json", "--db", filled).json

    assert document["schema"] == "catalog.report/1"
    assert document["title"]
    for format_ in ("table", "tsv", "csv", "md", "html", "jsonl"):
        done = run("report", name, "--format", format_, "--db", filled)
        assert (done.status, done.err) == (0, "")
        assert done.out or (format_ == "jsonl" and not document["data"])


def test_two_groupings_are_crossed(run: Run, filled: Path) -> None:
    rows = {row["source"]: row for row in run("report", "--by-source", "--by-year", "--db", filled).rows}

    assert rows["青禾县融媒体中心"] == {
        "source": "青禾县融媒体中心", "records": "3", "2023": "1", "2024": "1", "2025": "1",
    }  # fmt: skip
    assert rows["雁鸣日报"]["2023"] == "0"


def test_crossed_groupings_can_count_something_else(run: Run, filled: Path) -> None:
    rows = run("report", "--by-source", "--by-year", "--of", "views", "--db", filled).rows

    assert [(row["source"], row["views"], row["2024"]) for row in rows] == [
        ("雁鸣日报", "300", "300"), ("青禾县融媒体中心", "24", "12"),
    ]  # fmt: skip
    assert rows[0]["2023"] == ""


@pytest.mark.parametrize("words", [("--by-year", "--long"), ("--by-year", "--by-site")], ids=" ".join)
def test_three_groupings_or_long_have_a_row_for_what_there_is(words: tuple[str, ...], run: Run, filled: Path) -> None:
    rows = run("report", "--by-source", *words, "--db", filled).rows

    assert len(rows) == 4
    assert [row["source"] for row in rows] == ["青禾县融媒体中心"] * 3 + ["雁鸣日报"]
    assert {"year", "records", "views", "first"} <= set(rows[0])


def test_what_is_too_wide_for_a_terminal_comes_a_row_a_pair(filled: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    words = ["--by-month", "--by-editor", "--db", str(filled)]
    wide, narrow = (on_screen(words, width, monkeypatch) for width in (120, 26))

    assert "阿依古丽·买买提江" in wide.splitlines()[1]
    assert "editor: 阿依古丽" in narrow


def test_on_a_wide_terminal_figures_have_bars(filled: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    words = ["--by-source", "--db", str(filled)]

    assert "██" in on_screen(words, 120, monkeypatch)
    assert "█" not in on_screen(words, 60, monkeypatch)
    assert "██" in on_screen([*words, "--bars"], 60, monkeypatch)
    assert "views" not in on_screen([*words, "--bars"], 60, monkeypatch)


def test_the_largest_figure_asked_for_comes_first(run: Run, filled: Path) -> None:
    rows = run("report", "--by-source", "--of", "views", "--db", filled).rows

    assert [row["views"] for row in rows] == ["300", "24"]


def test_a_count_over_time_is_a_line_of_its_own_on_80_columns(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    counts = {"2024-11-01": 10, "2024-11-05": 30, "2024-11-09": 4}
    write_pages(tmp_path, {f"{day}.txt": page(views=count) for day, count in counts.items()})
    lines = [f"{day}.txt,http://www.qinghe.example.org/1.html,{day}" for day in counts]
    (tmp_path / "manifest.csv").write_text("\n".join(["path,url,captured_at", *lines]) + "\n", "utf-8")
    ingest(tmp_path / "c.db", [tmp_path / f"{day}.txt" for day in counts], manifest=tmp_path / "manifest.csv")
    shown = on_screen(["counters", "--db", str(tmp_path / "c.db")], 80, monkeypatch)

    assert "▃█▁" in shown
    assert "───" in shown


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("--by-source", "--of", "pages"), "counts records, bodies, reprints, views"),
        (("completeness", "--of", "stated"), "does not draw one figure"),
        (("editors", "--of", "editor"), "figures of this report are steps, records, views"),
        (("editors", "--per", "week"), "one of all, month, year"),
        (("春耕",), "there is no report 春耕"),
    ],
)
def test_words_that_do_not_fit_are_status_2(words: tuple[str, ...], said: str, run: Run, filled: Path) -> None:
    done = run("report", *words, "--db", filled)

    assert (done.status, done.out) == (2, "")
    assert said in done.err


def test_without_a_report_the_command_lists_them_and_needs_no_catalogue(run: Run) -> None:
    rows = {row["report"]: row for row in run("report").rows}

    assert set(rows) == set(REPORTS)
    assert rows["editors"]["parameters"] == "--per month|year|all"


def test_help_lists_the_reports(run: Run) -> None:
    shown = run("report", "--help").out

    assert [name for name in REPORTS if f"  {name}" not in shown] == []


def test_a_page_is_whole_and_says_what_it_is_about(run: Run, filled: Path) -> None:
    page = run("report", "--by-source", "published:2024", "--format", "html", "--db", filled).out

    assert page.startswith("<!doctype html>")
    assert "2 records that match <b>published:2024</b>" in page
    assert page.rstrip().endswith("</html>")
    assert "<svg" in page


def test_a_series_is_a_list_in_json(run: Run, filled: Path, tmp_path: Path) -> None:
    sql = "-- title: Mine\n-- columns: a\n-- series: a\nSELECT '[1, null]' AS a ORDER BY a;"
    (tmp_path / "mine.sql").write_text(sql, "utf-8")
    words = ("report", "mine", "--reports", tmp_path, "--db", filled)

    assert run(*words, "--json").json["data"] == [{"a": [1, None]}]
    assert run(*words).rows == [{"a": "[1, null]"}]


OWN = """-- title: Titles with at least so many views
-- param: ids  the records to look at
-- param: least=1  views
-- columns: title, views
-- numbers: views
SELECT title, views
  FROM records
 WHERE views >= :least AND (:ids IS NULL OR id IN (SELECT value FROM json_each(:ids)))
 ORDER BY views DESC, title;
"""
GROUPING = "-- title: By kind\n-- group: kind\nSELECT id, kind FROM records; -- that is all\n"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    own = tmp_path / "own"
    own.mkdir()
    (own / "popular.sql").write_text(OWN, "utf-8")
    (own / "by-kind.sql").write_text(GROUPING, "utf-8")
    return own


def test_reports_of_ones_own_are_listed_run_and_crossed(run: Run, filled: Path, folder: Path) -> None:
    here = ("--reports", folder, "--db", filled)

    assert {"popular", "--by-kind"} <= {row["report"] for row in run("report", *here).rows}
    assert [row["views"] for row in run("report", "popular", "--least", "12", *here).rows] == ["300", "12", "12"]
    assert [row["views"] for row in run("report", "popular", "--param", "least=13", *here).rows] == ["300"]
    assert [row["views"] for row in run("report", "popular", "source:雁鸣", *here).rows] == ["300"]
    assert {row["kind"] for row in run("report", "--by-kind", "--by-year", *here).rows} == {"article"}


def test_the_folder_can_be_a_setting(
    run: Run, filled: Path, folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "catalog.toml").write_text('reports = "own"\n', "utf-8")
    assert run("report", "popular", "--db", filled).status == 0

    (tmp_path / "catalog.toml").unlink()
    monkeypatch.setenv("CATALOG_REPORTS", str(folder))
    assert run("report", "popular", "--db", filled).status == 0
    assert "popular --least 1" in run("report", "--help").out


def test_a_bad_file_is_told_and_hinders_no_other(run: Run, filled: Path, folder: Path) -> None:
    (folder / "bad.sql").write_text("SELECT 1;", "utf-8")
    (folder / "worse.sql").write_text("-- title: Worse\n-- columns: a\nSELEKT 1;", "utf-8")
    here = ("--reports", folder, "--db", filled)
    listed = {row["report"]: row["title"] for row in run("report", *here).rows}

    assert "bad.sql: a report begins with" in listed["bad"]
    assert run("report", "popular", *here).status == 0
    for name in ("bad", "worse"):
        done = run("report", name, *here)
        assert (done.status, done.out) == (2, "")
        assert f"{name}.sql" in done.err
        assert json.loads(run("report", name, "--json", *here).err)["code"] == "report.bad"


def test_a_report_with_columns_of_its_own_is_not_crossed(run: Run, filled: Path, folder: Path) -> None:
    (folder / "by-hand.sql").write_text("-- title: H\n-- columns: a\nSELECT 1 AS a ORDER BY a;", "utf-8")
    here = ("--reports", folder, "--db", filled)

    assert run("report", "--by-hand", *here).rows == [{"a": "1"}]
    for words in (("--by-hand", "--by-year"), ("--by-year", "--by-hand")):
        done = run("report", *words, *here)
        assert (done.status, done.out) == (2, "")
        assert "--by-hand has columns of its own" in done.err


def test_a_bad_grouping_is_told_by_its_file(run: Run, filled: Path, folder: Path) -> None:
    (folder / "by-worse.sql").write_text("-- title: W\n-- group: w\nSELECT id FROM records;", "utf-8")
    done = run("report", "--by-worse", "--reports", folder, "--db", filled)

    assert done.status == 2
    assert "by-worse.sql" in done.err


def test_a_report_that_does_not_end_is_stopped(run: Run, filled: Path, folder: Path) -> None:
    endless = "WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n) SELECT count(*) AS a FROM n;"
    (folder / "endless.sql").write_text(f"-- title: E\n-- columns: a\n{endless}", "utf-8")
    done = run("report", "endless", "--timeout", "0.05", "--reports", folder, "--db", filled)

    assert done.status == 2
    assert "endless.sql: stopped after 0.05 s; --timeout" in done.err


def test_a_report_that_takes_no_query_says_so(run: Run, filled: Path, folder: Path) -> None:
    (folder / "fixed.sql").write_text("-- title: F\n-- columns: a\nSELECT 1 AS a;", "utf-8")
    done = run("report", "fixed", "春耕", "--reports", folder, "--db", filled)

    assert done.status == 4

    done = run("report", "fixed", "秋粮", "--reports", folder, "--db", filled)
    assert done.status == 2
    assert "not narrowed by a query" in done.err


def test_a_chart_without_the_extra_or_of_another_kind_is_told(run: Run, filled: Path, tmp_path: Path) -> None:
    done = run("report", "--by-source", "--chart", tmp_path / "x.pdf", "--db", filled)

    assert (done.status, done.out) == (2, "")
    assert "ends in .svg or .png" in done.err
    assert not (tmp_path / "x.pdf").exists()


def test_a_chart_is_written_beside_the_table(run: Run, filled: Path, tmp_path: Path) -> None:
    pytest.importorskip("altair", reason="the extra `chart` is not installed: pip install -e '.[chart]'")
    pytest.importorskip("vl_convert", reason="the extra `chart` is not installed: pip install -e '.[chart]'")
    done = run("report", "--by-source", "--chart", tmp_path / "x.svg", "--db", filled)

    assert (done.status, done.rows[0]["source"]) == (0, "青禾县融媒体中心")
    assert "雁鸣日报" in (tmp_path / "x.svg").read_text("utf-8")
    assert "drawn into" in done.err
    assert run("report", "--by-source", "--chart", tmp_path / "x.svg", "-q", "--db", filled).err == ""

    done = run("report", "--by-source", "--chart", tmp_path / "no" / "x.svg", "--db", filled)
    assert (done.status, done.out) == (6, "")
    assert "cannot be written" in done.err
