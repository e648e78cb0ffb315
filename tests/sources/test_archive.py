import io
import os
import tarfile
import zipfile
from pathlib import Path

import pytest

from catalog.model.problem import Problem
from catalog.sources.archive import read_archive
from catalog.sources.folder import Found, OtherFile
from catalog.sources.member import Limits, Member
from tests.archives import response, tar_of, warc_gz, zip_of

LIMITS = Limits()
FILES = {
    "乙/二.txt": "二".encode(),
    "甲.HTML": b"<html>",
    "图.jpg": b"x",
    "内.zip": zip_of({"三.txt": b"3"}),
    "阿依古丽·买买提江.txt": b"4",
}


def read(folder: Path, name: str, data: bytes, limits: Limits = LIMITS) -> list[Member | OtherFile | Problem]:
    (folder / name).write_bytes(data)
    return list(read_archive(Found(str(folder / name), name), limits))


def members(found: list[Member | OtherFile | Problem]) -> dict[str, bytes]:
    return {one.origin: one.capture.data for one in found if isinstance(one, Member) and one.capture}


def codes(found: list[Member | OtherFile | Problem]) -> list[str]:
    return [one.code for one in found if isinstance(one, Problem)]


@pytest.mark.parametrize(
    ("name", "data"),
    [
        ("卷.zip", zip_of(FILES)), ("卷.tar", tar_of(FILES, "w")), ("卷.tar.gz", tar_of(FILES)),
        ("卷.tgz", tar_of(FILES)),
        ("卷.tar.bz2", tar_of(FILES, "w:bz2")), ("卷.TAR.XZ", tar_of(FILES, "w:xz")),
    ],
)  # fmt: skip
def test_an_archive_is_a_folder_of_captures(name: str, data: bytes, tmp_path: Path) -> None:
    found = read(tmp_path, name, data)

    assert members(found) == {
        f"{name}!/乙/二.txt": "二".encode(), f"{name}!/甲.HTML": b"<html>", f"{name}!/阿依古丽·买买提江.txt": b"4",
    }  # fmt: skip
    assert sum(isinstance(one, OtherFile) for one in found) == 2
    assert codes(found) == []


def test_the_members_of_a_zip_come_in_the_order_of_their_names(tmp_path: Path) -> None:
    found = read(tmp_path, "a.zip", zip_of({"b.txt": b"1", "a/z.txt": b"2", "a.txt": b"3"}))

    assert [one.origin for one in found if isinstance(one, Member)] == [
        "a.zip!/a.txt",
        "a.zip!/a/z.txt",
        "a.zip!/b.txt",
    ]


def test_a_path_that_climbs_out_is_a_name_and_nothing_is_written(tmp_path: Path) -> None:
    names = ("../../外.txt", "/etc/外.txt", "a/../../外.txt")
    (tmp_path / "in").mkdir()

    for name, data in (
        ("a.zip", zip_of(dict.fromkeys(names, b"x"))),
        ("a.tar", tar_of(dict.fromkeys(names, b"x"), "w")),
    ):
        assert len(members(read(tmp_path / "in", name, data))) == 3

    assert [path.name for path in tmp_path.iterdir()] == ["in"]
    assert sorted(path.name for path in (tmp_path / "in").iterdir()) == ["a.tar", "a.zip"]


def test_links_and_devices_are_passed_over(tmp_path: Path) -> None:
    stream = io.BytesIO()
    with tarfile.open(fileobj=stream, mode="w") as archive:
        for kind in (tarfile.SYMTYPE, tarfile.LNKTYPE, tarfile.CHRTYPE, tarfile.FIFOTYPE):
            entry = tarfile.TarInfo("链.txt")
            entry.type, entry.linkname = kind, "/etc/passwd"
            archive.addfile(entry)
    link = zipfile.ZipInfo("链.txt")
    link.external_attr = 0o120777 << 16
    zipped = io.BytesIO()
    with zipfile.ZipFile(zipped, "w") as archive_of_links:
        archive_of_links.writestr(link, "/etc/passwd")

    assert [type(one) for one in read(tmp_path, "a.tar", stream.getvalue())] == [OtherFile] * 4
    assert [type(one) for one in read(tmp_path, "a.zip", zipped.getvalue())] == [OtherFile]


def test_a_name_without_mark_is_read_as_the_field_writes_names(tmp_path: Path) -> None:
    data = zip_of({"xxxx.txt": b"1"}).replace(b"xxxx", "青禾".encode("gbk"))

    assert list(members(read(tmp_path, "a.zip", data))) == ["a.zip!/青禾.txt"]


def test_what_unpacks_to_too_much_is_a_problem(tmp_path: Path) -> None:
    bomb = {"大.txt": bytes(3_000_000), "小.txt": b"x"}

    for name, data in (("a.zip", zip_of(bomb)), ("a.tar.gz", tar_of(bomb))):
        found = read(tmp_path, name, data, Limits(member_bytes=1_000_000))

        assert codes(found) == ["capture.too_large"]
        assert list(members(found)) == [f"{name}!/小.txt"]


@pytest.mark.parametrize("limits", [Limits(members=3), Limits(total_bytes=35)])
def test_an_archive_of_too_much_ends_as_a_problem(limits: Limits, tmp_path: Path) -> None:
    many = {f"{n}.txt": b"0123456789" for n in range(9)}

    for name, data in (("a.zip", zip_of(many)), ("a.tar.gz", tar_of(many))):
        found = read(tmp_path, name, data, limits)

        assert codes(found) == ["archive.too_large"]
        assert len(members(found)) <= 4


@pytest.mark.parametrize("name", ["a.zip", "a.tar", "a.tar.gz", "a.wacz", "a.warc.gz"])
@pytest.mark.parametrize("data", [b"", b"PK\x03\x04junk", b"\x1f\x8bjunk", "不是档案".encode() * 300])
def test_what_is_no_archive_is_a_problem(name: str, data: bytes, tmp_path: Path) -> None:
    found = read(tmp_path, name, data)

    assert [isinstance(one, Problem) and one.failed for one in found] == [True]


@pytest.mark.parametrize("name", ["a.tar.gz", "a.tar"])
def test_a_cut_off_archive_gives_what_stands_before(name: str, tmp_path: Path) -> None:
    data = tar_of({f"{n}.txt": os.urandom(9000) for n in range(4)}, "w" if name == "a.tar" else "w:gz")

    found = read(tmp_path, name, data[: len(data) // 3])

    assert members(found)
    assert codes(found) == ["archive.unreadable"]


def test_a_locked_member_is_a_problem(tmp_path: Path) -> None:
    data = bytearray(zip_of({"密.txt": b"x"}))
    for at in (6, data.index(b"PK\x01\x02") + 8):
        data[at] |= 1

    assert codes(read(tmp_path, "a.zip", bytes(data))) == ["archive.encrypted"]


def test_a_missing_archive_is_a_problem(tmp_path: Path) -> None:
    assert codes(list(read_archive(Found(str(tmp_path / "无.zip"), "无.zip"), Limits()))) == ["archive.unreadable"]


def test_a_wacz_gives_the_pages_of_its_web_archives(tmp_path: Path) -> None:
    page = "<html>青禾</html>".encode()
    files = {
        "archive/data.warc.gz": warc_gz(response("https://example.org/1", page)),
        "pages/pages.jsonl": b"{}",
        "a.txt": b"x",
    }

    found = read(tmp_path, "a.wacz", zip_of(files))

    assert list(members(found).values()) == [page]
    assert next(iter(members(found))).startswith("a.wacz!/archive/data.warc.gz#urn:uuid:")
    assert sum(isinstance(one, OtherFile) for one in found) == 2
