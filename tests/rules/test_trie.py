import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from catalog.rules.trie import any_of

WORDS = st.lists(st.text("ab中.", min_size=1, max_size=4), max_size=8)


@given(WORDS, st.text("ab中.x", max_size=30))
def test_at_every_place_the_longest_word_is_found(words: list[str], text: str) -> None:
    longest_first = sorted(words, key=len, reverse=True)
    plain = "|".join(map(re.escape, longest_first)) or "(?!)"

    found = [(m.start(), m[1]) for m in any_of(words).finditer(text)]

    assert found == [(m.start(), m[1]) for m in re.finditer(f"(?=({plain}))", text)]


@pytest.mark.parametrize(
    ("text", "found"), [("ab", ["ab"]), ("xab", []), ("中ab", ["ab"]), ("ab xab ab", ["ab", "ab"])]
)
def test_a_place_may_be_told_by_what_stands_before(text: str, found: list[str]) -> None:
    assert any_of({"ab", "b中"}, before="(?<![a-z].)").findall(text) == found
