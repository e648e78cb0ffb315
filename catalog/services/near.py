"""Repeated bodies found: new bodies are compared with all before them, and what hangs together is grouped anew.

What is written follows from the set of bodies alone, not from the order in which they came or the runs that brought
them: a pair is linked if it is near, whichever of the two came first. Loads NumPy; what only reads does not need this.
"""

import sqlite3
from collections import Counter
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from functools import lru_cache
from itertools import chain

import numpy as np

from catalog.dedupe.contain import POPULAR, excerpt_keys, n_needed
from catalog.dedupe.contain import THRESHOLD as CONTAINED
from catalog.dedupe.fingerprint import VERSION, Keys, band_keys, fingerprint, sample_keys, short_sketch
from catalog.dedupe.grams import containment, containment_of, count_shared, jaccard_of
from catalog.dedupe.join import Grams, count_likely, find_likely, find_near, sorted_rows
from catalog.dedupe.near import THRESHOLD, Pairs, ordered, pairs_within
from catalog.dedupe.template import is_template_kin
from catalog.model.fingerprint import Fingerprint
from catalog.services.groups import regroup
from catalog.store import links as kept
from catalog.store.links import FingerprintRow, Keyed, Link
from catalog.text.fold import fold_body

# Bodies compared in one transaction, some 2 KB each while it lasts. A chunk reads and writes nearly every page of the
# tables of keys, so it grows with them.
CHUNK, LARGEST_CHUNK = 5_000, 20_000
SHARE = 8  # a chunk is this part of what is there already
SLICE = 2_500  # bodies that are read at once
ASKED = 10_000  # bodies whose candidates are looked up at once: each time much of the tables of keys is read through

KEYED: tuple[Keyed, ...] = ("bands", "sampled_pieces", "excerpt_keys")

Prints = Mapping[str, Fingerprint]  # by the SHA-256 of the body, as far as they were made where the page was parsed


def print_of(text: str) -> Fingerprint:
    """Return the fingerprint of a body's text as printed."""
    return fingerprint(fold_body(text))


def chunk_size(n_compared: int) -> int:
    """Return how many bodies are to be compared at once with so many others."""
    return max(CHUNK, min(LARGEST_CHUNK, n_compared // SHARE))


def compare_new(connection: sqlite3.Connection, prints: Prints, limit: int | None = None) -> Counter[str] | None:
    """Compare the next bodies that were not compared yet, write links and groups; None if there were none.

    Inside the caller's transaction. Counts: `compared`, `near`, `contained`.
    """
    last = kept.last_compared(connection)
    bodies = kept.find_uncompared(connection, last, limit or chunk_size(last))
    if not bodies:
        return None
    chunk = _Chunk(connection, bodies, kept.read_threshold(connection, THRESHOLD))
    chunk.take(prints)
    found = [*chunk.near(), *chunk.contained()]
    kept.save_links(connection, found)
    holding = [link for link in found if link.kind == "near" and not link.template_kin]
    changed = {id for link in holding for id in (link.body_id, link.other_id)}
    regroup(connection, changed.union(kept.find_judged(connection, [id for id, _ in bodies])))
    counts = Counter(link.kind for link in found)
    return Counter({"compared": len(bodies), "near": counts["near"], "contained": counts["contained"]})


def look_for_near(
    ids: Sequence[int], folded: Callable[[int], str], threshold: float
) -> Iterator[tuple[tuple[int, int], float]]:
    """Yield the near pairs among these bodies with their figures, writing nothing; about 300 bytes a body are held."""
    keys: list[Keys] = []
    short: dict[int, bytes] = {}
    found: list[int] = []
    for at in range(0, len(ids), SLICE):
        made = {id: fingerprint(folded(id), pieces=False) for id in ids[at : at + SLICE]}
        made = {id: one for id, one in made.items() if one.n_grams}
        found += made
        keys.append(band_keys([one.sketch for one in made.values()]))
        short |= {id: short_sketch(one.sketch) for id, one in made.items()}
    names = np.array(found, np.int64)
    blocks = pairs_within(np.concatenate(keys)) if keys else ()
    likely = (pair for b in blocks for pair in find_likely(names[b], lambda ids: (short[id] for id in ids), threshold))
    yield from find_near(likely, Grams(folded), threshold)


def look_again(connection: sqlite3.Connection, threshold: float) -> Iterator[tuple[str, str]]:
    """Yield (table, body by SHA-256) where what was kept of comparing bodies is not what comparing them gives.

    Compared bodies only. Near links are looked for anew; of contained ones each is compared.
    """
    names = dict(
        connection.execute("SELECT b.id, b.sha256 FROM bodies b JOIN fingerprints ON body_id = b.id").fetchall()
    )
    yield from ((table, names.get(id, str(id))) for table, id in _look_at_prints(connection, list(names)))

    @lru_cache(maxsize=SLICE)
    def folded(id: int) -> str:
        return fold_body(kept.read_text(connection, id))

    found = {}
    for pair, figure in look_for_near(list(names), folded, threshold):
        first, second = sorted(pair, key=names.__getitem__)
        found[first, second, "near"] = (figure, int(is_template_kin(folded(first), folded(second))))
    links = connection.execute("SELECT body_id, other_body_id, kind, figure, template_kin FROM links").fetchall()
    there = {(one, other, kind): (figure, kin) for one, other, kind, figure, kin in links}
    pairs = [(one, other) for one, other, kind in there if kind == "contained"]
    found |= {(one.body_id, one.other_id, one.kind): (one.figure, 0) for one in look_for_contained(connection, pairs)}
    differ = {key for key in found.keys() | there.keys() if found.get(key) != there.get(key)}
    yield from (("links", names.get(key[0], str(key[0]))) for key in sorted(differ))


def _look_at_prints(connection: sqlite3.Connection, ids: Sequence[int]) -> Iterator[tuple[Keyed | str, int]]:
    """Yield (table, body) for bodies whose fingerprints or keys are not those of their texts."""
    sums: Counter[tuple[Keyed, int]] = Counter()
    for at in range(0, len(ids), SLICE):
        rows = kept.read_fingerprints(connection, ids[at : at + SLICE])
        for id in ids[at : at + SLICE]:
            made = print_of(kept.read_text(connection, id))
            keys = keys_of(made)
            n_keys = len(keys["excerpt_keys"])
            row = FingerprintRow(id, VERSION, made.characters, made.n_grams, n_keys, short_sketch(made.sketch))
            if rows[id] != row:
                yield "fingerprints", id
            for table, of_table in keys.items():
                sums[table, id] += sum(map(_mix, set(of_table.tolist())))
    for table in KEYED:
        for key, id in kept.read_keys(connection, table):
            sums[table, id] -= _mix(key)
    yield from sorted(place for place, left in sums.items() if left)
    yield from (("popular_pieces", key) for key in kept.find_unpopular(connection, POPULAR))


def _mix(key: int) -> int:
    """Return a number that is summed up for a key: a sum of keys could hide two that changed against each other."""
    return (key * 0x9E3779B97F4A7C15) ^ (key >> 7)


def keys_of(made: Fingerprint) -> dict[Keyed, Keys]:
    """Return the keys under which a body is found, none for a text of marks alone."""
    if not made.n_grams:
        return {table: np.array([], np.int64) for table in KEYED}
    return {
        "bands": band_keys([made.sketch])[0],
        "sampled_pieces": sample_keys(made.samples),
        "excerpt_keys": excerpt_keys(made.samples, made.characters),
    }


def forget_bodies(connection: sqlite3.Connection, ids: Collection[int]) -> None:
    """Take away what follows from having compared these bodies, which are there still, and leave the rest as if they
    had never been: a piece that they made popular leads to excerpts again.
    """
    pieces: set[int] = set()
    for id in ids:
        keys = keys_of(print_of(kept.read_text(connection, id)))
        for table, of_table in keys.items():
            kept.drop_keys(connection, table, [(key, id) for key in of_table.tolist()])
        pieces.update(keys["sampled_pieces"].tolist())
    kept.drop_compared(connection, ids)
    fallen = kept.drop_popular(connection, sorted(pieces), POPULAR)
    if fallen:
        kept.save_links(connection, set(look_for_contained(connection, kept.find_unlinked(connection, fallen))))


def look_for_contained(connection: sqlite3.Connection, pairs: Iterable[tuple[int, int]]) -> Iterator[Link]:
    """Yield the contained links among pairs, whether or not they are near; writes nothing."""
    grams = Grams(lambda id: fold_body(kept.read_text(connection, id)))
    for pair in pairs:
        part, whole = sorted(pair, key=lambda id: len(grams.of(id)))
        made = print_of(kept.read_text(connection, part))
        keys = excerpt_keys(made.samples, made.characters).tolist()
        is_longer = len(grams.of(part)) < len(grams.of(whole))
        if is_longer and kept.count_leading(connection, keys, whole) >= n_needed(len(keys)):
            figure = containment(grams.of(part), grams.of(whole))
            if figure >= CONTAINED:
                yield Link(part, whole, "contained", figure)


def _rows_of(keys: Mapping[int, Keys], ids: Iterable[int]) -> Iterator[tuple[int, int]]:
    return sorted_rows({id: keys[id] for id in ids})


class _Chunk:
    """Some bodies in the order of their ids, and what of them is needed to find and compare candidates."""

    def __init__(self, connection: sqlite3.Connection, bodies: Sequence[tuple[int, str]], threshold: float) -> None:
        self.connection, self.threshold = connection, threshold
        self.bodies, self.first = bodies, bodies[0][0]
        self.grams = Grams(lambda id: fold_body(kept.read_text(connection, id)))
        self.names = dict(bodies)
        self.rows: dict[int, FingerprintRow] = {}
        self.shared: dict[tuple[int, int], int] = {}  # grams, of pairs that were compared as near

    def take(self, prints: Prints) -> None:
        """Make or take the fingerprints of the chunk, and keep them with the pieces that lead to it."""
        made = self._fingerprints(prints)
        whole = {id: made[id] for id, _ in self.bodies if made[id].n_grams}  # marks alone are near to nothing
        self.bands = dict(zip(whole, band_keys([one.sketch for one in whole.values()]), strict=True))
        self.pieces = {id: sample_keys(one.samples) for id, one in whole.items()}
        self.excerpts = {id: excerpt_keys(one.samples, one.characters) for id, one in whole.items()}
        rows = [self._row(id, made[id]) for id, _ in self.bodies]
        self.rows.update((row.body_id, row) for row in rows)
        kept.save_fingerprints(self.connection, rows)
        self._keep("sampled_pieces", self.pieces)
        self._keep("excerpt_keys", self.excerpts)

    def _fingerprints(self, prints: Prints) -> dict[int, Fingerprint]:
        made = {id: prints[sha256] for id, sha256 in self.bodies if sha256 in prints}
        missing = [id for id, sha256 in self.bodies if sha256 not in prints]
        return made | {id: print_of(kept.read_text(self.connection, id)) for id in missing}

    def _row(self, id: int, made: Fingerprint) -> FingerprintRow:
        n_keys = len(self.excerpts.get(id, ()))
        return FingerprintRow(id, VERSION, made.characters, made.n_grams, n_keys, short_sketch(made.sketch))

    def _keep(self, table: Keyed, keys: Mapping[int, Keys]) -> None:
        kept.save_keys(self.connection, table, sorted_rows(keys))

    def near(self) -> Iterator[Link]:
        """Yield the near pairs of which one is in the chunk; the bands are kept on the way."""
        likely = (pair for b in self._candidates() for pair in find_likely(b, self._sketches, self.threshold))
        for pair, shared in count_likely(likely, self.grams):
            self.shared[pair] = shared
            figure = jaccard_of(shared, *(self.rows[id].n_grams for id in pair))
            if figure < self.threshold:
                continue
            first, second = self._by_name(*pair)
            is_kin = is_template_kin(self.grams.folded(first), self.grams.folded(second))
            yield Link(first, second, "near", figure, is_kin)

    def _candidates(self) -> Iterator[Pairs]:
        """Yield blocks of pairs of ids that share a band."""
        if self.first > 1:
            for ids in self._slices():
                found = kept.find_by_bands(self.connection, _rows_of(self.bands, ids))
                pairs = np.fromiter(chain.from_iterable(found), np.int64)
                yield ordered(pairs[::2], pairs[1::2])
        self._keep("bands", self.bands)
        names = np.array(list(self.bands), np.int64)
        if len(names):
            yield from (names[pairs] for pairs in pairs_within(np.stack(list(self.bands.values()))))

    def _sketches(self, ids: Sequence[int]) -> Iterator[bytes]:
        self._load(ids)
        return (self.rows[id].sketch for id in ids)

    def contained(self) -> Iterator[Link]:
        """Yield the contained pairs of which one is in the chunk, but for those that are near."""
        for ids in self._slices():
            kept.ask_for_excerpts(self.connection, _rows_of(self.pieces, ids))
            keys = list(_rows_of(self.excerpts, ids))
            self._drop_leaning(kept.find_popular(self.connection, keys, POPULAR))
            found = kept.find_excerpts(self.connection, self.first)
            yield from self._contained(found + kept.find_longer(self.connection, keys))

    def _drop_leaning(self, popular: Sequence[int]) -> None:
        """Take away the links that leant on pieces which have become popular.

        A link stands as long as enough keys lead to it that are not popular, so that it does not matter in which order
        the bodies came that made them so.
        """
        leaning = kept.find_leaning(self.connection, popular) if popular else []
        keys_of: dict[int, list[int]] = {}
        for part in {part for part, _ in leaning}:
            made = print_of(kept.read_text(self.connection, part))
            keys_of[part] = excerpt_keys(made.samples, made.characters).tolist()
        fallen = [
            (part, whole)
            for part, whole in leaning
            if kept.count_leading(self.connection, keys_of[part], whole) < n_needed(len(keys_of[part]))
        ]
        kept.drop_contained(self.connection, fallen)

    def _contained(self, found: Sequence[tuple[int, int, int]]) -> Iterator[Link]:
        self._load({id for part, whole, _ in found for id in (part, whole)})
        for part, whole, n_shared in found:
            row = self.rows[part]
            if n_shared < n_needed(row.n_keys) or row.n_grams >= self.rows[whole].n_grams:
                continue
            shared = self._count_shared(part, whole)
            figure = containment_of(shared, row.n_grams)
            if figure >= CONTAINED and jaccard_of(shared, row.n_grams, self.rows[whole].n_grams) < self.threshold:
                yield Link(part, whole, "contained", figure)

    def _count_shared(self, part: int, whole: int) -> int:
        known = self.shared.get((min(part, whole), max(part, whole)))
        return count_shared(self.grams.of(part), self.grams.of(whole)) if known is None else known

    def _slices(self) -> Iterator[list[int]]:
        """Yield the ids of the bodies that have keys, some at a time."""
        ids = list(self.bands)
        for at in range(0, len(ids), ASKED):
            yield ids[at : at + ASKED]

    def _load(self, ids: Iterable[int]) -> None:
        missing = [id for id in ids if id not in self.rows]
        if missing:
            self.rows.update(kept.read_fingerprints(self.connection, missing))

    def _by_name(self, left: int, right: int) -> tuple[int, int]:
        """Return the two ids, that of the lesser SHA-256 first."""
        self.names.update(kept.read_names(self.connection, [id for id in (left, right) if id not in self.names]))
        return (left, right) if self.names[left] < self.names[right] else (right, left)
