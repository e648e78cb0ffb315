"""The originals as the SQLite Archive format keeps them: deflated where that is smaller."""

import zlib

MODE = 33188  # a plain file that all may read: what `sqlite3 -A -x` gives the extracted original


def pack(data: bytes) -> bytes:
    """Return what the archive stores for these bytes. Deterministic on one machine; equality is by SHA-256."""
    packed = zlib.compress(data)
    return packed if len(packed) < len(data) else data


def unpack(stored: bytes, size_bytes: int) -> bytes:
    """Return the original of `size_bytes`. Raises zlib.error if what is stored is damaged."""
    return stored if len(stored) == size_bytes else zlib.decompress(stored)
