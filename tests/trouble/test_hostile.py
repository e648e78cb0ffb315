"""Captures made to hurt: each ends as a problem or a record, in seconds, and with memory in proportion to its size."""

import gzip
import os
import random
import resource
import subprocess
import tarfile
import tracemalloc
import zipfile
from pathlib import Path

import pytest

from catalog.model.capture import Capture
from catalog.model.problem import Problem
from catalog.model.record import Parsed
from catalog.model.rule import RuleSet
from catalog.sources.archive import read_archive
from catalog.sources.folder import Found, find_files, read_file
from catalog.sources.kind import extension_of
from catalog.sources.member import Limits
from catalog.text.lines import MOST_LINES
from catalog.text.parse import parse_capture
from tests.process import COMMAND
from tests.properties.test_time import within

PAGE = (
    "青禾县新闻网\n首页 > 要闻\n青禾县春耕备耕全面展开\n来源：青禾日报 2024-03-04 10:20 浏览次数：12\n"
    "连日来，青禾县各乡镇抢抓农时，组织群众开展春耕备耕工作，田间地头一派繁忙景象，农机轰鸣，人来车往。\n"
    "县农业农村局组织技术人员深入田间地头，指导农户科学施肥，确保春耕生产顺利进行，为全年丰收打下坚实基础。\n"
    "责任编辑：江小鱼\n"
)
LIMIT = 20.0  # seconds; each takes less than three on a quiet machine
MOST_MEMORY = 1_500_000_000  # bytes; the interpreter and the rules take 45 million
HOSTILE = {
    "one line of 20 million characters": "春" * 20_000_000,
    "twenty million colons": "来源：" * 7_000_000,
    "ten million empty lines": "\n" * 10_000_000,
    "ten million lines": "春\n" * 10_000_000,
    "a field of a million names": PAGE + "作者：" + " ".join(f"江{chr(0x4E00 + n % 20_000)}" for n in range(1_000_000)),
    "a million combining marks": PAGE + "e" + "\u0301" * 1_000_000,
    "ligatures that unfold to eighteen characters": "\ufdfa" * 500_000,
    "a count of a hundred thousand digits": PAGE.replace("12\n", "9" * 100_000 + "\n"),
    "a hundred thousand nested elements": "<html><body>" + "<div>" * 100_000 + PAGE,
    "nested formatting": "<html><body>" + "<b><i>" * 100_000 + PAGE,
    "a tag of half a million attributes": "<html><body " + " ".join(f"a{n}=1" for n in range(500_000)) + ">" + PAGE,
    "as many, parted by slashes": "<html><body/" + "/".join(f"a{n}" for n in range(500_000)) + ">" + PAGE,
    "a tag that never ends": "<html><body " + " ".join(f"a{n}=1" for n in range(500_000)),
    "a million slashes in a tag": "<html><body " + "/" * 1_000_000 + ">" + PAGE,
    "comments that never end": "<html><!--" * 300_000 + PAGE,
    "scripts that never end": "<html><script>" * 200_000,
    "deep JSON": '<html><script type="application/ld+json">' + "[" * 200_000 + "</script>" + PAGE,
    "a number of a million digits": '<html><script type="application/ld+json">{"n":' + "9" * 1_000_000 + "}</script>",
}  # fmt: skip

LARGE = ("one line of 20 million characters", "ten million lines", "a field of a million names")


NOISE = random.Random(1).randbytes(100_000)  # noqa: S311 -- the same noise each time, not a secret


def ours(
    *words: str | bytes | Path, given: bytes = b"", db: Path | None = None
) -> "subprocess.CompletedProcess[bytes]":
    """Run the command as a shell would."""
    env = {**os.environ, "CATALOG_DB": str(db or "none.db")}
    return subprocess.run([*COMMAND, *words], input=given, capture_output=True, check=False, env=env)


def read(data: bytes, rules: RuleSet) -> Parsed:
    return parse_capture(Capture.of(data, extension_of(data)), rules)


@pytest.mark.parametrize("name", HOSTILE)
def test_a_hostile_page_is_read_in_seconds(name: str, rules: RuleSet) -> None:
    with within(LIMIT):
        parsed = read(HOSTILE[name].encode(), rules)

    assert parsed.readings


@pytest.mark.skipif(not hasattr(resource, "RLIMIT_AS"), reason="this system bounds no process's memory")
@pytest.mark.parametrize("name", LARGE)
def test_a_large_page_takes_no_gigabytes(name: str, tmp_path: Path) -> None:
    """In a process of its own, whose address space ends where the limit is."""
    (tmp_path / "页.txt").write_text(HOSTILE[name], "utf-8")
    limit = (MOST_MEMORY, MOST_MEMORY)

    done = subprocess.run(
        [*COMMAND, "parse", tmp_path / "页.txt"],
        stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
        check=False,
        preexec_fn=lambda: resource.setrlimit(resource.RLIMIT_AS, limit),
    )

    assert done.returncode == 0, done.stderr.decode()[-300:]


def test_lines_beyond_the_limit_are_kept_and_told(rules: RuleSet) -> None:
    text = PAGE + "春\n" * MOST_LINES

    parsed = read(text.encode(), rules)

    assert parsed.readings[0].text == text
    assert [p.code for p in parsed.problems] == ["lines.cut"]
    assert str(text.count("\n") + 1 - MOST_LINES) in parsed.problems[0].message


@pytest.mark.parametrize("mark", ["\0", "\x07", "\x1b", "\u202e", "\u200b", "\u2066", "\x9b", "\x7f"])
def test_what_shows_nothing_is_in_no_value(mark: str, rules: RuleSet) -> None:
    """The reading keeps it, since spans count its characters; nobody wants to catalogue it."""
    text = PAGE.replace("春耕", f"春{mark}耕").replace("青禾日报", f"青禾日报{mark}").replace("江小鱼", f"江小鱼{mark}")

    parsed = read(text.encode(), rules)

    values = {f.name: f.value for f in parsed.fields}
    assert mark in parsed.readings[0].text
    assert (values["title"], values["source"], values["responsible_editor"]) == (
        "青禾县春耕备耕全面展开",
        "青禾日报",
        "江小鱼",
    )
    assert parsed.body is not None
    assert mark not in parsed.body.text
    for field in parsed.fields:
        for said in field.evidence:
            assert parsed.readings[0].text[said.span.start : said.span.end] == said.raw


@pytest.mark.parametrize(
    "date", ["99999年12月1日", "2024年13月45日", "0000-00-00", "2024-02-30", "-1年1月1日", "１８９９９９-1-1"]
)
def test_a_date_that_cannot_be_is_no_date(date: str, rules: RuleSet) -> None:
    parsed = read(PAGE.replace("2024-03-04 10:20", date).encode(), rules)

    assert "published" not in {f.name for f in parsed.fields if f.value is not None}


@pytest.mark.parametrize(
    "data",
    [NOISE, b"\0" * 100_000, b"\xff\xd8\xff\xe0" + NOISE, PAGE.encode() + b"\xc0\xaf\xf8\x88\x80\x80\x80" * 50],
    ids=["noise", "zeros", "a picture", "overlong UTF-8"],
)  # fmt: skip
def test_bytes_that_are_no_text_are_a_problem_and_the_rest_is_read(data: bytes, tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_bytes(data)
    (tmp_path / "b.txt").write_text(PAGE, "utf-8")

    done = ours("parse", tmp_path / "a.txt", tmp_path / "b.txt")

    assert done.returncode == 3, done.stderr
    assert done.stdout.count(b"\n") == 1
    assert b"a.txt" in done.stderr
    assert b"Traceback" not in done.stderr


NAMES = [
    "换\n行.txt".encode(),
    b"tab\there.txt",
    "青禾县.txt".encode("gb18030"),
    b"\xff\xfe.txt",
    ("长" * 83 + "xy.txt").encode(),
    b"%41%FF.txt",
    b"-rf.txt",
    b"\x1b[31mred.txt",
    "倒\u202e序.txt".encode(),
    b"' OR 1=1 --.txt",
    b"=cmd|' !A1.txt",
]


def test_files_are_read_whatever_their_names(tmp_path: Path) -> None:
    """Named on the command line, in a list and in a folder; no byte of a name steers a terminal."""
    folder = tmp_path / "页"
    folder.mkdir()
    paths = [os.fsencode(folder) + b"/" + name for name in NAMES]
    for number, path in enumerate(paths):
        Path(os.fsdecode(path)).write_text(PAGE.replace("春耕", f"春耕第{number}期"), "utf-8")
    calls = (
        ([b"ingest", b"--", *paths], b""),
        ([b"ingest", b"-", b"-0"], b"\0".join(paths)),
        ([b"ingest", folder], b""),
    )

    for words, given in calls:
        done = ours(*words, given=given, db=tmp_path / "c.db")

        assert done.returncode == 0, done.stderr
        assert not set(done.stdout + done.stderr) & {0x1B, 0x07, 0xFF}
    listed = ours("list", "--columns", "origin", "--ids", db=tmp_path / "c.db")

    assert len(listed.stdout.splitlines()) == len(NAMES)


def test_folders_that_lie_deeper_than_calls_may_are_walked(tmp_path: Path) -> None:
    here = os.open(tmp_path, os.O_RDONLY)
    for _ in range(1_500):
        os.mkdir("深", dir_fd=here)
        deeper = os.open("深", os.O_RDONLY, dir_fd=here)
        os.close(here)
        here = deeper
    os.close(here)
    (tmp_path / "深" / "页.txt").write_text(PAGE, "utf-8")

    try:
        found = list(find_files([str(tmp_path)]))
    finally:
        subprocess.run(["rm", "-rf", tmp_path / "深"], check=True)  # pytest's own clean-up is a call a level

    assert [f.origin for f in found if isinstance(f, Found)] == [f"{tmp_path}/深/页.txt"]
    assert all(isinstance(f, Found) or (isinstance(f, Problem) and f.code == "path.unreadable") for f in found)


def test_folders_of_links_to_folders_of_links_end(tmp_path: Path) -> None:
    """Without any loop they have 2**20 paths."""
    for level in range(20):
        (tmp_path / f"{level:02}").mkdir()
        for link in "ab":
            (tmp_path / f"{level:02}" / link).symlink_to(tmp_path / f"{level + 1:02}")
    (tmp_path / "20").mkdir()
    (tmp_path / "20" / "页.txt").write_text(PAGE, "utf-8")

    found = list(find_files([str(tmp_path)]))

    assert f"{tmp_path}/20/页.txt" in [f.origin for f in found if isinstance(f, Found)]
    assert {f.code for f in found if isinstance(f, Problem)} == {"path.loop"}
    assert len(found) < 1_000


def test_a_file_that_becomes_a_pipe_is_not_waited_for(tmp_path: Path) -> None:
    path = tmp_path / "页.txt"
    path.write_text(PAGE, "utf-8")
    (found,) = find_files([str(path)])
    assert isinstance(found, Found)
    path.unlink()
    os.mkfifo(path)

    with within(LIMIT):
        answer = read_file(found)

    assert isinstance(answer, Problem)
    assert answer.code == "path.special"


def test_a_file_that_vanishes_is_a_problem(tmp_path: Path) -> None:
    path = tmp_path / "页.txt"
    path.write_text(PAGE, "utf-8")
    (found,) = find_files([str(path)])
    assert isinstance(found, Found)
    path.unlink()

    answer = read_file(found)

    assert isinstance(answer, Problem)
    assert answer.code == "path.missing"


def test_a_file_that_grows_while_it_is_read_is_bounded() -> None:
    """A device in the place of a file has no end; /proc gives files whose size is said to be 0."""
    if not Path("/proc/self/maps").exists():
        pytest.skip("this system has no files that say they are empty and are not")

    answer = read_file(Found("/proc/self/maps", "maps"), size_limit_bytes=100)

    assert isinstance(answer, Problem)
    assert answer.code == "capture.too_large"


def tar_entry(name: str, size: int, kind: bytes = tarfile.REGTYPE) -> bytes:
    """Return the header of a tar entry that claims this size."""
    entry = tarfile.TarInfo(name)
    entry.size, entry.type = size, kind
    return entry.tobuf(format=tarfile.GNU_FORMAT)


ARCHIVES = {
    "a member that claims an exabyte": ("a.tar", tar_entry("大.txt", 2**60) + b"x" * 1000),
    "one that is passed over": ("a.tar", tar_entry("大.jpg", 2**60) + b"x" * 1000),
    "a name that claims an exabyte": ("a.tar", tar_entry("长", 2**60, tarfile.GNUTYPE_LONGNAME) + b"x" * 1000),
    "a name of 200 million bytes": (
        "a.tar.gz", gzip.compress(tar_entry("长", 200_000_000, tarfile.GNUTYPE_LONGNAME) + bytes(200_000_000)),
    ),
    "a web archive that claims an exabyte": (
        "a.warc", b"WARC/1.1\r\nWARC-Type: resource\r\nContent-Type: text/plain\r\nContent-Length: 1152921504606846976"
        b"\r\nWARC-Record-ID: <urn:uuid:0>\r\nWARC-Date: 2024-05-01T00:00:00Z\r\n\r\nx",
    ),
    "a web archive of one endless header": ("a.warc.gz", gzip.compress(b"WARC/1.1\r\n" + b"x" * 100_000_000)),
}  # fmt: skip


@pytest.mark.parametrize("name", ARCHIVES)
def test_an_archive_that_claims_more_than_it_has_ends_as_a_problem(name: str, tmp_path: Path) -> None:
    file, data = ARCHIVES[name]
    (tmp_path / file).write_bytes(data)

    with within(LIMIT):
        found = list(read_archive(Found(str(tmp_path / file), file), Limits()))

    assert found
    assert all(isinstance(item, Problem) and item.failed for item in found)


def test_a_bomb_gives_no_more_than_its_limit(tmp_path: Path) -> None:
    """Twelve members of 50 million bytes in 600 kB: each is a problem of its own, none is held for long."""
    with zipfile.ZipFile(tmp_path / "a.zip", "w", zipfile.ZIP_DEFLATED) as file:
        for number in range(12):
            file.writestr(f"{number}.txt", bytes(50_000_000))
    limits = Limits(member_bytes=1_000_000)

    tracemalloc.start()
    found = list(read_archive(Found(str(tmp_path / "a.zip"), "a.zip"), limits))
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()

    assert [item.code for item in found if isinstance(item, Problem)] == ["capture.too_large"] * 12
    assert peak < 20_000_000
