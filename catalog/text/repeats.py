"""How often a page prints its body, and which lines make one printing."""

import re
from collections.abc import Iterator, Mapping, Sequence, Set
from dataclasses import dataclass

from catalog.text.classify import Seen
from catalog.text.fold import fold_body

_LETTERS = re.compile(r"[^\W_]+")
KEY_LENGTH = 10  # folded characters by which a paragraph is known; copies that differ do so mostly further on
MOST_PRINTINGS = 20  # a line that stands there more often is a pattern of the page, not its text
LEAST_SHARE = 0.6  # of the characters of one printing that must stand again for it to be another printing


@dataclass(frozen=True, slots=True)
class Difference:
    """A paragraph that two printings give differently: its line in the one and in the other, None where one lacks it."""

    here: int | None
    there: int | None


@dataclass(frozen=True, slots=True)
class Printings:
    """`body` are the lines of the printing that is kept, `spans` (first, last) lines of each printing in page order."""

    body: tuple[int, ...]
    spans: tuple[tuple[int, int], ...]
    differences: tuple[Difference, ...] = ()


def find_printings(seen: Sequence[Seen], body: Sequence[int]) -> Printings:
    """Return the printings of a body that stands in the lines `body`; copies may be in it, between it or behind it."""
    if not body:
        return Printings((), ())
    once = Printings(tuple(body), ((body[0], body[-1]),))
    keys = {i: key for i in body if (key := _key(seen[i].view))}
    distinct = _first_mentions(keys)
    if _stands_once(seen, keys, distinct):
        return once
    places = _places(seen, set(keys.values()))
    copies = {i: [j for j in places[keys[i]] if _is_alike(seen[i].view, seen[j].view)] for i in distinct}
    again = [i for i in distinct if len(copies[i]) > 1]
    total = sum(len(seen[i].view) for i in distinct)
    if sum(len(seen[i].view) for i in again) < LEAST_SHARE * total:
        return once
    times = min(MOST_PRINTINGS, sorted(len(copies[i]) for i in again)[len(again) // 2])
    if times < 2:
        return once
    kept = _one_printing(body, keys, distinct)
    spans = [(kept[0], kept[-1])]
    for n in range(1, times):
        lines = [copies[i][n] for i in again if len(copies[i]) > n]
        spans.append((min(lines), max(lines)))
    spans.sort()
    return Printings(kept, tuple(spans), tuple(_differences(seen, kept, spans, copies)))


def _stands_once(seen: Sequence[Seen], keys: Mapping[int, str], distinct: Sequence[int]) -> bool:
    """Return whether so much of a body stands on the page once that it cannot be printed again.

    Its longest paragraphs decide that for most pages, and few lines of a page are long enough to be their copies.
    """
    left = (1 - LEAST_SHARE) * sum([len(seen[i].view) for i in distinct])
    longest: set[str] = set()
    for i in sorted(distinct, key=lambda i: -len(seen[i].view)):
        longest.add(keys[i])
        left -= len(seen[i].view)
        if left < 0:
            least = len(seen[i].view) / 2
            long = [keys.get(n) or _key(one.view) for n, one in enumerate(seen) if len(one.view) >= least]
            return sum([key in longest for key in long]) == len(longest)
    return True


def _differences(
    seen: Sequence[Seen],
    kept: Sequence[int],
    spans: Sequence[tuple[int, int]],
    copies: Mapping[int, list[int]],
) -> Iterator[Difference]:
    """Yield what printings in blocks say differently, in the order of the one that is kept; interleaved ones are not told apart."""
    for i, same in copies.items():
        for j in same[1:]:
            if fold_body(seen[i].view) != fold_body(seen[j].view):
                yield Difference(i, j)
    known = {_key(seen[i].view) for i in copies}
    for first, last in spans:
        if first <= kept[-1]:
            continue
        new = (j for j in range(first, last + 1) if (key := _key(seen[j].view)) and key not in known)
        yield from (Difference(None, j) for j in new)
        yield from (Difference(i, None) for i, same in copies.items() if not any(first <= j <= last for j in same))


def _is_alike(a: str, b: str) -> bool:
    """Return whether two lines with the same beginning can be copies: a headline in the text's first words is none."""
    return len(b) <= 2 * len(a) <= 4 * len(b)


def _key(view: str) -> str:
    """Return what a line is known by, empty for one that is too short to be known."""
    head = view[:KEY_LENGTH]
    if not head.isalnum():  # marks to leave out: few, as a rule
        head = "".join(_LETTERS.findall(view, 0, KEY_LENGTH * 3 // 2))[:KEY_LENGTH]
        if len(head) < KEY_LENGTH:
            head = "".join(_LETTERS.findall(view, 0, KEY_LENGTH * 3))[:KEY_LENGTH]
    return head if len(head) == KEY_LENGTH else ""


def _places(seen: Sequence[Seen], keys: Set[str]) -> dict[str, list[int]]:
    """Return in which lines of the page each of these keys stands."""
    places: dict[str, list[int]] = {key: [] for key in keys}
    for i, one in enumerate(seen):
        if len(one.view) >= KEY_LENGTH and (key := _key(one.view)) in keys:
            places[key].append(i)
    return places


def _first_mentions(keys: Mapping[int, str]) -> list[int]:
    """Return the lines of the body that are long enough to know again, each text once."""
    first: dict[str, int] = {}
    for i, key in keys.items():
        first.setdefault(key, i)
    return list(first.values())


def _one_printing(body: Sequence[int], keys: Mapping[int, str], distinct: Sequence[int]) -> tuple[int, ...]:
    """Return the lines of the first printing. Block after block it ends with the last new text; interleaved, copies are left out."""
    known = set(distinct)
    copies = {i for i in body if i in keys and i not in known}
    if copies and min(copies) > distinct[-1]:
        return tuple(i for i in body if i <= distinct[-1])
    return tuple(i for i in body if i not in copies)
