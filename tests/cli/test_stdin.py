"""Ids on stdin, as `list --ids` writes them, in every command that takes records."""

import io
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.cli.conftest import Run


@pytest.fixture
def piped(monkeypatch: pytest.MonkeyPatch) -> Callable[[str], None]:
    def pipe(text: str) -> None:
        monkeypatch.setattr("sys.stdin", io.StringIO(text))

    return pipe


@pytest.mark.parametrize("text", ["3\n1\n", "3\0001\0", " 3 1 "])
def test_show_takes_ids_in_their_order_with_and_without_a_dash(
    text: str, run: Run, filled: Path, piped: Callable[[str], None]
) -> None:
    piped(text)
    dashed = run("show", "-", "--captures", "--db", filled)
    piped(text)
    bare = run("show", "--captures", "--db", filled)

    assert [row["id"] for row in dashed.rows] == ["3", "1"]
    assert bare.out == dashed.out


def test_a_list_is_narrowed_to_the_ids_on_stdin(run: Run, filled: Path, piped: Callable[[str], None]) -> None:
    piped("1\n2\n4\n")
    assert run("list", "-", "秋粮", "sort:id-", "--ids", "--db", filled).out == "2\n1\n"
    piped("2\n1\n")
    assert run("list", "-", "--ids", "--db", filled).out == "2\n1\n"


def test_a_report_is_narrowed_to_the_ids_on_stdin(run: Run, filled: Path, piped: Callable[[str], None]) -> None:
    piped("1\n2\n")
    rows = run("report", "--by-year", "-", "--db", filled).rows
    piped("1\n2\n")
    page = run("report", "editors", "-", "--format", "html", "--db", filled).out

    assert [(row["year"], row["records"]) for row in rows] == [("2024", "2")]
    assert "2 records that match <b>(ids that were given)</b>" in page


def test_export_and_tag_take_ids_too(run: Run, own: Path, piped: Callable[[str], None]) -> None:
    piped("2\n")
    exported = run("export", "-", "--db", own)
    named = run("export", "2", "1", "--db", own)
    piped("2\n")
    tagged = run("tag", "-", "+要闻", "-y", "--db", own)

    assert named.out.splitlines()[0] == exported.out.rstrip("\n")
    assert len(named.out.splitlines()) == 2
    assert tagged.status == 0
    assert run("list", "tag:要闻", "--ids", "--db", own).out == "2\n"


@pytest.mark.parametrize(("text", "told"), [("", (2, "no ids")), ("x\n", (2, "no id")), ("99\n", (4, "record 99"))])
def test_what_is_no_id_of_a_record_is_told(
    text: str, told: tuple[int, str], run: Run, filled: Path, piped: Callable[[str], None]
) -> None:
    piped(text)
    done = run("show", "-", "--db", filled)

    assert (done.status, done.out) == (told[0], "")
    assert told[1] in done.err
