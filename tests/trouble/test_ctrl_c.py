"""Ctrl-C on the command line: status 130, what was done is kept and said, and the next run does the rest."""

import signal
import sqlite3
import subprocess
import time
from contextlib import closing, suppress
from pathlib import Path

import pytest

from catalog.cli.main import main
from catalog.services.verify import verify
from catalog.store.open import open_reader
from tests.pages import LIBRARY, dump, ingest, page, ports, write_pages
from tests.process import COMMAND

N_PAGES = 250  # a batch, and some


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    pages: dict[str, str | bytes] = {
        f"{n:03}.txt": page(title=f"雁鸣县第{n}次阅读会", body=[*LIBRARY, f"　　第{n}次。"]) for n in range(N_PAGES)
    }
    return write_pages(tmp_path / "pages", pages)


@pytest.mark.parametrize("jobs", ["1", "2"])
def test_ctrl_c_ends_an_ingest_at_once_and_the_next_run_does_the_rest(jobs: str, folder: Path, tmp_path: Path) -> None:
    db = tmp_path / "c.db"
    words = [*COMMAND, "ingest", str(folder), "--jobs", jobs, "--db", str(db)]
    process = subprocess.Popen(words, stderr=subprocess.PIPE, text=True)
    while count(db) == 0 and process.poll() is None:
        time.sleep(0.01)
    process.send_signal(signal.SIGINT)
    said = process.communicate(timeout=60)[1]

    assert process.returncode == 130
    assert "interrupted; the catalogue is consistent, run again to go on" in said
    assert "Traceback" not in said
    assert 0 < count(db) < N_PAGES
    with open_reader(db) as store:
        assert verify(store, ports()).outcome.problems == ()
    ingest(db, [folder])
    ingest(tmp_path / "whole.db", [folder])
    assert dump(db) == dump(tmp_path / "whole.db")


def count(db: Path) -> int:
    """Return how many captures are in a catalogue that may not be there yet."""
    with suppress(sqlite3.Error), closing(sqlite3.connect(f"file:{db}?mode=ro", uri=True)) as connection:
        return int(connection.execute("SELECT count(*) FROM captures").fetchone()[0])
    return 0


def test_a_file_that_an_ingest_had_only_begun_is_said_to_be_empty(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "c.db").touch()

    assert main(["list", "--db", str(tmp_path / "c.db")]) == 6
    assert "is empty: an ingest was stopped before it began; run it again" in capsys.readouterr().err
