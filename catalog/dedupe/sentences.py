"""Two printings of a text sentence by sentence: what the later one cut and what it added."""

import re
from collections.abc import Callable
from difflib import SequenceMatcher

from catalog.model.reprints import TextChange

_SENTENCE = re.compile(r"[^。！？!?；;\n]*?(?:[。！？!?；;]+[”’\"'』」）)》]*|\.(?=\s|$)|\n|$)", re.MULTILINE)


def split_sentences(text: str) -> list[str]:
    """Return the sentences of a text with their closing marks; a line's end ends a sentence too."""
    return [sentence for found in _SENTENCE.findall(text) if (sentence := found.strip())]


def compare_sentences(earlier: str, later: str, fold: Callable[[str], str]) -> list[TextChange]:
    """Return what was cut and added, in reading order; a sentence that was changed is cut and added.

    Sentences that `fold` makes equal are equal; one that it empties (marks alone) is passed over.
    """
    old, new = ([s for s in split_sentences(text) if fold(s)] for text in (earlier, later))
    matcher = SequenceMatcher(None, [fold(s) for s in old], [fold(s) for s in new], autojunk=False)
    changes: list[TextChange] = []
    for tag, old_start, old_end, new_start, new_end in matcher.get_opcodes():
        if tag != "equal":
            changes += [TextChange("cut", n + 1, old[n]) for n in range(old_start, old_end)]
            changes += [TextChange("added", n + 1, new[n]) for n in range(new_start, new_end)]
    return changes
