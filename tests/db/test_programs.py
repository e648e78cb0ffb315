"""Other programs open the catalogue and answer what an archivist would ask of them."""

import json
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tests.pages import ingest, page, write_pages

PROGRAMS = Path(sys.executable).parent


@pytest.fixture(scope="module")
def db(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("programs")
    pages: dict[str, str | bytes] = {
        "一.txt": page(title="青禾县春耕备耕全面展开", source="青禾日报", views=12, editor="江小鱼"),
        "二.txt": page(title="秋粮测产观摩会在北塬镇举行", source="雁鸣日报", views=300, editor="李　娜"),
        "三.txt": page(title="青禾县圖書館新館開館", source="青禾日报", views=0, editor="江小鱼"),
    }
    write_pages(folder / "pages", pages)
    ingest(folder / "catalog.db", [folder / "pages" / name for name in pages])
    return folder / "catalog.db"


def ran(*words: str | Path) -> str:
    """Return what a program prints; it must succeed."""
    return subprocess.run(list(map(str, words)), capture_output=True, text=True, check=True).stdout


def test_sqlite_utils_counts_the_pages_of_an_editor(db: Path) -> None:
    sql = "SELECT name, count(*) AS n FROM agent_facts WHERE role = 'responsible_editor' GROUP BY name ORDER BY name"

    rows = json.loads(ran(PROGRAMS / "sqlite-utils", db, sql))

    assert rows == [{"name": "李娜", "n": 1}, {"name": "江小鱼", "n": 2}]


@pytest.mark.skipif(shutil.which("sqlite3") is None, reason="there is no sqlite3 shell here")
def test_the_sqlite_shell_searches_as_we_do(db: Path) -> None:
    query = Path(__file__).parents[2] / "db" / "queries" / "search.sql"
    words = [".parameter init", ".parameter set :words \"'春耕'\""]

    found = ran("sqlite3", "-readonly", "-cmd", words[0], "-cmd", words[1], db, f".read {query}")

    assert found.splitlines()[0].split("|")[:2] == ["1", "青禾县春耕备耕全面展开"]


def test_datasette_facets_by_source_and_searches(db: Path) -> None:
    """Served without a network: the answer to one path is printed."""
    pytest.importorskip("datasette", reason="datasette is not installed")

    faceted = json.loads(ran(PROGRAMS / "datasette", db, "--get", "/catalog/record_facts.json?_facet=source&_size=0"))
    asked = "/catalog.json?_shape=array&sql=select+title+from+record_facts+where+views>100"
    rows = json.loads(ran(PROGRAMS / "datasette", db, "--get", asked))

    counts = {one["value"]: one["count"] for one in faceted["facet_results"]["source"]["results"]}
    assert counts == {"青禾日报": 2, "雁鸣日报": 1}
    assert rows == [{"title": "秋粮测产观摩会在北塬镇举行"}]
