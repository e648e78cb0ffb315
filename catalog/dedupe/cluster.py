"""Groups of bodies that are one text: from the links of one connected component, and from what cataloguers said."""

from collections.abc import Iterable, Mapping, Sequence

Pair = tuple[str, str]  # two SHA-256, in any order


def find_groups(
    bodies: Iterable[str], links: Iterable[Pair], joins: Iterable[Pair] = (), splits: Iterable[Pair] = ()
) -> dict[str, str]:
    """Return the head of the group of each body (both SHA-256) in one connected component.

    Repeatedly the body with most links (ties: the least SHA-256) becomes the head of a group of all bodies linked to it
    that have none yet; so a chain does not melt different texts. Bodies that a cataloguer joined count as one; bodies
    that a cataloguer split are never in one group, whatever links them. The result does not depend on any order.
    """
    apart = _both_ways(splits)
    met = _melt(sorted(set(bodies)), joins, apart)
    linked: dict[str, set[str]] = {one: set() for one in met.values()}
    for left, right in links:
        if met[left] != met[right]:
            linked[met[left]].add(met[right])
            linked[met[right]].add(met[left])
    members: dict[str, list[str]] = {}
    for body, one in met.items():
        members.setdefault(one, []).append(body)
    heads: dict[str, str] = {}
    ranked = sorted(linked, key=lambda one: (-len(linked[one]), one))
    rank = {one: n for n, one in enumerate(ranked)}
    for head in ranked:
        if head in heads:
            continue
        group = list(members[head])
        heads[head] = head
        for one in sorted(linked[head], key=rank.__getitem__):
            if one not in heads and not _are_apart(members[one], group, apart):
                heads[one] = head
                group += members[one]
    return {body: heads[one] for body, one in met.items()}


def _melt(bodies: Sequence[str], joins: Iterable[Pair], apart: Mapping[str, set[str]]) -> dict[str, str]:
    """Return for each body the least of those that it was joined with; a join that a split forbids is passed over."""
    sets = {body: [body] for body in bodies}
    for left, right in sorted(tuple(sorted(pair)) for pair in joins):
        if sets[left] is not sets[right] and not _are_apart(sets[left], sets[right], apart):
            whole = sorted(sets[left] + sets[right])
            sets.update(dict.fromkeys(whole, whole))
    return {body: sets[body][0] for body in bodies}


def _are_apart(left: Iterable[str], right: Sequence[str], apart: Mapping[str, set[str]]) -> bool:
    return any(not apart[body].isdisjoint(right) for body in left if body in apart)


def _both_ways(pairs: Iterable[Pair]) -> dict[str, set[str]]:
    found: dict[str, set[str]] = {}
    for left, right in pairs:
        found.setdefault(left, set()).add(right)
        found.setdefault(right, set()).add(left)
    return found
