"""How often a page prints its body, and which lines make one printing."""

from collections.abc import Sequence
from dataclasses import dataclass

from catalog.text.classify import Seen
from catalog.text.fold import fold_body

KEY_LENGTH = 10  # folded characters by which a paragraph is known; copies that differ do so mostly further on
LEAST_SHARE = 0.6  # of the characters of one printing that must stand again for it to be another printing


@dataclass(frozen=True, slots=True)
class Printings:
    """`body` are the lines of the printing that is kept, `spans` (first, last) lines of each printing in page order."""

    body: tuple[int, ...]
    spans: tuple[tuple[int, int], ...]
    differ: bool


def find_printings(seen: Sequence[Seen], body: Sequence[int]) -> Printings:
    """Return the printings of a body that stands in the lines `body`; both copies may be in it, or one behind it."""
    keys = {i: fold_body(s.view) for i, s in enumerate(seen) if len(s.view) >= KEY_LENGTH}
    places: dict[str, list[int]] = {}
    for i, key in keys.items():
        if len(key) >= KEY_LENGTH:
            places.setdefault(key[:KEY_LENGTH], []).append(i)
    inside = [i for i in body if i in keys and len(keys[i]) >= KEY_LENGTH]
    first_of: list[int] = []
    known: set[str] = set()
    for i in inside:
        if keys[i][:KEY_LENGTH] not in known:
            known.add(keys[i][:KEY_LENGTH])
            first_of.append(i)
    total = sum(len(keys[i]) for i in first_of)
    again = [i for i in first_of if len(places[keys[i][:KEY_LENGTH]]) > 1]
    if not total or sum(len(keys[i]) for i in again) < LEAST_SHARE * total:
        return Printings(tuple(body), ((body[0], body[-1]),) if body else (), differ=False)
    times = _usual_count([len(places[keys[i][:KEY_LENGTH]]) for i in again])
    kept = _first_printing(body, keys, first_of)
    spans = [(kept[0], kept[-1])]
    for n in range(1, times):
        lines = [places[keys[i][:KEY_LENGTH]][n] for i in again if len(places[keys[i][:KEY_LENGTH]]) > n]
        if lines:
            spans.append((min(lines), max(lines)))
    differ = any(len({keys[j] for j in places[keys[i][:KEY_LENGTH]]}) > 1 for i in again)
    return Printings(kept, tuple(sorted(spans)), differ)


def _usual_count(counts: Sequence[int]) -> int:
    """Return the count that most paragraphs have; one paragraph printed three times makes no third printing."""
    ranked = sorted(counts)
    return ranked[len(ranked) // 2]


def _first_printing(body: Sequence[int], keys: dict[int, str], first_of: Sequence[int]) -> tuple[int, ...]:
    """Return the lines of the first printing: block after block ends where the first paragraph comes again."""
    firsts = set(first_of)
    doubled = [i for i in body if i in keys and len(keys[i]) >= KEY_LENGTH and i not in firsts]
    if not doubled:
        return tuple(body)
    if doubled[0] > first_of[-1]:  # block after block
        return tuple(i for i in body if i <= first_of[-1] or i < doubled[0] and len(keys.get(i, "")) < KEY_LENGTH and i <= first_of[-1])
    seen_short: set[str] = set()
    kept = []
    for i in body:  # interleaved: each paragraph twice in a row
        if i in doubled:
            continue
        kept.append(i)
        seen_short.add(keys.get(i, ""))
    return tuple(kept)
