"""Many words as one tree, walked a character at a time: no pattern to compile at start-up, no look at other words."""

from collections.abc import Iterable

from catalog.model.rule import WordTree


def grow_tree(words: Iterable[str]) -> WordTree:
    """Return the tree of the words in lower case without blanks; "" at a node says that a word ends there."""
    root: WordTree = {}
    for word in words:
        node = root
        for character in word.replace(" ", "").lower():
            node = node.setdefault(character, {})
        node[""] = {}
    return root
