"""db/schema.sql is what the migrations make; the views have the columns that others build on."""

import sqlite3

import pytest

from catalog.store.files import migration_files, sql_folder
from catalog.store.open import open_memory

SCHEMA = sql_folder() / "schema.sql"
OWN_TABLES = (
    "agent_differences", "agent_roles", "agent_verdicts", "agents", "bands", "bodies", "capture_differences",
    "capture_verdicts", "captures", "change_sets", "counters", "excerpt_keys", "fields",
    "fingerprints", "former_records", "highest_ids", "journal", "links", "observations", "other_printings",
    "popular_pieces", "problems", "readings", "record_verdicts", "records", "reprint_groups",
    "sampled_pieces", "set_aside", "settings", "sqlar", "tag_terms", "tags", "verdicts", "withdrawn",
)  # fmt: skip
VIEWS = {
    "record_facts": [
        "id", "key", "title", "published", "source", "publisher", "site_name", "section", "views", "comments",
        "language", "body_id", "body_sha256", "reprint_group", "origin", "capture_sha256",
    ],
    "agent_aliases": ["agent_id", "name"],
    "source_aliases": ["printed", "name"],
    "agent_facts": ["record_id", "role", "label", "name"],
    "body_groups": ["body_id", "head_id"],
    "identifier_facts": ["record_id", "type", "value"],
}  # fmt: skip


def read_schema(connection: sqlite3.Connection) -> str:
    sql = (
        "SELECT sql FROM sqlite_schema WHERE sql IS NOT NULL AND name NOT LIKE 'sqlite_%'"
        " AND name NOT IN (SELECT name FROM pragma_table_list WHERE type = 'shadow') ORDER BY type, name"
    )
    head = "-- Written by `pytest --accept` from db/migrations. Read it, do not edit it.\n"
    return head + "".join(f"\n{row[0]};\n" for row in connection.execute(sql))


def test_schema_sql_is_what_the_migrations_make(accept: bool) -> None:
    with open_memory() as store:
        made = read_schema(store.connection)
    if accept:
        SCHEMA.write_text(made, "utf-8")

    assert SCHEMA.read_text("utf-8") == made


def test_schema_sql_runs_by_itself() -> None:
    connection = sqlite3.connect(":memory:")
    statements = SCHEMA.read_text("utf-8")
    tables = [s for s in statements.split("\n\n") if "CREATE TABLE" in s]

    connection.executescript("".join(tables))

    assert len(tables) == len(OWN_TABLES) + 1  # and the note of migrations


@pytest.mark.parametrize("table", OWN_TABLES)
def test_each_table_is_strict(table: str) -> None:
    with open_memory() as store:
        strict = store.connection.execute("SELECT strict FROM pragma_table_list WHERE name = ?", (table,)).fetchone()

        assert strict[0] == 1


@pytest.mark.parametrize("view", VIEWS)
def test_a_view_has_its_promised_columns(view: str) -> None:
    with open_memory() as store:
        cursor = store.connection.execute(f"SELECT * FROM {view}")  # noqa: S608 -- our own names

        assert [column[0] for column in cursor.description] == VIEWS[view]


def test_each_foreign_key_has_an_index_to_follow_it_back() -> None:
    with open_memory() as store:
        slow = []
        for table in OWN_TABLES:
            indexed = {
                store.connection.execute(f"PRAGMA index_info({index['name']})").fetchone()["name"]
                for index in store.connection.execute(f"PRAGMA index_list({table})")
            }
            sql = f"SELECT name FROM pragma_table_info('{table}') WHERE pk = 1"  # noqa: S608 -- our own names
            indexed |= {row[0] for row in store.connection.execute(sql)}  # an integer primary key is the row id
            keys = store.connection.execute(f"PRAGMA foreign_key_list({table})").fetchall()
            slow += [f"{table}.{k['from']}" for k in keys if k["from"] not in indexed and k["table"] != "change_sets"]

    assert slow == []


def test_migrations_are_numbered_without_gaps() -> None:
    numbers = [int(path.name[:4]) for path in migration_files()]

    assert numbers == list(range(1, len(numbers) + 1))
