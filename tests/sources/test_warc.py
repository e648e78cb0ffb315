import gzip
import io
import zlib

import pytest

from catalog.model.problem import Problem
from catalog.sources.folder import OtherFile
from catalog.sources.member import Limits, Member
from catalog.sources.warc import read_warc
from tests.archives import DATE, HTML_HEAD, digest, response, revisit, warc_gz, warc_record

LIMITS = Limits()
PAGE = "<html><title>青禾县</title><p>秋粮测产</p></html>".encode()
URL = "https://news.example.org/青禾/1.html"
GZIP = gzip.compress(PAGE, mtime=0)


def read(data: bytes, limits: Limits = LIMITS) -> list[Member | OtherFile | Problem]:
    return list(read_warc(io.BytesIO(data), "网.warc.gz", limits))


def pages(data: bytes) -> list[bytes]:
    return [found.capture.data for found in read(data) if isinstance(found, Member) and found.capture]


def chunked(data: bytes) -> bytes:
    half = len(data) // 2
    return b"".join(b"%x;a=b\r\n%b\r\n" % (len(part), part) for part in (data[:half], data[half:])) + b"0\r\n\r\n"


@pytest.mark.parametrize("data", [warc_gz(response(URL, PAGE)), response(URL, PAGE)], ids=["gz", "plain"])
def test_a_response_is_a_capture_with_its_url_and_time(data: bytes) -> None:
    (found,) = read(data)

    assert isinstance(found, Member)
    assert found.capture is not None
    assert (found.capture.data, found.capture.extension, found.url, found.captured_at) == (PAGE, "html", URL, DATE)
    assert found.origin.startswith("网.warc.gz#urn:uuid:")
    assert found.problems == ()


PACKED = [
    (b"Content-Encoding: gzip\r\n", GZIP),
    (b"Content-Encoding: gzip\r\nTransfer-Encoding: chunked\r\n", chunked(GZIP)),
    (b"Transfer-Encoding: chunked\r\n", chunked(PAGE)),
    (b"Content-Encoding: deflate\r\n", zlib.compress(PAGE)),
    (b"Content-Encoding: deflate\r\n", zlib.compress(PAGE)[2:-4]),
    (b"Content-Encoding: gzip\r\n", PAGE),  # the crawler unpacked it and kept the header
    (b"Transfer-Encoding: chunked\r\n", PAGE),
    (b"Content-Encoding: br\r\n", PAGE),
]


@pytest.mark.parametrize(("headers", "payload"), PACKED)
def test_what_the_connection_did_to_a_page_is_undone(headers: bytes, payload: bytes) -> None:
    assert pages(warc_gz(response(URL, payload, HTML_HEAD + headers))) == [PAGE]


@pytest.mark.parametrize("payload", [chunked(GZIP), GZIP, PAGE])
def test_a_digest_over_any_form_of_the_payload_is_right(payload: bytes) -> None:
    head = HTML_HEAD + b"Content-Encoding: gzip\r\nTransfer-Encoding: chunked\r\n"
    (found,) = read(warc_gz(response(URL, chunked(GZIP), head, WARC_Payload_Digest=digest(payload))))

    assert isinstance(found, Member)
    assert found.problems == ()


@pytest.mark.parametrize(
    ("said", "codes"), [(digest(b"x"), ["warc.digest"]), ("sha1:AAAA", ["warc.digest"]), ("crc:1", [])]
)
def test_a_payload_with_another_digest_is_kept_and_told(said: str, codes: list[str]) -> None:
    (found,) = read(warc_gz(response(URL, PAGE, WARC_Payload_Digest=said)))

    assert isinstance(found, Member)
    assert [(p.code, p.failed, p.capture) for p in found.problems] == [(code, False, found.sha256) for code in codes]


def test_the_same_bytes_again_are_met_again_not_kept_again() -> None:
    first, again, unknown = read(
        warc_gz(response(URL, PAGE), revisit(URL + "?2", PAGE, WARC_Date="2024-11-01T00:00:00Z"), revisit(URL, b"x"))
    )

    assert isinstance(first, Member)
    assert isinstance(again, Member)
    assert (again.capture, again.sha256, again.url) == (None, first.sha256, URL + "?2")
    assert again.captured_at == "2024-11-01T00:00:00Z"
    assert isinstance(unknown, OtherFile)


OTHERS = [
    warc_record("warcinfo", "x", b"software: x\r\n", Content_Type="application/warc-fields"),
    warc_record("request", URL, b"GET / HTTP/1.1\r\n\r\n", Content_Type="application/http; msgtype=request"),
    warc_record("metadata", URL, b"via: x\r\n", Content_Type="application/warc-fields"),
    response(URL, b"\x89PNG", b"HTTP/1.1 200 OK\r\nContent-Type: image/png\r\n"),
    response(URL, PAGE, b"HTTP/1.1 404 Not Found\r\nContent-Type: text/html\r\n"),
    response(URL, PAGE, b"HTTP/1.1 302 Found\r\nContent-Type: text/html\r\nLocation: /x\r\n"),
    response(
        "https://news.example.org/robots.txt", b"User-agent: *", b"HTTP/1.1 200 OK\r\nContent-Type: text/plain\r\n"
    ),
]


@pytest.mark.parametrize("record", OTHERS)
def test_what_is_no_page_is_counted_as_other(record: bytes) -> None:
    assert [type(found) for found in read(warc_gz(record))] == [OtherFile]


def test_a_resource_with_text_is_a_capture_and_only_a_web_address_is_its_url() -> None:
    (found,) = read(warc_gz(warc_record("resource", "urn:sha256:青", "公告".encode(), Content_Type="text/plain")))

    assert isinstance(found, Member)
    assert (found.url, found.capture and found.capture.extension) == (None, "txt")


@pytest.mark.parametrize("part", [0.1, 0.4, 0.6, 0.9, 0.97])
def test_a_file_cut_off_gives_what_stands_before_and_says_so(part: float) -> None:
    data = warc_gz(*(response(f"{URL}?{n}", PAGE + bytes([n + 65]) * 40) for n in range(4)))

    found = read(data[: int(len(data) * part)])

    assert [type(one) for one in found] == [Member] * int(part * 4) + [Problem]
    assert isinstance(found[-1], Problem)
    assert (found[-1].code, found[-1].failed) == ("archive.damaged", True)


@pytest.mark.parametrize("data", [b"hello\n" * 90, gzip.compress(b"hello\n" * 90, mtime=0), b""])
def test_what_is_no_web_archive_is_a_problem(data: bytes) -> None:
    assert [isinstance(found, Problem) and found.failed for found in read(data)] == [True]


def test_a_payload_that_unpacks_to_more_than_allowed_is_a_problem_and_the_rest_is_read() -> None:
    bomb = gzip.compress(bytes(5_000_000), mtime=0)
    data = warc_gz(response(URL, bomb, HTML_HEAD + b"Content-Encoding: gzip\r\n"), response(URL, PAGE))

    found = read(data, Limits(member_bytes=1_000_000))

    assert isinstance(found[0], Problem)
    assert found[0].code == "capture.too_large"
    assert isinstance(found[1], Member)
