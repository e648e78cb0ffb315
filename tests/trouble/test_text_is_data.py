"""Text from a page is data in every form that it is shown or exported in."""

import xml.etree.ElementTree as ET
from html.parser import HTMLParser
from pathlib import Path

import pytest

from catalog.cli.main import main
from tests.pages import HARVEST, ingest, page, write_pages

TITLE = "<script>alert(1)</script>]]> & \"'><img src=x onerror=alert(2)> [a](javascript:1) \x0b\x1b[31m=HYPERLINK(1)"
NAME = "javascript:alert(1)//&lt;张"
NEVER = {"script", "img", "b", "a", "iframe", "object", "embed", "form", "input", "button", "link", "base"}


@pytest.fixture(scope="module")
def db(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("hostile")
    text = page(title=TITLE, source=NAME, editor=NAME, site="青禾<b>网", body=[*HARVEST, TITLE])
    write_pages(folder / "pages", {"a.txt": text, "b.txt": text + "\n再", "</td><script>.txt": page()})
    (folder / "m.csv").write_text("path,url\npages/a.txt,javascript:alert(3)\npages/b.txt,data:text/html;x\n", "utf-8")
    db = folder / "c.db"
    ingest(db, [folder / "pages"])
    assert main(["tag", "1", f"title={TITLE}".replace("\x0b", " "), f"source={NAME}", "-y", "--db", str(db)]) == 0
    return db


class Tags(HTMLParser):
    """What a browser would make of a page."""

    def __init__(self) -> None:
        super().__init__()
        self.tags: set[str] = set()
        self.attributes: list[tuple[str, str]] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.add(tag)
        self.attributes += [(name, value or "") for name, value in attrs]


REPORTS = [["list"], ["report", "--by-source"], ["report", "--by-editor"], ["report", "--by-source", "--by-year"]]
REPORTS += [["report", name] for name in ("completeness", "reprints", "timeline")]
REPORTS += [["show", "1", "--why"], ["log"], ["dedupe"], ["agents", "list"]]


@pytest.mark.parametrize("words", REPORTS, ids=" ".join)
def test_no_html_script_or_url_scheme_in_a_page_of_ours(
    words: list[str], db: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    status = main([*words, "--format", "html", "--db", str(db)])
    seen = Tags()
    seen.feed(capsys.readouterr().out)

    assert status == 0
    assert seen.tags & NEVER == set()
    assert [name for name, _ in seen.attributes if name.startswith("on") or name in {"href", "src", "action"}] == []
    assert [value for _, value in seen.attributes if "javascript:" in value.lower() or "data:" in value.lower()] == []


def test_xml_of_ours_parses(db: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["export", "--to", "graphml", "--db", str(db)]) == 0
    root = ET.fromstring(capsys.readouterr().out)  # noqa: S314 -- our own

    assert any("alert(1)" in (node.text or "") for node in root.iter())
