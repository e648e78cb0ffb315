"""The character 5-grams of a folded text as hashes, and the two figures that compare such sets exactly."""

import numpy as np
from numpy.typing import NDArray

Hashes = NDArray[np.uint64]

WIDTH = 5  # characters of a gram
_BASE = np.uint64(0x9E3779B97F4A7C15)  # odd, so that multiplying loses nothing; any odd number of full length would do
_MIX = np.uint64(0xD6E8FEB86659FD93)
_SHIFT = np.uint64(32)


def gram_hashes(folded: str) -> Hashes:
    """Return the distinct 64-bit hashes of all 5-grams, sorted; a shorter text is one gram, an empty one has none.

    `folded` is a text folded for comparison. Two different grams share a hash once in 10^19 cases, so that figures over
    hashes are those over grams.
    """
    hashes = mix(roll(folded))
    hashes.sort()
    return distinct(hashes)


def roll(folded: str) -> Hashes:
    """Return a number for the 5-gram at each place of a text, not yet mixed; a shorter text is one gram."""
    codes = np.frombuffer(folded.encode("utf-32-le", "surrogatepass"), np.uint32).astype(np.uint64)
    if 0 < len(codes) < WIDTH:
        codes = np.concatenate([codes, np.zeros(WIDTH - len(codes), np.uint64)])
    return _joined(codes, WIDTH, 1)


def widen(rolled: Hashes, n: int) -> Hashes:
    """Return the distinct sorted hashes of all pieces of n 5-grams that follow each other without overlap."""
    hashes = mix(_joined(rolled, n, WIDTH))
    hashes.sort()
    return distinct(hashes)


def _joined(numbers: Hashes, n: int, step: int) -> Hashes:
    """Return a polynomial of the n numbers at each place and `step` apart; nothing where there are too few."""
    length = max(0, len(numbers) - (n - 1) * step)
    joined = numbers[:length].copy()
    for offset in range(step, n * step, step):
        joined *= _BASE
        joined += numbers[offset : offset + length]
    return joined


def mix(hashes: Hashes) -> Hashes:
    """Return each number with its bits spread over all 64 places; different numbers stay different."""
    hashes = hashes ^ (hashes >> _SHIFT)
    hashes *= _MIX
    hashes ^= hashes >> _SHIFT
    hashes *= _MIX
    hashes ^= hashes >> _SHIFT
    return hashes


def distinct(hashes: Hashes) -> Hashes:
    """Return sorted numbers without repetitions."""
    if len(hashes) < 2:
        return hashes
    is_new = np.empty(len(hashes), np.bool_)
    is_new[0] = True
    np.not_equal(hashes[1:], hashes[:-1], out=is_new[1:])
    return hashes[is_new]


def count_shared(left: Hashes, right: Hashes) -> int:
    """Return how many numbers two sorted arrays of distinct ones have in common."""
    both = np.concatenate([left, right])
    both.sort(kind="stable")  # it merges two sorted runs: 3.6 us for a thousand and a thousand, not 6.2
    return int(np.count_nonzero(both[1:] == both[:-1]))


def jaccard(left: Hashes, right: Hashes) -> float:
    """Return shared grams over all grams, 0.0 to 1.0; 0.0 where both have none."""
    return jaccard_of(count_shared(left, right), len(left), len(right))


def jaccard_of(shared: int, n_left: int, n_right: int) -> float:
    """Return what `jaccard` does, for two texts of which it is known how many grams they have and share."""
    return shared / max(1, n_left + n_right - shared)


def containment(part: Hashes, whole: Hashes) -> float:
    """Return the share of the grams of `part` that `whole` has, 0.0 to 1.0; 0.0 where there are none."""
    return containment_of(count_shared(part, whole), len(part))


def containment_of(shared: int, n_part: int) -> float:
    """Return what `containment` does, for two texts of which it is known how many grams they share."""
    return shared / max(1, n_part)
