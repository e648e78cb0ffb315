"""What leads to the pages of a full-text index, while its pieces are being joined too."""

import sqlite3

import pytest

from catalog.store.audit_file import SEGMENT_BITS, leads_to_its_pages


@pytest.fixture
def half_joined() -> sqlite3.Connection:
    connection = sqlite3.connect(":memory:", isolation_level=None)
    connection.execute("CREATE VIRTUAL TABLE texts USING fts5 (text, content = '')")
    for option, value in (("pgsz", 64), ("automerge", 0)):
        connection.execute("INSERT INTO texts (texts, rank) VALUES (?, ?)", (option, value))
    for id in range(4):
        connection.execute(
            "INSERT INTO texts (rowid, text) VALUES (?, ?)", (id, " ".join(f"w{n}x{id}" for n in range(999)))
        )
    connection.execute("INSERT INTO texts (texts, rank) VALUES ('merge', -20)")
    firsts = "SELECT min(id & ((1 << ?) - 1)) FROM texts_data WHERE id > 10 GROUP BY id >> ?"
    assert max(row[0] for row in connection.execute(firsts, (SEGMENT_BITS, SEGMENT_BITS))) > 1
    return connection


def test_an_index_of_which_the_pieces_are_half_joined_is_sound(half_joined: sqlite3.Connection) -> None:
    half_joined.execute("INSERT INTO texts (texts) VALUES ('integrity-check')")

    assert leads_to_its_pages(half_joined, "texts")


@pytest.mark.parametrize(
    "sql",
    [
        "DELETE FROM texts_data WHERE id = (SELECT max(id) FROM texts_data)",
        "DELETE FROM texts_idx WHERE segid = 1",
        "UPDATE texts_idx SET pgno = pgno + 100000 WHERE pgno = (SELECT max(pgno) FROM texts_idx)",
        "UPDATE texts_idx SET pgno = pgno + 1 WHERE pgno = (SELECT max(pgno) FROM texts_idx)",
    ],
)
def test_entries_that_lead_nowhere_are_found_in_it(sql: str, half_joined: sqlite3.Connection) -> None:
    half_joined.execute(sql)

    assert not leads_to_its_pages(half_joined, "texts")
