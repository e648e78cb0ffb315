"""What is kept of a body to find its near copies and the texts that contain it: a sketch and some of its pieces.

The sketch has BINS places. Place j holds the least hash of those that fall into bin j; bins that stay empty are
filled by further rounds of hashing, so that two sketches agree in a place with a probability equal to the Jaccard
figure of the two texts, for short texts too (Dahlgaard, Knudsen and Thorup 2017, "Fast similarity sketching").
"""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from catalog.dedupe.grams import Hashes, mix, roll, widen
from catalog.model.fingerprint import Fingerprint

VERSION = 1  # of all below; whoever raises it adds a migration that forgets fingerprints, so that they are made anew
ROWS, BANDS = 5, 20  # a pair of figure 0.8 shares a band with probability 0.9996, one of 0.3 with 0.05
BINS = ROWS * BANDS
WIDE = 5  # 5-grams in a sampled piece: 25 characters that two texts share are seldom a mere formula
SAMPLED = 32  # one piece in so many is sampled: of 150 characters about four
KEYS = 8  # sampled pieces by which an excerpt is looked up
_BOUNDS = (np.arange(BINS, dtype=np.float64) / BINS * 2.0**64).astype(np.uint64)
_STEP = 0xA0761D6478BD642F  # between the rounds of hashing
_LOW = np.uint64(0xFFFFFFFF)

Sketch = NDArray[np.uint32]
Keys = NDArray[np.int64]


def fingerprint(folded: str, *, pieces: bool = True) -> Fingerprint:
    """Return the fingerprint of a text folded for comparison: BINS 32-bit places, the 48-bit sampled pieces sorted.

    Without `pieces`, which only excerpts are found by, it is made a fifth faster.
    """
    rolled = roll(folded)
    if not len(rolled):
        return Fingerprint(0, 0, b"", b"")
    grams = mix(rolled)
    grams.sort()
    n_grams = 1 + int(np.count_nonzero(grams[1:] != grams[:-1]))
    if not pieces:
        return Fingerprint(len(folded), n_grams, _sketch(grams).tobytes(), b"")
    wide = widen(rolled, WIDE)
    sampled = wide[(wide & np.uint64(SAMPLED - 1)) == 0] >> np.uint64(16)
    return Fingerprint(len(folded), n_grams, _sketch(grams).tobytes(), sampled.astype("<u8").tobytes())


def _sketch(grams: Hashes) -> Sketch:
    places, is_empty = _least(grams)
    if not is_empty.any():
        return places
    round_ = 1
    while is_empty.any() and round_ < BINS:
        again = _again(grams, round_)
        again.sort()
        more, is_still_empty = _least(again)
        taken = is_empty & ~is_still_empty
        places[taken] = more[taken]
        is_empty &= is_still_empty
        round_ += 1
    for place in np.flatnonzero(is_empty):  # of a few grams some bin may stay empty: it gets a round of its own
        places[place] = _again(grams, BINS + int(place)).min() & _LOW
    return places


def _again(grams: Hashes, round_: int) -> Hashes:
    """Return other hashes of the same grams."""
    return mix(grams + np.uint64(round_ * _STEP % 2**64))


def _least(grams: Hashes) -> tuple[Sketch, NDArray[np.bool_]]:
    """Return the least hash of each bin (its low 32 bits stand for it) and which bins are empty. `grams` are sorted."""
    edges = np.empty(BINS + 1, np.int64)
    edges[:BINS] = grams.searchsorted(_BOUNDS)
    edges[BINS] = len(grams)
    is_empty: NDArray[np.bool_] = edges[1:] == edges[:-1]
    return grams.take(edges[:BINS], mode="clip").astype("<u4"), is_empty  # the low 32 bits


def band_keys(sketches: Sequence[bytes]) -> Keys:
    """Return a row of BANDS positive 48-bit numbers a sketch; two bodies with a number in common are candidates."""
    places = np.frombuffer(b"".join(sketches), "<u4").reshape(len(sketches), BANDS, ROWS).astype(np.uint64)
    keys = np.arange(1, BANDS + 1, dtype=np.uint64)[None, :].repeat(len(sketches), axis=0)
    for row in range(ROWS):
        keys = mix(keys + places[:, :, row])
    return (keys >> np.uint64(16)).astype(np.int64)


def short_sketch(sketch: bytes) -> bytes:
    """Return one byte a place: enough to estimate a figure, and small enough to keep for each body."""
    return np.frombuffer(sketch, "<u4").astype(np.uint8).tobytes()


def sample_keys(samples: bytes) -> Keys:
    """Return the sampled pieces of a body, sorted."""
    return np.frombuffer(samples, "<u8").astype(np.int64)
