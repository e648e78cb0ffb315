import os
from pathlib import Path

import pytest

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
