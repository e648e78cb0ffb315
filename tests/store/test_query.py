"""What people type, and which records it finds; what cannot be read says where."""

import json
import sqlite3
from collections.abc import Iterator
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from catalog.errors import QueryError
from catalog.model.vocabulary import FIELDS
from catalog.store.index import rebuild
from catalog.store.open import open_memory
from catalog.store.patterns import matches
from catalog.store.query import MAX_DEPTH, MAX_TERMS
from catalog.store.query_names import ALIASES, NAMES
from catalog.store.query_parse import parse_query
from catalog.store.query_read import COLUMNS, find, read_rows
from catalog.store.query_sql import compile_query

TODAY = date(2021, 7, 2)
RECORDS = [
    (
        1,
        "青禾县秋粮测产",
        "2020-12-16T20:34:19",
        "新华网",
        1999,
        1,
        ["要闻"],
        ("responsible_editor", "阿依古丽·买买提江"),
    ),
    (2, "Harvest in QINGHE", "2021-06-30", "Xinhua", 100, 1, [], ("editor", "李　娜")),
    (3, "青禾縣圖書館開館", "2021-07-01T08:00", None, None, 2, ["要闻", "文化"], ("reporter", "李娜")),
    (4, '引号"与\\反斜', None, "新华网_地方", 0, None, [], ("host_body", "青禾县人民政府")),
]
BODIES = [(1, "五点取样的办法 50% OFF"), (2, "少儿阅览区 ５０％")]


@pytest.fixture(scope="module")
def connection() -> Iterator[sqlite3.Connection]:
    with open_memory() as store:
        _fill(store.connection)
        rebuild(store.connection)
        yield store.connection


def find_ids(connection: sqlite3.Connection, query: str) -> list[int]:
    return find(connection, query, TODAY).ids


def _fill(connection: sqlite3.Connection) -> None:
    connection.execute("INSERT INTO change_sets (id, command, agent, started_at) VALUES (1, 'ingest', 'z', '2026')")
    for id_, text in BODIES:
        values = (id_, f"{id_:064x}", text, len(text), "00")
        connection.execute(
            "INSERT INTO bodies (id, sha256, text, characters, text_from) VALUES (?, ?, ?, ?, ?)", values
        )
    for id_, title, published, source, views, body_id, tags, (role, name) in RECORDS:
        connection.execute(
            "INSERT INTO records (id, key, key_basis, kind, title, published, source, views, body_id, conflicts,"
            " breadcrumb) VALUES (?, ?, 'capture', 'article', ?, ?, ?, ?, ?, ?, ?)",
            (id_, f"capture:{id_}", title, published, source, views, body_id,
             json.dumps(["host_body"] if id_ == 1 else []), json.dumps(["首页", "要闻"] if id_ == 2 else [])),
        )  # fmt: skip
        connection.executemany(
            "INSERT INTO tags (record_id, tag, asserted_by) VALUES (?, ?, 'rules/1')", [(id_, tag) for tag in tags]
        )
        connection.execute("INSERT INTO agents (id, site, name, kind) VALUES (?, '', ?, 'person')", (id_, name))
        connection.execute(
            "INSERT INTO agent_roles (record_id, agent_id, role, printed_name, position) VALUES (?, ?, ?, ?, 0)",
            (id_, id_, role, name),
        )
        connection.execute(
            "INSERT INTO captures (id, sha256, size_bytes, extension, own_key, record_id, parsed_with)"
            " VALUES (?, ?, 1, 'txt', ?, ?, '1')",
            (id_, f"{id_:064x}", f"capture:{id_}", id_),
        )
        connection.execute(
            "INSERT INTO observations (capture_id, origin, captured_at, captured_at_basis, change_set_id)"
            " VALUES (?, ?, ?, 'option', 1)",
            (id_, f"pages/{id_}.txt", f"2024-0{id_}-01"),
        )
    _assert_field(connection, 1, "icp", "stated", "青ICP备1号", "rules/1")
    _assert_field(connection, 2, "icp", "stated", "青ICP备2号", "rules/1")
    _assert_field(connection, 2, "icp", "absent", None, "cataloguer:z")
    _assert_field(connection, 2, "document_date", "stated", "2021-06-01", "rules/1")
    _assert_field(connection, 3, "author", "printed_empty", None, "rules/1")


def _assert_field(connection: sqlite3.Connection, record_id: int, name: str, state: str, *said: str | None) -> None:
    connection.execute(
        "INSERT INTO fields (record_id, position, name, state, value, asserted_by, confidence, change_set_id)"
        " VALUES (?, 0, ?, ?, ?, ?, 'high', 1)",
        (record_id, name, state, *said),
    )


FINDS: list[tuple[str, list[int]]] = [
    ("", [1, 2, 3, 4]),
    ("　 ", [1, 2, 3, 4]),
    ("青禾", [1, 3]),
    ("秋粮 测产", [1]),
    ("qinghe", [2]),
    ('"in QINGHE"', [2]),
    ("五点取样", [1, 2]),
    ("５０％", [3]),
    ("50%", [1, 2]),
    ('\\"', []),
    ('"引号\\"与"', [4]),
    ("source:新华网", [1, 4]),
    ("source:=新华网", [1]),
    ("source：新华网", [1, 4]),
    ("来源:新华网", [1, 4]),
    ("ｓｏｕｒｃｅ：新华网", [1, 4]),
    ("监审人:新华网", []),
    ("source:xinhua", [2]),
    ("source:新华网_", [4]),
    ("source:%", []),
    ("时间:2020", []),
    ("published:2020", [1]),
    ("published:2020..2021-06", [1, 2]),
    ("published:2021..", [2, 3]),
    ("published:..2021-06-30", [1, 2]),
    ("published:>2020", [2, 3]),
    ("published:<2021-07", [1, 2]),
    ("published:<=2021-07", [1, 2, 3]),
    ("published:2020年12月", [1]),
    ("published:2021/7/1", [3]),
    ("published:=2021-06-30", [2]),
    ("views:>100", [1]),
    ("views:>=100", [1, 2]),
    ("views:100", [2]),
    ("views:0", [4]),
    ("views:..100", [2, 4]),
    ("^views:>100", [2, 3, 4]),
    ("-青禾", [2, 4]),
    ("^source:新华网", [2, 3]),
    ("id:2..3", [2, 3]),
    ("id:4", [4]),
    ("missing:source", [3]),
    ("has:source", [1, 2, 4]),
    ("missing:views", [3]),
    ("has:tag", [1, 3]),
    ("missing:tag", [2, 4]),
    ("missing:body", [4]),
    ("has:editor", [1, 2]),
    ("empty:author", [3]),
    ("conflict:host_body", [1]),
    ("tag:要闻", [1, 3]),
    ("tag:要闻 tag:文化", [3]),
    ("^tag:文化", [1, 2, 4]),
    ("responsible_editor:阿依古丽", [1]),
    ("editor:阿依古丽·买买提江", [1]),
    ("editor:李", [2]),
    ("author:李娜", [3]),
    ("agent:李", [2, 3]),
    ("organisation:人民政府", [4]),
    ("icp:青ICP", [1]),
    ("breadcrumb:要闻", [2]),
    ("body:少儿", [3]),
    ("reprints:>1", [1, 2]),
    ("captures:1", [1, 2, 3, 4]),
    ("origin:3.txt", [3]),
    ("captured:2024-02..2024-03", [2, 3]),
    ("文化 OR tag:文化", [3]),
    ("views:>100 OR missing:source", [1, 3]),
    ("(青禾 OR qinghe) views:>0", [1, 2]),
    ("青禾 OR (qinghe views:>100)", [1, 3]),
    ("^(青禾 OR qinghe)", [4]),
    ("^(has:tag ^(tag:文化 OR missing:source))", [2, 3, 4]),
    ("((青禾))", [1, 3]),
    ("-(views:0)", [1, 2, 3]),
    ("title:图书馆", []),
    ("title:图书馆 script:any", [3]),
    ("圖書馆 script:any", [3]),
    ("script:any source:新華網", [1, 4]),
    ("source:=新華網 script:any", []),
    ("title:~^青禾.秋", [1]),
    ("title:~QINGHE$", [2]),
    ("title:~(?-i)qinghe", []),
    ('body:~"\\d{2}%"', [1, 2]),
    ('body:~"[5５]０％$"', [3]),
    (r'title:~"^[^\"]+$"', [1, 2, 3]),
    ("title:~(秋|冬)粮", [1]),
    ("published:~-0[67]-", [2, 3]),
    ("agent:~^李.?娜$", [2, 3]),
    ("^source:~新华", [2, 3]),
    ("published:yesterday", [3]),
    ("published:昨天", [3]),
    ("published:today", []),
    ("published:-3d..", [2, 3]),
    ("published:-2w..today", [2, 3]),
    ("published:..-6m", [1]),
    ("published:-1Y..-1m", [1]),
    ("published:<yesterday", [1, 2]),
    ("captured:+2y..+3y", [1, 2, 3, 4]),
    ("document_date:2021-01..", [2]),
    ("成文日期:-1y..", [2]),
    ("views:>=0.1万", [1]),
    ("views:1,999", [1]),
    ("views:１００", [2]),
    ("editors:李", [2]),
    ('"AND"', []),
    ("sort:rank 青禾", [1, 3]),
    ("sort:relevance- 青禾", [3, 1]),
    ("sort:published-", [3, 2, 1, 4]),
    ("sort:captured-", [4, 3, 2, 1]),
    ("sort:captures sort:captured-", [4, 3, 2, 1]),
    ("sort:published", [1, 2, 3, 4]),
    ("sort:views- has:views", [1, 2, 4]),
    ("sort:source sort:id-", [2, 1, 4, 3]),
]


@pytest.mark.parametrize(("query", "ids"), FINDS)
def test_a_query_finds(query: str, ids: list[int], connection: sqlite3.Connection) -> None:
    assert find_ids(connection, query) == ids


REFUSED = [
    ("sorce:新华网", 0, "source"),
    ("春耕 pubished:2020", 3, "published"),
    ("missing:sorce", 8, "source"),
    ('春耕 "未完', 3, "not closed"),
    ("published:2x", 10, "date"),
    ("views:many", 6, "number"),
    ("views:9..1", 6, "backwards"),
    ("published:2021..2020", 10, "backwards"),
    ("id:..", 3, "at least one end"),
    ("source:", 7, "no value"),
    ("source: 新华网", 7, "no value"),
    ("source:>x", 8, "no >"),
    ("sort:tag", 5, "cannot sort"),
    ("sort:publishd-", 5, "did you mean published"),
    ("OR 春耕", 0, "OR"),
    ("views:99999999999999999999", 6, "number"),
    (f"views:{'9' * 40}", 6, "number"),
    ("views:1.5", 6, "number"),
    ("views:~1", 7, "no ~"),
    ("(春耕", 0, "opened and not closed"),
    ("春耕)", 2, "closed that was not opened"),
    ("春耕 OR", 3, "OR stands"),
    ("(春耕 OR)", 4, "OR stands"),
    ("春耕 OR OR 秋", 6, "OR stands"),
    ("春耕 ()", 3, "no condition"),
    ("(春耕)秋", 4, "blank"),
    ("title:a(b 春", 7, "in a word"),
    ("(" * 6 + "春" + ")" * 6, 5, "at most 5 deep"),
    ("春 " * 301, 600, "at most 300"),
    ("春 AND 秋", 2, "leave AND out"),
    ("NOT 春", 0, "says not"),
    ("^ 春", 0, "directly before"),
    ("(sort:id 春)", 1, "outside brackets"),
    ("^sort:id", 0, "without a sign"),
    ("script:hant", 7, "takes any"),
    ("kind:artcle", 5, "did you mean article"),
    ("confidence:=x", 12, "one of high, medium, low"),
    ("春 责任编缉:李娜", 2, "责任编辑"),
    ("春 （耕 OR 秋", 2, "not closed"),
    ("春）", 1, "not opened"),
    ("source:“青禾 日报", 7, "not closed"),
    ("責任編缉:江", 0, "no field is called"),
    ("saved:x", 6, "saved as"),
    ("sort:rank views:1", 5, "no words"),
    ("sort:rank ^春", 5, "no words"),
    ("published:2020-13", 10, "date"),
    ("published:2021-02-29", 10, "date"),
    ("published:30d", 10, "date"),
    ("published:-9999y", 10, "date"),
    ('title:~"春(耕"', 9, "missing"),
    ("title:~春[耕", 8, "missing"),
    ('title:~"a)b"', 9, "unexpected"),
    ("title:~春+*", 8, "repetition"),
    ('title:~"(a)\\1"', 11, "escape"),
    ("title:~(?=春)", 7, "perl"),
    ("title:~" + "春" * 1001, 7, "at most 1000"),
    ("春 \udcff", 2, "no text"),
]


@pytest.mark.parametrize(("query", "position", "said"), REFUSED)
def test_a_query_that_cannot_be_meant_says_where(query: str, position: int, said: str) -> None:
    with pytest.raises(QueryError, match=said) as caught:
        compile_query(query, TODAY, {})

    assert caught.value.facts["position"] == position


SAVED = {"autumn": "秋粮 sort:id", "either": "saved:autumn OR qinghe", "loop": "saved:loop", "wrong": "a sorce:x"}
KEPT = [
    ("saved:autumn", [1]),
    ("^saved:either", [3, 4]),
    ("saved:either views:<200", [2]),
    ("(saved:autumn) OR saved:either OR id:4 sort:id-", [4, 2, 1]),
]


@pytest.mark.parametrize(("query", "ids"), KEPT)
def test_a_saved_query_is_a_condition_like_any_other(
    query: str, ids: list[int], connection: sqlite3.Connection
) -> None:
    compiled = compile_query(query, TODAY, SAVED)

    assert [row[0] for row in connection.execute(compiled.sql, compiled.params)] == ids


@pytest.mark.parametrize(
    ("query", "said"), [("有 saved:loop", "asks for itself"), ("有 saved:wrong", "wrong: no field is called 'sorce'")]
)
def test_what_is_wrong_in_a_saved_query_is_told_where_its_name_stands(query: str, said: str) -> None:
    with pytest.raises(QueryError, match=said) as caught:
        compile_query(query, TODAY, SAVED)

    assert caught.value.facts["position"] == 8


@pytest.mark.parametrize("inside", ['"五，点"', *(f"^missing:{name}" for name in sorted(NAMES))])
def test_the_deepest_query_that_is_read_also_runs(inside: str, connection: sqlite3.Connection) -> None:
    query = inside
    for _ in range(MAX_DEPTH):
        query = f"^(has:tag conflict:title OR views:1..2 missing:tag {query})"

    assert find_ids(connection, query + " script:any sort:rank 青") == [1, 3]


def test_the_longest_query_that_is_read_also_runs(connection: sqlite3.Connection) -> None:
    assert find_ids(connection, " ".join(['"五，点"'] * (MAX_TERMS - 1)) + " 青 sort:rank script:any") == []


def test_a_pattern_takes_time_in_proportion_to_the_text() -> None:
    """With an engine that tries all ways this is one of those that never end."""
    assert matches("(a+)+$", "a" * 50_000 + "b") is False
    assert matches("(.*)(.*)(.*)(.*)x", "青" * 5_000) is False


HOSTILE = ["'; DROP TABLE records; --", "title:'", 'source:"x\' OR 1=1"', "tag:?", "id:1..2;"]


@pytest.mark.parametrize("query", HOSTILE)
def test_what_is_typed_never_becomes_sql(query: str) -> None:
    try:
        compiled = compile_query(query, TODAY, {})
    except QueryError:
        return
    assert "'" not in compiled.sql.replace("'stated'", "").replace("'inferred'", "")
    assert compiled.sql.count("?") == len(compiled.params)


WORDS = st.sampled_from([*NAMES, *ALIASES, *'^-"\\:：=<>.. ', "OR", "sort:", "has:", "2020", "春耕", "100", "　"])


@given(st.lists(WORDS, max_size=12).map("".join))
def test_any_text_is_a_query_that_runs_or_an_error_with_its_place(text: str) -> None:
    with open_memory() as store:
        position = 0
        try:
            find_ids(store.connection, text)
        except QueryError as error:
            position = int(error.facts["position"])

        assert 0 <= position <= len(text)


@pytest.mark.parametrize("name", sorted(NAMES))
def test_every_name_can_be_asked_for(name: str, connection: sqlite3.Connection) -> None:
    value = next(iter(NAMES[name].choices), {"text": "x", "number": "1", "date": "2020"}[NAMES[name].kind])
    found = {sign: set(find_ids(connection, f"{sign}{name}:{value}")) for sign in ("", "^")}
    known = {about: set(find_ids(connection, f"{about}:{name}")) for about in ("has", "missing")}

    assert found[""] | found["^"] == known["has"] | known["missing"] == {1, 2, 3, 4}
    assert not found[""] & found["^"]
    assert not known["has"] & known["missing"]


def test_every_field_but_the_text_ones_by_another_name_can_be_asked_for() -> None:
    assert sorted(set(FIELDS) - set(NAMES)) == []


def test_an_alias_names_something() -> None:
    assert sorted(set(ALIASES.values()) - set(NAMES)) == []


@pytest.mark.parametrize("name", sorted(COLUMNS))
def test_every_column_of_a_list_can_be_read(name: str, connection: sqlite3.Connection) -> None:
    assert len(read_rows(connection, [4, 1], ["id", name])) == 2
    assert [row[0] for row in read_rows(connection, [4, 1], ["id", name])] == [4, 1]


def test_editors_and_authors_of_a_list_are_those_of_the_vocabulary(connection: sqlite3.Connection) -> None:
    rows = read_rows(connection, [1, 2, 3, 4], ["editors", "authors"])

    assert rows == [("阿依古丽·买买提江", None), ("李　娜", None), (None, "李娜"), (None, None)]


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("春 （耕 OR 秋）", "春 (耕 OR 秋)"),
        ("^（耕 秋）", "^(耕 秋)"),
        ("source:“青禾 日报”", 'source:"青禾 日报"'),
        ("“春 耕”", '"春 耕"'),
        ("來源：甲報", "来源:甲報"),
        ("責任編輯:李娜", "responsible_editor:李娜"),
        ("（來源:=“甲”）", '(source:="甲")'),
    ],
)
def test_marks_of_a_chinese_keyboard_and_traditional_labels_mean_the_same(typed: str, meant: str) -> None:
    compiled = [compile_query(text, TODAY, {}) for text in (typed, meant)]

    assert compiled[0] == compiled[1]


@pytest.mark.parametrize("word", ["张三（记者）", "青禾县（区）", '"（草莓）"', '"“两会”"'])
def test_full_width_marks_inside_a_word_or_quotes_are_text(word: str) -> None:
    condition = parse_query(word, frozenset()).condition

    assert condition is not None
    assert word.strip('"') in repr(condition)
