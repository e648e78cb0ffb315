import io
import json
import sys
from pathlib import Path

import pytest

from tests.cli.conftest import PAGES, Run
from tests.pages import page, write_pages


@pytest.fixture
def pages(tmp_path: Path) -> Path:
    return write_pages(tmp_path / "新闻", PAGES)


def test_a_folder_becomes_a_catalogue_and_the_summary_is_on_stderr(run: Run, pages: Path) -> None:
    done = run("ingest", pages)

    assert (done.status, done.out) == (0, "")
    assert "4 files: 4 added" in done.err
    assert Path("catalog.db").is_file()


def test_the_same_folder_again_changes_nothing_and_says_so(run: Run, pages: Path) -> None:
    run("ingest", pages)
    again = run("ingest", pages)

    assert "4 files: 4 unchanged" in again.err


def test_json_gives_counts_and_problems_on_stdout(run: Run, pages: Path) -> None:
    document = run("ingest", pages, "nothing.txt", "--json").json

    assert document["schema"] == "catalog.ingest/1"
    assert (document["data"]["counts"]["added"], document["data"]["counts"]["failed"]) == (4, 1)
    assert [(p["origin"], p["failed"]) for p in document["problems"] if p["failed"]] == [("nothing.txt", True)]


def test_what_failed_is_named_even_when_quiet_and_the_rest_is_there(run: Run, pages: Path) -> None:
    done = run("ingest", pages, "nothing.txt", "--quiet")

    assert done.status == 3
    assert done.err.count("\n") == 1
    assert "nothing.txt" in done.err
    assert len(run("list", "--ids").out.splitlines()) == 4


def test_a_dry_run_makes_no_catalogue(run: Run, pages: Path) -> None:
    done = run("ingest", pages, "--dry-run")

    assert "4 would be added" in done.err
    assert not Path("catalog.db").exists()


def test_a_list_comes_on_stdin(run: Run, pages: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    names = [str(pages / name) for name in ("a.txt", "c.txt")]
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO("\0".join(names).encode())))

    assert "2 files: 2 added" in run("ingest", "-", "-0").err


def test_a_value_is_said_of_all(run: Run, pages: Path) -> None:
    run("ingest", pages, "--set", "section=要闻", "--captured-at", "2024-11-01")
    record = json.loads(run("show", "1", "--json").out)

    assert record["section"] == "要闻"
    assert (record["captures"][0]["captured_at"], record["captures"][0]["captured_at_basis"]) == (
        "2024-11-01",
        "option",
    )


def test_what_failed_is_tried_again_from_the_log(run: Run, tmp_path: Path) -> None:
    (tmp_path / "run.json").write_text(run("ingest", "later.txt", "--json").out, "utf-8")
    (tmp_path / "later.txt").write_text(page(), "utf-8")

    assert "1 file: 1 added" in run("ingest", "--from-log", "run.json").err


@pytest.mark.parametrize("words", [["--set", "nope=1"], ["--set", "title"], ["--captured-at", "soon"], ["--jobs", "0"]])
def test_an_option_that_cannot_be_meant_is_refused_before_anything_is_written(
    words: list[str], run: Run, pages: Path
) -> None:
    assert run("ingest", pages, *words).status == 2
    assert not Path("catalog.db").exists()


def test_parse_gives_the_records_in_the_order_given_and_writes_nothing(run: Run, pages: Path) -> None:
    done = run("parse", pages / "d.txt", pages / "a.txt")

    assert [json.loads(line)["title"] for line in done.out.splitlines()] == [
        "青禾縣圖書館新館開館",
        "青禾县举办秋粮测产观摩会",
    ]
    assert not Path("catalog.db").exists()


def test_parse_names_what_it_could_not_read_and_goes_on(run: Run, pages: Path) -> None:
    done = run("parse", "nothing.txt", pages / "a.txt")

    assert done.status == 3
    assert "nothing.txt" in done.err
    assert len(done.out.splitlines()) == 1
