"""What is whole in a damaged catalogue, saved into a new one."""

import json
import shutil
import sqlite3
from collections.abc import Iterator
from contextlib import closing, suppress
from pathlib import Path
from tempfile import TemporaryDirectory

from catalog.errors import CatalogueUnusable
from catalog.model.outcome import Outcome
from catalog.model.problem import Problem
from catalog.services.ports import Ports
from catalog.services.rebuild import rebuild
from catalog.store.salvage import salvage


def rescue(damaged: Path, new: Path, ports: Ports) -> Outcome:
    """Make a new catalogue of the originals and the rows of the log that are whole in a damaged file, left as it is.

    An original of which the log has lost its entry comes in as met in the damaged file. Counts: those of a rebuild, and
    rows of the `log` that are whole, or `log_lost`. Raises CatalogueUnusable where nothing is whole.
    """
    if not damaged.is_file():
        raise CatalogueUnusable(f"there is no file {damaged}", path=str(damaged))
    with TemporaryDirectory(prefix=".catalog-rescue-", dir=new.parent) as folder:
        copy = _settle(damaged, Path(folder) / "damaged.db")
        with closing(sqlite3.connect(Path(folder) / "whole.db", isolation_level=None)) as whole:
            whole.row_factory = sqlite3.Row
            found = salvage(copy, whole)
            if not found.originals:
                raise CatalogueUnusable(f"{damaged}: no original in it is whole", path=str(damaged))
            unknown = list(_find_unknown(whole))
            _note_unknown(whole, unknown, damaged.name)
            outcome = rebuild(whole, new, ports, "rescue")
    lost = [Problem("log.lost", "its entry in the log is lost", sha256, sha256, failed=True) for sha256 in unknown]
    counts = outcome.counts | {"log": found.journal, "log_lost": found.missing}
    return Outcome("rescue", counts, (*outcome.problems, *lost), outcome.change_set)


def _settle(damaged: Path, copy: Path) -> Path:
    """Return a copy into which SQLite has taken what was still beside the file, if it can."""
    shutil.copyfile(damaged, copy)
    beside = damaged.with_name(damaged.name + "-wal")
    if beside.is_file():
        shutil.copyfile(beside, copy.with_name(copy.name + "-wal"))
        with suppress(sqlite3.DatabaseError), closing(sqlite3.connect(copy)) as connection:
            connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    return copy


def _find_unknown(whole: sqlite3.Connection) -> Iterator[str]:
    """Yield the originals of which no whole row of the log says anything."""
    sql = (
        "SELECT substr(name, 1, 64) FROM sqlar WHERE NOT EXISTS"
        " (SELECT 1 FROM journal WHERE subject = 'capture:' || substr(sqlar.name, 1, 64)) ORDER BY rowid"
    )
    yield from (row[0] for row in whole.execute(sql))


def _note_unknown(whole: sqlite3.Connection, sha256s: list[str], name: str) -> None:
    """Let the log say of originals that it does not know any more that they were met in the damaged file."""
    for sha256 in sha256s:
        said = json.dumps({"seen": [[f"{name}!/{sha256}", None, None, None, None]], "set": []})
        sql = "INSERT INTO journal (change_set_id, subject, name, new) VALUES (0, 'capture:' || ?, 'state', ?)"
        whole.execute(sql, (sha256, said))
