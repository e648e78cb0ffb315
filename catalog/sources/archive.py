"""Archives are folders of captures: zip, tar in any compression, WARC and WACZ. Nothing of them is written to disk.

A member is named by "archive!/path"; such a path is only ever a name, so one that climbs out of the archive reaches
nothing. Links, devices and archives within archives are counted and not followed.
"""

import lzma
import tarfile
import zipfile
import zlib
from collections.abc import Iterator
from typing import IO, cast

from catalog.model.capture import Capture
from catalog.model.problem import Problem
from catalog.sources.folder import PAGE_SUFFIXES, Found, OtherFile
from catalog.sources.kind import extension_of
from catalog.sources.member import Budget, Limits, Member, member_empty, member_too_large
from catalog.sources.warc import read_warc

INSIDE = "!/"  # between an archive's path and a member's
WARC_SUFFIXES = (".warc", ".warc.gz")
LONGEST_NAME_BYTES = 1024 * 1024
_NAME_BLOCKS = (
    tarfile.GNUTYPE_LONGNAME, tarfile.GNUTYPE_LONGLINK, tarfile.XHDTYPE, tarfile.XGLTYPE, tarfile.SOLARIS_XHDTYPE,
)  # fmt: skip
_UTF8_NAME = 0x800  # bit of a zip entry whose name is UTF-8
_ENCRYPTED = 0x1
_TROUBLE = (
    OSError, EOFError, ValueError, RuntimeError, zlib.error, lzma.LZMAError, zipfile.BadZipFile, tarfile.TarError,
)  # fmt: skip

Item = Member | OtherFile | Problem


def read_archive(found: Found, limits: Limits) -> Iterator[Item]:
    """Yield the captures of an archive in a fixed order, what is passed over, and what cannot be read.

    A tar or WARC keeps its own order, a zip is sorted by name. A damaged archive gives what stands before the damage.
    """
    name = found.path.lower()
    try:
        if name.endswith(WARC_SUFFIXES):
            with open(found.path, "rb") as file:  # noqa: PTH123 -- a path with undecodable bytes stays a str
                yield from read_warc(file, found.origin, limits)
        elif name.endswith((".zip", ".wacz")):
            with zipfile.ZipFile(found.path) as file:
                yield from _read_zip(file, found.origin, limits, is_wacz=name.endswith(".wacz"))
        else:
            with tarfile.open(
                found.path, "r|*", encoding="utf-8", errors="surrogateescape", tarinfo=_BoundedEntry
            ) as file:
                yield from _read_tar(file, found.origin, limits)
    except _TROUBLE as error:
        yield Problem("archive.unreadable", f"cannot be unpacked: {_why(error)}", found.origin, failed=True)


class _BoundedEntry(tarfile.TarInfo):
    """An entry of a tar. A long name stands in a block of its own, which is read whole: here only up to a length."""

    def _proc_member(self, archive: tarfile.TarFile) -> tarfile.TarInfo:
        if self.type in _NAME_BLOCKS and self.size > LONGEST_NAME_BYTES:
            raise tarfile.ReadError(f"a name of {self.size} bytes")
        # tarfile names this method for subclasses to override; its types do not know it
        return cast("tarfile.TarInfo", super()._proc_member(archive))  # type: ignore[misc]


def _why(error: BaseException) -> str:
    """Return the reason in our own words where the library's depend on its version."""
    if isinstance(error, zipfile.BadZipFile | tarfile.TarError | zlib.error | lzma.LZMAError | EOFError):
        return "damaged, cut off, or no archive of this kind"
    return type(error).__name__


def _read_zip(file: zipfile.ZipFile, origin: str, limits: Limits, *, is_wacz: bool) -> Iterator[Item]:
    budget = Budget(limits)
    entries = [(_name_of(entry), entry) for entry in file.infolist() if not entry.is_dir()]
    for name, entry in sorted(entries, key=lambda pair: pair[0].encode("utf-8", "surrogatepass")):
        place = f"{origin}{INSIDE}{name}"
        budget.take(entry.file_size if _is_page(name) else 0)  # what is passed over is not unpacked
        if budget.spent:
            yield budget.problem(origin)
            return
        if is_wacz and name.startswith("archive/") and name.lower().endswith(WARC_SUFFIXES):
            yield from _in_zip(file, entry, place, limits, is_warc=True)
        elif is_wacz or not _is_page(name) or _is_link(entry):
            yield OtherFile(place)
        elif entry.flag_bits & _ENCRYPTED:
            yield Problem("archive.encrypted", "locked with a password", place, failed=True)
        elif entry.file_size > limits.member_bytes:
            yield member_too_large(place, limits.member_bytes)
        else:
            yield from _in_zip(file, entry, place, limits, is_warc=False)


def _in_zip(
    file: zipfile.ZipFile, entry: zipfile.ZipInfo, place: str, limits: Limits, *, is_warc: bool
) -> Iterator[Item]:
    try:
        with file.open(entry) as stream:
            if is_warc:
                yield from read_warc(stream, place, limits)
            else:
                yield _capture(stream, place, limits)
    except _TROUBLE as error:
        yield Problem("archive.unreadable", f"cannot be unpacked: {_why(error)}", place, failed=True)


def _read_tar(file: tarfile.TarFile, origin: str, limits: Limits) -> Iterator[Item]:
    budget = Budget(limits)
    for entry in file:
        if entry.isdir():
            continue
        name = _decode_name(entry.name.encode("utf-8", "surrogateescape"))
        place = f"{origin}{INSIDE}{name}"
        budget.take(entry.size)  # also of what is passed over: to come behind it, it is unpacked
        if budget.spent:
            yield budget.problem(origin)
            return
        stream = file.extractfile(entry) if entry.isreg() and _is_page(name) else None
        if stream is None:
            yield OtherFile(place)
        elif entry.size > limits.member_bytes:
            yield member_too_large(place, limits.member_bytes)
        else:
            yield _capture(stream, place, limits)


def _capture(stream: IO[bytes], place: str, limits: Limits) -> Member | Problem:
    data = stream.read(limits.member_bytes + 1)
    if len(data) > limits.member_bytes:
        return member_too_large(place, limits.member_bytes)
    if not data:
        return member_empty(place)
    capture = Capture.of(data, extension_of(data))
    return Member(place, capture.sha256, capture)


def _is_page(name: str) -> bool:
    return name.lower().endswith(PAGE_SUFFIXES)


def _is_link(entry: zipfile.ZipInfo) -> bool:
    return (entry.external_attr >> 16) & 0o170000 == 0o120000


def _name_of(entry: zipfile.ZipInfo) -> str:
    """Return an entry's name. Without the mark for UTF-8 it is in the encoding of the machine that packed it.

    In this field that is UTF-8 or GB18030; the library reads such names as code page 437.
    """
    if entry.flag_bits & _UTF8_NAME or entry.filename.isascii():
        return entry.filename
    return _decode_name(entry.filename.encode("cp437", "replace"))


def _decode_name(raw: bytes) -> str:
    for encoding in ("utf-8", "gb18030"):
        try:
            return raw.decode(encoding)
        except UnicodeDecodeError:
            continue
    return raw.decode("latin-1")
