"""A catalogue with everything in it, one changed byte at a time, and what became of that."""

import random
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

from catalog.errors import CatalogError
from catalog.services.changes import read_change
from catalog.services.tag import apply_changes
from catalog.services.undo import apply_undo, plan_undo
from catalog.services.verdicts import apply_ruling, read_ruling
from catalog.services.verify import verify
from catalog.services.withdraw import apply_withdrawal
from catalog.store.open import open_reader, open_writer
from tests.pages import HARVEST, LIBRARY, ingest, page, ports, write_pages

PAGE_BYTES = 4096


class Fate(StrEnum):
    """What became of a changed byte: `UNUSED` ones held nothing, so that every row still reads as before."""

    FOUND = "found"
    UNUSED = "unused"
    MISSED = "missed"


@dataclass(frozen=True, slots=True)
class Trial:
    """One byte changed: in which page (from 1), at which place, and what became of it."""

    page: int
    place: int
    fate: Fate
    said: str


def make_catalogue(folder: Path) -> Path:
    """Return a small catalogue that has rows in nearly every table."""
    pages: dict[str, str | bytes] = {}
    for n in range(5):
        body = [*HARVEST, f"　　第{n}天没有下雨。"]
        pages[f"{n}.txt"] = page(title=f"青禾县第{n}次观摩会", body=body, views=n)
    pages |= {"a.txt": page(), "b.txt": page(views=340)}
    pages["c.txt"] = page(title="新馆", body=LIBRARY, published="2023-12-04")
    pages["d.txt"] = page(title="转载", site="雁鸣县人民政府", body=[line.replace("，", ",") for line in HARVEST])
    pages |= {"坏.txt": b"\x00\x01\xff\xfe\x80" * 40, "空.txt": ""}
    db = folder / "c.db"
    write_pages(folder / "pages", pages)
    ingest(db, [folder / "pages"], captured_at="2024-10-09")
    ingest(db, [folder / "pages" / "c.txt"], settings=("section=要闻",))
    with open_writer(db) as store:
        apply_changes(store, [1, 2, 3], [c for w in ("source=县档案馆", "+秋粮") if (c := read_change(w))], ports())
        apply_ruling(store, read_ruling(store, ["1", "2"], "different"), ports())
        apply_withdrawal(store, [4], ports(), "个人信息")
        apply_changes(store, [2], [c for w in ("views=7",) if (c := read_change(w))], ports())
        apply_undo(store, plan_undo(store), ports())
    return db


def try_bytes(db: Path, seed: int, scratch: Path, n: int | None = None) -> Iterator[Trial]:
    """Yield what becomes of one byte changed in each page (or in `n` of them), one at a time; never in `db` itself."""
    rng = random.Random(seed)  # noqa: S311 -- a seed, no secret
    data = db.read_bytes()
    before = read_all(db)
    numbers = list(range(len(data) // PAGE_BYTES))
    rng.shuffle(numbers)
    for number in numbers[:n]:
        at = number * PAGE_BYTES + rng.randrange(_first_used(data, number), PAGE_BYTES)
        changed = bytearray(data)
        changed[at] ^= 1 << rng.randrange(8)
        scratch.write_bytes(changed)
        said = _look(scratch)
        fate = Fate.FOUND if said else Fate.UNUSED if read_all(scratch) == before else Fate.MISSED
        yield Trial(number + 1, at % PAGE_BYTES, fate, said)


def _first_used(data: bytes, number: int) -> int:
    """Return where the content of a page begins; pages of trees fill up from their ends."""
    head = number * PAGE_BYTES + (100 if number == 0 else 0)
    if data[head] not in (2, 5, 10, 13):  # an overflow page: a long value goes on in it
        return 0
    return min(int.from_bytes(data[head + 5 : head + 7], "big"), PAGE_BYTES - 1)


def _look(db: Path) -> str:
    """Return what `verify` complains about, "" if all is well."""
    try:
        with open_reader(db) as store:
            problems = verify(store, ports()).outcome.problems
    except CatalogError as error:
        return str(error)
    return "; ".join(f"{problem.code} {problem.origin}: {problem.message}" for problem in problems[:3])


def read_all(db: Path) -> dict[str, list[tuple[object, ...]]]:
    """Return every row of every table with its number, as SQLite reads them without looking at an index.

    Of the full-text index it is the entries: its pieces also hold entries that later ones have struck out.
    """
    with closing(sqlite3.connect(f"file:{db}?mode=ro", uri=True)) as connection:
        connection.text_factory = lambda text: text.decode("utf-8", "surrogateescape")
        found = {table: _read(connection, table) for table in _tables(connection)}
        for table in ("bodies_search", "records_search"):
            connection.execute(f"CREATE VIRTUAL TABLE temp.{table}_all USING fts5vocab(main, {table}, instance)")
            sql = f"SELECT CAST(term AS BLOB), doc, col, offset FROM temp.{table}_all"  # noqa: S608 -- two constants
            found[f"{table}_data"] = connection.execute(sql).fetchall()
        return found


def _tables(connection: sqlite3.Connection) -> list[str]:
    sql = "SELECT name FROM pragma_table_list WHERE schema = 'main' AND type NOT IN ('view', 'virtual') ORDER BY name"
    return [row[0] for row in connection.execute(sql)]


def _read(connection: sqlite3.Connection, table: str) -> list[tuple[object, ...]]:
    try:
        return connection.execute(f'SELECT rowid, * FROM "{table}" NOT INDEXED').fetchall()  # noqa: S608
    except sqlite3.OperationalError:  # a table without row numbers
        return connection.execute(f'SELECT * FROM "{table}"').fetchall()  # noqa: S608
