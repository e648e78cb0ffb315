"""Candidates and figures against brute force: every pair compared with Python's own sets."""

import random
from itertools import combinations

import numpy as np
import pytest

from catalog.dedupe.fingerprint import BANDS, band_keys, fingerprint, short_sketch
from catalog.dedupe.grams import containment, gram_hashes, jaccard
from catalog.dedupe.join import Grams, sorted_rows
from catalog.dedupe.near import is_likely, ordered, pairs_within
from catalog.services.near import look_for_near
from tests.dedupe.texts import changed, family, text

THRESHOLD = 0.8


def grams(folded: str) -> set[str]:
    return {folded[at : at + 5] for at in range(max(1, len(folded) - 4))} if folded else set()


def figure(left: str, right: str) -> float:
    one, other = grams(left), grams(right)
    return len(one & other) / len(one | other) if one | other else 0.0


@pytest.fixture(scope="module")
def corpus() -> list[str]:
    """Return texts of 5 to 600 characters: families of near copies, and texts of their own."""
    rng = random.Random(20241008)  # noqa: S311 -- a seed, no secret
    families = [family(rng, rng.choice((60, 120, 300, 600)), 7) for _ in range(70)]
    return [one for members in families for one in members] + [text(rng, rng.randrange(5, 400)) for _ in range(200)]


@pytest.fixture(scope="module")
def truth(corpus: list[str]) -> dict[tuple[int, int], float]:
    """Return the figure of every pair that has one worth telling, by brute force over all pairs."""
    sets = [grams(one) for one in corpus]
    places: dict[str, list[int]] = {}
    for at, one in enumerate(sets):
        for gram in one:
            places.setdefault(gram, []).append(at)
    meeting = {pair for met in places.values() for pair in combinations(met, 2)}
    return {(a, b): len(sets[a] & sets[b]) / len(sets[a] | sets[b]) for a, b in meeting}


@pytest.mark.parametrize("threshold", [0.75, 0.8, 0.9])
def test_no_pair_below_the_threshold_and_all_but_one_in_a_hundred_above(
    threshold: float, corpus: list[str], truth: dict[tuple[int, int], float]
) -> None:
    wanted = {pair for pair, found in truth.items() if found >= threshold}
    found = dict(look_for_near(range(len(corpus)), corpus.__getitem__, threshold))

    assert len(wanted) > 40
    assert set(found) <= wanted
    assert len(found) >= 0.99 * len(wanted)
    assert all(found[pair] == pytest.approx(truth[pair], abs=1e-12) for pair in found)


def test_a_band_is_shared_as_often_as_the_figure_foretells(
    corpus: list[str], truth: dict[tuple[int, int], float]
) -> None:
    keys = band_keys([fingerprint(one).sketch for one in corpus])
    pairs = [pair for pair, found in truth.items() if 0.78 <= found <= 0.82]
    share = np.mean([np.count_nonzero(keys[a] == keys[b]) / BANDS for a, b in pairs])

    assert 0.8**5 - 0.06 < share < 0.8**5 + 0.06


@pytest.mark.parametrize("size", [1, 4, 5, 12, 40, 300, 3000])
def test_a_sketch_estimates_the_figure_for_short_texts_too(size: int) -> None:
    rng = random.Random(size)  # noqa: S311 -- a seed, no secret
    errors = []
    for _ in range(60):
        one = text(rng, size)
        other = changed(rng, one, 0.15)
        sketches = [np.frombuffer(short_sketch(fingerprint(t).sketch), np.uint8) for t in (one, other)]
        errors.append(float(np.mean(sketches[0] == sketches[1])) - figure(one, other))

    assert abs(float(np.mean(errors))) < 0.02
    assert max(map(abs, errors)) < 0.25


def test_the_fingerprint_of_a_text_is_always_the_same() -> None:
    one = fingerprint("青禾县在北塬镇河湾村举办秋粮测产观摩会" * 8)

    assert one == fingerprint("青禾县在北塬镇河湾村举办秋粮测产观摩会" * 8)
    assert (one.characters, one.n_grams, len(one.sketch)) == (152, 19, 400)


@pytest.mark.parametrize(
    ("folded", "n_grams"), [("", 0), ("县", 1), ("青禾县", 1), ("青禾县政府", 1), ("青禾县政府网", 2)]
)
def test_a_text_shorter_than_a_gram_is_one_gram_and_no_text_has_none(folded: str, n_grams: int) -> None:
    assert (len(gram_hashes(folded)), fingerprint(folded).n_grams) == (n_grams, n_grams)


@pytest.mark.parametrize(
    ("left", "right"),
    [
        ("青禾县举办观摩会", "青禾县举办观摩会"),
        ("甲乙丙丁戊己", "甲乙丙丁戊庚"),
        ("甲乙丙丁戊", "子丑寅卯辰"),
        ("", "甲"),
    ],
)
def test_figures_are_those_of_sets_of_grams(left: str, right: str) -> None:
    assert jaccard(gram_hashes(left), gram_hashes(right)) == pytest.approx(figure(left, right))
    share = len(grams(left) & grams(right)) / max(1, len(grams(left)))
    assert containment(gram_hashes(left), gram_hashes(right)) == pytest.approx(share)


@pytest.mark.parametrize("size", [2, 3, 7, 3001])
def test_a_bucket_of_any_size_gives_each_of_its_pairs_once(size: int) -> None:
    keys = np.array([[5, 100 + n] for n in range(size)], np.int64)
    packed = np.concatenate([block[:, 0] * size + block[:, 1] for block in pairs_within(keys)])

    once = np.zeros(size * size, bool)
    once[packed] = True
    assert len(packed) == np.count_nonzero(once) == size * (size - 1) // 2
    assert np.all(packed // size < packed % size)


def test_no_bodies_have_no_pairs() -> None:
    assert list(pairs_within(np.empty((0, BANDS), np.int64))) == []
    assert list(look_for_near([], str, 0.8)) == []
    assert list(look_for_near([1, 2], lambda _: "", 0.8)) == []


def test_a_pair_is_told_once_and_never_with_itself() -> None:
    left, right = np.array([3, 1, 3, 2], np.int64), np.array([1, 3, 1, 2], np.int64)

    assert ordered(left, right).tolist() == [[1, 3]]


def test_an_estimate_far_below_the_threshold_is_passed_over() -> None:
    same, other = np.zeros((1, 100), np.uint8), np.ones((1, 100), np.uint8)

    assert is_likely(same, same, 0.8).tolist() == [True]
    assert is_likely(same, other, 0.8).tolist() == [False]


def test_grams_read_a_text_once_while_it_is_remembered() -> None:
    read: list[int] = []

    def folded(id: int) -> str:
        read.append(id)
        return "青禾县举办秋粮测产观摩会"

    known = Grams(folded)
    for id in (1, 2, 1, 2):
        known.of(id)

    assert read == [1, 2]


def test_keys_come_sorted_with_their_bodies_whatever_their_size() -> None:
    highest = 2**48 - 1
    keys = {3: np.array([highest, 7]), 70_000: np.array([0, 7]), 2**40: np.array([highest])}

    rows = list(sorted_rows(keys))

    assert rows == [(0, 70_000), (7, 3), (7, 70_000), (highest, 3), (highest, 2**40)]


def test_more_bodies_than_their_places_can_number_are_refused() -> None:
    with pytest.raises(ValueError, match="65537 bodies"):
        next(sorted_rows(dict.fromkeys(range(65_537), np.array([1]))))
