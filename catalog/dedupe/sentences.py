"""Two printings of a text sentence by sentence: what the later one cut and what it added."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import Literal

_SENTENCE = re.compile(r"[^。！？!?；;\n]*?(?:[。！？!?；;]+[”’\"'』」）)》]*|\.(?=\s|$)|\n|$)", re.MULTILINE)


@dataclass(frozen=True, slots=True)
class SentenceChange:
    """A sentence as printed that is only in the earlier text ("cut") or only in the later one ("added").

    `place` counts the sentences of the text that has it, from 1.
    """

    kind: Literal["cut", "added"]
    place: int
    text: str


def split_sentences(text: str) -> list[str]:
    """Return the sentences of a text with their closing marks; a line's end ends a sentence too."""
    return [sentence for found in _SENTENCE.findall(text) if (sentence := found.strip())]


def compare_sentences(earlier: str, later: str, fold: Callable[[str], str]) -> list[SentenceChange]:
    """Return what was cut and added, in reading order; a sentence that was changed is cut and added.

    Sentences that `fold` makes equal are equal; one that it empties (marks alone) is passed over.
    """
    old, new = ([s for s in split_sentences(text) if fold(s)] for text in (earlier, later))
    matcher = SequenceMatcher(None, [fold(s) for s in old], [fold(s) for s in new], autojunk=False)
    changes: list[SentenceChange] = []
    for tag, old_start, old_end, new_start, new_end in matcher.get_opcodes():
        if tag != "equal":
            changes += [SentenceChange("cut", n + 1, old[n]) for n in range(old_start, old_end)]
            changes += [SentenceChange("added", n + 1, new[n]) for n in range(new_start, new_end)]
    return changes
