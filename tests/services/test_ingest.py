import json
import os
from pathlib import Path

import pytest

from catalog.errors import BadManifest, UsageError
from catalog.model.outcome import Outcome
from catalog.services.changes import read_change
from catalog.services.tag import apply_changes
from catalog.store.open import open_writer
from tests.pages import LIBRARY, dump, ingest, page, ports, rows, write_pages

UNREADABLE = b"\x00\x01\xff\xfe\x80" * 40


@pytest.fixture
def db(tmp_path: Path) -> Path:
    return tmp_path / "c.db"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return write_pages(tmp_path / "pages", {
        "一.txt": page(), "同.txt": page(), "再.txt": page(views=340), "坏.txt": UNREADABLE, "空.txt": b"",
        "转/载.txt": page(title="秋粮测产结果公布", site="雁鸣县人民政府"), "转/图.jpg": b"\xff\xd8",
    })  # fmt: skip


def test_the_counts_of_a_run_add_up(folder: Path, db: Path) -> None:
    outcome = ingest(db, [folder, folder / "没有.txt"])

    assert outcome.counts == {
        "files": 7, "added": 3, "observed": 1, "updated": 0, "unchanged": 0, "withdrawn": 0, "failed": 3,
        "recaptured": 1, "records": 2, "bodies": 1, "repeated_bodies": 2, "near": 0, "contained": 0, "other_files": 1,
    }  # fmt: skip
    assert outcome.exit_status == 3


def test_what_cannot_be_read_is_kept_with_its_reason_and_the_rest_is_ingested(folder: Path, db: Path) -> None:
    ingest(db, [folder])

    kept = rows(db, "SELECT origin, code, failed FROM problems WHERE capture_id IS NULL ORDER BY code")
    assert kept == [(str(folder / "空.txt"), "capture.empty", 1), (str(folder / "坏.txt"), "capture.unreadable", 1)]


def test_a_problem_met_again_is_kept_once(folder: Path, db: Path) -> None:
    ingest(db, [folder])
    outcome = ingest(db, [folder])

    assert outcome.counts["failed"] == 2
    assert rows(db, "SELECT count(*) FROM problems") == [(2,)]


def test_a_problem_is_solved_when_its_input_is_read_later_and_open_when_it_fails_again(folder: Path, db: Path) -> None:
    sql = "SELECT solved_by IS NOT NULL FROM problems"
    states = []
    for content in (b"", page(views=5).encode(), b""):
        (folder / "空.txt").write_bytes(content)
        ingest(db, [folder / "空.txt"])
        states.append(rows(db, sql))

    assert states == [[(0,)], [(1,)], [(0,)]]


def test_an_input_that_fails_for_another_reason_has_that_reason_only(folder: Path, db: Path) -> None:
    ingest(db, [folder / "空.txt"])
    (folder / "空.txt").unlink()
    ingest(db, [folder / "空.txt"])

    assert rows(db, "SELECT code FROM problems WHERE solved_by IS NULL") == [("path.missing",)]


def test_unreadable_bytes_under_two_names_fail_twice(folder: Path, db: Path) -> None:
    (folder / "坏二.txt").write_bytes(UNREADABLE)
    outcome = ingest(db, [folder / "坏.txt", folder / "坏二.txt"])

    assert [(p.code, p.origin) for p in outcome.problems] == [
        ("capture.unreadable", str(folder / "坏.txt")),
        ("capture.unreadable", str(folder / "坏二.txt")),
    ]


def test_a_run_that_is_told_the_encoding_reads_what_failed(folder: Path, db: Path) -> None:
    text = page(title="測產觀摩會")
    (folder / "五.txt").write_bytes(text.encode("big5", "replace"))
    outcome = ingest(db, [folder / "五.txt"], encoding="big5")

    assert outcome.counts["failed"] == 0
    assert rows(db, "SELECT encoding_basis FROM readings") == [("option",)]


@pytest.mark.parametrize("ready", [False, True])
def test_a_dry_run_says_what_would_be_added_and_writes_nothing(folder: Path, db: Path, ready: bool) -> None:
    if ready:
        ingest(db, [folder / "一.txt"])
    before = db.read_bytes() if ready else None
    said = ingest(db, [folder], dry_run=True)

    assert (db.read_bytes() if db.exists() else None) == before
    assert sorted(path.name for path in db.parent.iterdir()) == (["c.db", "pages"] if ready else ["pages"])
    did = ingest(db, [folder])
    assert said.counts == did.counts
    assert said.problems == did.problems
    assert (said.dry_run, said.change_set) == (True, None)


def test_a_strict_run_stops_at_the_first_failure_and_keeps_what_came_before(folder: Path, db: Path) -> None:
    outcome = ingest(db, [folder / "一.txt", folder / "坏.txt", folder / "再.txt"], strict=True)

    assert (outcome.counts["added"], outcome.counts["failed"], outcome.counts["files"]) == (1, 1, 2)
    assert rows(db, "SELECT count(*) FROM captures") == [(1,)]


def as_json(outcome: Outcome) -> str:
    problems = [{"code": p.code, "origin": p.origin, "failed": p.failed} for p in outcome.problems]
    return json.dumps({"schema": "catalog.ingest/1", "data": outcome.counts, "problems": problems})


def test_a_log_brings_the_failed_inputs_of_a_run_again_and_no_others(folder: Path, db: Path) -> None:
    log = folder.parent / "run.json"
    log.write_text(as_json(ingest(db, [folder])), "utf-8")
    (folder / "空.txt").write_text(page(title="雁鸣县图书馆开馆", body=LIBRARY), "utf-8")

    outcome = ingest(db, [], from_log=log)

    assert (outcome.counts["files"], outcome.counts["added"], outcome.counts["failed"]) == (2, 1, 1)


def test_a_manifest_alone_names_the_inputs(folder: Path, db: Path) -> None:
    (folder / "清单.csv").write_text(
        "path,url,captured_at,collector\n一.txt,https://news.example.org/1,2024-10-09,李四\n没有.txt,,,\n", "utf-8"
    )
    outcome = ingest(db, [], manifest=folder / "清单.csv")

    assert (outcome.counts["added"], [p.code for p in outcome.problems]) == (1, ["path.missing"])
    assert rows(db, "SELECT url, captured_at, captured_at_basis, collector FROM observations") == [
        ("https://news.example.org/1", "2024-10-09", "manifest", "李四")
    ]


def test_a_manifest_describes_the_files_of_a_folder_and_its_rows_without_file_are_told(folder: Path, db: Path) -> None:
    (folder / "清单.csv").write_text("path,url\n一.txt,https://news.example.org/1\n没有.txt,\n", "utf-8")
    outcome = ingest(db, [folder], manifest=folder / "清单.csv")

    assert rows(db, "SELECT origin FROM observations WHERE url IS NOT NULL") == [(str(folder / "一.txt"),)]
    assert [p.code for p in outcome.problems if not p.failed] == ["manifest.unmatched"]


def test_a_failure_is_not_forgotten_by_a_run_that_never_tried_the_file(folder: Path, db: Path) -> None:
    write_pages(folder, {"空.txt": ""})
    (folder / "清单.csv").write_text("path,url\n空.txt,https://news.example.org/9\n", "utf-8")
    ingest(db, [folder / "空.txt"])
    ingest(db, [folder / "一.txt"], manifest=folder / "清单.csv")

    assert rows(db, "SELECT code, solved_by FROM problems") == [("capture.empty", None)]


def test_one_file_that_a_manifest_names_twice_was_met_twice(folder: Path, db: Path) -> None:
    twice = "path,url\n一.txt,https://b.example.org/1\n一.txt,https://a.example.org/1\n"
    (folder / "清单.csv").write_text(twice, "utf-8")
    outcome = ingest(db, [], manifest=folder / "清单.csv")

    assert outcome.counts["files"] == outcome.counts["added"] == 1
    assert rows(db, "SELECT count(*), count(DISTINCT capture_id) FROM observations") == [(2, 1)]
    assert rows(db, "SELECT key_basis FROM records") == [("url",)]


def test_a_bad_manifest_stops_the_run_before_anything_is_written(folder: Path, db: Path) -> None:
    (folder / "清单.csv").write_text("path,url\n一.txt,nonsense\n", "utf-8")

    with pytest.raises(BadManifest):
        ingest(db, [folder], manifest=folder / "清单.csv")

    assert not db.exists()


TIMES = [
    ({}, (None, None)),
    ({"captured_at": "2024-10-09T08:00:00+08:00"}, ("2024-10-09T00:00:00Z", "option")),
    ({"captured_at": "mtime"}, ("2023-11-14T22:13:20Z", "mtime")),
]


@pytest.mark.parametrize(("options", "said"), TIMES)
def test_the_time_of_capture_comes_only_from_where_it_was_asked_for(
    options: dict[str, str], said: tuple[str | None, str | None], folder: Path, db: Path
) -> None:
    os.utime(folder / "一.txt", (1_700_000_000, 1_700_000_000))
    ingest(db, [folder / "一.txt"], **options)

    assert rows(db, "SELECT captured_at, captured_at_basis FROM observations") == [said]


USAGE = [
    {"captured_at": "昨天"},
    {"captured_at": "2024-10-09T08:00"},
    {"settings": ("pubisher=县",)},
    {"settings": ("source",)},
    {"settings": ("source=",)},
    {"settings": ("views=12人",)},
    {"settings": ("source=甲", "source=乙")},
    {"settings": ("body=全文",)},
    {"from_log": Path("没有.json")},
]


@pytest.mark.parametrize("options", USAGE)
def test_words_that_do_not_fit_stop_the_run_before_anything_is_written(
    options: dict[str, object], folder: Path, db: Path
) -> None:
    with pytest.raises(UsageError):
        ingest(db, [folder], **options)

    assert not db.exists()


def test_nothing_to_ingest_is_a_usage_error(db: Path) -> None:
    with pytest.raises(UsageError):
        ingest(db, [])


def test_a_list_on_stdin_stands_where_the_dash_stands(folder: Path, db: Path) -> None:
    listing = f"{folder / '再.txt'}\0{folder / '转'}\0".encode()
    ingest(db, [folder / "一.txt", "-"], listing=listing, nul=True)

    assert [Path(origin).name for (origin,) in rows(db, "SELECT origin FROM observations ORDER BY id")] == [
        "一.txt", "再.txt", "载.txt",
    ]  # fmt: skip


def test_a_setting_outranks_the_page_and_is_journalled(folder: Path, db: Path) -> None:
    ingest(db, [folder / "一.txt"], settings=("source=县档案馆", "tag=秋粮", "tag=测产", "responsible_editor=王　某"))

    assert rows(db, "SELECT source FROM records") == [("县档案馆",)]
    assert rows(db, "SELECT tag FROM tags ORDER BY tag") == [("测产",), ("秋粮",)]
    assert rows(db, "SELECT name, new FROM journal WHERE name IN ('source', 'tag') ORDER BY name") == [
        ("source", '["县档案馆"]'), ("tag", '["秋粮","测产"]'),
    ]  # fmt: skip


def test_a_setting_reaches_captures_that_are_there_already(folder: Path, db: Path) -> None:
    ingest(db, [folder / "一.txt"])
    updated = ingest(db, [folder / "一.txt"], settings=("source=县档案馆",))
    again = ingest(db, [folder / "一.txt"], settings=("source=县档案馆",))
    other = ingest(db, [folder / "一.txt"], settings=("source=市档案馆",))

    assert [o.counts["updated"] for o in (updated, again, other)] == [1, 0, 1]
    assert again.change_set is None
    assert rows(db, "SELECT source FROM records") == [("市档案馆",)]
    assert rows(db, "SELECT value, retired_by FROM fields WHERE asserted_by = 'set:ingest' ORDER BY id") == [
        ("县档案馆", 3), ("市档案馆", None),
    ]  # fmt: skip


def test_what_a_cataloguer_set_survives_the_same_and_a_newer_capture(folder: Path, db: Path) -> None:
    ingest(db, [folder / "一.txt"])
    changes = [read_change(word) for word in ("source=县志办", "views=7", "+秋粮", "responsible_editor=王某")]
    with open_writer(db) as store:
        apply_changes(store, [1], [change for change in changes if change], ports())
    ingest(db, [folder / "一.txt", folder / "再.txt"], settings=("source=别处",))

    assert rows(db, "SELECT source, views FROM records") == [("县志办", 7)]
    assert rows(db, "SELECT tag FROM tags") == [("秋粮",)]
    assert rows(db, "SELECT name FROM agent_facts WHERE role = 'responsible_editor'") == [("王某",)]


def test_names_that_are_no_utf8_are_kept_readably_and_found_again(tmp_path: Path, db: Path) -> None:
    raw = os.fsdecode(os.fsencode(tmp_path) + "/青.txt".encode("gb18030"))
    Path(raw).write_text(page(), "utf-8")
    first, second = (ingest(db, [tmp_path]) for _ in range(2))

    assert (first.counts["added"], second.counts["unchanged"]) == (1, 1)
    assert rows(db, "SELECT origin FROM observations") == [(f"{tmp_path}/%C7%E0.txt",)]


HOSTILE = [
    "'; DROP TABLE records; --",
    "\x1b[31m红\x1b[0m",
    "[bold]粗[/bold]\u202e倒",
    "零\x00字",
    '{"schema": "catalog.record/1"}',
]


@pytest.mark.parametrize("title", HOSTILE)
def test_text_from_a_page_stays_text(title: str, tmp_path: Path, db: Path) -> None:
    write_pages(tmp_path, {"甲.txt": page(title=f"{title}县里办观摩会", source=title)})
    outcome = ingest(db, [tmp_path / "甲.txt"])

    assert outcome.counts["added"] == 1
    assert rows(db, "SELECT count(*) FROM records") == [(1,)]
    assert len(dump(db).splitlines()) == dump(db).count("\n")
    assert "\x1b" not in dump(db)
    assert "\u202e" not in dump(db)
