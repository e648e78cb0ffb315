"""In which condition a catalogue's file is, asked without bringing anything in it up to date."""

import json
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

from catalog.store.links import has_uncompared
from catalog.store.migrate import newest_version
from catalog.store.open import connect_to_look
from catalog.store.trouble import explain

PIECES = 32  # of the index, past which a search takes noticeably longer


@dataclass(frozen=True, slots=True)
class Sign:
    """One thing that is odd: `what` it is, and the command or the step that mends it."""

    what: str
    found: str
    mend: str


@dataclass(frozen=True, slots=True)
class Condition:
    """What a catalogue is, and what is odd about it."""

    version: int
    size_bytes: int
    records: int
    captures: int
    signs: tuple[Sign, ...]


def look_at(path: Path) -> Condition:
    """Return the condition of a catalogue. Raises CatalogueUnusable or CatalogueLocked."""
    wal = path.with_name(path.name + "-wal")
    left = wal.stat().st_size if wal.exists() else 0
    try:
        with closing(connect_to_look(path)) as connection:
            version = connection.execute("PRAGMA user_version").fetchone()[0]
            signs = list(_find_signs(connection, version, left))
            records, captures = connection.execute(
                "SELECT (SELECT count(*) FROM records), (SELECT count(*) FROM captures)"
            ).fetchone()
    except sqlite3.Error as error:
        raise explain(error, path) or error from error
    return Condition(version, path.stat().st_size, records, captures, tuple(signs))


def _find_signs(connection: sqlite3.Connection, version: int, wal_bytes: int) -> Iterator[Sign]:
    if version < newest_version():
        found = f"{version}, and this program knows {newest_version()}"
        yield Sign("older schema", found, "catalog backup, then any command: it brings the file up to date")
        return
    if wal_bytes:
        yield Sign(
            "write-ahead log", f"{wal_bytes:,} bytes beside the file", "copy it with catalog backup, never alone"
        )
    if has_uncompared(connection):
        yield Sign(
            "bodies not compared", "an ingest was interrupted", "catalog ingest it again, or catalog dedupe --again"
        )
    for id, said in connection.execute("SELECT id, arguments FROM change_sets WHERE ended_at IS NULL ORDER BY id"):
        paths = " ".join(json.loads(said).get("paths", []))
        yield Sign("ingest not ended", f"change set {id}", f"catalog ingest {paths}".strip())
    yield from _find_open(connection)
    for table in ("bodies_search", "records_search"):
        n = connection.execute(f"SELECT count(DISTINCT segid) FROM {table}_idx").fetchone()[0]  # noqa: S608 -- two constants
        if n > PIECES:
            yield Sign("index in pieces", f"{table}: {n}", "the next catalog ingest joins them")


def _find_open(connection: sqlite3.Connection) -> Iterator[Sign]:
    sql = "SELECT count(*) FROM problems WHERE failed AND solved_by IS NULL"
    n = connection.execute(sql).fetchone()[0]
    if n:
        yield Sign("inputs that failed", f"{n:,}", "mend the files, then catalog ingest them again")
    sql = (
        "SELECT count(*) FROM captures c"
        " WHERE NOT EXISTS (SELECT 1 FROM journal WHERE subject = 'capture:' || c.sha256)"
    )
    n = connection.execute(sql).fetchone()[0]
    if n:
        yield Sign("captures not in the log", f"{n:,}", "catalog verify says more")
