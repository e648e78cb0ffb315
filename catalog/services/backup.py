"""A copy of a live catalogue, made by SQLite itself while others go on writing, checked before it takes its name."""

import sqlite3
from contextlib import closing
from pathlib import Path

from catalog.errors import CatalogueLocked, CatalogueUnusable, UsageError, VerificationFailed
from catalog.model.outcome import Outcome
from catalog.services.ports import Ports, Progress
from catalog.services.rebuild import remove
from catalog.services.verify import verify
from catalog.store.open import Store, open_reader, open_writer
from catalog.store.trouble import explain

STEP = 2_000  # pages copied between two looks at the progress: 8 MB


def target_of(db: Path, to: Path, ports: Ports) -> Path:
    """Return the file that a backup makes: `to`, or in the folder `to` one named after the catalogue and the time.

    Raises UsageError for a place where none can be made, or where the catalogue itself is.
    """
    target = to / f"{db.stem}-{ports.timestamp().replace(':', '')}{db.suffix or '.db'}" if to.is_dir() else to
    if not target.parent.is_dir():
        raise UsageError(f"{target}: there is no folder {target.parent}", path=str(target))
    if target.exists() and db.exists() and target.samefile(db):
        raise UsageError(f"{target} is the catalogue itself", path=str(target))
    return target


def back_up(db: Path, target: Path, ports: Ports) -> Outcome:
    """Copy the catalogue as it is at one moment; what was at `target` is replaced once the copy is whole and checked.

    Counts: `bytes` of the copy, `originals`, `notes` of the log. Raises VerificationFailed where pages, log or
    originals of the copy are not what they were: then the catalogue itself is damaged.
    """
    part = target.with_name(f".{target.name}.part")
    remove(part)
    try:
        with _open(db) as store:
            _copy(store, part, ports)
        with open_reader(part) as copy:
            checked = verify(copy, ports, quick=True).outcome
        if checked.problems:
            first = checked.problems[0]
            raise VerificationFailed(f"{db} is damaged, so no backup was made: {first.origin}: {first.message}")
        n_bytes = part.stat().st_size
        part.replace(target)
    finally:
        remove(part)
    counts = {"bytes": n_bytes, "originals": checked.counts["originals"], "notes": checked.counts["notes"]}
    return Outcome("backup", counts)


def _open(db: Path) -> Store:
    """Return the catalogue open to write where that is possible: only then do those who write not wait for the copy."""
    try:
        return open_writer(db)
    except CatalogueLocked:
        raise
    except CatalogueUnusable:
        return open_reader(db)


def _copy(store: Store, part: Path, ports: Ports) -> None:
    def tell(_: int, left: int, total: int) -> None:
        ports.progress(Progress(total - left, total, {}, part.name))

    store.connection.execute("BEGIN")
    store.connection.execute("SELECT 1 FROM sqlite_schema").fetchone()  # from here on all is of one moment
    try:
        with closing(sqlite3.connect(part, isolation_level=None)) as copy:
            store.connection.backup(copy, pages=STEP, progress=tell, sleep=0)
            copy.execute("PRAGMA journal_mode = DELETE")
    except sqlite3.Error as error:
        raise explain(error, part) or error from error
    finally:
        store.connection.execute("COMMIT")
