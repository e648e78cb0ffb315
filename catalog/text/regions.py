"""Where the news stands on a page: runs of prose, and what stands above each of them."""

import re
from dataclasses import dataclass

from catalog.text.outline import (
    CHROME,
    COLOPHON,
    CREDIT,
    CRUMBS,
    DATELINE,
    END,
    META,
    NOTICE,
    PROSE,
    RELATED,
    SHORT,
    STRONG,
    Outline,
)  # fmt: skip

# Weights by trial on the learn captures: prose counts by its length, everything else costs, so that captions and
# subheads inside an article are bridged and a list of links is not.
_COST = {
    SHORT: -7.0, META: -7.0, DATELINE: -7.0, STRONG: -7.0, CREDIT: -20.0, CHROME: -9.0, CRUMBS: -60.0, RELATED: -70.0,
    COLOPHON: -90.0, NOTICE: -25.0, END: -30.0,
}  # fmt: skip
_LONGEST_COUNTED = 300
_PROSE_LINES = re.compile(f"{PROSE}+")


@dataclass(slots=True)
class Region:
    """Lines seen[first:last + 1], a maximal run of prose: both are prose; `prose` counts its characters of prose."""

    first: int
    last: int
    score: float
    prose: int


def find_regions(page: Outline) -> list[Region]:
    """Return all maximal scoring runs of lines in page order (Ruzzo and Tompa 1999, one pass)."""
    seen, shape = page.seen, page.shape
    stack: list[tuple[int, int, float, float, int]] = []  # first, last, sum before, sum through, characters
    total, behind = 0.0, 0
    for lines in _PROSE_LINES.finditer(shape):  # lines of prose in a row are always of one run
        first, end = lines.span()
        lengths = [len(one.view) for one in seen[first:end]]
        before = total + sum(map(_COST.__getitem__, shape[behind:first]))
        total = before + sum([n if n < _LONGEST_COUNTED else _LONGEST_COUNTED for n in lengths])
        behind = end
        run = (first, end - 1, before, total, sum(lengths))
        while True:
            j = len(stack) - 1
            while j >= 0 and stack[j][2] >= run[2]:
                j -= 1
            if j < 0 or stack[j][3] >= run[3]:
                stack.append(run)
                break
            run = (stack[j][0], run[1], stack[j][2], run[3], sum([r[4] for r in stack[j:]]) + run[4])
            del stack[j:]
    return [Region(first, last, through - before, prose) for first, last, before, through, prose in stack]
