"""`catalog reprints` as people and programs see it, and what `dedupe` says of the same texts."""

import json
from pathlib import Path
from xml.etree import ElementTree

import pytest

from catalog.export.graphml import write_reprints
from catalog.model.reprints import Copy, Genealogy, Reprint, TextChange
from tests.cli.conftest import HOSTILE, Run
from tests.pages import HARVEST, LIBRARY, ingest, page, write_pages

LONG = (*HARVEST, *LIBRARY)
NAMESPACE = {"g": "http://graphml.graphdrawing.org/xmlns"}


@pytest.fixture(scope="module")
def db(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a catalogue in which a county's story is reprinted by two papers, one of which names the other."""
    folder = tmp_path_factory.mktemp("reprints")
    pages: dict[str, str | bytes] = {
        "一.txt": page(published="2024-10-08 09:30", source="青禾县融媒体中心", site="青禾县人民政府", body=LONG),
        "二.txt": page(
            title="秋粮测产观摩会在北塬镇举行", published="2024-10-09", source="青禾县人民政府", site="雁鸣日报",
            body=("　　本报讯，记者昨日获悉。", *LONG),
        ),
        "三.txt": page(published="2024-10-10", source="雁鳴日報社", site="望潮网", body=LONG),
        "四.txt": page(
            published="2024-10-11", source="雁鸣日报", site="霞岭网", body=("　　本报讯，记者昨日获悉。", *LONG)
        ),
        "五.txt": page(title="雁鸣县图书馆新馆本月开馆迎客", published="2023-01-01", body=LIBRARY[:1]),
    }  # fmt: skip
    ingest(folder / "c.db", [write_pages(folder / "p", pages) / name for name in pages])
    return folder / "c.db"


def test_the_tree_begins_with_the_earliest_and_sets_each_under_the_source_it_names(run: Run, db: Path) -> None:
    rows = run("reprints", "4", "--db", db).rows

    assert [(row["id"], row["tree"].strip()) for row in rows] == [
        ("1", "earliest"),
        ("2", "└ 1"),
        ("4", "└ 2"),
        ("3", "└ 1"),
    ]


def test_what_was_added_and_retitled_is_said_and_where_the_source_disagrees(run: Run, db: Path) -> None:
    rows = {row["id"]: row for row in run("reprints", "1", "--db", db).rows}

    assert (rows["2"]["cut"], rows["2"]["added"], rows["2"]["notes"]) == ("0", "1", "retitled")
    assert "names another source than the earliest text (1), not found here" in rows["3"]["notes"]
    assert "found in 2" in rows["4"]["notes"]
    assert (rows["3"]["figure"], rows["1"]["figure"]) == ("1.0", "")


def test_sentences_are_listed_as_printed(run: Run, db: Path) -> None:
    rows = run("reprints", "1", "--changes", "--db", db).rows

    assert [(row["id"], row["parent"], row["change"], row["sentence"]) for row in rows] == [
        ("2", "1", "+", "本报讯，记者昨日获悉。")
    ]


def test_json_names_its_schema_and_holds_the_whole_tree(run: Run, db: Path) -> None:
    said = run("reprints", "3", "--json", "--db", db).json

    assert (said["schema"], said["data"]["earliest"], said["data"]["of"]) == ("catalog.reprints/1", 1, 4)
    assert said["data"]["records"][1]["changes"] == [
        {"change": "added", "place": 1, "sentence": "本报讯，记者昨日获悉。"}
    ]
    assert said["data"]["records"][0]["parent"] is None


def test_graphml_is_well_formed_and_has_an_edge_a_reprint(run: Run, db: Path) -> None:
    root = ElementTree.fromstring(run("reprints", "1", "--format", "graphml", "--db", db).out)  # noqa: S314 -- our own

    assert len(root.findall(".//g:node", NAMESPACE)) == 4
    assert [(e.get("source"), e.get("target")) for e in root.findall(".//g:edge", NAMESPACE)] == [
        ("n2", "n1"), ("n4", "n2"), ("n3", "n1"),
    ]  # fmt: skip


def test_graphml_holds_whatever_a_page_says(capsys: pytest.CaptureFixture[str]) -> None:
    import sys

    hostile = HOSTILE + "\x00\x0b\ufffe]]> & <data>"
    copy = Copy(1, "k", hostile, None, hostile, None, None, "ab" * 32, hostile, None)
    other = Copy(2, "k", None, None, None, None, None, "cd" * 32, "", "http://a.example.org/?a=1&b=2")
    change = TextChange("cut", 1, hostile)
    tree = Genealogy("g", 1, (Reprint(copy, None, 0, None, False, None, (), False),
                              Reprint(other, 1, 1, None, True, 0.9, (change,), True)))  # fmt: skip
    write_reprints(tree, sys.stdout)
    root = ElementTree.fromstring(capsys.readouterr().out)  # noqa: S314 -- our own

    assert [d.text for d in root.findall(".//g:edge/g:data", NAMESPACE)] == ["0.9", "1", "0", "true", "true"]


@pytest.mark.parametrize("format_", ["table", "tsv", "csv", "jsonl", "md", "html"])
def test_each_format_shows_every_record_and_steers_no_terminal(format_: str, run: Run, filled: Path) -> None:
    done = run("reprints", "1", "--format", format_, "--db", filled)

    assert (done.status, "\x1b" in done.out) == (0, False)
    assert "雁鸣新闻网" in done.out


def test_a_day_without_its_hour_is_not_before_the_hours_of_that_day(run: Run, tmp_path: Path) -> None:
    pages: dict[str, str | bytes] = {
        "一.txt": page(published="2024-05-09", source="雁鸣日报", site="霞岭网", body=LONG),
        "二.txt": page(published="2024-05-09 06:52", source="", site="雁鸣日报", body=LONG),
    }
    db = tmp_path / "d.db"
    ingest(db, [write_pages(tmp_path / "d", pages)])

    said = run("reprints", "1", "--json", "--db", db).json

    assert [record["published"] for record in said["data"]["records"]] == ["2024-05-09T06:52", "2024-05-09"]
    assert [row["earliest"] for row in run("dedupe", "--db", db).rows] == [str(said["data"]["earliest"])]


def test_a_record_that_nobody_reprints_is_a_tree_of_one(run: Run, db: Path) -> None:
    assert [row["tree"] for row in run("reprints", "5", "--db", db).rows] == ["earliest"]


@pytest.mark.parametrize("id", ["999", "0", str(2**63), "9" * 30])
def test_a_record_that_is_not_there_ends_with_4(id: str, run: Run, db: Path) -> None:
    assert run("reprints", id, "--db", db).status == 4


def test_the_group_is_told_wherever_records_are_counted(run: Run, db: Path) -> None:
    assert run("show", "4", "--json", "--db", db).json["reprints"] == {
        "group": run("reprints", "1", "--json", "--db", db).json["data"]["group"], "of": 4, "earliest": 1,
    }  # fmt: skip
    assert [row["id"] for row in run("show", "2", "--reprints", "--db", db).rows] == ["1", "2", "3", "4"]
    assert run("list", "reprints:4", "--ids", "--db", db).out.split() == ["1", "2", "3", "4"]
    assert {row["reprints"] for row in run("list", "id:1..4", "--columns", "id,reprints", "--db", db).rows} == {"4"}
    rows = run("report", "--by-site", "--db", db).rows
    assert sum(int(row["reprints"]) for row in rows) == 4


def test_dedupe_lists_the_group_and_what_stands_inside_longer_texts(run: Run, db: Path) -> None:
    first, *more = run("dedupe", "--db", db).rows

    assert [first[name] for name in ("found", "bodies", "records", "earliest")] == ["across records", "2", "4", "1"]
    assert {row["found"] for row in more} <= {"contained"}


def test_a_split_needs_a_terminal_or_y_and_then_holds(run: Run, tmp_path: Path) -> None:
    pages: dict[str, str | bytes] = {
        "一.txt": page(body=LONG),
        "二.txt": page(title="秋粮测产会在北塬镇举行", body=("　　本报讯，记者获悉。", *LONG), site="雁鸣日报"),
    }
    ingest(tmp_path / "c.db", [write_pages(tmp_path / "p", pages) / name for name in pages])
    db = tmp_path / "c.db"
    asked = run("dedupe", "--split", "1", "2", "--db", db)
    dry = run("dedupe", "--split", "1", "2", "--dry-run", "--db", db)
    before = len(run("dedupe", "--across", "--db", db).rows)
    done = run("dedupe", "--split", "1", "2", "-y", "--json", "-m", "两篇", "--db", db)
    again = run("dedupe", "--split", "1", "2", "-y", "--db", db)
    run("dedupe", "--again", "--db", db)
    after = len(run("dedupe", "--across", "--db", db).rows)
    back = run("dedupe", "--forget", "1", "2", "-y", "--db", db)

    assert (asked.status, dry.status, done.status, again.status, back.status) == (2, 0, 0, 0, 0)
    assert "without a terminal" in asked.err
    assert (before, after, len(run("dedupe", "--across", "--db", db).rows)) == (1, 0, 1)
    assert json.loads(done.out)["data"]["counts"] == {"verdicts": 1, "records": 1}
    assert "said so already" in again.err


WRONG = [
    ("--again", "--split", "1", "2"),
    ("--split", "1", "2", "--join", "1", "2"),
    ("春耕", "--join", "1", "2"),
    ("--join", "1", "3"),
    ("--forget", "1", "2"),
    ("--threshold", "0.2"),
    ("--split", "1", "2", "--threshold", "0.9"),
]


@pytest.mark.parametrize("words", WRONG, ids=" ".join)
def test_words_that_do_not_fit_end_with_2_and_say_why(words: tuple[str, ...], run: Run, db: Path) -> None:
    done = run("dedupe", *words, "--db", db)

    assert (done.status, bool(done.err), done.out) == (2, True, "")


@pytest.mark.parametrize("command", ["list", "show", "report", "reprints"])
def test_what_only_reads_loads_neither_numpy_nor_sqlite_utils(command: str, db: Path) -> None:
    import subprocess
    import sys

    words = {"report": ["--by-site"], "list": ["雁鸣"], "show": ["1"], "reprints": ["1"]}[command]
    program = (
        "import sys; from catalog.cli.main import main;"
        f"status = main([{command!r}, *{words!r}, '--db', {str(db)!r}]);"
        "sys.exit(status or [name for name in ('numpy', 'sqlite_utils') if name in sys.modules] or None)"
    )
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=False)

    assert (done.returncode, done.stderr) == (0, "")
