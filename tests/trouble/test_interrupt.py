import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from catalog.services.ingest import ingest_paths
from catalog.services.inputs import IngestOptions
from catalog.services.ports import Ports, Progress
from catalog.store.journal import find_break
from catalog.store.open import open_reader
from tests.pages import LIBRARY, dump, ingest, page, ports, rows, write_pages


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    pages: dict[str, str | bytes] = {f"{n:02}.txt": page(title=f"雁鸣县第{n}次阅读会", body=LIBRARY) for n in range(10)}
    return write_pages(tmp_path / "pages", pages)


@pytest.mark.parametrize(("at", "kept"), [(1, 0), (3, 0), (4, 3), (8, 6), (10, 9)])
def test_an_interrupt_leaves_whole_batches_and_the_next_run_does_the_rest(
    at: int, kept: int, folder: Path, tmp_path: Path
) -> None:
    def progress(now: Progress) -> None:
        if now.done == at:
            raise KeyboardInterrupt

    db = tmp_path / "c.db"
    with pytest.raises(KeyboardInterrupt):
        ingest_paths(db, [str(folder)], IngestOptions(batch=3), Ports(ports().now, "zhang.san", progress))

    assert rows(db, "SELECT count(*) FROM captures") == [(kept,)]
    assert rows(db, "SELECT ended_at IS NOT NULL, counts ->> 'added' FROM change_sets") == ([(1, kept)] if kept else [])
    assert ingest(db, [folder]).counts["added"] == 10 - kept
    ingest(tmp_path / "whole.db", [folder])
    assert dump(db) == dump(tmp_path / "whole.db")
    with open_reader(db) as store:
        assert find_break(store.connection) is None


PROGRAM = """
import sys
from datetime import UTC, datetime
from pathlib import Path
from catalog.services.ingest import ingest_paths
from catalog.services.inputs import IngestOptions
from catalog.services.ports import Ports

def progress(now):
    print(now.done, flush=True)

if __name__ == "__main__":
    options = IngestOptions(batch=2, jobs=int(sys.argv[1]))
    ingest_paths(Path(sys.argv[2]), [sys.argv[3]], options, Ports(lambda: datetime.now(UTC), "li.si", progress))
"""


@pytest.fixture
def program(tmp_path: Path) -> Path:
    (tmp_path / "run.py").write_text(PROGRAM, "utf-8")
    return tmp_path / "run.py"


def start(program: Path, jobs: int, db: Path, folder: Path) -> "subprocess.Popen[str]":
    words = [sys.executable, str(program), str(jobs), str(db), str(folder)]
    return subprocess.Popen(
        words, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, start_new_session=True, cwd=Path.cwd()
    )


@pytest.mark.parametrize("jobs", [1, 2])
@pytest.mark.parametrize("how", [signal.SIGINT, signal.SIGKILL])
def test_a_run_stopped_from_outside_can_be_run_again(
    jobs: int, how: signal.Signals, folder: Path, program: Path, tmp_path: Path
) -> None:
    for n in range(10, 200):
        write_pages(folder, {f"{n}.txt": page(title=f"雁鸣县第{n}次阅读会", body=LIBRARY)})
    db = tmp_path / "c.db"
    process = start(program, jobs, db, folder)
    assert process.stdout is not None
    for line in process.stdout:
        if line == "20\n":
            os.killpg(process.pid, how)  # a terminal's Ctrl-C reaches the workers too
            break
    process.communicate(timeout=30)

    before = rows(db, "SELECT count(*) FROM captures")[0][0]
    assert 18 <= before < 200
    assert before % 2 == 0
    assert ingest(db, [folder]).counts["added"] == 200 - before


@pytest.mark.parametrize("how", [signal.SIGTERM, signal.SIGKILL])
def test_workers_end_with_a_parent_that_was_killed_alone(
    how: signal.Signals, folder: Path, program: Path, tmp_path: Path
) -> None:
    for n in range(10, 200):
        write_pages(folder, {f"{n}.txt": page(title=f"雁鸣县第{n}次阅读会", body=LIBRARY)})
    process = start(program, 2, tmp_path / "c.db", folder)
    assert process.stdout is not None
    for line in process.stdout:
        if line == "20\n":
            process.send_signal(how)
            break

    process.communicate(timeout=30)  # returns when nobody holds its output open any more


def test_two_ingests_at_once_both_succeed(folder: Path, program: Path, tmp_path: Path) -> None:
    write_pages(tmp_path / "more", {f"{n}.txt": page(title=f"青禾县第{n}次观摩会") for n in range(10)})
    db = tmp_path / "c.db"
    both = [start(program, 1, db, place) for place in (folder, tmp_path / "more")]

    assert [process.communicate(timeout=60)[1] for process in both] == ["", ""]
    ingest(tmp_path / "one.db", [tmp_path / "more", folder])
    assert dump(db) == dump(tmp_path / "one.db")
    with open_reader(db) as store:
        assert find_break(store.connection) is None
