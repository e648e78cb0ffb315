"""The originals as the SQLite Archive format keeps them: deflated where that is smaller."""

import hashlib
import sqlite3
import zlib

from catalog.model.capture import Capture

WIDEST = 15  # bits of a window of zlib's, 32 KB
MODE = 33188  # a plain file that all may read: what `sqlite3 -A -x` gives the extracted original


def pack(data: bytes) -> bytes:
    """Return what the archive stores for these bytes. Deterministic on one machine; equality is by SHA-256.

    The window is no wider than the bytes are long: to clear a wide one costs a third of packing a page.
    """
    packer = zlib.compressobj(wbits=min(WIDEST, max(9, len(data).bit_length())))
    packed = packer.compress(data) + packer.flush()
    return packed if len(packed) < len(data) else data


def unpack(stored: bytes, size_bytes: int) -> bytes:
    """Return the original of `size_bytes`. Raises zlib.error if what is stored is damaged."""
    return stored if len(stored) == size_bytes else zlib.decompress(stored)


def read_original(connection: sqlite3.Connection, sha256: str) -> Capture | None:
    """Return the bytes of a capture, in view or not; None if they are not there or others than they were."""
    sql = "SELECT name, sz, data FROM sqlar WHERE name >= ? AND name < ?"
    for name, size_bytes, data in connection.execute(sql, (f"{sha256}.", f"{sha256}/")):
        whole = unpack_whole(sha256, data, size_bytes)
        if whole is not None:
            return Capture(sha256, whole, name.partition(".")[2])
    return None


def unpack_whole(sha256: str, stored: bytes, size_bytes: int) -> bytes | None:
    """Return the original, None if it is damaged."""
    try:
        data = unpack(stored, size_bytes)
    except zlib.error:
        return None
    return data if hashlib.sha256(data).hexdigest() == sha256 else None


def copy_originals(source: sqlite3.Connection, target: sqlite3.Connection) -> int:
    """Copy what is whole, out of view too; return how many that were."""
    n = 0
    for name, mode, size_bytes, data in source.execute("SELECT name, mode, sz, data FROM sqlar ORDER BY rowid"):
        if unpack_whole(name.partition(".")[0], data, size_bytes) is not None:
            sql = "INSERT INTO sqlar (name, mode, mtime, sz, data) VALUES (?, ?, 0, ?, ?)"
            target.execute(sql, (name, mode, size_bytes, data))
            n += 1
    return n
