"""What undo, redo and withdraw do with one catalogue; the random walk is in tests/properties."""

from pathlib import Path

import pytest

from catalog.errors import NothingMatched, UsageError
from catalog.model.outcome import Outcome
from catalog.services import near
from catalog.services.changes import read_change
from catalog.services.dedupe import compare_again
from catalog.services.former import explain_missing, follow_merged
from catalog.services.log import list_change_sets, list_changes
from catalog.services.tag import apply_changes
from catalog.services.undo import apply_redo, apply_undo, plan_redo, plan_undo
from catalog.services.withdraw import apply_withdrawal
from catalog.store.open import open_reader, open_writer
from tests.dedupe.texts import text
from tests.pages import HARVEST, LIBRARY, dump, ingest, page, ports, rows, write_pages
from tests.properties.test_undo import RNG

URL = "https://news.example.org/1.html"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return write_pages(tmp_path / "pages", {
        "一.txt": page(), "再.txt": page(views=340), "馆.txt": page(title="雁鸣县图书馆新馆开馆", body=LIBRARY),
        "同.csv": f"path,url\n一.txt,{URL}\n馆.txt,{URL}\n",
    })  # fmt: skip


@pytest.fixture
def db(tmp_path: Path) -> Path:
    return tmp_path / "c.db"


def tag(db: Path, id: int, word: str) -> Outcome:
    change = read_change(word)
    assert change is not None
    with open_writer(db) as store:
        return apply_changes(store, [id], [change], ports())


def undo(db: Path, number: int | None = None, *, and_later: bool = False) -> Outcome:
    with open_writer(db) as store:
        return apply_undo(store, plan_undo(store, number, and_later=and_later), ports())


def redo(db: Path, number: int | None = None) -> Outcome:
    with open_writer(db) as store:
        return apply_redo(store, plan_redo(store, number), ports())


def withdraw(db: Path, *ids: int) -> Outcome:
    with open_writer(db) as store:
        return apply_withdrawal(store, ids, ports(), "个人信息")


def test_an_undone_ingest_is_out_of_view_and_its_originals_stay(folder: Path, db: Path) -> None:
    ingest(db, [folder / "一.txt"])
    undo(db)

    assert rows(db, "SELECT count(*) FROM records UNION ALL SELECT count(*) FROM bodies") == [(0,), (0,)]
    assert rows(db, "SELECT count(*) FROM sqlar") == [(1,)]


def test_the_same_bytes_come_back_under_the_same_id_by_being_ingested_again(folder: Path, db: Path) -> None:
    ingest(db, [folder / "馆.txt", folder / "一.txt"])
    before = dump(db), rows(db, "SELECT id, key FROM records ORDER BY id")
    undo(db)
    outcome = ingest(db, [folder / "一.txt", folder / "馆.txt"])

    assert outcome.counts["added"] == 2
    assert (dump(db), rows(db, "SELECT id, key FROM records ORDER BY id")) == before


def test_ids_are_as_they_were_after_redo(folder: Path, db: Path) -> None:
    ingest(db, [folder / "馆.txt"])
    ingest(db, [folder / "一.txt"])
    tag(db, 2, "source=青禾日报")
    ids = "SELECT id, capture_id, name, retired_by FROM fields ORDER BY id"
    before = rows(db, ids), rows(db, "SELECT id, record_id, sha256 FROM captures"), dump(db)
    undo(db, 2, and_later=True)
    tag(db, 1, "source=雁鸣日报")
    undo(db)
    redo(db, 2)

    assert (rows(db, ids), rows(db, "SELECT id, record_id, sha256 FROM captures"), dump(db)) == before


def test_an_undo_on_which_later_ones_build_is_refused_and_names_them(folder: Path, db: Path) -> None:
    ingest(db, [folder / "一.txt"])
    tag(db, 1, "source=青禾日报")

    with pytest.raises(UsageError, match=r"1 cannot be undone alone: 2 \(tag, 2026-11-22\) touches the same"):
        undo(db, 1)


def test_what_touches_nothing_of_it_is_left_alone(folder: Path, db: Path) -> None:
    ingest(db, [folder / "一.txt"])
    tag(db, 1, "source=青禾日报")
    tag(db, 1, "views=7")
    ingest(db, [folder / "再.txt"])  # a capture more of the same record
    undo(db, 2)

    assert rows(db, "SELECT source, views FROM records") == [("青禾县融媒体中心", 7)]


def test_what_would_leave_a_record_without_a_capture_waits_for_what_is_said_of_it(folder: Path, db: Path) -> None:
    ingest(db, [folder / "一.txt"])
    ingest(db, [folder / "再.txt"])
    tag(db, 1, "source=青禾日报")
    undo(db, 1)

    with pytest.raises(UsageError, match=r"3 \(tag"):
        undo(db, 2)


def test_two_captures_of_one_record_are_undone_in_any_order(folder: Path, db: Path) -> None:
    ingest(db, [folder / "一.txt"])
    alone = dump(db)
    ingest(db, [folder / "再.txt"])
    undo(db, 1)
    redo(db)
    undo(db, 2)

    assert dump(db) == alone


def test_a_redo_of_what_something_else_took_the_place_of_is_refused(folder: Path, db: Path) -> None:
    ingest(db, [folder / "一.txt"])
    tag(db, 1, "source=青禾日报")
    undo(db)
    tag(db, 1, "source=雁鸣日报")

    with pytest.raises(UsageError, match="undo 4 first"):
        redo(db)


def test_a_redo_of_what_builds_on_something_undone_is_refused(folder: Path, db: Path) -> None:
    ingest(db, [folder / "一.txt"])
    tag(db, 1, "source=青禾日报")
    undo(db)
    undo(db)

    with pytest.raises(UsageError, match="redo 1 first"):
        redo(db, 2)


WRONG = [
    (2, "2 is undone already, by 3: `catalog redo 2`"),
    (3, "3 is an undo itself"),
    (9, "there is no change set 9"),
]


@pytest.mark.parametrize(("number", "said"), WRONG)
def test_what_cannot_be_undone_says_why(number: int, said: str, folder: Path, db: Path) -> None:
    ingest(db, [folder / "一.txt"])
    tag(db, 1, "source=青禾日报")
    undo(db)

    with pytest.raises((UsageError, NothingMatched), match=said):
        undo(db, number)


def test_nothing_to_undo_or_redo_says_so(db: Path) -> None:
    open_writer(db, create=True).close()

    with pytest.raises(NothingMatched, match="nothing to undo"):
        undo(db)
    with pytest.raises(NothingMatched, match="nothing to redo"):
        redo(db)


def test_a_change_set_of_a_program_that_kept_no_way_back_is_refused(db: Path) -> None:
    with open_writer(db, create=True) as store:
        compare_again(store, ports(), 0.9)
        store.connection.execute("DELETE FROM set_aside")

    with pytest.raises(UsageError, match="an older program wrote it"):
        undo(db)


def test_a_merge_of_two_records_comes_apart_again_under_both_ids(folder: Path, db: Path) -> None:
    ingest(db, [folder / "一.txt", folder / "馆.txt"])
    tag(db, 1, "source=青禾日报")
    tag(db, 2, "source=雁鸣日报")
    before = dump(db), rows(db, "SELECT id, title, source FROM records ORDER BY id")
    ingest(db, [], manifest=folder / "同.csv")
    merged = rows(db, "SELECT id, source FROM records")
    with open_reader(db) as store:
        told = follow_merged(store, [1, 2])[1], explain_missing(store, 2)
    undo(db)

    assert merged == [(1, "雁鸣日报")]
    assert told == (["2 was merged into 1"], "2 was merged into 1 on 2026-11-22 by zhang.san (change set 4)")
    assert (dump(db), rows(db, "SELECT id, title, source FROM records ORDER BY id")) == before


def test_a_body_reads_as_what_is_left_prints_it(db: Path, tmp_path: Path) -> None:
    forms = ["，", ",", "、", "；", ";"]  # one text for comparison, printed otherwise
    pages = {
        f"{n}.txt": page(views=n, body=[line.replace("，", form) for line in HARVEST]) for n, form in enumerate(forms)
    }
    folder = write_pages(tmp_path / "forms", dict(pages))
    alone: dict[str, str] = {}
    for name in pages:
        ingest(tmp_path / f"{name}.db", [folder / name])
        alone.update(rows(tmp_path / f"{name}.db", "SELECT text_from, text FROM bodies"))
        ingest(db, [folder / name])
    left = set(alone)
    for number in (3, 1, 5, 2):
        ((gone,),) = rows(
            db, "SELECT substr(subject, 9) FROM journal WHERE name = 'ingested' AND change_set_id = ?", number
        )
        undo(db, number)
        left.discard(gone)

        assert rows(db, "SELECT text_from, text FROM bodies") == [(min(left), alone[min(left)])]


def test_a_piece_that_is_popular_no_more_leads_to_excerpts_again(
    db: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(near, "POPULAR", 2)
    part = [f"　　{text(RNG, 70)}。" for _ in range(3)]
    pages: dict[str, str | bytes] = {"0.txt": page(title="摘要", body=part)}
    for n in "123":
        pages[f"{n}.txt"] = page(title=f"第{n}篇", body=[*part, *(f"　　{text(RNG, 90)}。" for _ in range(9))])
    folder = write_pages(tmp_path / "pieces", pages)
    dumps = []
    for name in ("0.txt", "1.txt", "2.txt", "3.txt"):
        ingest(db, [folder / name])
        dumps.append((dump(db), rows(db, "SELECT count(*) FROM popular_pieces")))
    assert rows(db, "SELECT count(*) FROM links") == [(0,)]

    while dumps:
        assert (dump(db), rows(db, "SELECT count(*) FROM popular_pieces")) == dumps.pop()
        undo(db)


def test_a_withdrawn_record_is_gone_and_its_bytes_stay_out(folder: Path, db: Path) -> None:
    ingest(db, [folder / "一.txt", folder / "馆.txt"])
    tag(db, 1, "source=青禾日报")
    before = dump(db)
    outcome = withdraw(db, 1)
    again = ingest(db, [folder / "一.txt", folder / "馆.txt"])
    with open_reader(db) as store:
        why = explain_missing(store, 1)

    assert outcome.counts == {"records": 1, "captures": 1}
    assert rows(db, "SELECT id FROM records WHERE id = 1 AND source = '青禾日报'") == []
    assert (again.counts["withdrawn"], again.counts["unchanged"]) == (1, 1)
    assert [(p.code, p.message) for p in again.problems if p.code == "capture.withdrawn"] == [
        ("capture.withdrawn", "withdrawn on 2026-11-22 by zhang.san: 个人信息 (change set 3)")
    ]
    told = "1 was withdrawn on 2026-11-22 by zhang.san: 个人信息 (change set 3)"
    assert why == f"{told}; `catalog log --of 1` tells the rest"
    undo(db)
    assert dump(db) == before


def test_other_bytes_of_a_withdrawn_item_come_in_with_a_doubt(folder: Path, db: Path) -> None:
    ingest(db, [folder / "一.txt"])
    withdraw(db, 1)
    outcome = ingest(db, [folder / "再.txt"])

    assert [problem.code for problem in outcome.problems] == ["item.withdrawn"]
    assert rows(db, "SELECT code, message FROM problems") == [(
        "item.withdrawn",
        "another capture of this item was withdrawn on 2026-11-22 by zhang.san: 个人信息 (change set 2)",
    )]  # fmt: skip
    assert rows(db, "SELECT id FROM records") == [(1,)]


def test_a_rehearsal_knows_of_withdrawals(folder: Path, db: Path) -> None:
    ingest(db, [folder / "一.txt"])
    withdraw(db, 1)

    assert ingest(db, [folder / "一.txt"], dry_run=True).counts["withdrawn"] == 1


def test_a_withdrawal_needs_a_reason(folder: Path, db: Path) -> None:
    ingest(db, [folder / "一.txt"])

    with pytest.raises(UsageError, match="say why"), open_writer(db) as store:
        apply_withdrawal(store, [1], ports(), " ")


def test_a_body_that_others_print_stays_when_one_is_withdrawn(db: Path, tmp_path: Path) -> None:
    folder = write_pages(tmp_path / "two", {"一.txt": page(), "二.txt": page(site="雁鸣县人民政府", title="秋粮")})
    ingest(db, [folder])
    withdraw(db, 1)

    assert rows(db, "SELECT count(*) FROM bodies") == [(1,)]


def test_the_log_says_what_was_done_and_what_does_not_hold(folder: Path, db: Path) -> None:
    ingest(db, [folder / "一.txt"], message="第一批")
    tag(db, 1, "source=青禾日报")
    undo(db)
    with open_reader(db) as store:
        table = list_change_sets(store)
        of_record = list_change_sets(store, [1])
        changes = list_changes(store, 3)

    assert [(row[0], row[3], row[4], row[5], row[6]) for row in table.rows] == [
        (3, "undo", "undo of 2; change_sets 1, records 1", None, None),
        (2, "tag", "source=青禾日报; records 1, values 1", None, 3),
        (1, "ingest", f"paths {folder / '一.txt'}; added 1, bodies 1, files 1, records 1", "第一批", None),
    ]
    assert [row[0] for row in of_record.rows] == [3, 2, 1]
    assert [row[2:] for row in changes.rows] == [("source", '"青禾日报"', '"青禾县融媒体中心"')]
