"""Which of some bodies are near each other: fingerprints propose, grams decide. Texts are asked for when needed."""

from collections import OrderedDict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

import numpy as np
from numpy.typing import NDArray

from catalog.dedupe.fingerprint import Keys
from catalog.dedupe.grams import Hashes, count_shared, gram_hashes, jaccard_of
from catalog.dedupe.near import Pairs, is_likely

BLOCK = 50_000  # pairs estimated at once: 10 MB of sketches
REMEMBERED = 3_000  # gram sets in memory, about 8 KB each
_PLACE_BITS, _PLACE = np.uint64(16), np.uint64(0xFFFF)  # of a number: which of some bodies, below its key
Pair = tuple[int, int]


class Grams:
    """Folded texts and their grams by id, the last used ones in memory. `folded` gives the text of an id, folded."""

    def __init__(self, folded: Callable[[int], str]) -> None:
        self._read = folded
        self._known: OrderedDict[int, tuple[str, Hashes]] = OrderedDict()

    def of(self, id: int) -> Hashes:
        """Return the grams of a body."""
        return self._get(id)[1]

    def folded(self, id: int) -> str:
        """Return the text of a body, folded."""
        return self._get(id)[0]

    def _get(self, id: int) -> tuple[str, Hashes]:
        if id in self._known:
            self._known.move_to_end(id)
            return self._known[id]
        folded = self._read(id)
        self._known[id] = (folded, gram_hashes(folded))
        if len(self._known) > REMEMBERED:
            self._known.popitem(last=False)
        return self._known[id]


def find_near(likely: Iterable[Pair], grams: Grams, threshold: float) -> Iterator[tuple[Pair, float]]:
    """Yield the pairs whose figure reaches the threshold, with it."""
    for (left, right), shared in count_likely(likely, grams):
        figure = jaccard_of(shared, len(grams.of(left)), len(grams.of(right)))
        if figure >= threshold:
            yield (left, right), figure


def count_likely(likely: Iterable[Pair], grams: Grams) -> Iterator[tuple[Pair, int]]:
    """Yield each pair once, with how many grams its bodies share."""
    for left, right in by_family(list(dict.fromkeys(likely))):
        yield (left, right), count_shared(grams.of(left), grams.of(right))


def find_likely(pairs: Pairs, sketches: Callable[[Sequence[int]], Iterable[bytes]], threshold: float) -> Iterator[Pair]:
    """Yield the pairs of ids whose short sketches agree often enough. `sketches` gives those of ids, in their order."""
    for at in range(0, len(pairs), BLOCK):
        block = pairs[at : at + BLOCK]
        ids, places = np.unique(block, return_inverse=True)
        of_ids = np.frombuffer(b"".join(sketches(ids.tolist())), np.uint8).reshape(len(ids), -1)
        places = places.reshape(block.shape)
        is_good = is_likely(of_ids[places[:, 0]], of_ids[places[:, 1]], threshold)
        yield from map(tuple, block[is_good].tolist())


def by_family(pairs: Sequence[Pair]) -> list[Pair]:
    """Return the pairs so that those of bodies that hang together follow each other: each text is then read once."""
    root: dict[int, int] = {}

    def find(id: int) -> int:
        while (above := root.setdefault(id, id)) != id:
            root[id] = root[above]
            id = above
        return id

    for left, right in pairs:
        first, second = sorted((find(left), find(right)))
        root[second] = first
    return sorted(pairs, key=lambda pair: (find(pair[0]), pair))


def sorted_rows(keys: Mapping[int, Keys]) -> Iterator[tuple[int, int]]:
    """Yield (key, id) for each key of each body, in the order of keys: the order in which they are stored.

    The ids of `keys` ascend. Keys have 48 bits, so that a key and the place of its body are sorted as one number, which
    is quicker than to sort by both; more than 65,536 bodies are a ValueError.
    """
    if not keys:
        return
    if len(keys) > _PLACE + 1:
        raise ValueError(f"{len(keys)} bodies at once: their keys cannot be told apart")
    ids = np.array(list(keys), np.int64)
    places = np.repeat(np.arange(len(ids), dtype=np.uint64), [len(one) for one in keys.values()])
    rows: NDArray[np.uint64] = np.concatenate(list(keys.values())).astype(np.uint64) << _PLACE_BITS | places
    rows.sort()
    for at in range(0, len(rows), BLOCK):
        block = rows[at : at + BLOCK]
        yield from zip((block >> _PLACE_BITS).tolist(), ids[block & _PLACE].tolist(), strict=True)
