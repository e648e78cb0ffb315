"""Records taken out of view with a reason (deaccession, personal data): the log and the originals stay."""

from collections.abc import Sequence

from catalog.errors import UsageError
from catalog.model.outcome import Outcome
from catalog.model.table import Table
from catalog.services.follow import follow
from catalog.services.ports import Ports
from catalog.store.ids import reserve_ids
from catalog.store.journal import ChangeSet
from catalog.store.open import Store
from catalog.store.query_read import COLUMNS, read_rows
from catalog.store.set_aside import Rows
from catalog.store.withdrawn import withdraw

SHOWN = ("id", "title", "published", "site_name", "captures")


def plan_withdrawal(store: Store, ids: Sequence[int]) -> Table:
    """Return the records that would go."""
    rows = tuple(read_rows(store.connection, ids, SHOWN))
    return Table("", tuple(COLUMNS[name] for name in SHOWN), rows)


def apply_withdrawal(store: Store, ids: Sequence[int], ports: Ports, reason: str) -> Outcome:
    """Take these records out of view as one change set, all or nothing. `store` must be open to write.

    Counts: `records` and `captures` withdrawn. Raises UsageError without a reason.
    """
    if not reason.strip():
        raise UsageError("say why: -m 'personal data', -m 'deaccession'; the reason stays in the log")
    change = ChangeSet("withdraw", ports.who, ports.timestamp(), message=reason)
    with store.transaction() as connection:
        reserve_ids(connection)
        rows = Rows(connection, change.begin(connection))
        counts = {"records": len(ids), "captures": withdraw(rows, ids, change)}
        follow(connection, rows.touched, change.begin(connection))
        change.flush(connection)
        change.end(connection, ports.timestamp(), counts)
    return Outcome("withdraw", counts, change_set=change.id)
