from pathlib import Path

import pytest

from tests.cli.conftest import Run
from tests.pages import dump, rows


def test_a_saved_query_stands_in_any_other_and_in_every_command(run: Run, own: Path) -> None:
    saved = run("queries", "--save", "autumn", "秋粮", "sort:id-", "--db", own)
    listed = run("queries", "--db", own)

    assert (saved.status, saved.out) == (0, "")
    assert "saved:autumn" in saved.err
    assert listed.rows == [{"name": "autumn", "records": "2", "query": "秋粮 sort:id-"}]
    assert run("list", "saved:autumn", "--ids", "--db", own).out == "2\n1\n"
    assert run("list", "^saved:autumn", "--ids", "--db", own).out == "4\n3\n"
    assert run("list", "(saved:autumn OR id:4) views:12", "--ids", "--db", own).out == "4\n1\n"
    assert len(run("export", "saved:autumn", "--db", own).out.splitlines()) == 2
    assert run("show", "saved:autumn", "2", "--captures", "--db", own).rows[0]["id"] == "2"


def test_keeping_and_forgetting_is_in_the_journal_and_nothing_is_written_twice(run: Run, own: Path) -> None:
    before = dump(own)
    run("queries", "--save", "autumn", "秋粮", "--db", own)
    again = run("queries", "--save", "autumn", "秋粮", "--db", own)
    other = run("queries", "--save", "autumn", "春耕", "--json", "--db", own)
    gone = run("queries", "--forget", "autumn", "--db", own)

    assert "nothing to change" in again.err
    assert other.json["data"] == [{"name": "autumn", "records": 0, "query": "春耕"}]
    assert (gone.status, dump(own)) == (0, before)
    sql = "SELECT old, new FROM journal WHERE subject = 'settings:query:autumn' ORDER BY id"
    assert rows(own, sql) == [(None, '"秋粮"'), ('"秋粮"', '"春耕"'), ('"春耕"', None)]


@pytest.mark.parametrize(
    ("words", "status", "said"),
    [
        (["--save", "a b", "秋粮"], 2, "no name for a query"),
        (["--save", "a"], 2, "--save NAME QUERY"),
        (["秋粮"], 2, "--save NAME QUERY"),
        (["--save", "a", "sorce:x"], 2, "source"),
        (["--save", "a", "  "], 2, "has terms"),
        (["--forget", "autum"], 4, "did you mean autumn"),
    ],
)
def test_a_slip_keeps_nothing(words: list[str], status: int, said: str, run: Run, own: Path) -> None:
    run("queries", "--save", "autumn", "秋粮", "--db", own)
    done = run("queries", *words, "--db", own)

    assert done.status == status
    assert said in done.err
    assert [row["name"] for row in run("queries", "--db", own).rows] == ["autumn"]


def test_a_query_that_asks_for_itself_or_for_none_is_refused(run: Run, own: Path) -> None:
    run("queries", "--save", "one", "秋粮", "--db", own)
    run("queries", "--save", "two", "saved:one", "--db", own)
    run("queries", "--save", "one", "saved:two", "--db", own)

    assert "asks for itself" in run("list", "saved:one", "--db", own).err
    assert "did you mean one?" in run("list", "saved:ones", "--db", own).err
