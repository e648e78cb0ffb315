"""Bodies as captures print them: `bodies.text` is the form of the capture with the least SHA-256, others are kept."""

import sqlite3
from collections.abc import Iterable

from catalog.model.record import Body
from catalog.store.fulltext import bigrams
from catalog.store.index import IndexChanges


def find_body(connection: sqlite3.Connection, sha256: str | None) -> int | None:
    """Return the id of the body with this digest, None if there is none."""
    row = connection.execute("SELECT id FROM bodies WHERE sha256 = ?", (sha256,)).fetchone()
    return int(row[0]) if row else None


def add_body(connection: sqlite3.Connection, body: Body, capture: str, index: IndexChanges, tokens: str) -> int:
    """Write a body that a capture (SHA-256) is the first to print; `tokens` are the bigrams of its text."""
    sql = "INSERT INTO bodies (sha256, text, characters, text_from) VALUES (?, ?, ?, ?)"
    id = connection.execute(sql, (body.sha256, body.text, body.characters, capture)).lastrowid or 0
    index.add_body(id, tokens)
    return id


def print_body(
    connection: sqlite3.Connection, body_id: int, capture: tuple[int, str], text: str, index: IndexChanges
) -> None:
    """Note how one more capture (id, SHA-256), whose row is written, prints a body that is there."""
    sql = "SELECT text, text_from FROM bodies WHERE id = ?"
    known, text_from = connection.execute(sql, (body_id,)).fetchone()
    if text != known:
        connection.execute("INSERT INTO other_printings (capture_id, text) VALUES (?, ?)", (capture[0], text))
    if capture[1] < text_from:
        _let_say(connection, body_id, capture[1], text, index)


def print_other(
    connection: sqlite3.Connection, capture: tuple[int, str], body: Body | None, index: IndexChanges
) -> set[int]:
    """Let a capture (id, SHA-256) print another body, or the same in another form, or none.

    Returns the body that it printed before, if it is another one: it may have no printing any more.
    """
    old = connection.execute("SELECT body_id FROM captures WHERE id = ?", (capture[0],)).fetchone()[0]
    connection.execute("DELETE FROM other_printings WHERE capture_id = ?", (capture[0],))
    connection.execute("UPDATE captures SET body_id = NULL WHERE id = ?", (capture[0],))
    lost = set() if old is None else {int(old)}
    alone = find_unprinted(connection, lost)
    for id in lost - alone:
        settle_text(connection, id, index)
    if body is None:
        return lost
    known = find_body(connection, body.sha256)
    new = add_body(connection, body, capture[1], index, bigrams(body.text)) if known is None else known
    if new in alone:
        _let_say(connection, new, capture[1], body.text, index)
    connection.execute("UPDATE captures SET body_id = ? WHERE id = ?", (new, capture[0]))
    if known is not None and new not in alone:
        print_body(connection, new, capture, body.text, index)
    return lost - {new}


def printed_text(connection: sqlite3.Connection, capture_id: int) -> str | None:
    """Return the body as a capture prints it, None if it prints none."""
    sql = (
        "SELECT ifnull(p.text, b.text) FROM captures c JOIN bodies b ON b.id = c.body_id"
        " LEFT JOIN other_printings p ON p.capture_id = c.id WHERE c.id = ?"
    )
    row = connection.execute(sql, (capture_id,)).fetchone()
    return str(row[0]) if row else None


def settle_text(connection: sqlite3.Connection, body_id: int, index: IndexChanges) -> None:
    """Let the capture with the least SHA-256 say how a body reads, after another that did is gone; one is left."""
    sql = "SELECT 1 FROM captures c JOIN bodies b ON b.text_from = c.sha256 WHERE b.id = ? AND c.body_id = b.id"
    if connection.execute(sql, (body_id,)).fetchone():
        return
    sql = "SELECT id, sha256 FROM captures WHERE body_id = ? ORDER BY sha256 LIMIT 1"
    least, sha256 = connection.execute(sql, (body_id,)).fetchone()
    _let_say(connection, body_id, sha256, printed_text(connection, least) or "", index)


def _let_say(connection: sqlite3.Connection, body_id: int, capture: str, text: str, index: IndexChanges) -> None:
    """Let a capture that prints `text` say how a body reads."""
    old = _text_of(connection, body_id)
    if text != old:
        connection.execute(  # who printed the old form in silence says so from now on
            "INSERT INTO other_printings (capture_id, text) SELECT id, ? FROM captures c WHERE body_id = ?"
            " AND NOT EXISTS (SELECT 1 FROM other_printings WHERE capture_id = c.id)",
            (old, body_id),
        )
        connection.execute(
            "DELETE FROM other_printings WHERE text = ? AND capture_id IN (SELECT id FROM captures WHERE body_id = ?)",
            (text, body_id),
        )
        index.change_body(body_id, old, text)
    sql = "UPDATE bodies SET text = ?, characters = ?, text_from = ? WHERE id = ?"
    connection.execute(sql, (text, Body(text, "").characters, capture, body_id))


def find_unprinted(connection: sqlite3.Connection, body_ids: Iterable[int]) -> set[int]:
    """Return those of these bodies that no capture prints."""
    sql = "SELECT 1 FROM captures WHERE body_id = ? LIMIT 1"
    return {id for id in body_ids if connection.execute(sql, (id,)).fetchone() is None}


def drop_bodies(connection: sqlite3.Connection, body_ids: Iterable[int], index: IndexChanges) -> None:
    """Take out bodies that no capture prints and nothing refers to."""
    for id in body_ids:
        index.change_body(id, _text_of(connection, id), "")
        connection.execute("DELETE FROM bodies WHERE id = ?", (id,))


def _text_of(connection: sqlite3.Connection, body_id: int) -> str:
    return str(connection.execute("SELECT text FROM bodies WHERE id = ?", (body_id,)).fetchone()[0])
