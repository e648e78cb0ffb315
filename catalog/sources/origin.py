"""A path as text that can be kept, shown and read back."""

import os
import re

_MEMBER = re.compile(r"(.+\.(?:zip|wacz|tar|tgz|tbz2|txz|gz|bz2|xz|warc))(?:!/|#).", re.IGNORECASE | re.DOTALL)


_BYTES = re.compile(r"(?:%[89A-F][0-9A-F])+")
_MARKS = re.compile(r"%((?:25)*[89A-F][0-9A-F])")  # what stands for a byte, or would once 25 were taken out
_WRITTEN = re.compile(r"%25((?:25)*[89A-F][0-9A-F])")


def origin_of(path: str) -> str:
    """Return the path as given, each byte that is no UTF-8 as %XX.

    Where the characters %XX of a name could be taken for such a byte, they are written %25XX. Those of a URL that is
    the name of a file (%E5%AD%97) cannot: together they are UTF-8, which is never written so.
    """
    raw = os.fsencode(path)
    try:
        name = raw.decode("utf-8")
    except UnicodeDecodeError:
        marked = _MARKS.sub(r"%25\1", raw.decode("utf-8", "surrogateescape"))
        return "".join(f"%{ord(c) - 0xDC00:02X}" if "\udc80" <= c <= "\udcff" else c for c in marked)
    is_clear = "%25" not in name and all(_is_utf8(run[0]) for run in _BYTES.finditer(name))
    return name if is_clear else _MARKS.sub(r"%25\1", name)


def path_of(origin: str) -> str:
    """Return the path that an earlier run called `origin`, or the name as it stands if only that exists."""
    unescaped = _path_of(origin)
    if os.path.lexists(unescaped) or os.path.lexists(origin):
        return unescaped if os.path.lexists(unescaped) else origin
    archive = _MEMBER.match(origin)  # a member is tried again with its archive
    return path_of(archive[1]) if archive else origin


def _path_of(origin: str) -> str:
    def bytes_of(run: re.Match[str]) -> str:
        return run[0] if _is_utf8(run[0]) else os.fsdecode(_raw(run[0]))

    return _WRITTEN.sub(r"%\1", _BYTES.sub(bytes_of, origin))


def _is_utf8(run: str) -> bool:
    try:
        _raw(run).decode("utf-8")
    except UnicodeDecodeError:
        return False
    return True


def _raw(run: str) -> bytes:
    return bytes.fromhex(run.replace("%", ""))
