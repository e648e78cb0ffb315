"""Whether SQLite finds the file sound: pages, rows against indexes, references, the build of the full-text index."""

import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from tempfile import TemporaryDirectory

from catalog.model.problem import Problem
from catalog.store.audit_log import fault
from catalog.store.fulltext import bigrams
from catalog.store.index_check import TEXTS
from catalog.store.open import file_uri, open_memory

SEGMENT_BITS = 37  # of the numbers of pages of the full-text index, below the number of the piece
SKIPS = 1 << 36  # added to the number of a page for its list of skips
MOST = 20  # complaints that are told: where there are more, the file is past being mended piece by piece


def find_page_faults(connection: sqlite3.Connection, *, quick: bool) -> Iterator[Problem]:
    """Yield what SQLite's own check complains about; `quick` does not compare rows with indexes."""
    check = "quick_check" if quick else "integrity_check"
    for (said,) in connection.execute(f"PRAGMA {check}({MOST})"):
        if said != "ok":
            yield fault("file", check, str(said).replace("\n", "; "))
    yield from _find_schema_faults(connection)
    for table, rowid, parent, _ in connection.execute("PRAGMA foreign_key_check").fetchmany(MOST):
        yield fault(str(table), f"row {rowid}", f"it refers to a row of {parent} that is not there")


def _find_schema_faults(connection: sqlite3.Connection) -> Iterator[Problem]:
    """Yield the tables, indexes and views that are not as in a new catalogue; others may stand beside them."""
    sql = "SELECT type, name, tbl_name, sql FROM main.sqlite_schema WHERE name NOT LIKE 'sqlite_stat%'"
    with open_memory() as new:
        wanted = {row["name"]: tuple(row) for row in new.connection.execute(sql)}
    found = {row["name"]: tuple(row) for row in connection.execute(sql)}
    for name, said in wanted.items():
        if found.get(name) != said:
            yield fault("sqlite_schema", name, "it is not as the migrations make it")


def find_index_faults(connection: sqlite3.Connection, path: Path) -> Iterator[Problem]:
    """Yield the full-text tables that FTS5 itself finds damaged, or that count other tokens than the texts have.

    FTS5 checks only what it may write to, so it is given a copy of its tables in a file that goes away again.
    """
    with open_memory() as new:
        for table in TEXTS:
            with TemporaryDirectory(prefix="catalog-verify-") as folder:
                said = _ask_copy(Path(folder) / "index.db", table, path)
            if said:
                yield fault(table, "index", f"the full-text index is damaged: {said}")
            sql = f"SELECT k, v FROM {table}_config ORDER BY k"  # noqa: S608 -- two constants
            if connection.execute(sql).fetchall() != new.connection.execute(sql).fetchall():
                yield fault(table, "config", "the full-text index has other settings")
            if not leads_to_its_pages(connection, table):
                yield fault(table, "index", "the pieces of the full-text index and what leads to them differ")
            for id in _find_miscounted(connection, table):
                yield fault(table, str(id), "the full-text index counts other tokens than the text has")


def leads_to_its_pages(connection: sqlite3.Connection, table: str) -> bool:
    """Return whether the terms by which FTS5 enters its pieces lead to pages that are there, upwards from the first.

    The lowest bit of an entry says that the page has a list of skips, which is a page of its own (fts5_index.c). While
    pieces are joined bit by bit, FTS5 takes away the first pages of one and leaves their entries.
    """
    pages = {row[0] for row in connection.execute(f"SELECT id FROM {table}_data")}  # noqa: S608 -- two constants
    first = {id >> SEGMENT_BITS: id for id in sorted(pages, reverse=True) if id >> SEGMENT_BITS}
    last: dict[int, int] = {}
    sql = f"SELECT segid, pgno, typeof(term) FROM {table}_idx ORDER BY segid, term"  # noqa: S608 -- two constants
    for piece, entry, kind in connection.execute(sql):
        page, skips = entry >> 1, (piece << SEGMENT_BITS) + SKIPS + (entry >> 1)
        is_next = page > last[piece] if piece in last else page == 1
        id = (piece << SEGMENT_BITS) + page
        is_there = id in pages and (skips in pages) == bool(entry & 1)
        if kind != "blob" or not is_next or not (is_there or id < first.get(piece, 0)):
            return False
        last[piece] = page
    return first.keys() == last.keys()


def _ask_copy(copy: Path, table: str, path: Path) -> str | None:
    columns = ", ".join(TEXTS[table][1])
    with closing(sqlite3.connect(copy, isolation_level=None)) as filling:
        filling.execute("PRAGMA synchronous = OFF")
        filling.execute(f"CREATE VIRTUAL TABLE {table} USING fts5 ({columns}, content = '', tokenize = 'ascii')")
        filling.execute("ATTACH ? AS original", (file_uri(path, "ro"),))
        for part in ("data", "idx", "docsize", "config"):
            filling.execute(f"DELETE FROM main.{table}_{part}")  # noqa: S608 -- our own words
            filling.execute(f"INSERT INTO main.{table}_{part} SELECT * FROM original.{table}_{part}")  # noqa: S608
    with closing(
        sqlite3.connect(copy, isolation_level=None)
    ) as asking:  # a new one: the first remembers an empty index
        try:
            asking.execute(f"INSERT INTO {table} ({table}) VALUES ('integrity-check')")  # noqa: S608 -- two constants
        except sqlite3.DatabaseError as error:
            return str(error)
    return None


def _find_miscounted(connection: sqlite3.Connection, table: str) -> Iterator[int | str]:
    """Yield the texts of which the index keeps another number of tokens; "all" where their sum is wrong."""
    sql, columns = TEXTS[table]
    sums = [0] * (1 + len(columns))
    for id, *texts in connection.execute(sql):
        counts = [len(bigrams(text).split()) for text in texts]
        row = connection.execute(f"SELECT sz FROM {table}_docsize WHERE id = ?", (id,)).fetchone()  # noqa: S608
        if (_numbers(row[0]) if row else None) != (counts if any(counts) else None):
            yield id
        sums = [total + n for total, n in zip(sums, [int(any(counts)), *counts], strict=True)]
    averages = connection.execute(f"SELECT block FROM {table}_data WHERE id = 1").fetchone()  # noqa: S608
    if _numbers(averages[0] if averages else b"") != (sums if any(sums) else []) and any(sums):
        yield "all"


def _numbers(blob: bytes) -> list[int]:
    """Return the integers that a blob of FTS5 holds: seven bits a byte, the high bit says that more come."""
    numbers, value = [], 0
    for byte in blob:
        value = value << 7 | byte & 0x7F
        if byte < 0x80:
            numbers.append(value)
            value = 0
    return numbers
