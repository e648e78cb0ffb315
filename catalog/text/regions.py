"""Where the news stands on a page: runs of prose, and what stands above each of them."""

from collections.abc import Sequence
from dataclasses import dataclass

from catalog.text.classify import Kind, Seen

# Weights by trial on the learn captures: prose counts by its length, everything else costs, so that captions and
# subheads inside an article are bridged and a list of links is not.
_COST = {
    Kind.SHORT: -7.0, Kind.META: -7.0, Kind.CREDIT: -20.0, Kind.CHROME: -9.0, Kind.CRUMBS: -60.0, Kind.RELATED: -70.0,
    Kind.COLOPHON: -90.0, Kind.NOTICE: -25.0, Kind.END: -30.0,
}  # fmt: skip
_LONGEST_COUNTED = 300


@dataclass(slots=True)
class Region:
    """Lines seen[first:last + 1], a maximal run of prose; `prose` counts its characters of prose."""

    first: int
    last: int
    score: float
    prose: int


def weigh(one: Seen) -> float:
    """Return what a line adds to a run of prose, in characters."""
    if one.kind is Kind.PROSE:
        return float(min(len(one.view), _LONGEST_COUNTED))
    return _COST[one.kind]


def find_regions(seen: Sequence[Seen]) -> list[Region]:
    """Return all maximal scoring runs of lines in page order (Ruzzo and Tompa 1999, one pass)."""
    stack: list[tuple[int, int, float, float]] = []  # first, last, sum before, sum through
    total = 0.0
    for i, one in enumerate(seen):
        score = weigh(one)
        before = total
        total += score
        if score <= 0:
            continue
        run = (i, i, before, total)
        while True:
            j = len(stack) - 1
            while j >= 0 and stack[j][2] >= run[2]:
                j -= 1
            if j < 0 or stack[j][3] >= run[3]:
                stack.append(run)
                break
            run = (stack[j][0], run[1], stack[j][2], run[3])
            del stack[j:]
    return [
        Region(first, last, through - before, sum(len(s.view) for s in seen[first : last + 1] if s.kind is Kind.PROSE))
        for first, last, before, through in stack
    ]
