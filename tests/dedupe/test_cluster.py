"""Groups from links: by hand, then whatever the order."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from catalog.dedupe.cluster import find_groups

Pairs = list[tuple[str, str]]


def group(names: str, links: str, joins: str = "", splits: str = "") -> dict[str, str]:
    """Return the heads; bodies are letters, a pair is two of them."""
    pairs = [[(one[0], one[1]) for one in text.split()] for text in (links, joins, splits)]
    return find_groups(names, *pairs)


BY_HAND = [
    ("alone", "a", "", "", "", "a"),
    ("a pair: the least name heads it", "ab", "ab", "", "", "aa"),
    ("a star: its middle heads it", "abcd", "ca cb cd", "", "", "cccc"),
    ("a chain of five does not melt", "abcde", "ab bc cd de", "", "", "bbbdd"),
    ("a chain of three is its middle's", "abc", "ab bc", "", "", "bbb"),
    ("what hangs on a member of a star is not in its group", "abcdefg", "ab ac ad ae eb ef eg", "", "", "aaaaafg"),
    ("joined without a link", "abc", "", "ac", "", "aba"),
    ("joined bodies count as one in a chain", "abcde", "ab bc cd de", "ae", "", "aacaa"),
    ("split though linked", "ab", "ab", "", "ab", "ab"),
    ("split members of one star: the first to come stays", "abc", "ca cb", "", "ab", "cbc"),
    ("a split is stronger than joins on a way round", "abc", "", "ab bc", "ac", "aac"),
    ("a verdict on others changes nothing", "abc", "ab", "", "bc", "aac"),
]


@pytest.mark.parametrize(
    ("names", "links", "joins", "splits", "heads"), [c[1:] for c in BY_HAND], ids=[c[0] for c in BY_HAND]
)
def test_heads_by_hand(names: str, links: str, joins: str, splits: str, heads: str) -> None:
    assert group(names, links, joins, splits) == dict(zip(names, heads, strict=True))


LETTERS = st.sampled_from("abcdefgh")
PAIRS = st.lists(st.tuples(LETTERS, LETTERS).filter(lambda pair: pair[0] != pair[1]), max_size=14)


@given(PAIRS, PAIRS.map(lambda pairs: pairs[:3]), PAIRS.map(lambda pairs: pairs[:3]), st.randoms(use_true_random=False))
def test_groups_do_not_depend_on_any_order(links: Pairs, joins: Pairs, splits: Pairs, rng: object) -> None:
    whole = find_groups("abcdefgh", links, joins, splits)
    for pairs in (links, joins, splits):
        rng.shuffle(pairs)  # type: ignore[attr-defined]
    turned = [[(b, a) for a, b in pairs] for pairs in (links, joins, splits)]

    assert find_groups("hgfedcba", *turned) == whole


@given(PAIRS, PAIRS.map(lambda pairs: pairs[:3]))
def test_split_bodies_are_never_in_one_group_and_heads_head_themselves(links: Pairs, splits: Pairs) -> None:
    heads = find_groups("abcdefgh", links, (), splits)

    assert all(heads[a] != heads[b] for a, b in splits)
    assert all(heads[head] == head for head in heads.values())
    linked = {frozenset(pair) for pair in links}
    assert all(body == head or {body, head} in linked for body, head in heads.items())


@given(PAIRS)
def test_components_can_be_grouped_apart(links: Pairs) -> None:
    other = [(a.upper(), b.upper()) for a, b in links]
    together = find_groups("abcdefghABCDEFGH", links + other)

    assert together == find_groups("abcdefgh", links) | find_groups("ABCDEFGH", other)
