import os
from pathlib import Path

import pytest

from catalog.model.capture import Capture
from catalog.model.problem import Problem
from catalog.sources.folder import Found, OtherFile, find_files, modified_at, read_file
from tests.pages import write_pages


def names(folder: Path, *paths: str) -> list[str]:
    return [os.path.relpath(f.origin, folder) for f in find_files([str(folder), *paths]) if isinstance(f, Found)]


def problems(*paths: str | Path) -> list[tuple[str, bool]]:
    return [(found.code, found.failed) for found in find_files(map(str, paths)) if isinstance(found, Problem)]


def test_a_folder_gives_its_pages_and_counts_the_rest(tmp_path: Path) -> None:
    pages = ("一.txt", "二.HTML", "三.htm", "图.jpg", "说明", "四.txt.bak", "卷.zip", "网.warc.gz", "表.xlsx")
    write_pages(tmp_path, dict.fromkeys(pages, "页"))

    found = list(find_files([str(tmp_path)]))

    assert {Path(f.origin).name for f in found if isinstance(f, Found)} == {
        "一.txt",
        "二.HTML",
        "三.htm",
        "卷.zip",
        "网.warc.gz",
    }
    assert sum(isinstance(f, OtherFile) for f in found) == 4


def test_files_come_in_the_byte_order_of_their_paths(tmp_path: Path) -> None:
    given = ["b/2.txt", "b/1.txt", "b.txt", "b-c/1.txt", "a/z/1.txt", "a/县.txt", "a/é.txt", "B.txt"]
    write_pages(tmp_path, dict.fromkeys(given, "页"))

    assert names(tmp_path) == sorted(given, key=lambda name: name.encode())


def test_a_named_file_is_tried_whatever_its_name(tmp_path: Path) -> None:
    write_pages(tmp_path, {"页面.dat": "页"})

    assert names(tmp_path, str(tmp_path / "页面.dat")) == ["页面.dat"]


def test_a_link_back_to_a_folder_around_it_is_a_problem_and_the_walk_ends(tmp_path: Path) -> None:
    write_pages(tmp_path, {"a/一.txt": "页"})
    (tmp_path / "a" / "环").symlink_to(tmp_path)

    assert names(tmp_path) == ["a/一.txt"]
    assert problems(tmp_path) == [("path.loop", True)]


def test_a_link_to_a_folder_beside_it_is_followed(tmp_path: Path) -> None:
    write_pages(tmp_path, {"a/一.txt": "页"})
    (tmp_path / "b").symlink_to(tmp_path / "a")

    assert names(tmp_path) == ["a/一.txt", "b/一.txt"]


def test_what_is_no_file_is_a_problem(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "管.txt")
    (tmp_path / "断.txt").symlink_to(tmp_path / "没有")
    (tmp_path / "自.txt").symlink_to(tmp_path / "自.txt")

    found = problems(tmp_path, tmp_path / "管.txt", tmp_path / "没有.txt", "坏\0名", "x" * 5000)

    assert [code for code, _ in found] == [
        "path.missing", "path.special", "path.unreadable", "path.special", "path.missing", "path.missing",
        "path.unreadable",
    ]  # fmt: skip
    assert all(failed for _, failed in found)


@pytest.mark.skipif(os.geteuid() == 0, reason="the superuser may read anything")
def test_without_permission_a_folder_and_a_file_are_problems(tmp_path: Path) -> None:
    write_pages(tmp_path, {"锁/一.txt": "页", "二.txt": "页"})
    (tmp_path / "锁").chmod(0)
    (tmp_path / "二.txt").chmod(0)
    try:
        assert problems(tmp_path) == [("path.unreadable", True)]
        assert isinstance(read_file(Found(str(tmp_path / "二.txt"), "二.txt")), Problem)
    finally:
        (tmp_path / "锁").chmod(0o755)


READ = [
    (b"", "capture.empty"),
    (b"x" * 101, "capture.too_large"),
]


@pytest.mark.parametrize(("data", "code"), READ)
def test_a_file_of_no_use_is_a_failed_problem(data: bytes, code: str, tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_bytes(data)

    found = read_file(Found(str(tmp_path / "a.txt"), "a.txt"), size_limit_bytes=100)

    assert isinstance(found, Problem)
    assert (found.code, found.origin, found.failed) == (code, "a.txt", True)


KINDS = [
    ("青禾县举办观摩会", "txt"),
    ("<!DOCTYPE html>\n<html>", "html"),
    ("\ufeff\n  <HTML lang=zh>", "html"),
    ("<div class=a>县</div>", "html"),
    ("3 < 5，5 > 3", "txt"),
    ("<青禾县>办<观摩会>", "txt"),
]


@pytest.mark.parametrize(("text", "extension"), KINDS)
@pytest.mark.parametrize("encoding", ["utf-8", "utf-16-le", "gb18030"])
@pytest.mark.parametrize("name", ["a.txt", "a.html", "a"])
def test_the_extension_follows_from_the_bytes_alone(
    text: str, extension: str, encoding: str, name: str, tmp_path: Path
) -> None:
    (tmp_path / name).write_bytes(text.encode(encoding))

    capture = read_file(Found(str(tmp_path / name), name))

    assert isinstance(capture, Capture)
    assert capture.extension == extension


def test_a_modification_time_is_given_in_utc(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("页")
    os.utime(tmp_path / "a.txt", (1_700_000_000.75, 1_700_000_000.75))

    assert modified_at(Found(str(tmp_path / "a.txt"), "a.txt")) == "2023-11-14T22:13:20Z"
