import os

import pytest

from catalog.errors import UsageError
from catalog.sources.listing import read_log, split_listing

LISTS = [
    (b"\xe4\xb8\x80.txt\nb.txt\n", False, ["一.txt", "b.txt"]),
    (b"a.txt\r\n\r\n\nb c.txt", False, ["a.txt", "b c.txt"]),
    (b"a\nb.txt\0c.txt\0", True, ["a\nb.txt", "c.txt"]),
    (b"", False, []),
    (b"\xc7\xe0.txt\n", False, [os.fsdecode(b"\xc7\xe0.txt")]),
]


@pytest.mark.parametrize(("data", "nul", "paths"), LISTS)
def test_a_list_gives_its_paths(data: bytes, nul: bool, paths: list[str]) -> None:
    assert list(split_listing(data, nul=nul)) == paths


LOGS = [
    ('{"schema": "catalog.ingest/1", "data": {}, "problems": [{"code": "x", "origin": "坏.txt", "failed": true},'
     ' {"origin": "疑.txt", "failed": false}, {"origin": null, "failed": true}]}', ["坏.txt"]),
    ("code\torigin\tfailed\nx\t坏.txt\ttrue\ny\t疑.txt\tfalse\n", ["坏.txt"]),
    ("origin\tcode\r\n坏\\t一.txt\tx\r\n坏\\t一.txt\ty\r\n", ["坏\t一.txt"]),
    ("origin\n", []),
]  # fmt: skip


@pytest.mark.parametrize(("text", "paths"), LOGS)
def test_a_log_gives_its_failed_inputs_once(text: str, paths: list[str]) -> None:
    assert read_log(text) == paths


@pytest.mark.parametrize("text", ["", "今天天气很好", "{}", '{"problems": 3}', "{nonsense", "a\tb\n1\t2\n"])
def test_what_is_no_log_is_refused(text: str) -> None:
    with pytest.raises(UsageError):
        read_log(text)
