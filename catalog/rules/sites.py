"""The word lists about sites, in the form in which lines are compared with them."""

from collections.abc import Iterable, Mapping

from catalog.model.rule import BODY_TAIL, SiteWords
from catalog.rules.trie import any_of


def site_words(words: Mapping[str, frozenset[str]]) -> SiteWords:
    """Return the lists of sites among all word lists."""
    brands = words["site_brands"]
    latin = {brand for brand in brands if brand[0].isascii()}
    return SiteWords(
        (any_of(brands - latin), any_of(latin, before="(?<![a-z].)")),
        dict(entry.split(" ", 1) for entry in words["site_domains"]),
        words["site_links"],
        tuple(words["skip_links"]),
        _by_tail(words["site_endings"], 1),
        _by_tail(words["site_bodies"], 1),
        frozenset(")") | {word[-1] for word in words["site_endings"] | words["site_bodies"]},
        _by_tail(words["body_words"], BODY_TAIL),
        _by_tail(words["site_owners"], 1),
        _by_tail(words["site_departments"], 1),
        _by_tail(words["site_owners"] | words["site_departments"] | words["site_houses"], 1),
        tuple(words["site_department_heads"]),
        tuple(words["site_houses"]),
        tuple(words["site_kinds"]),
    )


def _by_tail(words: Iterable[str], length: int) -> dict[str, tuple[str, ...]]:
    """Return words by their last letters."""
    found: dict[str, tuple[str, ...]] = {}
    for word in words:
        found[word[-length:]] = (*found.get(word[-length:], ()), word)
    return found
