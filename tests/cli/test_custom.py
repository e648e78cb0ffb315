"""Fields of one's own: declared in catalog.toml, set, shown, exported, asked for."""

import csv
import io
from pathlib import Path

import pytest

from tests.cli.conftest import Run
from tests.pages import dump, page, rows

DECLARED = """
[fields.shelfmark]
type = "text"
label = "索书号"
[fields.boxes]
type = "number"
[fields.accessioned]
type = "date"
[fields.keywords]
type = "list"
label = "关键词"
"""


@pytest.fixture(autouse=True)
def _declared() -> None:
    Path("catalog.toml").write_text(DECLARED, "utf-8")


def custom(run: Run, own: Path, id_: int = 1) -> object:
    return run("show", str(id_), "--json", "--db", own).json.get("custom")


def test_every_type_is_set_shown_and_exported(run: Run, own: Path) -> None:
    words = ("shelfmark=A-12", "boxes=0", "accessioned=2026-11", "keywords=农业", "keywords=秋粮", "-y")
    assert run("tag", "1", *words, "--db", own).status == 0

    assert custom(run, own) == {
        "shelfmark": "A-12", "boxes": 0, "accessioned": "2026-11", "keywords": ["农业", "秋粮"],
    }  # fmt: skip
    shown = [(row["field"], row["value"]) for row in run("show", "1", "--db", own).rows]
    assert {("shelfmark", "A-12"), ("boxes", "0"), ("keywords", "农业"), ("keywords", "秋粮")} <= set(shown)
    first = next(csv.DictReader(io.StringIO(run("export", "1", "--to", "csv", "--db", own).out)))
    assert (first["shelfmark"], first["boxes"], first["keywords"]) == ("A-12", "0", "农业; 秋粮")


def test_a_list_is_added_to_and_taken_from_and_what_is_set_again_replaces(run: Run, own: Path) -> None:
    run("tag", "1", "shelfmark=A-12", "keywords=农业", "-y", "--db", own)
    run("tag", "1", "shelfmark=B-1", "keywords+=秋粮", "keywords-=农业", "-y", "--db", own)

    assert custom(run, own) == {"shelfmark": "B-1", "keywords": ["秋粮"]}


@pytest.mark.parametrize(
    ("query", "ids"),
    [("shelfmark:A-1", "1\n2\n"), ("shelfmark:=A-12", "1\n"), ("boxes:>3", "2\n"), ("accessioned:2025..", "1\n"),
     ("keywords:秋", "1\n"), ("has:shelfmark", "1\n2\n"), ("missing:shelfmark", "3\n4\n"), ("keywords:甲", ""),
     ("索书号:A-1", "1\n2\n"), ("关键词:秋", "1\n"), ("has:索书号", "1\n2\n")],
)  # fmt: skip
def test_queries_ask_for_it(query: str, ids: str, run: Run, own: Path) -> None:
    run("tag", "1", "shelfmark=B", "boxes=9", "-y", "--db", own)
    run("tag", "1", "shelfmark=A-12", "boxes=2", "accessioned=2026-11-02", "keywords=秋粮", "-y", "--db", own)
    run("tag", "2", "shelfmark=A-13", "boxes=12", "-y", "--db", own)

    assert run("list", query, "--ids", "--db", own).out == ids


def test_a_label_that_names_something_else_already_goes_on_naming_that(run: Run, own: Path) -> None:
    Path("catalog.toml").write_text(DECLARED.replace("索书号", "标题"), "utf-8")
    run("tag", "1", "shelfmark=A-12", "title=秋粮入库", "-y", "--db", own)

    assert run("list", "标题:秋粮入库", "--ids", "--db", own).out == "1\n"
    assert run("list", "标题:A-12", "--ids", "--db", own).out == ""


def test_lists_have_it_as_a_column_before_and_after_it_has_values(run: Run, own: Path) -> None:
    assert run("list", "--columns", "id,shelfmark", "--db", own).rows[0] == {"id": "1", "shelfmark": ""}
    run("tag", "1", "shelfmark=A-12", "boxes=7", "keywords=甲", "keywords=乙", "-y", "--db", own)

    (row,) = run("list", "id:1", "--columns", "boxes,keywords,id", "--json", "--db", own).json["data"]
    assert row == {"boxes": 7, "keywords": "甲; 乙", "id": 1}


def test_the_catalogue_knows_it_without_the_file_that_declared_it(run: Run, own: Path) -> None:
    run("tag", "1", "keywords=甲", "keywords=乙", "-y", "--db", own)
    Path("catalog.toml").unlink()

    assert custom(run, own) == {"keywords": ["甲", "乙"]}
    assert run("tag", "1", "keywords+=丙", "-y", "--db", own).status == 0
    assert run("list", "keywords:丙", "--ids", "--db", own).out == "1\n"


def test_an_ingest_sets_it_and_a_person_outranks_that(run: Run, own: Path, tmp_path: Path) -> None:
    run("ingest", tmp_path / "pages/a.txt", "--set", "shelfmark=A-1", "--set", "keywords=甲", "--db", own)
    assert custom(run, own) == {"shelfmark": "A-1", "keywords": ["甲"]}
    run("tag", "1", "shelfmark=A-2", "-y", "--db", own)
    run("ingest", tmp_path / "pages/a.txt", "--set", "shelfmark=A-3", "--db", own)

    assert custom(run, own) == {"shelfmark": "A-2", "keywords": ["甲"]}
    assert run("list", "shelfmark:A-3", "--db", own).status == 4


@pytest.mark.parametrize("change", ["boxes=many", "accessioned=Friday", "shelfmarc=A", "shelfmark+=B"])
def test_a_value_that_does_not_fit_is_refused(change: str, run: Run, own: Path) -> None:
    assert run("tag", "1", change, "-y", "--db", own).status == 2


@pytest.mark.parametrize(
    ("declared", "why"),
    [('[fields.Mark]\ntype = "text"', "small letters"), ('[fields.title]\ntype = "text"', "something else"),
     ('[fields.mark]\ntype = "txt"', "type is one of"), ("[fields.mark]\ntype = []", "type is one of"),
     ('[fields.mark]\ntype = "text"\nlable = "x"', "lable"), ("fields = 3", "[fields.shelfmark]")],
)  # fmt: skip
def test_a_declaration_that_cannot_be_meant_is_refused(declared: str, why: str, run: Run, own: Path) -> None:
    Path("catalog.toml").write_text(declared, "utf-8")
    done = run("list", "--db", own)

    assert done.status == 2
    assert why in done.err


def test_a_type_does_not_change_under_values(run: Run, own: Path) -> None:
    run("tag", "1", "keywords=甲", "-y", "--db", own)
    Path("catalog.toml").write_text('[fields.keywords]\ntype = "number"', "utf-8")

    assert "it is a list" in run("list", "--db", own).err


def test_undone_it_leaves_no_trace_in_the_dump(run: Run, own: Path) -> None:
    before = dump(own)
    run("tag", "1", "keywords=甲", "-y", "--db", own)
    assert '"field:keywords"' in dump(own)
    run("undo", "-y", "--db", own)

    assert dump(own) == before
    assert rows(own, "SELECT count(*) FROM fields WHERE name = 'keywords'") == [(0,)]


def test_an_undo_leaves_nothing_of_a_field_that_was_new_and_redo_brings_it_again(run: Run, own: Path) -> None:
    before = dump(own)
    run("tag", "1", "shelfmark=A-1", "-y", "--db", own)
    tagged = dump(own)
    run("undo", "-y", "--db", own)
    undone = dump(own)
    run("redo", "-y", "--db", own)

    assert undone == before
    assert dump(own) == tagged
    assert tagged != before


def test_it_is_there_again_after_a_rebuild_and_a_load_and_so_is_a_doubt(run: Run, own: Path, tmp_path: Path) -> None:
    run("tag", "1", "shelfmark=A-12", "keywords=甲", "keywords=乙", "source=县档案馆", "-y", "--db", own)
    (tmp_path / "later.txt").write_text(page(source="雁鸣日报", views=99), "utf-8")
    run("ingest", tmp_path / "later.txt", "--db", own)
    assert run("show", "1", "--json", "--db", own).json["conflicts"] == ["source"]
    run("rebuild", "new.db", "--db", own)
    run("export", "--to", "dump", "-o", "all.jsonl", "--db", own)
    run("import", "all.jsonl", "--db", "loaded.db")

    assert dump(Path("new.db")) == dump(Path("loaded.db")) == dump(own)
