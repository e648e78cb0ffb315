import re
import shutil
import sqlite3
from pathlib import Path

import pytest

from tests.cli.conftest import Run
from tests.pages import dump


def test_undo_takes_back_the_last_command_and_redo_brings_it_again(run: Run, own: Path) -> None:
    before = dump(own)
    run("tag", "1", "source=青禾日报", "-m", "电话核实", "-y", "--db", own)
    tagged = dump(own)

    undone = run("undo", "-y", "--db", own)
    assert (undone.status, undone.err) == (0, "1 change set undone, 1 record touched (change set 3)\n")
    assert dump(own) == before
    assert run("redo", "-y", "--db", own).status == 0
    assert dump(own) == tagged


def test_undo_shows_what_it_is_about_and_a_dry_run_changes_nothing(run: Run, own: Path) -> None:
    run("tag", "1", "source=青禾日报", "-m", "电话核实", "-y", "--db", own)
    before = dump(own)
    shown = run("undo", "--dry-run", "--db", own)

    assert "电话核实" in shown.err
    assert "nothing was written" in shown.err
    assert dump(own) == before


def test_undo_to_takes_back_all_that_was_made_since(run: Run, own: Path) -> None:
    before = dump(own)
    for word in ("source=甲报", "views=7", "+秋粮"):
        run("tag", "1", word, "-y", "--db", own)
    document = run("undo", "--to", "2", "-y", "--json", "--db", own).json

    assert [one["id"] for one in document["data"]["changes"]] == [4, 3, 2]
    assert dump(own) == before


WRONG = [("undo", "1", "--to", "1"), ("undo", "9"), ("redo", "1"), ("log", "1", "--of", "1")]


@pytest.mark.parametrize("words", WRONG, ids=" ".join)
def test_what_cannot_be_meant_is_refused(words: tuple[str, ...], run: Run, own: Path) -> None:
    assert run(*words, "--db", own).status in {2, 4}


def test_the_log_lists_newest_first_and_says_why(run: Run, own: Path) -> None:
    run("tag", "1", "source=青禾日报", "-m", "电话核实", "-y", "--db", own)
    run("undo", "-m", "错了", "-y", "--db", own)
    lines = run("log", "--db", own).rows

    assert [(line["id"], line["command"], line["why"], line["undone_by"]) for line in lines] == [
        ("3", "undo", "错了", ""), ("2", "tag", "电话核实", "3"), ("1", "ingest", "", ""),
    ]  # fmt: skip
    assert [line["id"] for line in run("log", "--of", "1", "--db", own).rows] == ["3", "2", "1"]
    assert [line["id"] for line in run("log", "--of", "2", "--db", own).rows] == ["1"]
    assert [line["id"] for line in run("log", "-n", "1", "--db", own).rows] == ["3"]
    assert [line["name"] for line in run("log", "2", "--db", own).rows] == ["source"]
    assert run("log", "9", "--db", own).status == 4


def test_the_history_of_a_record_has_the_undo(run: Run, own: Path) -> None:
    run("tag", "1", "source=青禾日报", "-y", "--db", own)
    run("undo", "-y", "--db", own)
    last = run("show", "1", "--history", "--db", own).rows[-1]

    assert (last["command"], last["name"], last["old"], last["new"]) == (
        "undo", "source", '"青禾日报"', '"青禾县融媒体中心"',
    )  # fmt: skip


def test_a_withdrawn_record_is_not_shown_and_says_why(run: Run, own: Path) -> None:
    assert run("withdraw", "2", "-y", "--db", own).status == 2  # no reason
    gone = run("withdraw", "2", "-m", "个人信息", "-y", "--db", own)
    shown = run("show", "2", "--db", own)

    assert gone.err == "1 record withdrawn with 1 capture (change set 2); undo brings back\n"
    assert shown.status == 4
    assert "withdrawn on" in shown.err
    assert "个人信息" in shown.err
    assert "1 withdrawn" in run("ingest", own.parent / "pages", "--db", own).err


def test_an_id_that_was_merged_leads_on(run: Run, own: Path, tmp_path: Path) -> None:
    url = "https://news.example.org/1.html"
    manifest = tmp_path / "pages" / "m.csv"
    manifest.write_text(f"path,url\na.txt,{url}\nb.txt,{url}\n", "utf-8")
    run("ingest", "--manifest", manifest, "--db", own)
    shown = run("show", "2", "--json", "--db", own)

    assert (shown.status, shown.err) == (0, "2 was merged into 1\n")
    assert shown.json["id"] == 1
    assert "merged into 1" in run("tag", "2", "+x", "-y", "--db", own).err


def test_verify_holds_for_an_untouched_log(run: Run, own: Path) -> None:
    run("undo", "-y", "--db", own)
    done = run("verify", "--db", own)

    assert done.status == 0
    assert "as it was: 4 originals, and the log with 2 change sets" in done.err


TAMPERING = [
    "DELETE FROM sqlar WHERE rowid = 1",
    "UPDATE journal SET new = '\"别处\"' WHERE name = 'source'",
    "DELETE FROM journal WHERE id = 2",
    "UPDATE change_sets SET agent = '李四'",
    "INSERT INTO change_sets (command, agent, started_at) VALUES ('tag', '李四', '2026-01-01T00:00:00Z')",
]


@pytest.mark.parametrize("sql", TAMPERING)
def test_verify_finds_an_edited_row(sql: str, run: Run, own: Path, tmp_path: Path) -> None:
    run("tag", "1", "source=青禾日报", "-y", "--db", own)
    edited = tmp_path / "edited.db"
    shutil.copy(own, edited)
    connection = sqlite3.connect(edited)
    connection.execute(sql)
    connection.commit()
    connection.close()
    done = run("verify", "--db", edited)

    assert (done.status, done.out) == (5, "")
    assert re.search("the log was changed|by hand|the original is missing", done.err)
    assert "catalog rescue" in done.err
