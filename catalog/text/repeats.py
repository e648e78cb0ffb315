"""How often a page prints its body, and which lines make one printing."""

import re
from collections.abc import Collection, Iterator, Mapping, Sequence
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
    keys = _keys(seen, {_key(seen[i].view)[:1] for i in body})
    places: dict[str, list[int]] = {}
    for i, key in keys.items():
        places.setdefault(key, []).append(i)
    distinct = _first_mentions(body, keys)
    copies = {i: [j for j in places[keys[i]] if _is_alike(seen[i].view, seen[j].view)] for i in distinct}
    again = [i for i in distinct if len(copies[i]) > 1]
    total = sum(len(seen[i].view) for i in distinct)
    once = Printings(tuple(body), ((body[0], body[-1]),))
    if not total or sum(len(seen[i].view) for i in again) < LEAST_SHARE * total:
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
    return Printings(kept, tuple(spans), tuple(_differences(seen, _keys(seen), kept, spans, copies)))


def _differences(
    seen: Sequence[Seen],
    keys: Mapping[int, str],
    kept: Sequence[int],
    spans: Sequence[tuple[int, int]],
    copies: Mapping[int, list[int]],
) -> Iterator[Difference]:
    """Yield what printings in blocks say differently, in the order of the one that is kept; interleaved ones are not told apart."""
    for i, same in copies.items():
        for j in same[1:]:
            if fold_body(seen[i].view) != fold_body(seen[j].view):
                yield Difference(i, j)
    known = {keys[i] for i in copies}
    for first, last in spans:
        if first <= kept[-1]:
            continue
        yield from (Difference(None, j) for j in range(first, last + 1) if j in keys and keys[j] not in known)
        yield from (Difference(i, None) for i, same in copies.items() if not any(first <= j <= last for j in same))


def _is_alike(a: str, b: str) -> bool:
    """Return whether two lines with the same beginning can be copies: a headline in the text's first words is none."""
    return len(b) <= 2 * len(a) <= 4 * len(b)


def _key(view: str) -> str:
    head = view[:KEY_LENGTH]
    if head.isalnum():  # most lines: no mark to leave out
        return head
    return "".join(_LETTERS.findall(view[: 3 * KEY_LENGTH]))[:KEY_LENGTH]


def _keys(seen: Sequence[Seen], firsts: Collection[str] = ()) -> dict[int, str]:
    """Return line -> what it is known by; with `firsts` only of lines that begin with one of these characters or a mark."""
    long = ((i, s.view) for i, s in enumerate(seen) if len(s.view) >= KEY_LENGTH)
    likely = ((i, view) for i, view in long if not firsts or view[0] in firsts or not view[0].isalnum())
    return {i: key for i, view in likely if len(key := _key(view)) == KEY_LENGTH}


def _first_mentions(body: Sequence[int], keys: Mapping[int, str]) -> list[int]:
    """Return the lines of the body that are long enough to know again, each text once."""
    first: dict[str, int] = {}
    for i in body:
        if i in keys:
            first.setdefault(keys[i], i)
    return list(first.values())


def _one_printing(body: Sequence[int], keys: Mapping[int, str], distinct: Sequence[int]) -> tuple[int, ...]:
    """Return the lines of the first printing. Block after block it ends with the last new text; interleaved, copies are left out."""
    known = set(distinct)
    copies = {i for i in body if i in keys and i not in known}
    if copies and min(copies) > distinct[-1]:
        return tuple(i for i in body if i <= distinct[-1])
    return tuple(i for i in body if i not in copies)
