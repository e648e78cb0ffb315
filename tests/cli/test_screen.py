"""What a person sees: tables on an ordinary terminal of 80 columns, with nothing cut away."""

import json
import sys
from collections import Counter
from pathlib import Path

import pytest

from catalog.cli.main import main
from catalog.services.report_words import option
from catalog.store.query_report import find_reports
from tests.cli.conftest import Run
from tests.display.test_table import Screen

Words = tuple[str, ...]
NOTHING_HERE = ("changes", "counters", "problems")  # reports of which the catalogue below has no row
LISTS: list[Words] = [
    *(("report", option(name)) for name in find_reports() if name not in NOTHING_HERE),
    ("report", "--by-source", "--by-year"), ("report", "--by-source", "--by-year", "--by-site"),
    ("list",), ("dedupe",), ("dedupe", "--across"), ("show", "1", "--captures"), ("show", "3", "--history"),
    ("show", "1", "--reprints"),
]  # fmt: skip


def on_screen(words: list[str], width: int, monkeypatch: pytest.MonkeyPatch) -> str:
    screen = Screen()
    with monkeypatch.context() as patch:
        patch.setattr(sys, "stdout", screen)
        patch.setenv("COLUMNS", str(width))
        patch.setenv("TERM", "dumb")
        assert main(words) == 0
    return screen.getvalue()


@pytest.mark.parametrize("words", LISTS, ids=" ".join)
def test_on_80_columns_a_list_is_a_table_and_whole(
    words: Words, filled: Path, run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    from rich.cells import cell_len

    said = [*words, "--db", str(filled)]
    shown = on_screen(said, 80, monkeypatch)
    data = json.loads(run(*said, "--format", "json").out)["data"]
    cells = [str(cell) for row in data for cell in row.values() if cell is not None]

    assert data
    assert "───" in shown
    assert max(cell_len(line) for line in shown.splitlines()) <= 80
    assert not letters("".join(cells)) - letters(shown)


def letters(text: str) -> Counter[str]:
    """Return how often each letter, figure and Han character stands there."""
    return Counter(c for c in text if c.isalnum())
