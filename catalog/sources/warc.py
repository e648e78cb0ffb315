"""Web archives: each page that a crawler was given is a capture, with its URL, its time and its checked digest.

Of HTTP responses those of status 2xx with HTML or plain text are pages, of resource records those with such a type.
Requests, pictures, redirects, robots.txt and the like are counted as other files.
"""

import base64
import binascii
import hashlib
import re
import zlib
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC
from io import BytesIO
from typing import IO, Any

from catalog.model.capture import Capture
from catalog.model.problem import Problem
from catalog.sources.folder import OtherFile
from catalog.sources.kind import extension_of
from catalog.sources.member import Budget, Limits, Member, member_empty, member_too_large

PAGE_TYPES = ("text/html", "application/xhtml+xml", "text/plain")
_Compiled = Any  # an object of fastwarc, which has no types
LONGEST_HEADER = 64 * 1024  # bytes of HTTP headers
_ALGORITHMS = ("sha1", "sha256", "sha512", "md5")
_ROBOTS = re.compile(r"https?://[^/?#]+/robots\.txt", re.IGNORECASE)
_CHUNK = re.compile(rb"([0-9A-Fa-f]{1,8})[ \t]*(?:;[^\r\n]{0,1000})?\r?\n")


class _TooLarge(Exception):
    """A payload that unpacks to more than it may."""


def read_warc(stream: IO[bytes], origin: str, limits: Limits) -> Iterator[Member | OtherFile | Problem]:
    """Yield what the records of one WARC file hold, in their order; `origin` names the file.

    The file may be compressed. A record that cannot be read is a failed problem, a payload that is not the one whose
    digest was noted is a problem beside its capture. What follows a damaged place is lost, and a problem says so.
    """
    from fastwarc.warc import ArchiveIterator  # a compiled library, for web archives alone

    budget = Budget(limits)
    known: dict[str, str] = {}
    n_records = 0
    try:
        for record in ArchiveIterator(stream, parse_http=False, fsspec_args=False):
            n_records += 1
            if None in (record.record_id, record.record_date, record.headers.get("Content-Length")):
                yield _damaged(origin, record.stream_pos)
                return
            for found in _read_record(record, origin, known, limits):
                budget.take(len(found.capture.data) if isinstance(found, Member) and found.capture else 0)
                if budget.spent:
                    yield budget.problem(origin)
                    return
                if isinstance(found, OtherFile) and record.reader.consume() < record.content_length:
                    yield _damaged(origin, record.stream_pos)
                    return
                yield found
    except (OSError, EOFError, zlib.error, ValueError):
        yield _damaged(origin, None)
        return
    if not n_records:
        yield Problem("archive.unreadable", "no WARC records in it", origin, failed=True)


def _damaged(origin: str, offset: int | None) -> Problem:
    where = "" if offset is None else f" from byte {offset}"
    return Problem("archive.damaged", f"cut off or damaged: the records{where} on are lost", origin, failed=True)


def _read_record(
    record: _Compiled,
    origin: str,
    known: dict[str, str],
    limits: Limits,
) -> Iterator[Member | OtherFile | Problem]:
    """Yield what one record gives: a page, perhaps with a problem beside it, or what it is instead."""
    from fastwarc.warc import WarcRecordType

    place = f"{origin}#{(record.record_id or str(record.stream_pos)).strip('<>')}"
    digest = (record.headers.get("WARC-Payload-Digest") or "").lower()
    if record.record_type == WarcRecordType.revisit:
        sha256 = known.get(digest)
        yield _member(record, place, sha256, None) if sha256 else OtherFile(place)
        return
    if record.record_type not in (WarcRecordType.response, WarcRecordType.resource):
        yield OtherFile(place)
        return
    if record.is_http:
        try:
            record.parse_http(auto_decode="none", max_header_len=LONGEST_HEADER)
        except OSError:
            yield Problem("archive.damaged", "its HTTP headers cannot be read", place, failed=True)
            return
    if not _is_page(record):
        yield OtherFile(place)
        return
    length = record.content_length  # of what is left to read
    stored = record.reader.read(limits.member_bytes + 1)
    if len(stored) > limits.member_bytes:
        yield member_too_large(place, limits.member_bytes)
        return
    if len(stored) < length:
        yield Problem("archive.damaged", f"cut off: {len(stored)} of {length} bytes", place, failed=True)
        return
    yield from _read_payload(record, place, stored, digest, known, limits)


def _read_payload(  # noqa: PLR0913, PLR0917 -- a record, where it stands, and what its file has told so far
    record: _Compiled,
    place: str,
    stored: bytes,
    digest: str,
    known: dict[str, str],
    limits: Limits,
) -> Iterator[Member | Problem]:
    try:
        forms = list(_unpack(stored, record.http_headers if record.is_http else None, limits.member_bytes))
    except _TooLarge:
        yield member_too_large(place, limits.member_bytes)
        return
    except (zlib.error, OSError):
        yield Problem("archive.damaged", "the content cannot be unpacked", place, failed=True)
        return
    data = forms[-1]
    if not data:
        yield member_empty(place)
        return
    capture = Capture.of(data, extension_of(data))
    if not _is_wrong(digest, forms):
        if digest:
            known[digest] = capture.sha256
        yield _member(record, place, capture.sha256, capture)
        return
    message = "the content does not have the digest that the web archive noted"
    problem = Problem("warc.digest", message, place, capture.sha256)
    yield replace(_member(record, place, capture.sha256, capture), problems=(problem,))


def _member(record: _Compiled, place: str, sha256: str, capture: Capture | None) -> Member:
    url = (record.headers.get("WARC-Target-URI") or "").strip("<> ")
    moment = record.record_date.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
    return Member(place, sha256, capture, url if url.lower().startswith(("http://", "https://")) else None, moment)


def _is_page(record: _Compiled) -> bool:
    if _ROBOTS.fullmatch((record.headers.get("WARC-Target-URI") or "").strip("<> ")):
        return False
    if not record.is_http:
        said = record.headers.get("Content-Type") or ""
        return said.partition(";")[0].strip().lower() in PAGE_TYPES
    status = record.http_headers.status_code if record.http_headers else None
    said = (record.http_headers.get("Content-Type") or "") if record.http_headers else ""
    return status is not None and 200 <= status < 300 and said.partition(";")[0].strip().lower() in PAGE_TYPES


def _unpack(stored: bytes, headers: _Compiled, limit: int) -> Iterator[bytes]:
    """Yield the payload as stored, without its chunks, and without its compression: digests are over any of the three.

    Crawlers keep headers as they came and sometimes payloads already unpacked, so what does not look packed is left.
    """
    yield stored
    if headers is None:
        return
    data = stored
    if (headers.get("Transfer-Encoding") or "").strip().lower() == "chunked":
        data = _join_chunks(stored)
        yield data
    for name in reversed([part.strip().lower() for part in (headers.get("Content-Encoding") or "").split(",")]):
        data = _decompress(name, data, limit)
        yield data


def _join_chunks(data: bytes) -> bytes:
    """Return the content of chunked data; the data as it is where it is not chunked (any more)."""
    pieces: list[bytes] = []
    at = 0
    while m := _CHUNK.match(data, at):
        size = int(m[1], 16)
        if size == 0:
            return b"".join(pieces)
        pieces.append(data[m.end() : m.end() + size])
        at = m.end() + size
        at += 2 if data.startswith(b"\r\n", at) else data.startswith(b"\n", at)
    return b"".join(pieces) if pieces and at >= len(data) else data


def _decompress(name: str, data: bytes, limit: int) -> bytes:
    if name in ("gzip", "x-gzip"):
        return _inflate(data, limit, 31) if data.startswith(b"\x1f\x8b") else data
    if name == "deflate":
        try:
            return _inflate(data, limit, 15)
        except zlib.error:
            return _inflate(data, limit, -15)
    if name in ("br", "zstd"):
        from fastwarc.stream_io import BrotliReader, ZstdReader

        try:
            unpacked = (BrotliReader if name == "br" else ZstdReader)(BytesIO(data)).read(limit + 1)
        except OSError:
            if extension_of(data) == "html":
                return data
            raise
        if len(unpacked) > limit:
            raise _TooLarge
        return bytes(unpacked)
    return data


def _inflate(data: bytes, limit: int, window: int) -> bytes:
    """Return the unpacked data, all members of it. Raises _TooLarge before more than `limit` bytes are held."""
    pieces: list[bytes] = []
    size = 0
    while data:
        packed = zlib.decompressobj(window)
        pieces.append(packed.decompress(data, limit + 1 - size))
        size += len(pieces[-1])
        if size > limit:
            raise _TooLarge
        data = packed.unused_data if window == 31 and packed.unused_data.startswith(b"\x1f\x8b") else b""
    return b"".join(pieces)


def _is_wrong(digest: str, forms: list[bytes]) -> bool:
    """Return whether none of the forms has the digest; one in an algorithm that we do not know is not wrong."""
    algorithm, _, said = digest.partition(":")
    algorithm = algorithm.replace("-", "")
    if algorithm not in _ALGORITHMS or not said:
        return False
    wanted = {said, _hex(said)}
    return not any(hashlib.new(algorithm, form, usedforsecurity=False).hexdigest() in wanted for form in forms)


def _hex(said: str) -> str:
    """Return a digest written in base 32, as crawlers do, in base 16; empty if it is none."""
    try:
        return base64.b32decode(said.upper() + "=" * (-len(said) % 8)).hex()
    except binascii.Error:
        return ""
