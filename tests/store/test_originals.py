import os
import subprocess
from pathlib import Path

import pytest

from catalog.store.originals import pack, unpack
from tests.pages import ingest, page, rows, write_pages

TEXT = page()
DATA = [b"", b"a", "观摩会".encode("gb18030"), TEXT.encode(), TEXT.encode("utf-16"), os.urandom(5000), b"\r\n\0" * 999]


@pytest.mark.parametrize("data", DATA)
def test_what_is_packed_comes_back(data: bytes) -> None:
    assert unpack(pack(data), len(data)) == data


def test_what_does_not_shrink_is_kept_as_it_is() -> None:
    noise = os.urandom(500)

    assert pack(noise) == noise


def test_what_a_page_repeats_from_its_beginning_is_packed_once() -> None:
    block = os.urandom(9_000)

    assert len(pack(block + block)) < 9_500


def test_the_sqlite_shell_gives_the_originals_back(tmp_path: Path) -> None:
    pages: dict[str, str | bytes] = {
        "一.txt": page(),
        "二.txt": page(views=9).encode("gb18030"),
        "三.html": f"<html><head><title>观摩会</title></head><body><p>{page()}</p></body></html>\r\n",
        "短.txt": "短",
    }
    folder = write_pages(tmp_path / "pages", pages)
    ingest(tmp_path / "c.db", [folder])
    out = tmp_path / "out"
    out.mkdir()

    subprocess.run(["sqlite3", str(tmp_path / "c.db"), "-A", "-x"], cwd=out, check=True)

    extracted = {path.name: path.read_bytes() for path in out.iterdir()}
    names = dict(rows(tmp_path / "c.db", "SELECT o.origin, c.sha256 || '.' || c.extension FROM observations o "
                      "JOIN captures c ON c.id = o.capture_id"))  # fmt: skip
    assert extracted == {names[str(path)]: path.read_bytes() for path in folder.iterdir()}
    assert {Path(name).suffix for name in extracted} == {".txt", ".html"}
