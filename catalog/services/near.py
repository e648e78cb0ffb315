"""Repeated bodies found: new bodies are compared with all before them, and what hangs together is grouped anew.

What is written follows from the set of bodies alone, not from the order in which they came or the runs that brought
them: a pair is linked if it is near, whichever of the two came first. Loads NumPy; what only reads does not need this.
"""

import sqlite3
from collections import Counter, OrderedDict
from collections.abc import Iterable, Iterator, Mapping, Sequence

import numpy as np

from catalog.dedupe.cluster import find_groups
from catalog.dedupe.contain import THRESHOLD as CONTAINED
from catalog.dedupe.contain import excerpt_keys, worth_comparing
from catalog.dedupe.fingerprint import VERSION, Keys, band_keys, fingerprint, sample_keys, short_sketch
from catalog.dedupe.grams import Hashes, containment, gram_hashes, jaccard
from catalog.dedupe.near import THRESHOLD, Pairs, is_likely, ordered, pairs_within
from catalog.dedupe.template import is_template_kin
from catalog.model.fingerprint import Fingerprint
from catalog.store import links as kept
from catalog.store.links import FingerprintRow, Keyed, Link
from catalog.text.fold import fold_body

CHUNK = 5_000  # bodies compared in one transaction: some 10 MB of sketches and samples
SLICE = 500  # bodies whose candidates are looked up at once
BLOCK = 50_000  # pairs estimated at once: 10 MB of sketches
REMEMBERED = 3_000  # gram sets in memory, about 8 KB each

Prints = Mapping[str, Fingerprint]  # by the SHA-256 of the body, as far as they were made where the page was parsed


def print_of(text: str) -> Fingerprint:
    """Return the fingerprint of a body's text as printed."""
    return fingerprint(fold_body(text))


def compare_new(
    connection: sqlite3.Connection,
    prints: Prints,
    *,
    texts: sqlite3.Connection | None = None,
    threshold: float | None = None,
    limit: int = CHUNK,
) -> Counter[str] | None:
    """Compare the next bodies that were not compared yet, write links and groups; None if there were none.

    Inside the caller's transaction. Counts: `compared`, `near`, `contained`. `texts` is the catalogue that has the
    texts, if `connection` holds only their digests; `threshold` is that of the catalogue unless told.
    """
    least = kept.read_threshold(connection, THRESHOLD) if threshold is None else threshold
    chunk = _Chunk(connection, texts or connection, least, limit)
    if not chunk.bodies:
        return None
    chunk.take(prints)
    found = [*chunk.near(), *chunk.contained()]
    kept.save_links(connection, found)
    regroup(connection, {id for link in found if link.kind == "near" for id in (link.body_id, link.other_id)})
    counts = Counter(link.kind for link in found)
    return Counter({"compared": len(chunk.bodies), "near": counts["near"], "contained": counts["contained"]})


def regroup(connection: sqlite3.Connection, body_ids: Iterable[int]) -> None:
    """Group these bodies and all that hang together with them anew."""
    kept.save_groups(connection, groups_of(connection, body_ids))


def groups_of(connection: sqlite3.Connection, body_ids: Iterable[int], least: float = 0.0) -> dict[int, int]:
    """Return the head of the group of each body that hangs together with these, itself where it stands alone."""
    linked = kept.read_linked(connection, body_ids, least)
    names = linked.bodies
    ids = {sha256: id for id, sha256 in names.items()}
    pairs = [(names[left], names[right]) for left, right in linked.links]
    heads = find_groups(names.values(), pairs, linked.joins, linked.splits)
    return {ids[body]: ids[head] for body, head in heads.items()}


class _Chunk:
    """Some bodies in the order of their ids, and what of them is needed to find and compare candidates."""

    def __init__(self, connection: sqlite3.Connection, texts: sqlite3.Connection, threshold: float, limit: int) -> None:
        self.connection, self.texts, self.threshold = connection, texts, threshold
        self.bodies = kept.find_uncompared(connection, kept.last_compared(connection), limit)
        self.first = self.bodies[0][0] if self.bodies else 0
        self.grams = _Grams(self.texts)
        self.names = dict(self.bodies)
        self.rows: dict[int, FingerprintRow] = {}

    def take(self, prints: Prints) -> None:
        """Make or take the fingerprints of the chunk, and keep them with the hashes that lead to it."""
        made = self._fingerprints(prints)
        self.found = [id for id, _ in self.bodies if made[id].n_grams]  # marks alone are near to nothing
        self.keys = band_keys([made[id].sketch for id in self.found])
        self.samples = {id: sample_keys(made[id].samples) for id in self.found}
        self.excerpts = {id: excerpt_keys(made[id].samples, made[id].characters) for id in self.found}
        rows = [self._row(id, made[id]) for id, _ in self.bodies]
        self.rows.update((row.body_id, row) for row in rows)
        kept.save_fingerprints(self.connection, rows)
        self._keep("sampled_grams", self.samples)
        self._keep("excerpt_keys", self.excerpts)

    def _fingerprints(self, prints: Prints) -> dict[int, Fingerprint]:
        missing = [id for id, sha256 in self.bodies if sha256 not in prints]
        made = {id: prints[sha256] for id, sha256 in self.bodies if sha256 in prints}
        for at in range(0, len(missing), SLICE):
            read = kept.read_texts(self.texts, missing[at : at + SLICE])
            made.update((id, print_of(text)) for id, text in read.items())
        return made

    def _row(self, id: int, made: Fingerprint) -> FingerprintRow:
        n_keys = len(self.excerpts.get(id, ()))
        return FingerprintRow(id, VERSION, made.characters, made.n_grams, n_keys, short_sketch(made.sketch))

    def _keep(self, table: Keyed, keys: Mapping[int, Keys]) -> None:
        kept.save_keys(self.connection, table, _sorted_rows(list(keys), list(keys.values())))

    def near(self) -> Iterator[Link]:
        """Yield the near pairs of which one is in the chunk; the bands are kept on the way."""
        likely = list(dict.fromkeys(pair for block in self._candidates() for pair in self._likely(block)))
        for left, right in _by_family(likely):
            figure = jaccard(self.grams.of(left), self.grams.of(right))
            if figure >= self.threshold:
                is_kin = is_template_kin(self.grams.folded(left), self.grams.folded(right))
                yield Link(*self._by_name(left, right), "near", figure, is_kin)

    def _candidates(self) -> Iterator[Pairs]:
        """Yield blocks of pairs of ids that share a band."""
        ids = np.array(self.found, np.int64)
        keys = list(self.keys)
        if self.first > 1:
            for at in range(0, len(ids), SLICE):
                asked = _sorted_rows(self.found[at : at + SLICE], keys[at : at + SLICE])
                found = list(kept.find_by_keys(self.connection, "bands", asked))
                if found:
                    pairs = np.array(found, np.int64)
                    yield ordered(pairs[:, 0], pairs[:, 1])
        kept.save_keys(self.connection, "bands", _sorted_rows(self.found, keys))
        for pairs in pairs_within(self.keys):
            yield ids[pairs]

    def _likely(self, pairs: Pairs) -> Iterator[tuple[int, int]]:
        """Yield the pairs whose sketches agree often enough."""
        for at in range(0, len(pairs), BLOCK):
            block = pairs[at : at + BLOCK]
            ids, places = np.unique(block, return_inverse=True)
            self._load(ids.tolist())
            sketches = np.frombuffer(b"".join(self.rows[id].sketch for id in ids.tolist()), np.uint8)
            sketches = sketches.reshape(len(ids), -1)
            places = places.reshape(block.shape)
            is_good = is_likely(sketches[places[:, 0]], sketches[places[:, 1]], self.threshold)
            yield from map(tuple, block[is_good].tolist())

    def contained(self) -> Iterator[Link]:
        """Yield the contained pairs of which one is in the chunk, but for those that are near."""
        for pairs in (self._excerpts(), self._longer()):
            for part, whole in pairs:
                if self.rows[part].n_grams < self.rows[whole].n_grams:
                    yield from self._contained(part, whole)

    def _contained(self, part: int, whole: int) -> Iterator[Link]:
        grams = self.grams.of(part), self.grams.of(whole)
        figure = containment(*grams)
        if figure >= CONTAINED and jaccard(*grams) < self.threshold:
            yield Link(part, whole, "contained", figure)

    def _excerpts(self) -> Iterator[tuple[int, int]]:
        """Yield (body of the chunk, body that may contain it)."""
        for asked in self._slices(self.excerpts):
            found = kept.find_by_keys(self.connection, "sampled_grams", asked)
            yield from self._worth_comparing(np.array(list(found), np.int64))

    def _longer(self) -> Iterator[tuple[int, int]]:
        """Yield (earlier body, body of the chunk that may contain it)."""
        if self.first > 1:
            for asked in self._slices(self.samples):
                found = kept.find_by_keys(self.connection, "excerpt_keys", asked, before=self.first)
                yield from self._worth_comparing(np.array([(b, a) for a, b in found], np.int64))

    def _slices(self, keys: Mapping[int, Keys]) -> Iterator[list[tuple[int, int]]]:
        for at in range(0, len(self.found), SLICE):
            ids = self.found[at : at + SLICE]
            yield _sorted_rows(ids, [keys[id] for id in ids])

    def _worth_comparing(self, found: Pairs) -> list[tuple[int, int]]:
        self._load(np.unique(found).tolist())
        parts = np.unique(found[:, 0]).tolist() if len(found) else []
        return worth_comparing(found, {id: self.rows[id].n_keys for id in parts})

    def _load(self, ids: Sequence[int]) -> None:
        missing = [id for id in ids if id not in self.rows]
        if missing:
            self.rows.update(kept.read_fingerprints(self.connection, missing))

    def _by_name(self, left: int, right: int) -> tuple[int, int]:
        """Return the two ids, that of the lesser SHA-256 first."""
        self.names.update(kept.read_names(self.connection, [id for id in (left, right) if id not in self.names]))
        return (left, right) if self.names[left] < self.names[right] else (right, left)


class _Grams:
    """Folded texts and their grams, the last used ones in memory."""

    def __init__(self, texts: sqlite3.Connection) -> None:
        self.texts = texts
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
        folded = fold_body(kept.read_texts(self.texts, [id])[id])
        self._known[id] = (folded, gram_hashes(folded))
        if len(self._known) > REMEMBERED:
            self._known.popitem(last=False)
        return self._known[id]


def _sorted_rows(ids: Sequence[int], keys: Sequence[Keys]) -> list[tuple[int, int]]:
    """Return (key, id) for each key of each body, in the order of keys: the order in which they are stored."""
    if not ids:
        return []
    flat = np.concatenate(keys)
    owners = np.repeat(np.array(ids, np.int64), [len(one) for one in keys])
    order = np.lexsort((owners, flat))
    return list(zip(flat[order].tolist(), owners[order].tolist(), strict=True))


def _by_family(pairs: Sequence[tuple[int, int]]) -> list[tuple[int, int]]:
    """Return the pairs so that those of bodies that hang together follow each other: each text is then folded once."""
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
