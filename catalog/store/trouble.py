"""SQLite's troubles with a file, said in words that help; its complaints about our SQL stay bugs."""

import sqlite3
from pathlib import Path

from catalog.errors import CatalogueLocked, CatalogueUnusable
from catalog.store.holder import find_holder

DAMAGED = "is damaged: restore a backup, or let `catalog rescue` save what is whole"
_SENTENCES = {
    sqlite3.SQLITE_CORRUPT: DAMAGED,
    sqlite3.SQLITE_NOTADB: "is not a catalogue: it is no SQLite file",
    sqlite3.SQLITE_FULL: "cannot grow: the disk is full",
    sqlite3.SQLITE_IOERR: "cannot be read or written: the disk reports an error",
    sqlite3.SQLITE_READONLY: "cannot be written: the file or its folder is read-only",
    sqlite3.SQLITE_CANTOPEN: "cannot be opened: look at its folder and permissions",
    sqlite3.SQLITE_PERM: "cannot be opened: permission denied",
    sqlite3.SQLITE_AUTH: "cannot be opened: permission denied",
}


def explain(error: sqlite3.Error | UnicodeDecodeError, path: Path) -> CatalogueUnusable | None:
    """Return the error to show people, None if the fault is ours and the traceback should stay."""
    if isinstance(error, UnicodeDecodeError) or "malformed" in str(error):  # SQLite repeats damaged names as they are
        return CatalogueUnusable(f"{path} {DAMAGED}", path=str(path))
    code = getattr(error, "sqlite_errorcode", None)
    if code is None:
        return None
    primary = code & 0xFF  # extended codes keep their family in the low byte
    if primary in (sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED):
        holder = find_holder(path)
        who = str(holder) if holder else "another process"
        return CatalogueLocked(f"{path} is locked: {who} is writing to it; try again", path=str(path))
    if primary in _SENTENCES:
        return CatalogueUnusable(f"{path} {_SENTENCES[primary]}", path=str(path))
    return None
