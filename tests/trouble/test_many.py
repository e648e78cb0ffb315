"""Many at once, and a lock that lasts too long."""

import os
import sqlite3
import subprocess
import sys
from contextlib import closing
from pathlib import Path

import pytest

from catalog.cli.main import main
from catalog.errors import CatalogueLocked
from catalog.services.verify import verify
from catalog.store.holder import LOCKS
from catalog.store.open import open_reader, open_writer
from tests.pages import HARVEST, LIBRARY, dump, ingest, page, ports, write_pages
from tests.process import COMMAND


def test_four_ingests_of_overlapping_folders_and_two_readers(tmp_path: Path) -> None:
    folders = []
    for n in range(4):
        pages: dict[str, str | bytes] = {}
        for m in range(n * 4, n * 4 + 8):  # each folder shares half of its pages with the next
            body = [*(HARVEST if m % 2 else LIBRARY), f"　　第{m}天。"]
            pages[f"{m}.txt"] = page(title=f"青禾县第{m}次观摩会", body=body)
        folders.append(write_pages(tmp_path / f"folder-{n}", pages))
    db = tmp_path / "c.db"
    ingest(db, [write_pages(tmp_path / "first", {"x.txt": page()})])
    ingests = [start("ingest", str(folder), "--quiet", "--jobs", "1", "--db", str(db)) for folder in folders]
    readers = [start("list", "--db", str(db)) for _ in range(2)]

    assert [(process.communicate(timeout=300)[1], process.returncode) for process in ingests] == [(b"", 0)] * 4
    assert [(process.communicate(timeout=300)[1], process.returncode) for process in readers] == [(b"", 0)] * 2
    ingest(tmp_path / "one.db", [tmp_path / "first", *folders])
    assert dump(db) == dump(tmp_path / "one.db")
    with open_reader(db) as store:
        assert verify(store, ports()).outcome.problems == ()


def start(*words: str) -> "subprocess.Popen[bytes]":
    return subprocess.Popen([*COMMAND, *words], stdout=subprocess.PIPE, stderr=subprocess.PIPE)


HOLD = """
import sqlite3, sys
connection = sqlite3.connect(sys.argv[1], isolation_level=None)
if sys.argv[2] == "wal":
    connection.execute("PRAGMA journal_mode = WAL")
connection.execute("BEGIN IMMEDIATE")
print("held", flush=True)
sys.stdin.read()
"""


@pytest.mark.skipif(not LOCKS.exists(), reason="this system does not tell who holds a lock")
@pytest.mark.parametrize("mode", ["wal", "delete"])
def test_who_holds_the_lock_is_named(mode: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    db = tmp_path / "c.db"
    open_writer(db, create=True).close()
    words = [sys.executable, "-c", HOLD, str(db), mode]
    holder = subprocess.Popen(words, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
    try:
        assert holder.stdout is not None
        assert holder.stdout.readline() == "held\n"
        monkeypatch.setattr("catalog.store.open.WAIT_SECONDS", 0.05)
        with (
            pytest.raises(CatalogueLocked, match=f"process {holder.pid} "),
            open_writer(db) as store,
            store.transaction(),
        ):
            pass
    finally:
        holder.communicate("")


def test_a_lock_of_our_own_process_is_named_too(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    db = tmp_path / "c.db"
    ingest(db, [write_pages(tmp_path / "pages", {"a.txt": page()})])
    monkeypatch.setattr("catalog.store.open.WAIT_SECONDS", 0.05)
    with closing(sqlite3.connect(db, isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        status = main(["tag", "1", "+x", "-y", "--db", str(db)])

    assert status == 6
    assert f"process {os.getpid()}" in capsys.readouterr().err or not LOCKS.exists()
