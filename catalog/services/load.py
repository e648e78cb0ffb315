"""A canonical dump loaded: a new catalogue with an equal dump, or none."""

import io
import json
import sqlite3
from collections import Counter
from collections.abc import Iterator
from itertools import zip_longest
from pathlib import Path

from catalog.errors import BadDump
from catalog.export.dump import SCHEMA, write_dump
from catalog.model.outcome import Outcome
from catalog.services.follow import follow
from catalog.services.ports import Ports, Progress
from catalog.services.rebuild import new_catalogue
from catalog.services.verify import verify
from catalog.store.dump import read_dump
from catalog.store.journal import ChangeSet
from catalog.store.load import Loader
from catalog.store.open import Store
from catalog.store.set_aside import Rows

STEP = 1_000  # captures whose digests are written to the log at once
COUNTED = {"record": "records", "capture": "captures", "body": "bodies", "field": "assertions"}


def load_dump(dump: Path, new: Path, ports: Ports) -> Outcome:
    """Make the catalogue `new` from a dump, in a file that is there whole or not at all.

    Counts: `records`, `captures`, `bodies`, `assertions`. Raises BadDump, naming the line, for what is no dump, or one
    whose derived rows do not follow from the others; UsageError if `new` is there.
    """
    with new_catalogue(new) as store:
        outcome = _load(dump, store, ports)
        _must_be_equal(dump, store)
        for problem in verify(store, ports).outcome.problems:
            raise BadDump(f"{dump} is not as it was written: {problem.origin}: {problem.message}")
    return outcome


def _load(dump: Path, store: Store, ports: Ports) -> Outcome:
    change = ChangeSet("import", ports.who, ports.timestamp(), {"dump": dump.name})
    counts: Counter[str] = Counter(dict.fromkeys(COUNTED.values(), 0))
    with store.transaction() as connection:
        loader = Loader(connection, change, ports.timestamp())
        change.begin(connection)
        for number, (table, row) in enumerate(_read_rows(dump), 2):
            try:
                loader.take(table, row)
            except (KeyError, TypeError, ValueError, sqlite3.Error) as error:
                raise BadDump(
                    f"{dump}, line {number}: it fits nothing that came before it: {error}", line=number
                ) from error
            if table in COUNTED:
                counts[COUNTED[table]] += 1
            ports.progress(Progress(number, number, counts, table))
        loader.index.write(connection)
        rows = Rows(connection, None)
        rows.touched.records.update(row[0] for row in connection.execute("SELECT id FROM records"))
        rows.touched.judged.update(
            name for row in connection.execute("SELECT body_sha256, other_body_sha256 FROM verdicts") for name in row
        )
        rows.touched.has_new_names = True
        follow(connection, rows.touched, change.begin(connection))
        _vouch(connection, change)
        change.end(connection, ports.timestamp(), counts)
    return Outcome("import", dict(counts), change_set=change.id)


def _vouch(connection: sqlite3.Connection, change: ChangeSet) -> None:
    """Note every capture, and every record of which cataloguers said something: the log adds what vouches for them."""
    sql = (
        "SELECT c.id, 'capture:' || c.sha256, r.key, c.parsed_with FROM captures c JOIN records r ON r.id = c.record_id"
        " WHERE c.id > ? ORDER BY c.id LIMIT ?"
    )
    last = 0
    while found := connection.execute(sql, (last, STEP)).fetchall():
        for _, subject, key, rules in found:
            change.note(subject, "ingested", None, {"record": key, "rules": rules})
        change.flush(connection)
        last = found[-1][0]
    sql = "SELECT DISTINCT r.key FROM fields f JOIN records r ON r.id = f.record_id WHERE f.capture_id IS NULL"
    for (key,) in connection.execute(sql).fetchall():
        change.note(f"record:{key}", "restored", None, True)
    change.flush(connection)


def _read_rows(dump: Path) -> Iterator[tuple[str, dict[str, object]]]:
    for number, line in enumerate(_read_lines(dump), 1):
        try:
            row = json.loads(line)
        except ValueError as error:
            raise BadDump(f"{dump}, line {number}: it is no JSON", line=number) from error
        if number == 1:
            if not isinstance(row, dict) or row.get("schema") != SCHEMA:
                raise BadDump(f"{dump} is no dump: its first line does not say {SCHEMA}", line=1)
        elif not isinstance(row, dict) or not isinstance(row.get("table"), str):
            raise BadDump(f"{dump}, line {number}: it names no table", line=number)
        else:
            yield row.pop("table"), row


def _read_lines(dump: Path) -> Iterator[str]:
    try:
        with dump.open(encoding="utf-8", newline="\n") as file:
            yield from file
    except (OSError, UnicodeDecodeError) as error:
        raise BadDump(f"{dump} cannot be read: {error}") from error


def _must_be_equal(dump: Path, store: Store) -> None:
    """Raise BadDump at the first line that the new catalogue does not give again."""
    for number, (said, given) in enumerate(zip_longest(_read_lines(dump), _give_lines(store)), 1):
        if said is None or given is None or said.rstrip("\n") != given.rstrip("\n"):
            raise BadDump(f"{dump}, line {number}: it does not follow from the rest: this is not as it was written",
                          line=number)  # fmt: skip


def _give_lines(store: Store) -> Iterator[str]:
    header = io.StringIO()
    write_dump((), header)
    yield header.getvalue()
    for row in read_dump(store.connection):
        line = io.StringIO()
        write_dump([row], line)
        yield line.getvalue().partition("\n")[2]
