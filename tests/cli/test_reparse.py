import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from tests.cli.conftest import Run
from tests.display.test_table import Screen
from tests.older import parse_as_before
from tests.pages import dump


@contextmanager
def yesterday() -> Iterator[None]:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("catalog.services.reading.parse_capture", parse_as_before)
        yield


@pytest.fixture
def older(run: Run, own: Path) -> Path:
    """Return a catalogue of which two records were read by older rules."""
    with yesterday():
        assert run("reparse", "1", "2", "-y", "--db", own).status == 0
    return own


def test_a_diff_shows_old_and_new_and_writes_nothing(run: Run, older: Path) -> None:
    before = dump(older)
    done = run("reparse", "--diff", "--db", older)

    assert done.status == 0
    told = {(row["id"], row["field"]): (row["old"], row["new"]) for row in done.rows}
    assert told["1", "source"] == ("", "青禾县融媒体中心")
    assert told["2", "title"] == ("粮测产观摩会在北塬镇举行", "秋粮测产观摩会在北塬镇举行")
    assert {id_ for id_, _ in told} == {"1", "2"}
    assert "4 captures read again, 2 otherwise" in done.err
    assert dump(older) == before


def test_it_is_shown_then_asked_then_done(run: Run, older: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    assert run("reparse", "--db", older).status == 2  # nobody to ask
    monkeypatch.setattr(sys, "stdin", Screen("y\n"))
    done = run("reparse", "source:青禾 OR id:2", "-m", "rules of today", "--db", older)

    assert done.status == 0
    assert "秋粮测产观摩会在北塬镇举行" in done.err
    assert run("show", "2", "--json", "--db", older).json["source"] == "雁鸣日报"
    assert run("show", "1", "--json", "--db", older).json["source"] is None


def test_a_second_time_there_is_nothing_to_change(run: Run, older: Path) -> None:
    first = run("reparse", "-y", "--json", "--db", older).json["data"]
    second = run("reparse", "-y", "--json", "--db", older).json["data"]

    assert (first["counts"]["captures"], first["counts"]["otherwise"], first["counts"]["records"]) == (4, 2, 2)
    assert (second["change_set"], second["changes"], second["counts"]["otherwise"]) == (None, [], 0)
    assert "all as before" in run("reparse", "--db", older).err


def test_a_diff_can_be_applied_at_once(run: Run, older: Path) -> None:
    done = run("reparse", "1", "--diff", "-y", "--db", older)

    assert done.rows
    assert run("reparse", "1", "--diff", "--db", older).rows == []
