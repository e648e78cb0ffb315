"""Ingest as a whole against a bare script that reads the same files and writes rows and a bigram full-text index.

python -m bench.ingest [--captures 10000] [--seed 1]

The bare script knows nothing of pages: it keeps each text and indexes it whole. `catalog` keeps the original, reads the
page, writes fields with evidence and winners, indexes title, summary and body, and finds near copies and excerpts. How
much of that is the parser is measured apart, by parsing the same files and doing nothing else.
"""

import argparse
import os
import platform
import sqlite3
import tempfile
from pathlib import Path
from typing import Any

from bench.measure import Cost, report, run_apart
from bench.pages import write_captures


def main() -> None:
    """Compare, or be one of those compared."""
    words = argparse.ArgumentParser(description="Ingest against a bare script.")
    words.add_argument("--captures", type=int, default=10_000)
    words.add_argument("--seed", type=int, default=1)
    words.add_argument("--contestant", help=argparse.SUPPRESS)
    words.add_argument("--folder", type=Path, help=argparse.SUPPRESS)
    told = words.parse_args()
    if told.contestant:
        CONTESTANTS[told.contestant](told.folder)
        return
    with tempfile.TemporaryDirectory() as place:
        folder = write_captures(Path(place), told.captures, told.seed)
        compare(folder, told.captures)


def compare(folder: Path, n: int) -> None:
    """Print what each took, and the ratios that are aimed at."""
    print(
        f"{n:,} captures; {os.cpu_count()} cores, Python {platform.python_version()}, SQLite {sqlite3.sqlite_version}"
    )
    costs: dict[str, Cost] = {}
    for name in CONTESTANTS:
        cost = run_apart("bench.ingest", "--contestant", name, "--folder", str(folder))
        if cost is not None:
            costs[name] = cost
            times = f"{cost.cpu:7.1f} s CPU {cost.wall:7.1f} s by the clock {1e6 * cost.cpu / n:6.0f} us each"
            print(f"{name:<8} {times} {cost.memory_mb:5.0f} MB")
    bare, one, two, parser = (costs[name] for name in CONTESTANTS)
    print(f"one worker / bare script   {one.cpu / bare.cpu:5.2f} x CPU (aim: at most 3)")
    print(f"the same without parser    {(one.cpu - parser.cpu) / bare.cpu:5.2f} x CPU")
    print(f"one worker / two workers   {one.wall / two.wall:5.2f} x by the clock (aim: at least 1.5)")
    sizes = one.result
    print(f"full-text index / text     {sizes['index'] / sizes['text']:5.2f} x (aim: at most 1.3)")
    print(f"catalogue file             {sizes['file'] / n / 1e3:5.1f} KB a capture")


def _pages(folder: Path) -> list[Path]:
    return sorted((folder / "pages").rglob("*.txt"))


def _run_bare(folder: Path) -> None:
    def bigrams(text: str) -> str:
        return " ".join(a + b for a, b in zip(text, text[1:] + " ", strict=True) if a.isalnum())

    def work() -> None:
        connection = sqlite3.connect(folder / "bare.db", isolation_level=None)
        connection.execute("PRAGMA journal_mode = WAL")
        connection.execute("CREATE TABLE pages (id INTEGER PRIMARY KEY, path TEXT NOT NULL, text TEXT NOT NULL)")
        connection.execute("CREATE VIRTUAL TABLE search USING fts5 (text, content = '')")
        connection.execute("INSERT INTO search (search, rank) VALUES ('hashsize', 67108864), ('automerge', 0)")
        connection.execute("BEGIN")
        for n, path in enumerate(_pages(folder)):
            text = path.read_text("utf-8")
            connection.execute("INSERT INTO pages VALUES (?, ?, ?)", (n, str(path), text))
            connection.execute("INSERT INTO search (rowid, text) VALUES (?, ?)", (n, bigrams(text)))
        connection.execute("COMMIT")
        connection.close()

    report(work)


def _run_parser(folder: Path) -> None:
    from catalog.model.capture import Capture
    from catalog.rules.load import load_rules
    from catalog.text.parse import parse_capture

    rules, pages = load_rules(), _pages(folder)

    def work() -> None:
        for path in pages:
            parse_capture(Capture.of(path.read_bytes()), rules)

    report(work)


def _run_catalog(folder: Path, jobs: int) -> None:
    from datetime import UTC, datetime

    from catalog.services.ingest import ingest_paths
    from catalog.services.inputs import IngestOptions
    from catalog.services.ports import Ports

    db = folder / f"catalog-{jobs}.db"

    def work() -> Any:  # noqa: ANN401 -- JSON
        ports = Ports(lambda: datetime.now(UTC), "bench")
        ingest_paths(db, [str(folder / "pages")], IngestOptions(jobs=jobs), ports)
        connection = sqlite3.connect(db)
        index = connection.execute("SELECT sum(length(block)) FROM bodies_search_data").fetchone()[0]
        text = connection.execute("SELECT sum(length(CAST(text AS BLOB))) FROM bodies").fetchone()[0]
        return {"index": index, "text": text, "file": db.stat().st_size}

    report(work)


CONTESTANTS = {
    "bare": _run_bare,
    "catalog": lambda folder: _run_catalog(folder, 1),
    "two": lambda folder: _run_catalog(folder, 2),
    "parser": _run_parser,
}

if __name__ == "__main__":
    main()
