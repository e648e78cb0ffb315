"""Words in texts: the full-text index proposes, and where it cannot know (marks, other scripts) the text decides."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from catalog.store.clause import Clause, join
from catalog.store.fulltext import asked_tokens, half_width, is_open, is_plain, phrase
from catalog.store.scripts import simplified, spellings

_UPPER = str.maketrans("ABCDEFGHIJKLMNOPQRSTUVWXYZ", "abcdefghijklmnopqrstuvwxyz")
_HEADS = "r.id IN (SELECT rowid FROM records_search WHERE records_search MATCH ?)"
_BODIES = "r.body_id IN (SELECT rowid FROM bodies_search WHERE bodies_search MATCH ?)"
_HOLDING_BODY = "r.body_id IN (SELECT b.id FROM bodies b WHERE {})"
_PROPOSED_BODY = (
    "r.body_id IN (SELECT b.id FROM bodies_search s JOIN bodies b ON b.id = s.rowid WHERE bodies_search MATCH ? AND {})"
)


@dataclass(frozen=True, slots=True)
class Word:
    """A word or phrase that texts must hold; `any_script` finds 图书馆 in 圖書館 too."""

    text: str
    any_script: bool

    @property
    def is_sure(self) -> bool:
        """Whether the index alone can tell who holds it."""
        return is_plain(self.text) and not self.any_script


def comparable(text: str, *, any_script: bool) -> str:
    """Return a text as words are compared with it, of the same length: width, A to a, and traditional as simplified."""
    folded = (half_width(text) or "").translate(_UPPER)
    return simplified(folded) or "" if any_script else folded


def anywhere(word: Word) -> Clause:
    """Return the condition that title, summary or body hold the word."""
    return join((in_head(word), in_body(word)), "OR")


def in_head(word: Word) -> Clause:
    """Return the condition that title or summary hold the word."""
    proposed = _proposed(word, _HEADS)
    if proposed is not None and word.is_sure:
        return proposed
    checked = join((holds("r.title", word), holds("r.summary", word)), "OR")
    return checked if proposed is None else join((proposed, checked), "AND")


def in_body(word: Word) -> Clause:
    """Return the condition that the body holds the word."""
    checked = holds("b.text", word)
    asked = match_expression(word)
    if asked is None:
        return checked.within(_HOLDING_BODY)
    if word.is_sure:
        return Clause(_BODIES, (asked,))
    return Clause(_PROPOSED_BODY.format(checked.sql), (asked, *checked.params))


def holds(expression: str, word: Word) -> Clause:
    """Return the condition that a text holds the word somewhere; unknown where there is no text."""
    folded = f"simplified(half_width({expression}))" if word.any_script else f"half_width({expression})"
    return Clause(f"instr(lower({folded}), ?) > 0", (comparable(word.text, any_script=word.any_script),))


def match_expression(word: Word) -> str | None:
    """Return what to MATCH in the index: all texts that hold the word and perhaps others; None for marks alone.

    For any script each pair of characters is asked for in all its spellings: a phrase would have to be written out in
    every combination of them.
    """
    if not word.any_script:
        return phrase(word.text)
    tokens = asked_tokens(word.text)
    groups = [" OR ".join(f'"{spelling}"' for spelling in spellings(token)) for token in tokens]
    if tokens and is_open(word.text):
        groups[-1] = " OR ".join(f'"{spelling}" *' for spelling in spellings(tokens[-1]))
    return " AND ".join(f"({group})" for group in dict.fromkeys(groups)) or None


def _proposed(word: Word, template: str) -> Clause | None:
    asked = match_expression(word)
    return None if asked is None else Clause(template, (asked,))


def find_hits(text: str, words: Sequence[Word]) -> list[tuple[int, int, str]]:
    """Return where words stand in a text as (start, end, word), first come first; of two that overlap the longer."""
    found = []
    for word in dict.fromkeys(words):
        wanted = comparable(word.text, any_script=word.any_script)
        within = comparable(text, any_script=word.any_script)
        found += [(one.start(), one.end(), word.text) for one in re.finditer(re.escape(wanted), within)]
    kept: list[tuple[int, int, str]] = []
    for start, end, said in sorted(found, key=lambda hit: (hit[0], -hit[1])):
        if not kept or start >= kept[-1][1]:
            kept.append((start, end, said))
    return kept
