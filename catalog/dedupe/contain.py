"""Excerpts: a body whose grams nearly all stand in a longer one. Sampled grams propose, the exact share decides."""

import numpy as np

from catalog.dedupe.fingerprint import KEYS, Keys, sample_keys
from catalog.dedupe.near import Pairs

THRESHOLD = 0.9  # of the containment figure
LEAST_CHARACTERS = 100  # folded, of the excerpt: shorter ones are phrases that many texts share


def excerpt_keys(samples: bytes, characters: int) -> Keys:
    """Return the least KEYS sampled grams, by which a body is looked for in others; none if it is too short."""
    return sample_keys(samples)[:KEYS] if characters >= LEAST_CHARACTERS else np.empty(0, np.int64)


def worth_comparing(found: Pairs, n_keys: dict[int, int]) -> list[tuple[int, int]]:
    """Return the pairs (excerpt, longer body) that share enough keys, sorted.

    `found` has a row for each key that was found in another body; `n_keys` how many keys each excerpt has. Half of the
    keys must be found: where the figure reaches 0.9, that fails once in 250 cases.
    """
    if not len(found):
        return []
    pairs, counts = np.unique(found, axis=0, return_counts=True)
    return [
        (int(part), int(whole))
        for (part, whole), count in zip(pairs, counts, strict=True)
        if part != whole and 2 * count >= n_keys[int(part)]
    ]
