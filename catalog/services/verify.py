"""Fixity: does the catalogue still hold what was written into it."""

from catalog.errors import VerificationFailed
from catalog.model.outcome import Outcome
from catalog.store.fixity import find_damaged
from catalog.store.journal import find_break, find_unlogged, head_of
from catalog.store.open import Store

NAMED = 3  # damaged originals in a message


def verify(store: Store) -> tuple[Outcome, str]:
    """Return what was checked and the hash of the log's last row, which vouches for all before it.

    Whoever keeps that hash elsewhere can see later that the log was not written anew. Counts: `change_sets`, `notes` of
    the log, `originals`. Raises VerificationFailed, naming the first row of the log that was edited, added or taken out
    by hand, or the originals that are missing or have other bytes.
    """
    connection = store.connection
    row = find_break(connection)
    if row is not None:
        raise VerificationFailed(
            f"the log was changed by hand: row {row} of the journal does not follow from the one before", row=row
        )
    change_set = find_unlogged(connection)
    if change_set is not None:
        raise VerificationFailed(f"change set {change_set} is not in the log: it was added by hand", row=change_set)
    damaged = list(find_damaged(connection))
    if damaged:
        named = ", ".join(damaged[:NAMED]) + (" …" if len(damaged) > NAMED else "")
        raise VerificationFailed(f"originals are not what was captured: {named}", originals=len(damaged))
    tables = {"change_sets": "change_sets", "notes": "journal", "originals": "sqlar"}
    counts = {
        name: int(connection.execute(f"SELECT count(*) FROM {table}").fetchone()[0])  # noqa: S608 -- our own words
        for name, table in tables.items()
    }
    return Outcome("verify", counts), head_of(connection)
