"""Near duplicates among bodies: `catalog` against rensa and datasketch, where they are installed.

python -m bench.near [--bodies 50000] [--scaling] [--seed 1]

All get the same folded texts from a file. `catalog` works as in an ingest: bodies stand in a catalogue file, and links,
groups, contained texts and what finds them again are written to it; `--threshold` and 5-grams are the same for all.
Precision and recall are those of pairs with an exact Jaccard figure of at least 0.8, as an exact join finds them within
families and forms; a pair outside them that a contestant reports is compared exactly too.
"""

import argparse
import os
import platform
import tempfile
from collections.abc import Iterator
from itertools import combinations
from pathlib import Path
from typing import Any

from bench.measure import Cost, report, run_apart
from bench.pages import Maker

THRESHOLD = 0.8
PERMUTATIONS, RENSA_BANDS = 128, 16
OTHERS = ("rensa", "datasketch")
Pair = tuple[int, int]


def main() -> None:
    """Compare, or be one of those compared."""
    words = argparse.ArgumentParser(description="Near duplicates: catalog against rensa and datasketch.")
    words.add_argument("--bodies", type=int, default=50_000)
    words.add_argument("--seed", type=int, default=1)
    words.add_argument("--scaling", action="store_true", help="catalog alone on a quarter, a half and all bodies")
    words.add_argument("--contestant", help=argparse.SUPPRESS)
    words.add_argument("--corpus", type=Path, help=argparse.SUPPRESS)
    told = words.parse_args()
    if told.contestant:
        report_contestant(told.contestant, told.corpus)
        return
    with tempfile.TemporaryDirectory() as place:
        if told.scaling:
            compare_sizes(Path(place), told.bodies, told.seed)
        else:
            compare_contestants(Path(place), told.bodies, told.seed)


def compare_contestants(place: Path, n: int, seed: int) -> None:
    """Print a line a contestant: CPU, memory, precision and recall, and its CPU time as a multiple of ours."""
    corpus, families = write_corpus(place, n, seed)
    texts = [line.rstrip("\n") for line in corpus.open(encoding="utf-8")]
    truth = true_pairs(texts, families)
    print(
        f"{len(texts):,} bodies, {len(truth):,} near pairs; {os.cpu_count()} cores, Python {platform.python_version()}"
    )
    ours: Cost | None = None
    for name in ("catalog-pure", *OTHERS, "catalog"):
        cost = run_apart("bench.near", "--contestant", name, "--corpus", str(corpus))
        if cost is None:
            continue
        ours = ours or cost
        precision, recall = score({(a, b) for a, b in cost.result}, truth, texts)
        times = f"{cost.cpu / ours.cpu:.2f} x" if ours else ""
        print(
            f"{name:<13} {cost.cpu:6.1f} s CPU  {times:>8}  {cost.memory_mb:5.0f} MB  P {precision:.4f}  R {recall:.4f}"
        )


def compare_sizes(place: Path, n: int, seed: int) -> None:
    """Print the CPU time of `catalog` on a quarter, a half and all bodies, and as a multiple of the first."""
    first: Cost | None = None
    for size in (n // 4, n // 2, n):
        (place / str(size)).mkdir()
        corpus, _ = write_corpus(place / str(size), size, seed)
        cost = run_apart("bench.near", "--contestant", "catalog", "--corpus", str(corpus))
        if cost is not None:
            first = first or cost
            print(f"{size:>9,} bodies  {cost.cpu:7.1f} s CPU  {cost.cpu / first.cpu:5.2f} x  {cost.memory_mb:5.0f} MB")


def write_corpus(place: Path, n: int, seed: int) -> tuple[Path, list[str]]:
    """Return a file of distinct folded texts, one a line, and the family of each."""
    from catalog.text.fold import fold_body

    texts: dict[str, str] = {}
    for article in Maker(seed).articles(round(n * 1.12)):  # about one in ten is an exact copy
        texts.setdefault(fold_body("\n".join(article.paragraphs)), article.family)
    kept = dict(list(texts.items())[:n])
    path = place / "texts.txt"
    path.write_text("".join(f"{text}\n" for text in kept), "utf-8")
    return path, list(kept.values())


def true_pairs(texts: list[str], families: list[str]) -> set[Pair]:
    """Return the pairs of one family whose exact figure reaches the threshold."""
    members: dict[str, list[int]] = {}
    for at, family in enumerate(families):
        if family:
            members.setdefault(family, []).append(at)
    return {pair for family in members.values() for pair in _near_within(family, texts)}


def _near_within(family: list[int], texts: list[str]) -> Iterator[Pair]:
    from catalog.dedupe.grams import gram_hashes, jaccard

    grams = {at: gram_hashes(texts[at]) for at in family}
    for a, b in combinations(family, 2):
        smaller, larger = sorted((len(grams[a]), len(grams[b])))
        if smaller >= THRESHOLD * larger and jaccard(grams[a], grams[b]) >= THRESHOLD:
            yield a, b


def score(found: set[Pair], truth: set[Pair], texts: list[str]) -> tuple[float, float]:
    """Return precision and recall; pairs outside the known families are compared here."""
    from catalog.dedupe.grams import gram_hashes, jaccard

    new = {(a, b) for a, b in found - truth if jaccard(gram_hashes(texts[a]), gram_hashes(texts[b])) >= THRESHOLD}
    whole = truth | new
    right = len(found & whole)
    return right / max(1, len(found)), right / max(1, len(whole))


def report_contestant(name: str, corpus: Path) -> None:
    """Run one contestant over the corpus and report the pairs it finds."""
    if name == "catalog":
        _run_catalog(corpus)
        return
    texts = [line.rstrip("\n") for line in corpus.open(encoding="utf-8")]
    if name == "catalog-pure":
        _run_pure(texts)
    elif name == "rensa":
        _run_rensa(texts)
    else:
        _run_datasketch(texts)


def _run_pure(texts: list[str]) -> None:
    from catalog.services.near import look_for_near

    report(lambda: [list(pair) for pair, _ in look_for_near(range(len(texts)), texts.__getitem__, THRESHOLD)])


def _run_catalog(corpus: Path) -> None:
    """Compare bodies that stand in a catalogue file; their texts are read when they are asked for."""
    from catalog.services import near
    from catalog.store.open import open_writer

    with open_writer(corpus.parent / "catalog.db", create=True) as store:
        with store.transaction() as connection, corpus.open(encoding="utf-8") as texts:
            connection.executemany(
                "INSERT INTO bodies (id, sha256, text, characters, text_from) VALUES (?, ?, ?, 0, '')",
                ((n, f"{n:064x}", text.rstrip("\n")) for n, text in enumerate(texts, 1)),
            )

        def work() -> Any:  # noqa: ANN401 -- JSON
            found = True
            while found:
                with store.transaction() as connection:
                    found = near.compare_new(connection, {}) is not None
            sql = "SELECT body_id - 1, other_body_id - 1 FROM links WHERE kind = 'near'"
            return [list(row) for row in store.connection.execute(sql)]

        report(work)


def _grams(text: str) -> list[str]:
    return [text[at : at + 5] for at in range(max(1, len(text) - 4))]


def _run_rensa(texts: list[str]) -> None:
    from rensa import RMinHash, RMinHashLSH

    def work() -> Any:  # noqa: ANN401 -- JSON
        index = RMinHashLSH(threshold=THRESHOLD, num_perm=PERMUTATIONS, num_bands=RENSA_BANDS)
        sketches: list[Any] = []
        found: list[list[int]] = []
        for n, text in enumerate(texts):
            sketch = RMinHash(num_perm=PERMUTATIONS, seed=42)
            sketch.update(_grams(text))
            found += [[m, n] for m in index.query(sketch) if sketch.jaccard(sketches[m]) >= THRESHOLD]
            index.insert(n, sketch)
            sketches.append(sketch)
        return found

    report(work)


def _run_datasketch(texts: list[str]) -> None:
    from datasketch import MinHash, MinHashLSH

    def work() -> Any:  # noqa: ANN401 -- JSON
        index = MinHashLSH(threshold=THRESHOLD, num_perm=PERMUTATIONS)
        sketches: list[Any] = []
        found: list[list[int]] = []
        for n, text in enumerate(texts):
            sketch = MinHash(num_perm=PERMUTATIONS)
            sketch.update_batch([gram.encode() for gram in set(_grams(text))])
            found += [[m, n] for m in index.query(sketch) if sketch.jaccard(sketches[m]) >= THRESHOLD]
            index.insert(n, sketch)
            sketches.append(sketch)
        return found

    report(work)


if __name__ == "__main__":
    main()
