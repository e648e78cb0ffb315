"""What people type, and which records it finds; what cannot be read says where."""

import json
import sqlite3
from collections.abc import Iterator

import pytest
from hypothesis import given
from hypothesis import strategies as st

from catalog.errors import QueryError
from catalog.model.vocabulary import FIELDS
from catalog.store.index import rebuild
from catalog.store.open import open_memory
from catalog.store.query_names import ALIASES, NAMES
from catalog.store.query_read import COLUMNS, find_ids, read_rows
from catalog.store.query_sql import compile_query

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
    ("sort:published-", [3, 2, 1, 4]),
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
    ("OR 春耕", 0, "OR"),
    ("views:99999999999999999999", 6, "number"),
]


@pytest.mark.parametrize(("query", "position", "said"), REFUSED)
def test_a_query_that_cannot_be_meant_says_where(query: str, position: int, said: str) -> None:
    with pytest.raises(QueryError, match=said) as caught:
        compile_query(query)

    assert caught.value.facts["position"] == position


HOSTILE = ["'; DROP TABLE records; --", "title:'", 'source:"x\' OR 1=1"', "tag:?", "id:1..2;"]


@pytest.mark.parametrize("query", HOSTILE)
def test_what_is_typed_never_becomes_sql(query: str) -> None:
    try:
        compiled = compile_query(query)
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
    value = {"text": "x", "number": "1", "date": "2020"}[NAMES[name].kind]
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
