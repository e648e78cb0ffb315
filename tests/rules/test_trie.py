import re

from hypothesis import given
from hypothesis import strategies as st

from catalog.rules.trie import any_of

WORDS = st.lists(st.text("ab中.", min_size=1, max_size=4), max_size=8)


@given(WORDS, st.text("ab中.x", max_size=30))
def test_words_are_found_as_the_longest_of_them_side_by_side_would_be(words: list[str], text: str) -> None:
    longest_first = sorted(words, key=len, reverse=True)
    plain = "|".join(map(re.escape, longest_first)) or "(?!)"

    assert any_of(words).findall(text) == re.findall(plain, text)
