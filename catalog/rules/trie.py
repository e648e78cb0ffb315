"""Many words as one pattern that looks at each first character once."""

import re
from collections.abc import Iterable

_HAN = re.compile(r"[\u3400-\u9fff]")
_PADDING = " {0,6}"  # labels are printed with blanks inside to one width: 监 审, 来　源, 索 引 号
Node = dict[str, "Node"]


def compile_words(words: Iterable[str]) -> re.Pattern[str]:
    """Return a pattern that matches the longest of the words at a place, whatever their case.

    Two Han characters of a word may have blanks between them; a word that ends in a letter ends where the word ends.
    """
    root: Node = {}
    for word in set(words):
        node = root
        for character in word.lower():
            node = node.setdefault(character, {})
        node[""] = {}
    return re.compile(_alternatives(root, ""), re.IGNORECASE)


def _alternatives(node: Node, before: str) -> str:
    """Return the pattern of what may follow `before`; a word that ends here is tried last, so that the longest wins."""
    branches = []
    for character in sorted(node):
        if character:
            pad = _PADDING if _HAN.match(before) and _HAN.match(character) else ""
            branches.append(pad + re.escape(character) + _alternatives(node[character], character))
    if "" in node:
        branches.append("(?![^\\W\\d_])" if before.isalpha() and not before > "\u2e80" else "")
    return f"(?:{'|'.join(branches)})" if len(branches) > 1 else branches[0]
