"""Rows that vouch for themselves, found in a damaged file page by page, whatever the rest of it says.

An original is what its name says if its SHA-256 is; a row of the journal if its hash is over it and the hash before.
Neither needs the trees that lead SQLite to a row. The layout is that of https://www.sqlite.org/fileformat2.html.
"""

import hashlib
import os
import re
import sqlite3
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from catalog.store.journal import chain_hash
from catalog.store.originals import unpack

LEAF = 13  # the kind of a page of rows
USUAL_PAGE_BYTES = 4096
_ORIGINAL = re.compile(r"([0-9a-f]{64})\.[a-z0-9]{1,16}")
_SIZES = {0: 0, 1: 1, 2: 2, 3: 3, 4: 4, 5: 6, 6: 8, 7: 8, 8: 0, 9: 0}
_LARGEST = 1 << 31  # bytes of one row: SQLite keeps no larger ones

Cell = int | float | str | bytes | None

SCHEMA = """
CREATE TABLE sqlar (name TEXT PRIMARY KEY, mode INT, mtime INT, sz INT, data BLOB);
CREATE TABLE journal (id INTEGER PRIMARY KEY, change_set_id INTEGER, subject TEXT, name TEXT, old TEXT, new TEXT,
                      previous_hash TEXT, hash TEXT);
CREATE INDEX journal_by_subject ON journal (subject);
"""


@dataclass(frozen=True, slots=True)
class Salvaged:
    """What came out: whole `originals`, rows of the `journal` and how many before the last of these are `missing`."""

    originals: int
    journal: int
    missing: int


def salvage(damaged: Path, target: sqlite3.Connection) -> Salvaged:
    """Write what is whole in a file into the tables `sqlar` and `journal` of an empty database."""
    target.executescript(SCHEMA)
    with damaged.open("rb") as file:
        pages = _Pages(file.fileno(), *_measure(file.read(100), os.fstat(file.fileno()).st_size))
        target.execute("BEGIN")
        for id, row in pages.rows():
            _take(target, id, row)
        target.execute("COMMIT")
    originals = target.execute("SELECT count(*) FROM sqlar").fetchone()[0]
    n, last = target.execute("SELECT count(*), ifnull(max(id), 0) FROM journal").fetchone()
    return Salvaged(originals, n, last - n)


def _take(target: sqlite3.Connection, id: int, row: list[Cell]) -> None:
    if len(row) == 5 and isinstance(row[0], str) and isinstance(row[3], int) and _is_original(row[0], row[3], row[4]):
        target.execute("INSERT OR IGNORE INTO sqlar VALUES (?, ?, 0, ?, ?)", (row[0], row[1], row[3], row[4]))
    elif len(row) == 8 and isinstance(row[6], str) and _is_noted(row):
        target.execute("INSERT OR IGNORE INTO journal VALUES (?, ?, ?, ?, ?, ?, ?, ?)", (id, *row[1:]))


def _is_original(name: str, size_bytes: int, data: Cell) -> bool:
    named = _ORIGINAL.fullmatch(name)
    if not named or not isinstance(data, bytes):
        return False
    try:
        return hashlib.sha256(unpack(data, size_bytes)).hexdigest() == named[1]
    except zlib.error:
        return False


def _is_noted(row: list[Cell]) -> bool:
    """Return whether a row of eight columns is one of the journal: its hash is over the others."""
    if not all(value is None or isinstance(value, int | str) for value in row):
        return False
    return row[7] == chain_hash(str(row[6]), tuple(row[1:6]))  # type: ignore[arg-type]


def _measure(head: bytes, size_bytes: int) -> tuple[int, int, int]:
    """Return bytes a page, bytes of it that are used, and the number of pages; what the head cannot say is as usual."""
    page = int.from_bytes(head[16:18], "big") if len(head) > 20 else 0
    page = 65536 if page == 1 else page
    if page < 512 or page & (page - 1):
        page = USUAL_PAGE_BYTES
    reserved = head[20] if len(head) > 20 and head[20] < 32 else 0
    return page, page - reserved, -(-size_bytes // page)


@dataclass(frozen=True, slots=True)
class _Pages:
    """The pages of a file, of which any may be damaged: what makes no sense is passed over."""

    file: int
    page_bytes: int
    usable: int
    count: int

    def rows(self) -> Iterator[tuple[int, list[Cell]]]:
        """Yield (number, values) of every row that can be read in any page that looks like one of rows."""
        for number in range(1, self.count + 1):
            page = self._read(number)
            head = 100 if number == 1 else 0
            if len(page) < self.usable or page[head] != LEAF:
                continue
            n_cells = int.from_bytes(page[head + 3 : head + 5], "big")
            for at in range(head + 8, min(head + 8 + 2 * n_cells, self.usable - 1), 2):
                row = self._row(page, int.from_bytes(page[at : at + 2], "big"))
                if row is not None:
                    yield row

    def _read(self, number: int) -> bytes:
        return os.pread(self.file, self.page_bytes, (number - 1) * self.page_bytes)

    def _row(self, page: bytes, at: int) -> tuple[int, list[Cell]] | None:
        try:
            size_bytes, at = _varint(page, at)
            id, at = _varint(page, at)
            payload = self._payload(page, at, size_bytes)
            return None if payload is None else (id, _values(payload))
        except (IndexError, ValueError, KeyError):
            return None

    def _payload(self, page: bytes, at: int, size_bytes: int) -> bytes | None:
        """Return the bytes of a row, those included that go on in other pages; None where these do not hold them."""
        most = self.usable - 35
        if size_bytes <= most:
            return page[at : at + size_bytes]
        if size_bytes > min(_LARGEST, self.count * self.page_bytes):
            return None
        least = (self.usable - 12) * 32 // 255 - 23
        local = least + (size_bytes - least) % (self.usable - 4)
        local = local if local <= most else least
        pieces, left = [page[at : at + local]], size_bytes - local
        following = int.from_bytes(page[at + local : at + local + 4], "big")
        while left > 0:
            if not 1 <= following <= self.count:
                return None
            other = self._read(following)
            pieces.append(other[4 : 4 + min(left, self.usable - 4)])
            left -= self.usable - 4
            following = int.from_bytes(other[:4], "big")
        return b"".join(pieces)


def _values(payload: bytes) -> list[Cell]:
    """Return the columns of a row. Raises ValueError, IndexError or KeyError for what is none."""
    head_bytes, at = _varint(payload, 0)
    if head_bytes > len(payload):
        raise ValueError("a head longer than the row")
    kinds = []
    while at < head_bytes:
        kind, at = _varint(payload, at)
        kinds.append(kind)
    values: list[Cell] = []
    for kind in kinds:
        size = _SIZES[kind] if kind < 10 else (kind - 12) // 2
        piece = payload[at : at + size]
        if len(piece) < size:
            raise ValueError("a row that ends too soon")
        values.append(_value(kind, piece))
        at += size
    return values


def _value(kind: int, piece: bytes) -> Cell:
    if kind in {0, 7}:  # NULL; a number with a point, of which neither table has one
        return None
    if kind in (8, 9):
        return kind - 8
    if kind < 10:
        return int.from_bytes(piece, "big", signed=True)
    return piece.decode("utf-8") if kind % 2 else piece


def _varint(data: bytes, at: int) -> tuple[int, int]:
    """Return the number that begins at a place, and the place behind it."""
    value = 0
    for n in range(8):
        byte = data[at + n]
        value = value << 7 | byte & 0x7F
        if byte < 0x80:
            return value, at + n + 1
    return value << 8 | data[at + 8], at + 9
