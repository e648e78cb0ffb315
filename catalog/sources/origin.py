"""A path as text that can be kept, shown and read back."""

import os
import re

_MEMBER = re.compile(r"(.+\.(?:zip|wacz|tar|tgz|tbz2|txz|gz|bz2|xz|warc))(?:!/|#).", re.IGNORECASE | re.DOTALL)


def origin_of(path: str) -> str:
    """Return the path as given, each byte that is no UTF-8 as %XX."""
    raw = os.fsencode(path)
    try:
        return raw.decode("utf-8")
    except UnicodeDecodeError:
        escaped = raw.decode("utf-8", "surrogateescape")
        return "".join(f"%{ord(c) - 0xDC00:02X}" if "\udc80" <= c <= "\udcff" else c for c in escaped)


def path_of(origin: str) -> str:
    """Return the path that an earlier run called `origin`: as it stands, or with %XX as bytes if only that exists."""
    if os.path.lexists(origin):
        return origin
    raw = re.sub(rb"%([89A-F][0-9A-F])", lambda m: bytes([int(m[1], 16)]), origin.encode("utf-8", "surrogateescape"))
    unescaped = os.fsdecode(raw)
    if os.path.lexists(unescaped):
        return unescaped
    archive = _MEMBER.match(origin)  # a member is tried again with its archive
    return path_of(archive[1]) if archive else origin
