"""Whether what is derived follows from the truth: made anew by those who own it, and compared. It only reads."""

import sqlite3
from collections import Counter
from collections.abc import Iterator

from catalog.model.capture import Capture
from catalog.model.problem import Problem
from catalog.model.record import CaptureFacts
from catalog.model.rule import RuleSet
from catalog.rules.load import load_rules
from catalog.services.groups import groups_of
from catalog.services.identity import own_key
from catalog.services.records import build
from catalog.store import links as kept
from catalog.store.audit_log import fault
from catalog.store.authority import find_unsettled
from catalog.store.find import load_original, load_parts
from catalog.store.index_check import find_unsound
from catalog.store.rows import rows_of
from catalog.store.state import page_digest
from catalog.store.winners import read_winners, winners_of
from catalog.text.fold import body_digest
from catalog.text.parse import parse_capture
from catalog.text.record import record_of


def find_winner_faults(connection: sqlite3.Connection) -> Iterator[Problem | None]:
    """Yield the records whose winners, agents, counters or tags do not follow; None after each."""
    ids = (row[0] for row in connection.execute("SELECT id FROM records ORDER BY id"))
    for parts in load_parts(connection, ids, texts=False):
        if winners_of(build(parts)) != read_winners(connection, parts.id):
            yield fault(
                "records", parts.key, "its values, agents, counters or tags do not follow from what is asserted"
            )
        yield None
    for site, name, kind in find_unsettled(connection):
        yield fault("agents", f"{site} {name} {kind}".strip(), "it does not follow from records and verdicts")


def find_text_faults(connection: sqlite3.Connection) -> Iterator[Problem | None]:
    """Yield the bodies whose digest is not that of their text, or that are indexed otherwise; None after each."""
    for sha256, text in connection.execute("SELECT sha256, text FROM bodies ORDER BY id"):
        if body_digest(text) != sha256:
            yield fault("bodies", sha256, "its text has another digest")
        yield None
    for one in find_unsound(connection):
        yield fault(one.table, str(one.id), "the full-text index does not hold what the text says")


def find_link_faults(connection: sqlite3.Connection, threshold: float) -> Iterator[Problem]:
    """Yield what leads from one body to those like it, and groups, where they do not follow from texts and verdicts."""
    from catalog.services.near import look_again  # loads NumPy

    yield from (
        fault(table, key, "it does not follow from the texts") for table, key in look_again(connection, threshold)
    )
    heads = groups_of(kept.read_linked(connection, kept.find_linked(connection)))
    in_company = {head for id, head in heads.items() if id != head}
    expected = {id: head for id, head in heads.items() if head in in_company}
    grouped = dict(connection.execute("SELECT body_id, head_id FROM reprint_groups").fetchall())
    for id in sorted(expected.keys() | grouped.keys()):
        if expected.get(id) != grouped.get(id):
            yield fault("reprint_groups", kept.read_names(connection, [id]).get(id, str(id)), "it is in another group")


def find_reading_faults(
    connection: sqlite3.Connection, sha256s: list[str], uncovered: Counter[str]
) -> Iterator[Problem]:
    """Yield the captures, kept by an older program without a digest, that read otherwise today by the same rules."""
    rules = load_rules()
    for sha256 in sha256s:
        sql = "SELECT parsed_with FROM captures WHERE sha256 = ?"
        if connection.execute(sql, (sha256,)).fetchone()[0] != rules.version:
            uncovered["captures"] += 1
            continue
        original = load_original(connection, sha256)
        if original is not None and _digest_today(original, rules) != page_digest(connection, sha256):
            yield fault("captures", sha256, "its reading, its body or its assertions are not what its bytes give")


def _digest_today(original: Capture, rules: RuleSet) -> str:
    parsed = parse_capture(original, rules)
    facts = CaptureFacts(original.sha256, "", None, len(original.data), None, None, None)
    return rows_of(original, parsed, record_of(parsed, facts), own_key(parsed), rules.version).digest
