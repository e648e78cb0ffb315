"""A catalogue to look at, and a way to run a command as a shell would."""

import io
import json
import sys
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from catalog.cli.main import main
from catalog.display.safe import read_tsv
from tests.pages import LIBRARY, ingest, page, write_pages

HOSTILE = "[bold]红字[/bold] \x1b[31m通知\u202e倒 :warning: <script>"
TRADITIONAL = "青禾縣圖書館新館開館"
PAGES: dict[str, str | bytes] = {
    "a.txt": page(),
    "b.txt": page(
        title="秋粮测产观摩会在北塬镇举行", published="2024-10-09", source="雁鸣日报", views=300, site="雁鸣新闻网",
        editor="李　娜",
    ),
    "c.txt": page(title=HOSTILE, published="2023-01-02 08:00", body=LIBRARY, views=0),
    "d.txt": page(title=TRADITIONAL, published="2025-02-01", body=(LIBRARY[0],), editor="李　娜"),
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Ran:
    """What a command left behind."""

    status: int
    out: str
    err: str

    @property
    def json(self) -> Any:  # noqa: ANN401 -- JSON is anything
        return json.loads(self.out)

    @property
    def rows(self) -> list[dict[str, str]]:
        """Return TSV as rows by column name."""
        head, *lines = self.out.splitlines()
        names = head.split("\t")
        return [dict(zip(names, map(read_tsv, line.split("\t")), strict=True)) for line in lines]


Run = Callable[..., Ran]


@pytest.fixture(scope="session")
def filled(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a catalogue of PAGES that nobody changes; one title is whatever an attacker could wish."""
    folder = tmp_path_factory.mktemp("filled")
    write_pages(folder / "pages", PAGES)
    ingest(folder / "catalog.db", [folder / "pages" / name for name in PAGES])
    main(["tag", "3", f"title={HOSTILE}", "-y", "--quiet", "--db", str(folder / "catalog.db")])
    return folder / "catalog.db"


@pytest.fixture
def own(tmp_path: Path) -> Path:
    """Return a catalogue of PAGES that the test may change."""
    write_pages(tmp_path / "pages", PAGES)
    ingest(tmp_path / "own.db", [tmp_path / "pages" / name for name in PAGES])
    return tmp_path / "own.db"


@pytest.fixture(autouse=True)
def _elsewhere(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Run in an empty folder, as an account that is not the machine's, with no settings but these and empty stdin."""
    for name in ("DB", "FORMAT", "JOBS", "ENCODING", "QUIET", "REPORTS", "TAGS"):
        monkeypatch.delenv(f"CATALOG_{name}", raising=False)
    monkeypatch.setenv("CATALOG_WHO", "zhang.san")
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(sys, "stdin", io.StringIO())


@pytest.fixture
def run(capsys: pytest.CaptureFixture[str]) -> Run:
    """Return a function that runs one command line and gives status, stdout and stderr."""

    def run(*words: str | Path) -> Ran:
        capsys.readouterr()
        status = main(_plain(words))
        captured = capsys.readouterr()
        return Ran(status, captured.out, captured.err)

    return run


def _plain(words: Sequence[str | Path]) -> list[str]:
    return [str(word) for word in words]
