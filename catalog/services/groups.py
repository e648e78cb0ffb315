"""Groups of bodies that are one text, as links and verdicts make them."""

import sqlite3
from collections.abc import Iterable

from catalog.dedupe.cluster import find_groups
from catalog.store.links import Linked, read_linked, save_groups


def regroup(connection: sqlite3.Connection, body_ids: Iterable[int]) -> None:
    """Group these bodies and all that hang together with them anew, inside the caller's transaction."""
    save_groups(connection, groups_of(read_linked(connection, body_ids)))


def groups_of(linked: Linked) -> dict[int, int]:
    """Return the head of the group of each of these bodies (ids), itself where it stands alone."""
    names = linked.bodies
    ids = {sha256: id for id, sha256 in names.items()}
    pairs = [(names[left], names[right]) for left, right in linked.links]
    heads = find_groups(names.values(), pairs, linked.joins, linked.splits)
    return {ids[body]: ids[head] for body, head in heads.items()}
