"""Which process holds a catalogue. Linux tells it in /proc/locks; elsewhere nobody is named."""

import os
import re
from dataclasses import dataclass
from pathlib import Path

LOCKS = Path("/proc/locks")
WAL_WRITE = 120  # the byte of the shared memory that a writer locks
PENDING, LAST = 0x40000000, 0x40000000 + 511  # the bytes of the file that one locks without a write-ahead log
_LINE = re.compile(r"\d+: (?:POSIX|OFDLCK)\s+\S+\s+WRITE (-?\d+) \S+?:(\d+) (\d+) (\d+|EOF)")


@dataclass(frozen=True, slots=True)
class Holder:
    """A process that writes to a catalogue; `command` is how it was started, None where that may not be seen."""

    pid: int
    command: str | None

    def __str__(self) -> str:
        return f"process {self.pid}" + (f" ({self.command})" if self.command else "")


def find_holder(path: Path) -> Holder | None:
    """Return the process that holds the write lock of a catalogue, None if there is none or nobody can tell."""
    try:
        lines = LOCKS.read_text("ascii").splitlines()
    except (OSError, UnicodeDecodeError):
        return None
    places = {_inode(path): (PENDING, LAST), _inode(path.with_name(path.name + "-shm")): (WAL_WRITE, WAL_WRITE)}
    for line in lines:
        said = _LINE.match(line)
        if said is None or int(said[2]) not in places or int(said[1]) <= 0:
            continue
        first, last = places[int(said[2])]
        if int(said[3]) <= last and (said[4] == "EOF" or int(said[4]) >= first):
            return Holder(int(said[1]), _command(int(said[1])))
    return None


def _inode(path: Path) -> int:
    try:
        return path.stat().st_ino
    except OSError:
        return -1


def _command(pid: int) -> str | None:
    try:
        words = Path(f"/proc/{pid}/cmdline").read_bytes().split(b"\0")
    except OSError:
        return None
    return " ".join(os.fsdecode(word) for word in words if word)[:80] or None
