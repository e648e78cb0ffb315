import csv
import io
import json
from pathlib import Path

from tests.cli.conftest import HOSTILE, Run


def test_json_lines_are_the_records_that_show_gives(run: Run, filled: Path) -> None:
    exported = run("export", "--to", "jsonl", "--db", filled).out
    shown = run("show", "1", "2", "3", "4", "--json", "--db", filled).out

    assert exported == shown


def test_a_query_narrows_and_orders_an_export(run: Run, filled: Path) -> None:
    lines = run("export", "sort:published-", "editor:李", "--db", filled).out.splitlines()

    assert [json.loads(line)["id"] for line in lines] == [4, 2]


def test_csv_has_a_row_a_record(run: Run, filled: Path) -> None:
    rows = list(csv.DictReader(io.StringIO(run("export", "--to", "csv", "--db", filled).out)))

    assert [row["id"] for row in rows] == ["1", "2", "3", "4"]
    assert rows[2]["title"] == HOSTILE.replace("\x1b", "\\x1b").replace("\u202e", "\\u202e")


def test_a_file_is_written_whole_and_nothing_goes_to_stdout(run: Run, filled: Path, tmp_path: Path) -> None:
    done = run("export", "-o", tmp_path / "出.jsonl", "--db", filled)

    assert (done.status, done.out) == (0, "")
    assert len((tmp_path / "出.jsonl").read_text("utf-8").splitlines()) == 4
    assert [path.name for path in tmp_path.iterdir()] == ["出.jsonl"]


def test_a_file_that_cannot_be_written_is_no_bug(run: Run, filled: Path, tmp_path: Path) -> None:
    assert run("export", "-o", tmp_path / "no" / "x.jsonl", "--db", filled).status == 2


def test_an_export_that_fails_leaves_the_old_file(run: Run, filled: Path, tmp_path: Path) -> None:
    (tmp_path / "old.csv").write_text("old", "utf-8")

    assert run("export", "--to", "nope", "-o", tmp_path / "old.csv", "--db", filled).status == 2
    assert (tmp_path / "old.csv").read_text("utf-8") == "old"


def test_a_dump_is_of_the_whole_and_names_its_schema(run: Run, filled: Path) -> None:
    dump = run("export", "--to", "dump", "--db", filled)

    assert json.loads(dump.out.splitlines()[0])["schema"].startswith("catalog.dump/")
    assert run("export", "--to", "dump", "source:x", "--db", filled).status == 2


def test_an_export_of_nothing_is_status_4(run: Run, filled: Path) -> None:
    assert run("export", "source:没有", "--db", filled).status == 4
