import io
import json
import sys
from pathlib import Path

import pytest

from catalog.cli.main import main
from tests.cli.conftest import HOSTILE, PAGES, Run
from tests.display.test_table import Screen
from tests.pages import page, write_pages


def test_in_a_pipe_a_record_is_field_and_value_lines(run: Run, filled: Path) -> None:
    rows = run("show", "1", "--db", filled).rows
    said = {row["field"]: row["value"] for row in rows}

    assert list(rows[0]) == ["field", "value", "note"]
    assert (said["id"], said["title"], said["views"]) == ("1", "青禾县举办秋粮测产观摩会", "12")
    assert [(r["value"], r["note"]) for r in rows if r["field"] == "responsible_editor"] == [
        ("阿依古丽·买买提江", "责任编辑")
    ]


def test_json_is_the_record_one_line_each(run: Run, filled: Path) -> None:
    records = [json.loads(line) for line in run("show", "2", "1", "--json", "--db", filled).out.splitlines()]

    assert [record["id"] for record in records] == [2, 1]
    assert {record["schema"] for record in records} == {"catalog.record/1"}
    assert records[0]["reprints"]["of"] == 2


def test_why_marks_the_span_in_the_line_it_stands_in(run: Run, filled: Path) -> None:
    rows = run("show", "1", "--why", "--db", filled).rows
    views = next(row for row in rows if row["field"] == "views")

    assert "浏览次数：⟦12⟧" in views["text"]
    assert (views["line"], views["wins"], views["value"]) == ("5", "yes", "12")
    assert all(row["rule"] for row in rows if row["text"])


def test_body_is_the_text_alone(run: Run, filled: Path) -> None:
    assert "五点取样" in run("show", "1", "--body", "--db", filled).out
    assert "责任编辑" not in run("show", "1", "--body", "--db", filled).out


def test_original_is_the_bytes_as_captured(capfdbinary: pytest.CaptureFixture[bytes], filled: Path) -> None:
    assert main(["show", "3", "--original", "--db", str(filled)]) == 0

    assert capfdbinary.readouterr().out == str(PAGES["c.txt"]).encode()


def test_original_bytes_are_kept_off_the_screen(monkeypatch: pytest.MonkeyPatch, filled: Path) -> None:
    monkeypatch.setattr(sys, "stdout", Screen())

    assert main(["show", "3", "--original", "--db", str(filled)]) == 2


@pytest.mark.parametrize("view", [[], ["--why"], ["--captures"], ["--reprints"], ["--history"]])
@pytest.mark.parametrize("width", ["40", "100"])
def test_a_card_on_a_terminal_shows_a_hostile_title_as_text(
    view: list[str], width: str, monkeypatch: pytest.MonkeyPatch, filled: Path
) -> None:
    screen = Screen()
    monkeypatch.setenv("NO_COLOR", "1")
    monkeypatch.setenv("TERM", "dumb")
    monkeypatch.setenv("COLUMNS", width)
    monkeypatch.setattr(sys, "stdout", screen)

    assert main(["show", "3", *view, "--db", str(filled)]) == 0
    assert not set(screen.getvalue()) & set("\x1b\u202e⚠")
    if view in ([], ["--why"]):
        assert "[bold]红字" in screen.getvalue()


def test_captures_say_where_a_page_was_met(run: Run, filled: Path) -> None:
    row = run("show", "1", "--captures", "--db", filled).rows[0]

    assert row["origin"].endswith("a.txt")
    assert len(row["sha256"]) == 64


def test_captures_tell_of_every_time_and_place_at_which_a_page_was_met(run: Run, tmp_path: Path) -> None:
    write_pages(tmp_path, {"a.txt": page(), "b.txt": page(title="秋粮测产")})
    manifest = "path,url,captured_at,collector\n" + "".join(
        f"a.txt,https://news.example.org/{n},2024-0{n}-01T00:00:00Z,李娜\n" for n in (2, 1)
    )
    (tmp_path / "m.csv").write_text(manifest, "utf-8")
    run("ingest", "a.txt", "./a.txt", "b.txt", "--db", "c.db")
    run("ingest", "--manifest", "m.csv", "--db", "c.db")
    shown = run("show", "id:1..", "--captures", "--db", "c.db").rows
    records = [json.loads(line) for line in run("show", "id:1..", "--json", "--db", "c.db").out.splitlines()]
    met = {(row["captured_at"], row["captured_at_basis"], row["url"], row["origin"], row["collector"]) for row in shown}
    of_a = {
        ("2024-01-01T00:00:00Z", "manifest", "https://news.example.org/1", "a.txt", "李娜"),
        ("2024-02-01T00:00:00Z", "manifest", "https://news.example.org/2", "a.txt", "李娜"),
        ("", "", "", "a.txt", ""),
        ("", "", "", "./a.txt", ""),
    }

    assert met == {*of_a, ("", "", "", "b.txt", "")}
    assert len(shown) == 5
    assert "observations" not in next(r for r in records if r["title"] == "秋粮测产")["captures"][0]
    listed = [c for r in records if r["title"] != "秋粮测产" for c in r["captures"]]
    assert {tuple(one[name] or "" for name in MET) for c in listed for one in c["observations"]} == of_a
    assert "met 4 times" in run("show", "id:1..", "--db", "c.db").out


MET = ("captured_at", "captured_at_basis", "url", "origin", "collector")


def test_reprints_are_all_records_with_the_body_first_published_first(run: Run, filled: Path) -> None:
    assert [row["id"] for row in run("show", "2", "--reprints", "--db", filled).rows] == ["1", "2"]


def test_history_says_who_changed_what(run: Run, own: Path) -> None:
    run("tag", "1", "publisher=雁鸣日报社", "-y", "--db", own)
    last = run("show", "1", "--history", "--db", own).rows[-1]

    assert (last["who"], last["command"], last["name"], last["new"]) == (
        "zhang.san",
        "tag",
        "publisher",
        '"雁鸣日报社"',
    )


def test_ids_come_from_stdin(run: Run, filled: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "stdin", io.StringIO("1\n3\n"))

    assert [json.loads(line)["id"] for line in run("show", "-", "--json", "--db", filled).out.splitlines()] == [1, 3]


def test_an_id_that_is_not_there_is_named(run: Run, filled: Path) -> None:
    done = run("show", "1", "77", "--db", filled)

    assert (done.status, done.out) == (4, "")
    assert "77" in done.err


@pytest.mark.parametrize("view", ["--why", "--history", "--captures", "--reprints"])
def test_several_records_in_a_pipe_have_one_head(view: str, run: Run, filled: Path) -> None:
    lines = run("show", "1", "2", view, "--db", filled).out.splitlines()

    assert lines.count(lines[0]) == 1
    assert {line.split("\t")[0] for line in lines[1:]} == {"1", "2"}


def test_evidence_has_a_json_form(run: Run, filled: Path) -> None:
    document = run("show", "1", "--why", "--format", "json", "--db", filled).json

    assert document["schema"] == "catalog.evidence/1"
    assert {row["id"] for row in document["data"]} == {1}


def test_two_views_at_once_are_refused(run: Run, filled: Path) -> None:
    assert run("show", "1", "--why", "--body", "--db", filled).status == 2


def test_a_hostile_title_reads_back_from_the_lines(run: Run, filled: Path) -> None:
    assert {row["value"] for row in run("show", "3", "--db", filled).rows} >= {HOSTILE}
