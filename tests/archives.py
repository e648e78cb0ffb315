"""Archives made in memory, the same bytes each time."""

import gzip
import hashlib
import io
import tarfile
import zipfile
from collections.abc import Mapping

DATE = "2024-10-09T01:02:03Z"
HTML_HEAD = b"HTTP/1.1 200 OK\r\nContent-Type: text/html; charset=utf-8\r\n"


def digest(payload: bytes) -> str:
    """Return a payload digest as crawlers write it, in base 16."""
    return "sha1:" + hashlib.sha1(payload, usedforsecurity=False).hexdigest()


def warc_record(kind: str, uri: str, block: bytes, **headers: str) -> bytes:
    """Return one record; `Content_Type` and the like are its further headers."""
    name = hashlib.md5(f"{kind} {uri}".encode(), usedforsecurity=False).hexdigest()
    said = {
        "WARC-Type": kind, "WARC-Target-URI": uri, "WARC-Date": DATE, "WARC-Record-ID": f"<urn:uuid:{name}>",
        **{key.replace("_", "-"): value for key, value in headers.items()}, "Content-Length": str(len(block)),
    }  # fmt: skip
    head = "".join(f"{key}: {value}\r\n" for key, value in said.items())
    return b"WARC/1.1\r\n" + head.encode() + b"\r\n" + block + b"\r\n\r\n"


def response(uri: str, payload: bytes, head: bytes = HTML_HEAD, **headers: str) -> bytes:
    """Return an HTTP response record."""
    said = {"Content_Type": "application/http; msgtype=response", "WARC_Payload_Digest": digest(payload)} | headers
    return warc_record("response", uri, head + b"\r\n" + payload, **said)


def revisit(uri: str, payload: bytes, **headers: str) -> bytes:
    """Return the record of a page whose bytes were the same again."""
    said = {"Content_Type": "application/http; msgtype=response", "WARC_Payload_Digest": digest(payload)} | headers
    return warc_record("revisit", uri, b"HTTP/1.1 200 OK\r\n\r\n", **said)


def warc_gz(*records: bytes) -> bytes:
    """Return a WARC file in which each record is compressed for itself."""
    return b"".join(gzip.compress(record, mtime=0) for record in records)


def zip_of(files: Mapping[str, bytes]) -> bytes:
    """Return a zip archive."""
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in files.items():
            archive.writestr(zipfile.ZipInfo(name), data, zipfile.ZIP_DEFLATED)
    return stream.getvalue()


def tar_of(files: Mapping[str, bytes], mode: str = "w:gz") -> bytes:
    """Return a tar archive, compressed as `mode` says."""
    stream = io.BytesIO()
    with tarfile.open(fileobj=stream, mode=mode) as archive:  # type: ignore[call-overload]
        for name, data in files.items():
            entry = tarfile.TarInfo(name)
            entry.size = len(data)
            archive.addfile(entry, io.BytesIO(data))
    return stream.getvalue()
