"""Template kin: two texts that are one form filled in twice, with other figures, dates or names."""

import re
from collections import Counter
from collections.abc import Iterator

LONGEST = 24  # characters of one filled-in place: a date with its hour, an office's name, two Latin words
ANCHOR = 4  # characters that must agree behind a place before it counts as ended
BLOCK = 64  # characters compared at once where the texts agree
END = "\0\1\2\3"  # behind both texts, so that they agree in the end as anywhere else
_FIGURES = re.compile(r"[\dꓸꓻ〇零一二三四五六七八九十百千万亿两]+")
_FIGURE = re.compile(_FIGURES.pattern[:-1] + r"|[年月日号时分秒季度上中下旬]")

Place = tuple[str, str]  # what stands in it in the one text and in the other


def is_template_kin(left: str, right: str) -> bool:
    """Return whether two folded texts differ only in filled-in places, at least two, that look like those of a form.

    A place is a figure or date, or a short name; what is left out or put in is none. Names alone show a form only
    where one replaces another again and again. One place alone may be a correction of the same text. Which text stands
    on the left may matter where both ways to align them are as short: give the lesser SHA-256 first.
    """
    places = []
    for place in _places(left, right):
        if place is None:
            return False
        places.append(place)
    again = Counter(places)
    telling = sum(_has_other_figures(place) or again[place] > 1 for place in places)
    return telling >= 2 and 2 * telling >= len(places)


def _places(left: str, right: str) -> Iterator[Place | None]:
    """Yield the places in which the texts differ, None and no more at the first difference that is not one."""
    left, right = left + END, right + END
    at, other = 0, 0
    while True:
        n_same = _agreeing(left, at, right, other)
        at, other = at + n_same, other + n_same
        if at == len(left) and other == len(right):
            return
        ends = _resync(left, at, right, other)
        if ends is None:
            yield None
            return
        place = _whole_figures(left, (at, ends[0]), right, (other, ends[1]))
        yield place if _is_filled_in(place) else None
        at, other = ends


def _agreeing(left: str, at: int, right: str, other: int) -> int:
    """Return how many characters agree from these positions on."""
    n_same, size = 0, BLOCK
    while at + n_same < len(left) and _is_same(left, at + n_same, right, other + n_same, size):
        n_same += size
    while size > 1:
        size //= 2
        if _is_same(left, at + n_same, right, other + n_same, size):
            n_same += size
    return min(n_same, len(left) - at)


def _is_same(left: str, at: int, right: str, other: int, size: int) -> bool:
    return left[at : at + size] == right[other : other + size]


def _resync(left: str, at: int, right: str, other: int) -> tuple[int, int] | None:
    """Return where the texts agree again, at the end of the shortest place; None if not within LONGEST characters."""
    best: tuple[int, int, int] | None = None
    for size in range(LONGEST + 1):
        if best is not None and size > best[0]:
            break
        found = right.find(left[at + size : at + size + ANCHOR], other, other + LONGEST + ANCHOR) - other
        if found >= 0 and at + size + ANCHOR <= len(left):
            best = min(best or (LONGEST + 1, 0, 0), (max(size, found), size, found))
    return (at + best[1], other + best[2]) if best else None


def _whole_figures(left: str, span: tuple[int, int], right: str, other: tuple[int, int]) -> Place:
    """Return the two texts of a place, with the digits around it that agree by chance: 124 and 134, not 2 and 3."""
    (start, end), (other_start, other_end) = span, other
    if _is_figure(left[start:end]) or _is_figure(right[other_start:other_end]):
        while start and other_start and _FIGURES.fullmatch(left[start - 1]):
            start, other_start = start - 1, other_start - 1
        while end < len(left) and other_end < len(right) and _FIGURES.fullmatch(left[end]):
            end, other_end = end + 1, other_end + 1
    return left[start:end], right[other_start:other_end]


def _is_figure(text: str) -> bool:
    return _FIGURES.search(text) is not None


def _is_filled_in(place: Place) -> bool:
    left, right = place
    if not left or not right:
        return False
    if max(len(left), len(right)) <= LONGEST // 3 or (left + right).isascii():
        return True
    return max(len(_FIGURE.sub("", text)) for text in place) <= LONGEST // 3  # eight Han characters name any office


def _has_other_figures(place: Place) -> bool:
    left, right = (_FIGURES.findall(text) for text in place)
    return bool(left) and bool(right) and left != right
