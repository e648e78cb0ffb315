"""Are the originals still the bytes that were captured?"""

import hashlib
import sqlite3
import zlib
from collections.abc import Iterator

from catalog.store.originals import unpack


def find_damaged(connection: sqlite3.Connection) -> Iterator[str]:
    """Yield the SHA-256 of every original that is missing, or has other bytes now; those out of view too."""
    missing = (
        "SELECT sha256 FROM captures c"
        " WHERE NOT EXISTS (SELECT 1 FROM sqlar WHERE name = c.sha256 || '.' || c.extension)"
    )
    yield from (row[0] for row in connection.execute(missing))
    for name, size_bytes, data in connection.execute("SELECT name, sz, data FROM sqlar ORDER BY name"):
        sha256 = name.partition(".")[0]
        if _digest(data, size_bytes) != sha256:
            yield sha256


def _digest(data: bytes, size_bytes: int) -> str | None:
    try:
        return hashlib.sha256(unpack(data, size_bytes)).hexdigest()
    except zlib.error:
        return None
