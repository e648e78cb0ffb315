"""The full-text index against a scan of all texts: the same records, before and after the texts change."""

import random
import sqlite3
import unicodedata
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from catalog.store.files import migration_files, read_query
from catalog.store.fulltext import bigrams, is_plain, phrase
from catalog.store.index import rebuild
from catalog.store.migrate import APPLICATION_ID, split_statements
from catalog.store.open import Store, open_memory, open_reader, open_writer
from catalog.store.query_read import find
from tests.pages import LIBRARY, ingest, page, rows, write_pages

SEGMENTED = [
    ("青禾县", "青禾 禾县 县"),
    ("县", "县"),
    ("青禾，县里", "青禾 禾 县里 里"),
    ("12月3日 AB", "12 2月 月3 3日 日 AB B"),
    ("々〇", "々〇 〇"),
    ("５０％阅", "50 0 阅"),
    ("ＡＢｃ年", "AB Bc c年 年"),
    ("阿依古丽·买买提江"[:6], "阿依 依古 古丽 丽 买"),
    ("（）——……", ""),
    ("", ""),
]


@pytest.mark.parametrize(("text", "tokens"), SEGMENTED)
def test_a_text_is_indexed_by_pairs_and_the_end_of_each_run(text: str, tokens: str) -> None:
    assert bigrams(text).split() == tokens.split()


PHRASES = [
    ("青禾县", '"青禾 禾县"', True),
    ("县", '"县" *', True),
    ("青禾，县", '"青禾 禾 县" *', False),
    ("青禾县。", '"青禾 禾县 县"', False),
    ("。县", '"县" *', False),
    ("，", None, False),
    ('a" OR b', '"a OR R b" *', False),
]


@pytest.mark.parametrize(("word", "asked", "plain"), PHRASES)
def test_a_word_is_a_phrase_that_cannot_be_mistaken_for_query_syntax(word: str, asked: str | None, plain: bool) -> None:
    assert (phrase(word), is_plain(word)) == (asked, plain)


LETTERS = '青禾县馆新秋aB15，。· ”"*々５１Ａｂ：é阿'
TEXTS = st.text(LETTERS, max_size=14)
WORDS = st.text(LETTERS.replace(" ", ""), min_size=1, max_size=8)


@given(
    texts=st.lists(st.tuples(TEXTS, TEXTS, TEXTS), min_size=1, max_size=6),
    words=st.lists(WORDS, min_size=1, max_size=4),
)
def test_every_word_finds_what_a_scan_finds(texts: list[tuple[str, str, str]], words: list[str]) -> None:
    with open_memory() as store:
        for n, (title, summary, body) in enumerate(texts, 1):
            insert(store.connection, n, title, summary, body)
        rebuild(store.connection)
        for word in words:
            expected = scan(store.connection, [word])
            quoted = word.replace("\\", "\\\\").replace('"', '\\"')
            assert find_ids(store.connection, f'"{quoted}"') == expected
            assert search(store.connection, word) == expected
        assert search(store.connection, " ".join(words)) == scan(store.connection, words)


def insert(connection: sqlite3.Connection, id: int, title: str, summary: str, body: str) -> None:
    sql = "INSERT INTO bodies (id, sha256, text, characters, text_from) VALUES (?, ?, ?, 0, '')"
    connection.execute(sql, (id, f"{id:064x}", body))
    sql = "INSERT INTO records (id, key, key_basis, title, summary, body_id) VALUES (?, ?, 'capture', ?, ?, ?)"
    connection.execute(sql, (id, f"capture:{id}", title, summary, id))


def find_ids(connection: sqlite3.Connection, query: str) -> list[int]:
    return find(connection, query, date(2026, 11, 22)).ids


def lower(text: str | None) -> str:
    """Return A to Z, and full-width ones, as a to z, full-width figures as those of ASCII, and all else as it is."""
    plain = (unicodedata.normalize("NFKC", c) if c in WIDE else c for c in text or "")
    return "".join(c.lower() if c.isascii() else c for c in plain)


WIDE = "".join(map(chr, (*range(0xFF10, 0xFF1A), *range(0xFF21, 0xFF3B), *range(0xFF41, 0xFF5B))))


def scan(connection: sqlite3.Connection, words: list[str]) -> list[int]:
    """Return the ids of the records that hold all words in title, summary or body, by looking at each."""
    sql = "SELECT r.id, r.title, r.summary, b.text FROM records r LEFT JOIN bodies b ON b.id = r.body_id ORDER BY r.id"
    return [
        id
        for id, *texts in connection.execute(sql)
        if all(any(lower(word) in lower(text) for text in texts) for word in words)
    ]


def search(connection: sqlite3.Connection, words: str) -> list[int]:
    return [row[0] for row in connection.execute(read_query("search"), {"words": words})]


def test_search_finds_nothing_for_no_words_and_parts_words_at_any_white_space() -> None:
    with open_memory() as store:
        insert(store.connection, 1, "青禾县秋粮测产", "", "五点取样")
        rebuild(store.connection)

        assert search(store.connection, " 　 ") == []
        assert search(store.connection, "秋粮　五点\n取样") == [1]
        assert search(store.connection, "秋粮 六点") == []


WIDTHS = ["2024", "２０２４", "ABC", "ａｂｃ", "wto", "年ABC", "2024年ａ", "（WTO）", "（ＷＴＯ）"]


@pytest.mark.parametrize("word", WIDTHS)
def test_letters_and_figures_are_found_in_either_width(word: str) -> None:
    with open_memory() as store:
        insert(store.connection, 1, "２０２４年ＡＢＣ会议", "", "世贸组织（ＷＴＯ）")
        insert(store.connection, 2, "2024年ABC会议", "", "世贸组织（WTO）")
        insert(store.connection, 3, "年会", "", "（）")
        rebuild(store.connection)

        assert find_ids(store.connection, f'"{word}"') == [1, 2]
        assert search(store.connection, word) == [1, 2]
        assert find_ids(store.connection, f"title:{word} OR body:{word}") == [1, 2]


@pytest.fixture(scope="module")
def db(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("texts")
    pages: dict[str, str | bytes] = {
        "一.txt": page(),
        "二.txt": page(title="青禾縣秋糧測產觀摩會在北塬鎮舉行", site="雁鳴縣人民政府"),
        "三.txt": page(title="雁鸣县图书馆新馆本月开馆迎客", body=LIBRARY, site="雁鸣县人民政府"),
        "四.txt": page(title="A Library Opens in Yanming County", body=LIBRARY[:1], site="雁鸣新闻网"),
    }
    ingest(folder / "c.db", [write_pages(folder / "pages", pages)])
    return folder / "c.db"


def test_any_piece_of_a_catalogue_is_found_in_the_same_records_as_by_a_scan(db: Path) -> None:
    rng = random.Random(3)  # noqa: S311 -- a seed, no secret
    texts = [
        text
        for row in rows(db, "SELECT r.title, b.text FROM records r JOIN bodies b ON b.id = r.body_id")
        for text in row
    ]
    with open_reader(db) as store:
        for _ in range(300):
            whole = rng.choice(texts)
            at = rng.randrange(len(whole))
            word = whole[at : at + rng.randrange(1, 9)].strip()
            if word and not any(c.isspace() for c in word):
                assert search(store.connection, word) == scan(store.connection, [word]), word
                assert find_ids(store.connection, f'"{word}"') == scan(store.connection, [word]), word


def test_a_catalogue_from_before_there_was_an_index_is_indexed_and_compared(tmp_path: Path) -> None:
    from sqlite_utils import Database, Migrations

    first = Migrations("catalog")

    @first(name=migration_files()[0].stem)
    def start(db: Database) -> None:
        for statement in split_statements(migration_files()[0].read_text("utf-8")):
            db.conn.execute(statement)
        insert(db.conn, 1, "青禾县秋粮测产", "", LIBRARY[0] + LIBRARY[1])
        insert(db.conn, 2, "雁鸣县图书馆", "摘要", LIBRARY[0] + LIBRARY[1] + "本报讯")
        db.conn.execute(f"PRAGMA application_id = {APPLICATION_ID}")
        db.conn.execute("PRAGMA user_version = 1")

    first.apply(Database(tmp_path / "c.db"))
    with open_reader(tmp_path / "c.db") as store:
        assert search(store.connection, "开馆 摘") == [2]
        assert find_ids(store.connection, "自助借阅") == [1, 2]
    ingest(tmp_path / "c.db", [write_pages(tmp_path, {"p.txt": page()}) / "p.txt"])

    assert rows(tmp_path / "c.db", "SELECT kind, count(*) FROM links GROUP BY kind") == [("near", 1)]


def test_a_catalogue_indexed_before_widths_were_folded_is_indexed_anew(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with monkeypatch.context() as patch, open_writer_of(2, tmp_path / "c.db", patch) as store:
        insert(store.connection, 1, "２０２４年", "", "")
        sql = "INSERT INTO records_search (rowid, title, summary) VALUES (1, '２０ ０２ ２４ ４年 年', '')"
        store.connection.execute(sql)
    with open_reader(tmp_path / "c.db") as store:
        assert find_ids(store.connection, "2024") == [1]


def open_writer_of(version: int, path: Path, patch: pytest.MonkeyPatch) -> Store:
    """Return a new catalogue as a program with so many migrations made it."""
    patch.setattr("catalog.store.migrate.migration_files", lambda: migration_files()[:version])
    return open_writer(path, create=True)


def terms(store: Store) -> list[tuple[object, ...]]:
    """Return every term of the index with its place."""
    found: list[tuple[object, ...]] = []
    for table in ("records_search", "bodies_search"):
        store.connection.execute(f"CREATE VIRTUAL TABLE temp.{table}_terms USING fts5vocab(main, {table}, instance)")
        sql = f"SELECT '{table}', term, doc, col, offset FROM temp.{table}_terms"  # noqa: S608 -- our own names
        found += [tuple(row) for row in store.connection.execute(sql)]
        store.connection.execute(f"DROP TABLE temp.{table}_terms")
    return sorted(found, key=str)


def test_the_index_holds_no_ghosts_after_texts_changed(tmp_path: Path) -> None:
    from catalog.cli.main import main

    pages = [
        page(),
        page(body=tuple(one.replace("，", "、") for one in page().split("\n")[6:8])),
        page(title="秋粮测产", views=9),
    ]
    for name, text in zip("甲乙丙", pages, strict=True):
        ingest(tmp_path / "c.db", [write_pages(tmp_path / name, {"p.txt": text}) / "p.txt"])
    (tmp_path / "m.csv").write_text(f"path,url\n{tmp_path / '丙' / 'p.txt'},https://news.example.org/1\n", "utf-8")
    ingest(tmp_path / "c.db", [], manifest=tmp_path / "m.csv")
    db = str(tmp_path / "c.db")
    assert main(["tag", "1", "title=完全不同的题目", "summary=摘要一则", "-y", "-q", "--db", db]) == 0
    assert main(["tag", "1", "summary!", "-y", "-q", "--db", db]) == 0
    with open_writer(tmp_path / "c.db") as store:
        written = terms(store)
        rebuild(store.connection)
        anew = terms(store)

    assert written == anew
    assert any("完全" in str(term) for term in written)
    assert not any("一则" in str(term) for term in written)
