from pathlib import Path

import pytest

from catalog.errors import BadManifest
from catalog.sources.manifest import Entry, load_manifest

URL = "https://news.example.org/qinghe/1.html"
ENTRY = Entry("一.txt", URL, "2024-10-09T00:30:00Z", "李四")
GOOD = [
    (f"path,url,captured_at,collector\n一.txt,{URL},2024-10-09T08:30:00+08:00,李四\n", [ENTRY]),
    (f"\ufeffpath;url;captured_at;collector\r\n一.txt;{URL};20241009003000;李四\r\n\r\n", [ENTRY]),
    (f"collector\tpath\turl\tcaptured_at\n李四\t一.txt\t{URL}\t2024-10-09T00:30Z\n", [ENTRY]),
    (f'{{"path": "一.txt", "url": "{URL}", "captured_at": "2024-10-09T00:30:00Z", "collector": "李四"}}\n\n', [ENTRY]),
    (
        "path,url\n一.txt,\n一.txt,http://县.example.org/\n",
        [Entry("一.txt"), Entry("一.txt", "http://县.example.org/")],
    ),
    ('path\n"带,逗号 和""引号"".txt"\n', [Entry('带,逗号 和"引号".txt')]),
    ("path,captured_at\n一.txt,2024-10-09\n", [Entry("一.txt", None, "2024-10-09")]),
    ('{"path": "一.txt", "url": null}', [Entry("一.txt")]),
    ("path\n", []),
]
BAD = [
    ("", 1, "no `path`"),
    ("url\nhttps://example.org/\n", 1, "no `path`"),
    ("path,pubisher\n一.txt,县\n", 1, "pubisher"),
    ("path,path\n一.txt,二.txt\n", 1, "twice"),
    ("path,url\n一.txt\n", 2, "1 cells under 2 columns"),
    ("path,url\n\n一.txt,news.example.org\n", 3, "no URL"),
    ("path,captured_at\n一.txt,2024-10-09\n二.txt,2024-10-09T08:00\n", 3, "zone"),
    ("path,captured_at\n一.txt,去年\n", 2, "captured_at"),
    ("path,captured_at\n一.txt,2024-02-30\n", 2, "captured_at"),
    ("path,url\n,https://example.org/\n", 2, "no path"),
    ('{"path": "一.txt"}\n{"path": 3}\n', 2, "no text"),
    ('{"path": "一.txt"}\n["二.txt"]\n', 2, "object"),
    ('{"path": "一.txt"\n', 1, "no JSON"),
    ('path\n"一.txt\n', 2, "unexpected end"),
]


@pytest.mark.parametrize(("text", "entries"), GOOD)
def test_a_manifest_says_what_files_cannot(
    text: str, entries: list[Entry], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    Path("清单.csv").write_text(text, "utf-8", newline="")

    assert load_manifest(Path("清单.csv")) == entries


@pytest.mark.parametrize(("text", "line", "why"), BAD)
def test_a_bad_manifest_is_refused_with_its_line(text: str, line: int, why: str, tmp_path: Path) -> None:
    (tmp_path / "清单.csv").write_text(text, "utf-8")

    with pytest.raises(BadManifest, match=why) as caught:
        load_manifest(tmp_path / "清单.csv")

    assert caught.value.facts["line"] == line


@pytest.mark.parametrize("data", [None, "path\n青.txt\n".encode("gb18030")])
def test_a_manifest_that_cannot_be_read_is_refused(data: bytes | None, tmp_path: Path) -> None:
    if data is not None:
        (tmp_path / "清单.csv").write_bytes(data)

    with pytest.raises(BadManifest):
        load_manifest(tmp_path / "清单.csv")


def test_a_path_is_sought_beside_the_manifest_then_as_given(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    Path("卷").mkdir()
    for name in ("卷/一.txt", "一.txt", "二.txt"):
        Path(name).write_text("页")
    Path("卷/清单.csv").write_text("path\n一.txt\n二.txt\n三.txt\n", "utf-8")

    assert [entry.path for entry in load_manifest(Path("卷/清单.csv"))] == ["卷/一.txt", "二.txt", "卷/三.txt"]
