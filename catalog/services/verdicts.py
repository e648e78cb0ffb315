"""What a cataloguer says of two bodies, that they are one text or that they are not; no later run overrides it."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from catalog.errors import NothingMatched, UsageError
from catalog.model.outcome import Outcome
from catalog.model.table import Column, Table
from catalog.services.groups import groups_of, regroup
from catalog.services.ports import Ports
from catalog.store.journal import ChangeSet
from catalog.store.links import Linked, Verdict, find_bodies, find_body_ids, read_linked, read_verdict, save_verdict
from catalog.store.open import Store
from catalog.store.reprints import find_group, load_copies

SHOWN_DIGITS = 12  # of a SHA-256 in tables; a body can be named by as few as LEAST_DIGITS
LEAST_DIGITS = 6
COLUMNS = (
    Column("id", is_number=True),
    Column("title"),
    Column("site_name"),
    Column("body", is_whole=True),
    Column("group", is_whole=True),
    Column("new_group", is_whole=True),
)


@dataclass(frozen=True, slots=True)
class Ruling:
    """A verdict on two bodies (SHA-256, the lesser first); None takes back what was said."""

    pair: tuple[str, str]
    verdict: Verdict | None


def read_ruling(store: Store, words: Sequence[str], verdict: Verdict | None) -> Ruling:
    """Return the verdict on two bodies, each named by a record that prints it or by the beginning of its SHA-256.

    Raises NothingMatched, or UsageError where the two are one body, or where there is no verdict to take back.
    """
    first, second = sorted(_find_body(store, word) for word in words)
    if first == second:
        raise UsageError(f"{words[0]} and {words[1]} print the same text, word for word: that is no matter of opinion")
    ruling = Ruling((first, second), verdict)
    if verdict is None and read_verdict(store.connection, ruling.pair) is None:
        raise UsageError(f"nothing was said of {words[0]} and {words[1]}")
    return ruling


def is_said(store: Store, ruling: Ruling) -> bool:
    """Return whether the catalogue says so already."""
    return read_verdict(store.connection, ruling.pair) == ruling.verdict


def plan_ruling(store: Store, ruling: Ruling) -> Table:
    """Return the records whose group the verdict would change, with both groups.

    Raises UsageError if it contradicts what was said of other bodies.
    """
    linked = _hang_together(store, ruling)
    planned = _with(linked, ruling)
    before, after = groups_of(linked), groups_of(planned)
    if not _holds(planned, after):
        if ruling.verdict == "same":
            raise UsageError("they cannot be joined: texts they are joined with were split; --forget takes that back")
        raise UsageError("they cannot be split: joins with other texts hold them together; --forget takes that back")
    names = _shown(before, linked), _shown(after, linked)
    changed = [id for id in linked.bodies if names[0][id] != names[1][id]]
    by_name = {linked.bodies[id]: id for id in changed}
    rows = (
        (c.id, c.title, c.site_name, c.body_sha256[:SHOWN_DIGITS], *(name[by_name[c.body_sha256]] for name in names))
        for c in load_copies(store.connection, changed)
    )
    return Table("", COLUMNS, tuple(rows))


def apply_ruling(
    store: Store, ruling: Ruling, ports: Ports, *, message: str | None = None, change: ChangeSet | None = None
) -> Outcome:
    """Keep the verdict as one change set, or as part of one that was begun, and group what it concerns anew.

    `store` must be open to write.
    """
    said = {"verdict": ruling.verdict or "none", "bodies": list(ruling.pair)}
    change = change or ChangeSet("dedupe", ports.who, ports.timestamp(), said, message)
    records = len(plan_ruling(store, ruling).rows)
    counts = {"verdicts": 1, "records": records}
    with store.transaction() as connection:
        # what hangs together before and after: a join that is taken back leaves two components
        linked = _hang_together(store, ruling)
        save_verdict(connection, ruling.pair, ruling.verdict, ports.who, change)
        regroup(connection, linked.bodies)
        change.flush(connection)
        change.end(connection, ports.timestamp(), counts)
    return Outcome("dedupe", counts, change_set=change.id)


def _hang_together(store: Store, ruling: Ruling) -> Linked:
    return read_linked(store.connection, find_body_ids(store.connection, ruling.pair))


def _with(linked: Linked, ruling: Ruling) -> Linked:
    """Return what hangs together as it would be with this verdict."""
    joins, splits = ([pair for pair in pairs if pair != ruling.pair] for pairs in (linked.joins, linked.splits))
    if ruling.verdict == "same":
        joins.append(ruling.pair)
    elif ruling.verdict == "different":
        splits.append(ruling.pair)
    return replace(linked, joins=joins, splits=splits)


def _holds(linked: Linked, heads: dict[int, int]) -> bool:
    """Return whether groups agree with every verdict."""
    group = {linked.bodies[id]: head for id, head in heads.items()}
    is_joined = all(group[one] == group[other] for one, other in linked.joins)
    return is_joined and all(group[a] != group[b] for a, b in linked.splits if a in group and b in group)


def _shown(heads: dict[int, int], linked: Linked) -> dict[int, str]:
    """Return the beginning of the name of each body's group; a body that stands alone has its own."""
    return {id: linked.bodies[head][:SHOWN_DIGITS] for id, head in heads.items()}


def _find_body(store: Store, word: str) -> str:
    """Return the SHA-256 of the body that a word names: digits are a record, else the beginning of a SHA-256."""
    if word.isascii() and word.isdecimal() and len(word) < SHOWN_DIGITS:
        return _body_of_record(store, int(word))
    digits = word.removeprefix("body:").lower()
    if len(digits) < LEAST_DIGITS or not set(digits) <= set("0123456789abcdef"):
        raise UsageError(
            f"{word}: say a record's ID, or the beginning of a body's SHA-256 ({LEAST_DIGITS} digits or more)"
        )
    found = find_bodies(store.connection, digits)
    if len(found) != 1:
        raise NothingMatched(f"{'no body begins' if not found else 'more than one body begins'} with {digits}")
    return found[0]


def _body_of_record(store: Store, record_id: int) -> str:
    group = find_group(store.connection, record_id)
    copies = load_copies(store.connection, group[1]) if group else []
    for copy in copies:
        if copy.id == record_id:
            return copy.body_sha256
    raise NothingMatched(f"there is no record {record_id} with a text", id=record_id)
