"""Excerpts: a body whose grams nearly all stand in a longer one. Sampled pieces propose, the exact share decides."""

import numpy as np

from catalog.dedupe.fingerprint import KEYS, Keys, sample_keys

THRESHOLD = 0.9  # of the containment figure
POPULAR = 100  # bodies with a piece above which it leads to none: else a disclaimer would lead from all to all
LEAST_CHARACTERS = 100  # folded, of the excerpt: shorter ones are phrases that many texts share


def excerpt_keys(samples: bytes, characters: int) -> Keys:
    """Return the least KEYS sampled pieces, by which a body is looked for in others; none if it is too short."""
    return sample_keys(samples)[:KEYS] if characters >= LEAST_CHARACTERS else np.empty(0, np.int64)


def n_needed(n_keys: int) -> int:
    """Return how many of an excerpt's keys another body must have to be compared with it.

    Where the figure reaches 0.9, about half of the pieces stand unbroken in the longer text even if what was changed is
    spread evenly; of eight, two are missing once in forty such cases.
    """
    return 2 if n_keys >= KEYS // 2 else 1
