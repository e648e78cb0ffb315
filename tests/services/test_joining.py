"""Merging and splitting records: verdicts that no ingest overrides and undo takes back exactly."""

from pathlib import Path

import pytest

from catalog.errors import NothingMatched, UsageError
from catalog.model.outcome import Outcome
from catalog.services.joining import (
    apply_merging,
    apply_splitting,
    plan_merging,
    plan_splitting,
    read_merging,
    read_splitting,
)
from catalog.services.undo import apply_redo, apply_undo, plan_redo, plan_undo
from catalog.store.open import open_reader, open_writer
from tests.pages import LIBRARY, dump, ingest, page, ports, rows, write_pages

URL = "https://news.example.org/qinghe/1.html"
PAGES: dict[str, str | bytes] = {
    "网.txt": page(),
    "日.txt": page(published="2024-10-08", views=40),  # the same item, printed without its hour
    "日后.txt": page(published="2024-10-08", views=90),  # captured again later
    "馆.txt": page(title="雁鸣县图书馆新馆开馆", body=LIBRARY),
    "one.csv": f"path,url\n网.txt,{URL}\n",
    "url.csv": "path,url\n日.txt,https://news.example.org/m/1.html\n",
}


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return write_pages(tmp_path / "pages", PAGES)


@pytest.fixture
def db(folder: Path, tmp_path: Path) -> Path:
    path = tmp_path / "c.db"
    ingest(path, [], manifest=folder / "one.csv")
    ingest(path, [folder / "日.txt", folder / "馆.txt"])
    return path


def merge(db: Path, *ids: int) -> Outcome:
    with open_writer(db) as store:
        return apply_merging(store, read_merging(store, ids), ports())


def split(db: Path, id: int, *captures: str) -> Outcome:
    with open_writer(db) as store:
        return apply_splitting(store, read_splitting(store, id, captures), ports())


def undo(db: Path) -> None:
    with open_writer(db) as store:
        apply_undo(store, plan_undo(store), ports())


def redo(db: Path) -> None:
    with open_writer(db) as store:
        apply_redo(store, plan_redo(store), ports())


def captures(db: Path) -> dict[int, list[str]]:
    found: dict[int, list[str]] = {}
    sql = (
        "SELECT c.record_id, o.origin FROM captures c JOIN observations o ON o.capture_id = c.id"
        " GROUP BY c.id ORDER BY 1, 2"
    )
    for id, origin in rows(db, sql):
        found.setdefault(id, []).append(Path(origin).stem)
    return found


def sha256_of(db: Path, stem: str) -> str:
    sql = (
        f"SELECT c.sha256 FROM captures c JOIN observations o ON o.capture_id = c.id WHERE o.origin LIKE '%/{stem}.txt'"  # noqa: S608
    )
    return str(rows(db, sql)[0][0])


def test_a_merged_record_is_in_the_other_with_its_captures_and_its_id_leads_there(db: Path) -> None:
    done = merge(db, 2, 1)

    assert done.counts == {"records": 1, "captures": 1}
    assert captures(db) == {1: ["日", "网"], 3: ["馆"]}
    assert rows(db, "SELECT id, merged_into FROM former_records") == [(2, 1)]


def test_what_is_captured_again_of_a_merged_record_goes_where_it_went(db: Path, folder: Path) -> None:
    merge(db, 2, 1)

    ingest(db, [folder / "日后.txt"])

    assert captures(db) == {1: ["日", "日后", "网"], 3: ["馆"]}


def test_a_url_that_becomes_known_later_takes_nothing_out_of_a_merged_record(db: Path, folder: Path) -> None:
    merge(db, 2, 1)

    ingest(db, [], manifest=folder / "url.csv")

    assert captures(db) == {1: ["日", "网"], 3: ["馆"]}


def test_the_other_way_round_the_record_by_url_goes_into_the_other(db: Path, folder: Path) -> None:
    merge(db, 1, 2)
    ingest(db, [], manifest=folder / "one.csv")
    ingest(db, [folder / "日后.txt"])

    assert captures(db) == {2: ["日", "日后", "网"], 3: ["馆"]}


def test_a_merge_is_undone_and_brought_again_exactly(db: Path) -> None:
    before = dump(db)
    merge(db, 2, 1)
    merged = dump(db)

    undo(db)
    assert dump(db) == before
    assert captures(db) == {1: ["网"], 2: ["日"], 3: ["馆"]}
    redo(db)
    assert dump(db) == merged


def test_what_cataloguers_said_of_a_merged_record_goes_along(db: Path) -> None:
    from catalog.services.changes import Change, Sign
    from catalog.services.tag import apply_changes

    with open_writer(db) as store:
        apply_changes(store, [2], [Change("tag", Sign.ADD, "秋粮")], ports())
    merge(db, 2, 1)

    assert rows(db, "SELECT record_id, tag FROM tags") == [(1, "秋粮")]


def test_a_capture_that_is_split_off_has_a_record_of_its_own_and_keeps_it(db: Path, folder: Path) -> None:
    ingest(db, [folder / "日后.txt"])
    assert captures(db)[2] == ["日", "日后"]

    split(db, 2, sha256_of(db, "日后")[:8])
    ingest(db, [folder / "日后.txt", folder / "日.txt"], captured_at="2025-01-01")

    assert captures(db) == {1: ["网"], 2: ["日"], 3: ["馆"], 4: ["日后"]}


def test_a_split_is_undone_and_brought_again_exactly(db: Path, folder: Path) -> None:
    ingest(db, [folder / "日后.txt"])
    before = dump(db)
    split(db, 2, sha256_of(db, "日后"))
    after = dump(db)

    undo(db)
    assert dump(db) == before
    redo(db)
    assert dump(db) == after
    assert captures(db)[4] == ["日后"]


def test_what_was_merged_is_split_off_under_its_own_key_and_id(db: Path, folder: Path) -> None:
    merge(db, 2, 1)
    split(db, 1, sha256_of(db, "日"))
    ingest(db, [folder / "日后.txt"])

    assert [names for _, names in sorted(captures(db).items())] == [["网"], ["馆"], ["日", "日后"]]


def test_the_dump_has_the_verdicts_in_natural_keys(db: Path) -> None:
    merge(db, 2, 1)

    assert '"table": "record_verdict", "key": "item:' in dump(db)
    assert '"table": "capture_verdict", "capture": "' in dump(db)


def test_the_same_catalogue_comes_whatever_the_ids(db: Path, folder: Path, tmp_path: Path) -> None:
    merge(db, 2, 1)
    other = tmp_path / "o.db"
    ingest(other, [folder / "馆.txt", folder / "日.txt"])
    ingest(other, [], manifest=folder / "one.csv")
    merge(other, 2, 3)

    assert dump(other) == dump(db)


@pytest.mark.parametrize("ids", [(1,), (1, 1), (1, 2, 1)])
def test_a_record_does_not_go_into_itself(ids: tuple[int, ...], db: Path) -> None:
    with open_reader(db) as store, pytest.raises(UsageError):
        read_merging(store, ids)


def test_plans_say_what_would_change_and_unknown_records_are_told(db: Path) -> None:
    with open_reader(db) as store:
        assert [row[1:2] + row[3:] for row in plan_merging(store, read_merging(store, [2, 1])).rows] == [
            ("2", "2", "1 青禾县举办秋粮测产观摩会")
        ]
        with pytest.raises(NothingMatched):
            read_merging(store, [1, 99])
        with pytest.raises(NothingMatched):
            read_splitting(store, 1, ["0" * 10])
        with pytest.raises(UsageError, match="by its file"):
            read_splitting(store, 1, ["nothing.txt"])
        with pytest.raises(UsageError, match="no other capture"):
            read_splitting(store, 1, [sha256_of(db, "网")])
        with pytest.raises(UsageError, match="6 digits"):
            read_splitting(store, 1, ["ab"])


def test_a_splitting_says_what_would_change(db: Path, folder: Path) -> None:
    ingest(db, [folder / "日后.txt"])
    with open_reader(db) as store:
        plan = plan_splitting(store, read_splitting(store, 2, ["日后.txt"]))

    assert plan.column("new") == ["a record of its own"]
