"""Near copies: which pairs of bodies are worth comparing, and which of them are near."""

from collections.abc import Iterator

import numpy as np
from numpy.typing import NDArray

from catalog.dedupe.fingerprint import BINS, Keys

THRESHOLD = 0.8  # of the Jaccard figure, unless a person says another
LOWEST = 0.7  # below it too many pairs share no band: 0.975 of those at 0.7 are found, 0.9996 of those at 0.8
MOST_PAIRS = 2_000_000  # held at once; 16 bytes each
_DEVIATIONS = 5  # how far an estimate may lie below the threshold before its pair is passed over: 3 in 10^7 err

Pairs = NDArray[np.int64]  # two columns: positions of a later and of an earlier body
Sketches = NDArray[np.uint8]


def pairs_within(keys: Keys) -> Iterator[Pairs]:
    """Yield, in blocks, the pairs of rows that have a key in the same column in common; a pair may come again.

    Rows are bodies, columns bands. The two positions of a pair are in ascending order.
    """
    n_bodies = keys.shape[0]
    flat = keys.reshape(-1)
    order = np.argsort(flat, kind="stable")
    ranked = flat[order]
    bodies = order // keys.shape[1] if n_bodies else order
    starts = np.flatnonzero(np.append(True, ranked[1:] != ranked[:-1])) if len(ranked) else order
    sizes = np.diff(np.append(starts, len(ranked)))
    shared = sizes > 1
    yield from _blocks(bodies, starts[shared], sizes[shared])


def _blocks(bodies: Pairs, starts: Pairs, sizes: Pairs) -> Iterator[Pairs]:
    """Yield the pairs inside each bucket; those of all buckets of one size at a time, large buckets by themselves."""
    for size in np.unique(sizes):
        of_size = starts[sizes == size]
        left, right = np.triu_indices(int(size), 1) if size < 3000 else (None, None)
        if left is None or right is None:
            for start in of_size:
                yield from _large(np.unique(bodies[start : start + size]))
            continue
        step = max(1, MOST_PAIRS // len(left))
        for at in range(0, len(of_size), step):
            members = bodies[of_size[at : at + step, None] + np.arange(size)]
            yield ordered(members[:, left].reshape(-1), members[:, right].reshape(-1))


def _large(members: Pairs) -> Iterator[Pairs]:
    for at in range(1, len(members)):
        yield ordered(members[:at], np.full(at, members[at]))


def ordered(left: Pairs, right: Pairs) -> Pairs:
    """Return distinct pairs, the lesser position first; a body is no pair with itself."""
    packed = np.minimum(left, right) << np.int64(32) | np.maximum(left, right)
    packed = np.unique(packed[left != right])
    return np.stack([packed >> np.int64(32), packed & np.int64(0xFFFFFFFF)], axis=1)


def is_likely(left: Sketches, right: Sketches, threshold: float) -> NDArray[np.bool_]:
    """Return for each pair of short sketches (a row each) whether its figure may reach the threshold."""
    n_least = BINS * (threshold - _DEVIATIONS * (threshold * (1 - threshold) / BINS) ** 0.5)
    likely: NDArray[np.bool_] = np.count_nonzero(left == right, axis=1) >= n_least
    return likely
