from pathlib import Path

import pytest

from catalog.errors import NothingMatched, UsageError
from catalog.model.table import Cell
from catalog.services.recapture import diff_captures
from catalog.services.records import load_record
from catalog.store.open import open_reader
from tests.cli.conftest import Run
from tests.pages import HARVEST, ingest, page, rows, write_pages

FIRST, SECOND = HARVEST
LATER = "　　观摩会结束后，县里组织专家到另外两个乡镇核对了地块。"
URL = "https://qinghe.example.org/1.html"


@pytest.fixture
def db(tmp_path: Path) -> Path:
    """Return a catalogue with one page captured four times; a fifth page was captured once."""
    versions: dict[str, str | bytes] = {
        "1.txt": page(),
        "2.txt": page(views=340),
        "3.txt": page(
            title="青禾县办秋粮测产观摩会", published="2024-10-08 10:00", editor="李娜", views=340, source="",
            body=[FIRST.replace("十二个", "十三个"), SECOND, LATER],
        ),
        "4.txt": page(title="青禾县办秋粮测产观摩会", views=3, body=[SECOND.replace("，", ","), LATER]),
        "5.txt": page(title="雁鸣县图书馆开馆"),
    }  # fmt: skip
    write_pages(tmp_path / "pages", versions)
    said = [f"{n}.txt,{URL},2024-10-{n + 8:02}" for n in range(1, 5)]
    manifest = tmp_path / "pages" / "manifest.csv"
    manifest.write_text("\n".join(["path,url,captured_at", *said]) + "\n", "utf-8")
    ingest(tmp_path / "c.db", [tmp_path / "pages" / name for name in versions], manifest=manifest)
    return tmp_path / "c.db"


def differences(db: Path, *asked: str, id_: int = 1) -> list[tuple[Cell, ...]]:
    with open_reader(db) as store:
        return [row[1:] for row in diff_captures(store, [load_record(store, id_)], asked).rows]


def test_each_capture_is_compared_with_the_one_before(db: Path) -> None:
    assert differences(db)[:1] == [(1, 2, "views", "changed", "⟦12⟧", "⟦340⟧")]
    assert {row[:2] for row in differences(db)} == {(1, 2), (2, 3), (3, 4)}


def test_fields_and_sentences_are_told_with_what_is_other_marked(db: Path) -> None:
    assert differences(db, "2", "3") == [
        (2, 3, "title", "changed", "青禾县⟦举⟧办秋粮测产观摩会", "青禾县⟦⟧办秋粮测产观摩会"),
        (2, 3, "source", "cut", "青禾县融媒体中心", None),
        (2, 3, "published", "changed", "2024-10-08T⟦09:3⟧0", "2024-10-08T⟦10:0⟧0"),
        (2, 3, "responsible_editor", "changed", "⟦阿依古丽·买买提江⟧", "⟦李娜⟧"),
        (2, 3, "body", "changed", FIRST.strip().replace("二个", "⟦二⟧个"), FIRST.strip().replace("二个", "⟦三⟧个")),
        (2, 3, "body", "added", None, LATER.strip()),
    ]  # fmt: skip


def test_a_sentence_that_is_gone_is_cut_and_marks_alone_are_none(db: Path) -> None:
    body = [row[3:] for row in differences(db, "3", "4") if row[2] == "body"]

    assert body == [("cut", FIRST.strip().replace("十二个", "十三个"), None)]


def test_marks_alone_are_a_matter_of_form(tmp_path: Path) -> None:
    pages: dict[str, str | bytes] = {
        "1.txt": page(), "2.txt": page(body=[line.replace("，", ",") for line in HARVEST])
    }  # fmt: skip
    ingest(tmp_path / "c.db", [write_pages(tmp_path / "pages", pages)])

    assert [row[2:] for row in differences(tmp_path / "c.db")] == [("body", "form", None, None)]


def test_captures_are_named_by_number_or_digest_and_in_any_order(db: Path) -> None:
    sha256s = [row[0] for row in rows(db, "SELECT sha256 FROM captures ORDER BY id")]

    assert differences(db, sha256s[0][:10], sha256s[1].upper()) == differences(db, "1", "2")
    assert differences(db, "2", "1") == [(2, 1, "views", "changed", "⟦340⟧", "⟦12⟧")]
    assert differences(db, "1") == differences(db, "1", "4")


@pytest.mark.parametrize("word", ["0", "5", "abc", "zzzzzz"])
def test_a_capture_that_is_not_there_is_refused(word: str, db: Path) -> None:
    with pytest.raises(UsageError, match="say 1 to 4"):
        differences(db, "1", word)


def test_one_capture_alone_has_nothing_to_be_compared_with(db: Path) -> None:
    with pytest.raises(NothingMatched, match="record 2 has one capture"):
        differences(db, id_=2)


def test_what_people_and_options_say_is_no_change_of_the_site(db: Path, run: Run) -> None:
    before = differences(db)
    run("tag", "1", "views=7", "title=手工", "+x", "-y", "--db", db)
    run("ingest", db.parent / "pages/1.txt", "--set", "section=要闻", "--db", db)

    assert differences(db) == before


def test_the_command_takes_two_captures_behind_the_id(db: Path, run: Run) -> None:
    shown = run("show", "1", "--diff", "1", "2", "--db", db)

    assert [(row["field"], row["old"], row["new"]) for row in shown.rows] == [("views", "⟦12⟧", "⟦340⟧")]
    assert len(run("show", "id:1", "--diff", "--db", db).rows) == len(differences(db))
    assert run("show", "1", "--diff", "1", "2", "3", "--db", db).status == 2
    assert run("show", "2", "--diff", "--db", db).status == 4
    assert [row["number"] for row in run("show", "1", "--captures", "--db", db).rows] == ["1", "2", "3", "4"]


def test_the_report_lists_what_was_changed_in_silence(db: Path, run: Run) -> None:
    (row,) = run("report", "changes", "--db", db).rows

    assert (row["id"], row["captures"], row["changed"]) == ("1", "4", "title, published, editors, body")
    assert (row["first"], row["last"], row["modified"]) == ("2024-10-09", "2024-10-12", "")
    assert run("report", "changes", "id:2", "--db", db).rows == []


def test_the_report_passes_over_counts(tmp_path: Path, run: Run) -> None:
    pages: dict[str, str | bytes] = {"1.txt": page(), "2.txt": page(views=340)}
    ingest(tmp_path / "c.db", [write_pages(tmp_path / "pages", pages)])

    assert run("report", "changes", "--db", tmp_path / "c.db").rows == []
