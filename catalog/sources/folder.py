"""Captures that lie as files: named one by one, or in folders."""

import errno
import os
import stat
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from catalog.model.capture import Capture
from catalog.model.problem import Problem
from catalog.sources.kind import extension_of
from catalog.sources.member import USUAL_LIMITS
from catalog.sources.origin import origin_of

PAGE_SUFFIXES = (".txt", ".html", ".htm")
ARCHIVE_SUFFIXES = (
    ".warc", ".warc.gz", ".wacz", ".zip", ".tar", ".tar.gz", ".tgz", ".tar.bz2", ".tbz2", ".tar.xz", ".txz",
)  # fmt: skip
SUFFIXES = PAGE_SUFFIXES + ARCHIVE_SUFFIXES
# Links to folders that are followed one within another. Folders full of links to folders full of links have more
# paths than can ever be walked, without any loop.
MOST_LINKS = 3
TROUBLES = {
    errno.EACCES: "permission denied",
    errno.EPERM: "permission denied",
    errno.ELOOP: "a link leads back to itself",
    errno.EIO: "the disk reports an error",
    errno.ENAMETOOLONG: "the name is too long",
}


@dataclass(frozen=True, slots=True)
class Found:
    """A file that is to be read as a capture. `path` opens it, `origin` names it."""

    path: str
    origin: str

    @property
    def is_archive(self) -> bool:
        """Return whether it is a folder of captures, by its name."""
        return self.path.lower().endswith(ARCHIVE_SUFFIXES)


@dataclass(frozen=True, slots=True)
class OtherFile:
    """A file in a folder or archive that is passed over: by its name, or because it is no page."""

    origin: str


def find_files(paths: Iterable[str]) -> Iterator[Found | OtherFile | Problem]:
    """Yield what the paths name, in their order; a folder's files sorted by the bytes of their paths.

    A file that is named itself is always tried; in folders only pages and archives are. What cannot be
    read (missing, a loop of links, a pipe, no permission) is a failed problem.
    """
    for path in paths:
        try:
            mode = Path(path).stat().st_mode
        except (OSError, ValueError) as error:
            yield _unreadable(path, error)
            continue
        if stat.S_ISDIR(mode):
            yield from _walk(path)
        elif stat.S_ISREG(mode):
            yield Found(path, origin_of(path))
        else:
            yield _not_a_file(path)


def read_file(found: Found, *, size_limit_bytes: int = USUAL_LIMITS.member_bytes) -> Capture | Problem:
    """Return the capture, or the failed problem that says why there is none."""
    try:
        with open(found.path, "rb", opener=_open_without_waiting) as file:
            status = os.fstat(file.fileno())
            if not stat.S_ISREG(status.st_mode):  # it was a file when it was found
                return _not_a_file(found.path)
            if status.st_size > size_limit_bytes:
                return _too_large(found.origin, status.st_size, size_limit_bytes)
            data = file.read(status.st_size)  # room for the limit at once would cost more than the reading
            data += file.read(size_limit_bytes + 1 - len(data)) if file.peek(1) else b""  # it grows while it is read
    except OSError as error:
        return _unreadable(found.path, error)
    if len(data) > size_limit_bytes:  # it grows while it is read
        return _too_large(found.origin, len(data), size_limit_bytes)
    if not data:
        return Problem("capture.empty", "the file is empty", found.origin, failed=True)
    return Capture.of(data, extension_of(data))


def _open_without_waiting(path: str, flags: int) -> int:
    """Open a file; what has become a pipe in the meantime would wait for a writer for ever."""
    return os.open(path, flags | getattr(os, "O_NONBLOCK", 0))


def size_bytes_of(found: Found) -> int:
    """Return the size of a file, 0 if it is gone."""
    try:
        return Path(found.path).stat().st_size
    except OSError:
        return 0


def modified_at(found: Found) -> str | None:
    """Return when the file was last written, in UTC: weak evidence of when a page was captured; None if unknown."""
    try:
        moment = datetime.fromtimestamp(Path(found.path).stat().st_mtime, UTC)
    except (OSError, OverflowError, ValueError):
        return None
    return moment.strftime("%Y-%m-%dT%H:%M:%SZ")


@dataclass(slots=True)
class _Open:
    """A folder in the middle of a walk: what is left of its entries, and device and inode of it."""

    entries: Iterator[os.DirEntry[str]]
    place: tuple[int, int]
    n_links: int  # links that were followed to come here


def _walk(folder: str) -> Iterator[Found | OtherFile | Problem]:
    """Yield a folder's files at any depth: the walk keeps its own stack, since folders lie deeper than calls may."""
    around: list[_Open] = []
    yield from _enter(folder, around, 0)
    while around:
        entry = next(around[-1].entries, None)
        if entry is None:
            around.pop()
        elif found := _look_at(entry):
            yield found
        else:
            yield from _enter(entry.path, around, around[-1].n_links + entry.is_symlink())


def _enter(folder: str, around: list[_Open], n_links: int) -> Iterator[Problem]:
    """Put the folder, opened, on the stack of those `around`, or yield why it is not walked."""
    if n_links > MOST_LINKS:
        yield Problem("path.loop", f"more than {MOST_LINKS} links lead here", origin_of(folder), failed=True)
        return
    try:
        here = os.stat(folder)  # noqa: PTH116 -- a path with undecodable bytes stays a str
        if any(outer.place == (here.st_dev, here.st_ino) for outer in around):
            yield Problem("path.loop", "a link leads back to a folder around it", origin_of(folder), failed=True)
            return
        with os.scandir(folder) as entries:
            ordered = sorted(entries, key=_path_order)
    except OSError as error:
        yield _unreadable(folder, error)
        return
    around.append(_Open(iter(ordered), (here.st_dev, here.st_ino), n_links))


def _look_at(entry: os.DirEntry[str]) -> Found | OtherFile | Problem | None:
    """Return what an entry of a folder is, None for a folder."""
    wanted = entry.name.lower().endswith(SUFFIXES)
    try:
        is_folder, is_file = entry.is_dir(), entry.is_file()
    except OSError as error:  # a link to itself
        return _unreadable(entry.path, error)
    if is_folder:
        return None
    if not wanted:
        return OtherFile(origin_of(entry.path))
    if is_file:
        return Found(entry.path, origin_of(entry.path))
    if entry.is_symlink():
        return Problem("path.missing", "the link leads nowhere", origin_of(entry.path), failed=True)
    return _not_a_file(entry.path)


def _path_order(entry: os.DirEntry[str]) -> bytes:
    """Return the sort key that gives whole paths in byte order although folders are walked one by one."""
    name = os.fsencode(entry.name)
    try:
        return name + b"/" if entry.is_dir() else name
    except OSError:
        return name


def _unreadable(path: str, error: OSError | ValueError) -> Problem:
    """Return the problem, in our own words: the system's depend on the machine's language."""
    number = error.errno if isinstance(error, OSError) else None
    if number is None:
        return Problem("path.missing", "no file can have this name", origin_of(path).replace("\0", "%00"), failed=True)
    if number in (errno.ENOENT, errno.ENOTDIR):
        return Problem("path.missing", "there is no such file or folder", origin_of(path), failed=True)
    why = TROUBLES.get(number) or f"the system says {errno.errorcode.get(number, number)}"
    return Problem("path.unreadable", f"cannot be read: {why}", origin_of(path), failed=True)


def _not_a_file(path: str) -> Problem:
    return Problem("path.special", "a pipe, socket or device: only files are read", origin_of(path), failed=True)


def _too_large(origin: str, size_bytes: int, limit: int) -> Problem:
    return Problem("capture.too_large", f"{size_bytes} bytes: more than the limit of {limit}", origin, failed=True)
