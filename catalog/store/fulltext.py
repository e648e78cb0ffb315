"""The full-text index: overlapping bigrams with a closing single character a run.

A run is unbroken text without white space or marks; of 青禾县 the index holds 青禾 禾县 县, so that a word of any
length is a phrase of bigrams, and a single character the beginning of a bigram. The same definition stands, in SQL,
in db/queries/search.sql, for programs that open the catalogue without us. Letters A to Z are found in either case, and
they and figures in either width.
"""

import re
from array import array
from collections.abc import Sequence

# What ends a run: ASCII but letters and digits, Latin-1 marks, general and Chinese punctuation (々〆〇 are letters),
# full-width marks.
_RUN = re.compile(
    "[^\\x00-/:-@\\[-`{-\u00bf\u2000-\u206f\u3000-\u3004\u3008-\u3020\u3030\uff01-\uff0f\uff1a-\uff20\uff3b-\uff40\uff5b-\uff65]+"
)
_WIDE = re.compile("[０-９Ａ-Ｚａ-ｚ]")
_CODES, _CHARACTER = "utf-32-le", "I"  # four bytes a character, moved as one number: quicker than a str a token
_HALF = {code: code - 0xFEE0 for first, last in ("０９", "ＡＺ", "ａｚ") for code in range(ord(first), ord(last) + 1)}


def half_width(text: str | None) -> str | None:
    """Return the text with full-width letters A to Z and figures as those of ASCII; the same length. None for None."""
    return text.translate(_HALF) if text and _WIDE.search(text) else text


def bigrams(text: str | None) -> str:
    """Return the tokens under which a text is indexed, parted by spaces; "" for None."""
    runs = _RUN.findall(half_width(text) or "")
    first, second = _characters(runs), _characters([run[1:] + " " for run in runs])
    tokens = array(_CHARACTER, " ".encode(_CODES)) * (3 * len(first))  # of each place: two characters and a space
    tokens[0::3], tokens[1::3] = first, second
    return tokens.tobytes().decode(_CODES, "surrogatepass")


def _characters(runs: Sequence[str]) -> "array[int]":
    return array(_CHARACTER, " ".join(runs).encode(_CODES, "surrogatepass"))


def asked_tokens(word: str) -> list[str]:
    """Return the tokens that stand one behind the other where a word does, [] for a word of marks alone.

    The last one is the beginning of a token where it is a single character that the text may go on behind: a run that
    ends the word.
    """
    word = half_width(word) or ""
    runs = _RUN.findall(word)
    if not runs:
        return []
    last = bigrams(runs[-1]).split()
    return [*bigrams(" ".join(runs[:-1])).split(), *(last[:-1] if len(last) > 1 and word.endswith(runs[-1]) else last)]


def is_open(word: str) -> bool:
    """Return whether the last of the asked tokens is but the beginning of one."""
    runs = _RUN.findall(word)
    return bool(runs) and len(runs[-1]) == 1 and word.endswith(runs[-1])


def phrase(word: str) -> str | None:
    """Return the FTS5 phrase that finds every text with this word in it, None for a word of marks alone.

    It finds no other text if `is_plain(word)`; else marks may stand where the word has others or none.
    """
    tokens = asked_tokens(word)
    return f'"{" ".join(tokens)}"' + (" *" if is_open(word) else "") if tokens else None


def is_plain(word: str) -> bool:
    """Return whether a word is one run, so that its phrase needs no second look at the text."""
    return _RUN.fullmatch(word) is not None
