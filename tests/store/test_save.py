"""How captures come to their records, and what happens when more becomes known."""

from pathlib import Path

import pytest

from catalog.services.changes import read_change
from catalog.services.tag import apply_changes
from catalog.store.find import load_history
from catalog.store.identity import url_key
from catalog.store.open import open_reader, open_writer
from tests.pages import LIBRARY, ingest, page, ports, rows, write_pages

URL = "https://news.example.org/qinghe/1.html"
RESPELT = "HTTPS://News.Example.org:443/qinghe/1.html#pinglun"
KEYS = "SELECT key FROM records ORDER BY key"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return write_pages(tmp_path / "pages", {
        "一.txt": page(), "再.txt": page(views=340), "馆.txt": page(title="雁鸣县图书馆开馆", body=LIBRARY),
        "一.csv": f"path,url\n一.txt,{URL}\n", "再.csv": f"path,url\n再.txt,{RESPELT}\n",
    })  # fmt: skip


@pytest.fixture
def db(tmp_path: Path) -> Path:
    return tmp_path / "c.db"


def tag(db: Path, record_id: int, *words: str) -> None:
    changes = [change for word in words if (change := read_change(word))]
    with open_writer(db) as store:
        apply_changes(store, [record_id], changes, ports())


def test_the_same_item_captured_again_is_a_version_of_its_record(folder: Path, db: Path) -> None:
    outcome = ingest(db, [folder / "一.txt", folder / "再.txt", folder / "馆.txt"])

    assert (outcome.counts["added"], outcome.counts["records"], outcome.counts["recaptured"]) == (3, 2, 1)
    assert rows(db, "SELECT count(*) FROM captures GROUP BY record_id ORDER BY 1") == [(1,), (2,)]


def test_each_capture_keeps_its_own_counter(folder: Path, db: Path) -> None:
    ingest(db, [folder / "一.txt", folder / "再.txt"])

    assert rows(db, "SELECT value FROM counters WHERE name = 'views' ORDER BY value") == [(12,), (340,)]


def test_a_record_keeps_its_id_when_its_url_becomes_known(folder: Path, db: Path) -> None:
    ingest(db, [folder / "一.txt"])
    before = rows(db, "SELECT id FROM records")
    ingest(db, [], manifest=folder / "一.csv")

    assert rows(db, "SELECT id FROM records") == before
    assert rows(db, KEYS) == [(url_key(URL),)]
    sql = "SELECT name, new FROM journal WHERE subject LIKE 'record:item:%' AND name <> 'state'"
    assert rows(db, sql) == [("key", f'"{url_key(URL)}"')]


def test_of_two_captures_only_the_one_with_a_url_moves(folder: Path, db: Path) -> None:
    ingest(db, [folder / "一.txt", folder / "再.txt"])
    ingest(db, [], manifest=folder / "再.csv")

    assert [key.partition(":")[0] for (key,) in rows(db, KEYS)] == ["item", "url"]
    assert rows(db, "SELECT views FROM records ORDER BY key") == [(12,), (340,)]
    assert rows(db, "SELECT count(DISTINCT record_id) FROM fields WHERE name = 'views'") == [(2,)]


def test_captures_of_one_url_however_spelt_are_one_record(folder: Path, db: Path) -> None:
    ingest(db, [], manifest=folder / "一.csv")
    ingest(db, [], manifest=folder / "再.csv")

    assert rows(db, KEYS) == [(url_key(URL),)]


def test_a_cataloguers_word_moves_along_when_its_record_is_emptied(folder: Path, db: Path) -> None:
    ingest(db, [folder / "一.txt"])
    tag(db, 1, "publisher=青禾县委宣传部", "+秋粮")
    ingest(db, [], manifest=folder / "再.csv")
    ingest(db, [], manifest=folder / "一.csv")

    assert rows(db, "SELECT key, publisher FROM records") == [(url_key(URL), "青禾县委宣传部")]
    assert rows(db, "SELECT tag FROM tags") == [("秋粮",)]
    assert rows(db, "SELECT name FROM journal WHERE subject LIKE 'record:item:%' AND name = 'merged'") == [("merged",)]
    with open_reader(db) as store:
        history = load_history(store.connection, 2)
    assert [row["new"] for row in history if row["name"] in ("publisher", "merged")] == [
        '"青禾县委宣传部"', f'"{url_key(URL)}"',
    ]  # fmt: skip


def test_of_two_cataloguers_words_the_newer_stands_when_records_meet(folder: Path, db: Path) -> None:
    ingest(db, [folder / "一.txt"])
    ingest(db, [], manifest=folder / "再.csv")
    tag(db, 1, "publisher=旧", "+秋粮", "translator=王某", "translator+=赵某")
    tag(db, 2, "publisher=新", "+测产", "translator=李某")
    ingest(db, [], manifest=folder / "一.csv")

    assert rows(db, "SELECT publisher FROM records") == [("新",)]
    assert rows(db, "SELECT tag FROM tags ORDER BY tag") == [("测产",), ("秋粮",)]
    assert rows(db, "SELECT name FROM agents WHERE name IN ('王某', '赵某', '李某')") == [("李某",)]
    assert rows(db, "SELECT value, retired_by IS NULL FROM fields WHERE name = 'publisher' AND capture_id IS NULL "
                    "ORDER BY id") == [("旧", 0), ("新", 1)]  # fmt: skip


def test_a_record_keeps_its_history_under_a_new_key(folder: Path, db: Path) -> None:
    ingest(db, [folder / "一.txt"])
    tag(db, 1, "publisher=旧")
    ingest(db, [], manifest=folder / "一.csv")
    tag(db, 1, "publisher=新")
    with open_reader(db) as store:
        history = [(row["name"], row["new"]) for row in load_history(store.connection, 1)]

    assert [row for row in history if row[0] == "publisher"] == [("publisher", '"旧"'), ("publisher", '"新"')]
    assert ("key", f'"{url_key(URL)}"') in history


def test_an_id_that_was_given_up_is_not_given_again(folder: Path, db: Path) -> None:
    ingest(db, [], manifest=folder / "再.csv")
    ingest(db, [folder / "一.txt"])
    ingest(db, [], manifest=folder / "一.csv")  # empties record 2
    ingest(db, [folder / "馆.txt"])

    assert rows(db, "SELECT id FROM records ORDER BY id") == [(1,), (3,)]


def test_one_body_is_kept_once_in_the_print_of_the_least_capture(tmp_path: Path, db: Path) -> None:
    spaced = page(title="雁鳴縣圖書館新館開館", body=["　　　" + line.strip() for line in LIBRARY])
    write_pages(tmp_path, {"a.txt": page(title="雁鸣县图书馆新馆开馆", body=LIBRARY), "b.txt": spaced})
    ingest(db, [tmp_path / "a.txt", tmp_path / "b.txt"])

    least = rows(db, "SELECT min(sha256) FROM captures")
    assert rows(db, "SELECT text_from FROM bodies") == least
    assert rows(db, "SELECT count(*), count(DISTINCT reprint_group) FROM record_facts") == [(2, 1)]


def test_a_body_of_one_record_is_no_reprint_group(folder: Path, db: Path) -> None:
    ingest(db, [folder / "馆.txt"])

    assert rows(db, "SELECT reprint_group FROM record_facts") == [(None,)]


def test_the_least_capture_is_the_one_whose_origin_a_record_shows(folder: Path, db: Path) -> None:
    ingest(db, [folder / "再.txt"], captured_at="2024-11-02T08:00:00+08:00")
    ingest(db, [folder / "一.txt"], captured_at="2024-10-09")

    assert rows(db, "SELECT origin FROM record_facts") == [(str(folder / "一.txt"),)]
    assert rows(db, "SELECT captured_at FROM observations ORDER BY 1") == [("2024-10-09",), ("2024-11-02T00:00:00Z",)]
