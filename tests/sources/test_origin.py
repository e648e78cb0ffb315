import os
import tempfile
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from catalog.sources.origin import origin_of, path_of

NAMES = [
    (b"\xe4\xb8\x80.txt", "一.txt"),
    (b"./a/../b.txt", "./a/../b.txt"),
    ("青.txt".encode("gb18030"), "%C7%E0.txt"),
    (b"100%.txt", "100%.txt"),
    (b"a\xff\xfeb.txt", "a%FF%FEb.txt"),
]


@pytest.mark.parametrize(("raw", "origin"), NAMES)
def test_an_origin_is_the_path_as_given_with_undecodable_bytes_escaped(raw: bytes, origin: str) -> None:
    assert origin_of(os.fsdecode(raw)) == origin


@pytest.mark.parametrize(("raw", "origin"), NAMES)
def test_an_origin_leads_back_to_its_file(
    raw: bytes, origin: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "a").mkdir()
    Path(os.fsdecode(raw)).write_text("页")

    assert os.fsencode(path_of(origin)) == raw


PIECES = [b"%", b"2", b"5", b"F", b"FF", b"%25", b"%FF", b"%E5%AD%97", "字".encode(), b"\xff", b"\xe5", b"\x97", b"a"]


@given(st.lists(st.sampled_from(PIECES), min_size=1, max_size=6).map(b"".join))
def test_every_name_has_an_origin_of_its_own_that_leads_back(name: bytes) -> None:
    with tempfile.TemporaryDirectory() as folder:
        path = os.path.join(os.fsencode(folder), name)  # noqa: PTH118 -- bytes
        Path(os.fsdecode(path)).write_bytes(b"x")
        origin = origin_of(os.fsdecode(path))

        assert os.fsencode(path_of(origin)) == path
        origin.encode("utf-8")


@given(*[st.lists(st.sampled_from(PIECES), max_size=6).map(b"".join)] * 2)
def test_two_names_never_have_one_origin(one: bytes, other: bytes) -> None:
    assert (origin_of(os.fsdecode(one)) == origin_of(os.fsdecode(other))) == (one == other)


def test_the_name_of_a_file_that_is_a_url_stays_as_given() -> None:
    assert origin_of("news/%E5%AD%97.html") == "news/%E5%AD%97.html"
