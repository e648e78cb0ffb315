"""What follows from truth that came back or went: records, winners, texts, links and groups as if always so."""

import sqlite3

from catalog.services.groups import regroup
from catalog.services.records import build
from catalog.store import links as kept
from catalog.store.authority import settle_agents
from catalog.store.former import drop_record, find_empty
from catalog.store.index import tidy
from catalog.store.printings import drop_bodies, find_unprinted, settle_text
from catalog.store.set_aside import Touched
from catalog.store.winners import rewrite_winners


def follow(connection: sqlite3.Connection, touched: Touched, change_set_id: int) -> None:
    """Make anew all that is derived from the rows that were changed, inside the caller's transaction."""
    empty = find_empty(connection, touched.records)
    for id in sorted(empty):
        drop_record(connection, id, change_set_id, touched.index)
    rewrite_winners(connection, touched.records - empty, build, touched.index)
    if touched.has_new_names:
        settle_agents(connection)
    unprinted = find_unprinted(connection, touched.bodies)
    for id in sorted(touched.bodies - unprinted):
        settle_text(connection, id, touched.index)
    _drop_bodies(connection, unprinted, touched)
    if touched.has_new_threshold:
        kept.forget_links(connection)
    n_compared = _compare_new(connection)
    regroup(connection, kept.find_body_ids(connection, touched.judged))
    touched.index.write(connection)
    tidy(connection, n_compared)


def _drop_bodies(connection: sqlite3.Connection, body_ids: set[int], touched: Touched) -> None:
    """Take out bodies that no capture prints any more, and let stand what stood in their shadow."""
    if not body_ids:
        return
    from catalog.services.near import forget_bodies  # loads NumPy

    company = kept.read_linked(connection, body_ids).bodies.keys() - body_ids
    forget_bodies(connection, body_ids)
    drop_bodies(connection, body_ids, touched.index)
    regroup(connection, company)


def _compare_new(connection: sqlite3.Connection) -> int:
    """Compare the bodies that came, and any that an interrupted run left; return how many there were."""
    n_compared = 0
    if kept.has_uncompared(connection):
        from catalog.services.near import compare_new  # loads NumPy

        while found := compare_new(connection, {}):
            n_compared += found["compared"]
    return n_compared
