"""A disk that is full, a file that may not grow, a folder that may not be written: told, and nothing half-done."""

import os
import resource
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest

from catalog.services.verify import verify
from catalog.store.open import open_reader
from tests.pages import HARVEST, dump, ingest, page, ports, write_pages
from tests.process import COMMAND

BODY = [f"{line}{n}" for n in range(60) for line in HARVEST]


@pytest.fixture
def db(tmp_path: Path) -> Path:
    ingest(tmp_path / "c.db", [write_pages(tmp_path / "pages", {"a.txt": page()})])
    more: dict[str, str | bytes] = {f"{n}.txt": page(title=f"第{n}天", body=[*BODY, str(n)]) for n in range(12)}
    write_pages(tmp_path / "more", more)
    return tmp_path / "c.db"


def run(*words: str, most_bytes: int | None = None) -> "subprocess.CompletedProcess[str]":
    """Run a command in a process whose files may not grow past a size: what a quota and a full disk do."""

    def limit() -> None:
        if most_bytes is not None:
            resource.setrlimit(resource.RLIMIT_FSIZE, (most_bytes, most_bytes))

    return subprocess.run([*COMMAND, *words], capture_output=True, text=True, preexec_fn=limit, check=False)


def must_hold(db: Path) -> None:
    with open_reader(db) as store:
        assert verify(store, ports()).outcome.problems == ()


@pytest.mark.parametrize("room_kb", [0, 8, 40])
def test_a_file_that_may_not_grow_is_6_and_nothing_is_half_done(room_kb: int, db: Path, tmp_path: Path) -> None:
    before = dump(db)
    limit = db.stat().st_size + room_kb * 1024
    done = run("ingest", str(tmp_path / "more"), "--jobs", "1", "--db", str(db), most_bytes=limit)

    assert done.returncode == 6
    assert "Traceback" not in done.stderr
    assert str(db) in done.stderr
    assert dump(db) == before
    must_hold(db)
    assert run("ingest", str(tmp_path / "more"), "--jobs", "1", "--db", str(db)).returncode == 0
    must_hold(db)


def test_a_new_catalogue_without_room_can_be_made_again(db: Path, tmp_path: Path) -> None:
    new = db.with_name("new.db")
    done = run("ingest", str(tmp_path / "more"), "--jobs", "1", "--db", str(new), most_bytes=30_000)

    assert (done.returncode, "Traceback" in done.stderr) == (6, False)
    assert run("list", "--db", str(new)).returncode in {4, 6}
    assert run("ingest", str(tmp_path / "more"), "--jobs", "1", "--db", str(new)).returncode == 0
    must_hold(new)


@pytest.mark.parametrize("words", [["backup", "copy.db"], ["rebuild", "copy.db"], ["export", "-o", "copy.jsonl"]])
def test_a_copy_without_room_is_told_and_leaves_nothing(words: list[str], db: Path, tmp_path: Path) -> None:
    here = tmp_path / "here"
    here.mkdir()
    words = [*words[:-1], str(here / words[-1])]
    done = run(*words, "--db", str(db), most_bytes=1_000 if words[0] == "export" else 30_000)

    assert done.returncode in {2, 6}
    assert "Traceback" not in done.stderr
    assert list(here.iterdir()) == []


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="there is no /dev/full")
def test_a_full_disk_behind_stdout_is_6(db: Path) -> None:
    with Path("/dev/full").open("w") as full:
        words = [*COMMAND, "export", "--to", "dump", "--db", str(db)]
        done = subprocess.run(words, stdout=full, stderr=subprocess.PIPE, text=True, check=False)

    assert done.returncode == 6
    assert "No space left" in done.stderr


@pytest.mark.skipif(os.geteuid() == 0, reason="root may write everywhere")
def test_a_folder_that_may_not_be_written_is_6(db: Path, tmp_path: Path) -> None:
    before = db.read_bytes()
    tmp_path.chmod(0o500)
    db.chmod(0o400)
    try:
        done = run("tag", "1", "+x", "-y", "--db", str(db))
        assert done.returncode == 6
        assert "permission denied" in done.stderr
        assert run("list", "--db", str(db)).returncode == 0
    finally:
        tmp_path.chmod(0o700)
    assert db.read_bytes() == before


TORN: dict[str, Callable[[bytes], bytes]] = {
    "empty of sense": lambda data: b"\x00" * len(data),
    "another program's": lambda data: data[:68] + b"\x00\x00\x00\x01" + data[72:],
    "cut to one page": lambda data: data[:4096],
    "cut in a page": lambda data: data[:5000],
    "the first page gone": lambda data: bytes(4096) + data[4096:],
    "no database": lambda data: b"PK\x03\x04" + data[4:],
}


@pytest.mark.parametrize("how", TORN)
@pytest.mark.parametrize("words", [["tag", "1", "+x", "-y"], ["list"], ["ingest", "pages"]], ids=" ".join)
def test_a_torn_or_foreign_file_is_recognised_and_never_written(how: str, words: list[str], db: Path) -> None:
    torn = TORN[how](db.read_bytes())
    db.write_bytes(torn)
    done = run(*[word.replace("pages", str(db.parent / "pages")) for word in words], "--db", str(db))

    assert done.returncode == 6, done.stderr
    assert "Traceback" not in done.stderr
    assert db.read_bytes() == torn
    assert sorted(path.name for path in db.parent.glob("c.db*")) == ["c.db"]
