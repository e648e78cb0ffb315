"""What a cataloguer decides beside the values of a record: written all or nothing, with all that follows from it."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager

from catalog.model.table import Column
from catalog.services.follow import follow
from catalog.services.ports import Ports
from catalog.store.ids import reserve_ids
from catalog.store.journal import ChangeSet
from catalog.store.open import Store
from catalog.store.set_aside import Rows

# What a decision changes, as it is shown before and told after.
COLUMNS = (Column("what", is_whole=True), Column("id", is_whole=True), Column("title"), Column("old"), Column("new"))


@contextmanager
def deciding(store: Store, change: ChangeSet, ports: Ports, counts: Mapping[str, int]) -> Iterator[Rows]:
    """Yield what rows are changed by, inside one transaction; `counts` may be filled until it ends.

    `store` must be open to write. A change set can take several such decisions, one after the other.
    """
    try:
        with store.transaction() as connection:
            reserve_ids(connection)
            rows = Rows(connection, change.begin(connection))
            yield rows
            follow(connection, rows.touched, change.begin(connection))
            change.flush(connection)
            change.end(connection, ports.timestamp(), counts)
    except BaseException:
        change.rolled_back()
        raise
