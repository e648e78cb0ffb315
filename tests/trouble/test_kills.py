"""SIGKILL at random moments: the catalogue stays whole, and running the command again ends as if nothing had been."""

from pathlib import Path

import pytest

from tests.trouble.kills import kill_often, victims

ROUNDS = 20  # of each command; `python -m bench.trouble` kills each 200 times


@pytest.mark.parametrize("name", ["ingest", "tag", "undo", "dedupe --again", "reparse", "migration"])
def test_a_killed_command_can_be_run_again_and_ends_as_if_never_killed(name: str, tmp_path: Path) -> None:
    rounds = list(kill_often(victims(tmp_path)[name], ROUNDS, 5, tmp_path))

    assert len(rounds) == ROUNDS
    assert any(one.was_running for one in rounds)
