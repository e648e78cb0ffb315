"""Folded texts made from a seed, near and far from each other."""

import random

HAN = [chr(0x4E00 + n * 7 % 20000) for n in range(1200)]


def text(rng: random.Random, n_characters: int) -> str:
    """Return characters that no other text has in this order."""
    return "".join(rng.choice(HAN) for _ in range(n_characters))


def changed(rng: random.Random, original: str, share: float) -> str:
    """Return the text with about this share of it written anew, in pieces of a sentence."""
    letters = list(original)
    left = round(len(letters) * share)
    while left > 0:
        size = min(left, rng.randrange(4, 60))
        at = rng.randrange(max(1, len(letters) - size))
        letters[at : at + size] = text(rng, size)
        left -= size
    return "".join(letters)


def family(rng: random.Random, n_characters: int, n_copies: int) -> list[str]:
    """Return a text and copies that are further and further from it: figures from 0.97 down to about 0.6."""
    first = text(rng, n_characters)
    return [first, *(changed(rng, first, 0.16 * n / n_copies) for n in range(1, n_copies + 1))]
