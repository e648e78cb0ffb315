import json

import pytest

from catalog.display.outcome import SHOWN, show_decision, show_outcome
from catalog.display.progress import open_progress
from catalog.display.screen import counted
from catalog.model.outcome import Outcome
from catalog.model.problem import Problem
from catalog.model.table import Table
from tests.display.test_table import Screen

FAILED = Problem("path.missing", "there is no such file or folder", "页面/\x1b[31m红.txt", failed=True)
DOUBT = Problem("body.copies_differ", "the copies differ", "a.txt")
COUNTS = {"files": 1063, "added": 1, "unchanged": 1061, "failed": 1, "records": 1, "bodies": 0, "other_files": 2}
OUTCOME = Outcome("ingest", COUNTS, (FAILED, DOUBT), change_set=3)


def test_a_summary_says_what_was_added_unchanged_and_failed(capsys: pytest.CaptureFixture[str]) -> None:
    show_outcome(OUTCOME)
    said = capsys.readouterr()

    assert said.out == ""
    assert "1,063 files: 1 added, 1,061 unchanged, 1 failed" in said.err
    assert "1 × body.copies_differ" in said.err
    assert "页面/\\x1b[31m红.txt: there is no such file or folder [path.missing]" in said.err


def test_quiet_keeps_the_failures(capsys: pytest.CaptureFixture[str]) -> None:
    show_outcome(OUTCOME, quiet=True)

    assert len(capsys.readouterr().err.splitlines()) == 1


def test_a_screen_of_failures_is_named_and_the_rest_counted(capsys: pytest.CaptureFixture[str]) -> None:
    many = tuple(Problem("path.missing", "missing", f"{n}.txt", failed=True) for n in range(SHOWN + 5))
    show_outcome(Outcome("ingest", {"files": len(many), "failed": len(many)}, many), quiet=True)
    lines = capsys.readouterr().err.splitlines()

    assert len(lines) == SHOWN + 1
    assert "5 more" in lines[-1]


def test_json_names_the_command_and_has_every_problem(capsys: pytest.CaptureFixture[str]) -> None:
    show_outcome(OUTCOME, as_json=True)
    said = capsys.readouterr()
    document = json.loads(said.out)

    assert said.err == ""
    assert (document["schema"], document["data"]["counts"]) == ("catalog.ingest/1", COUNTS)
    assert [problem["origin"] for problem in document["problems"]] == [FAILED.origin, DOUBT.origin]


@pytest.mark.parametrize(
    ("counts", "told"),
    [
        ({"agents": 1, "apart": 1}, "1 agent, 1 apart"),
        ({"records": 2, "captures": 0, "apart": 2}, "2 records, 2 apart"),
    ],
)
def test_a_decision_is_told_in_counts_that_agree(
    counts: dict[str, int], told: str, capsys: pytest.CaptureFixture[str]
) -> None:
    show_decision(Outcome("agents", counts, change_set=7), Table("", (), ()))

    assert capsys.readouterr().err == f"kept: {told} (change set 7); undo takes it back\n"


def test_progress_draws_on_a_terminal_alone(capsys: pytest.CaptureFixture[str]) -> None:
    with open_progress() as draw:
        draw(1, 2, {"added": 1}, "a.txt")

    assert capsys.readouterr().err == ""


def test_progress_shows_a_hostile_file_name_as_text(monkeypatch: pytest.MonkeyPatch) -> None:
    screen = Screen()
    monkeypatch.setenv("NO_COLOR", "1")
    monkeypatch.setattr("sys.stderr", screen)
    with open_progress() as draw:
        draw(1, 2, {"added": 1}, "[red]\x1b]0;owned\x07[/nope].txt")

    assert "[red]\\x1b]0;owned\\x07[/nope].txt" in screen.getvalue()
    assert "\x1b]0;" not in screen.getvalue()


@pytest.mark.parametrize(
    ("n", "noun", "text"), [(1, "record", "1 record"), (0, "file", "0 files"), (1063, "body/bodies", "1,063 bodies")]
)
def test_counts_agree_with_their_noun(n: int, noun: str, text: str) -> None:
    assert counted(n, noun) == text
