"""Template kin: two texts that are one form filled in twice, with other figures, dates or names."""

import re
from collections import Counter
from collections.abc import Iterator

LONGEST = 24  # characters of one filled-in place: a date with its hour, an office's name, two Latin words
ANCHOR = 4  # characters that must agree behind a place before it counts as ended
BLOCK = 64  # characters compared at once where the texts agree
_FIGURES = re.compile(r"[\dꓸꓻ〇零一二三四五六七八九十百千万亿两]+")
_FIGURE = re.compile(_FIGURES.pattern[:-1] + r"|[年月日号时分秒季度上中下旬]")

Place = tuple[str, str]  # what stands in it in the one text and in the other


def is_template_kin(left: str, right: str) -> bool:
    """Return whether two folded texts differ only in filled-in places, at least two, that look like those of a form.

    A place is a figure or date, or a short name; what is left out or put in is none. Names alone show a form only
    where one replaces another again and again. One place alone may be a correction of the same text.
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
    start = at
    while left[at : at + BLOCK] == right[other : other + BLOCK] and at < len(left):
        step = min(BLOCK, len(left) - at)
        at, other = at + step, other + step
    while at < len(left) and other < len(right) and left[at] == right[other]:
        at, other = at + 1, other + 1
    return at - start


def _resync(left: str, at: int, right: str, other: int) -> tuple[int, int] | None:
    """Return where the texts agree again, the nearest place first; None if not within LONGEST characters."""
    for size in range(1, LONGEST + 1):
        for shorter in range(size, -1, -1):
            for ends in dict.fromkeys(((at + size, other + shorter), (at + shorter, other + size))):
                if ends[0] > len(left) or ends[1] > len(right):
                    continue
                if left[ends[0] : ends[0] + ANCHOR] == right[ends[1] : ends[1] + ANCHOR]:
                    return ends
    return None


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
    return all(place) and max(len(_FIGURE.sub("", text)) for text in place) <= _most_letters(place)


def _most_letters(place: Place) -> int:
    return LONGEST if "".join(place).isascii() else LONGEST // 3  # eight Han characters name any office


def _has_other_figures(place: Place) -> bool:
    left, right = (_FIGURES.findall(text) for text in place)
    return bool(left) and bool(right) and left != right
