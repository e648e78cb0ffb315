import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from tests.cli.conftest import Run
from tests.pages import dump, rows


def test_a_saved_query_stands_in_any_other_and_in_every_command(run: Run, own: Path) -> None:
    saved = run("queries", "--save", "autumn", "秋粮", "sort:id-", "--db", own)
    listed = run("queries", "--db", own)

    assert (saved.status, saved.out) == (0, "")
    assert "saved:autumn" in saved.err
    assert listed.rows == [{"name": "autumn", "records": "2", "query": "秋粮 sort:id-", "problem": ""}]
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
    assert other.json["data"] == [{"name": "autumn", "records": 0, "query": "春耕", "problem": None}]
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
    loop = run("queries", "--save", "one", "saved:two", "--db", own)

    assert (loop.status, "asks for itself" in loop.err) == (2, True)
    assert [row["query"] for row in run("queries", "--db", own).rows] == ["秋粮", "saved:one"]
    assert "did you mean one?" in run("list", "saved:ones", "--db", own).err


def test_a_query_that_another_asks_for_is_not_forgotten(run: Run, own: Path) -> None:
    run("queries", "--save", "one", "秋粮", "--db", own)
    run("queries", "--save", "two", "saved:one", "--db", own)
    refused = run("queries", "--forget", "one", "--db", own)

    assert (refused.status, "then saved:two could not be read" in refused.err) == (2, True)
    assert run("queries", "--forget", "two", "--db", own).status == 0
    assert run("queries", "--forget", "one", "--db", own).status == 0


def test_a_query_that_cannot_be_read_any_more_is_listed_and_does_not_stop_others(run: Run, own: Path) -> None:
    run("queries", "--save", "one", "秋粮", "--db", own)
    with closing(sqlite3.connect(own)) as connection, connection:
        connection.execute("INSERT INTO settings VALUES ('query:old', 'saved:zzz')")
    saved = run("queries", "--save", "three", "秋粮", "--db", own)
    listed = {row["name"]: row for row in run("queries", "--json", "--db", own).json["data"]}

    assert (saved.status, list(listed)) == (0, ["old", "one", "three"])
    assert (listed["old"]["records"], listed["old"]["problem"]) == (None, "no query is saved as 'zzz'")
    assert (listed["one"]["records"], listed["one"]["problem"]) == (2, None)
