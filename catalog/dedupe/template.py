"""Template kin: two texts that are one form filled in twice, with other figures, dates or names."""

import re
from collections import Counter
from collections.abc import Iterator
from decimal import Decimal

LONGEST = 24  # characters of one filled-in place: a date with its hour, an office's name, two Latin words
ANCHOR = 4  # characters that must agree behind a place before it counts as ended
BLOCK = 64  # characters compared at once where the texts agree
END = "\0\1\2\3"  # behind both texts, so that they agree in the end as anywhere else
AREAS = frozenset("省市县区州盟旗乡镇村")  # what the name of a place ends in
# 我县 for 青禾县: so says a reprint at home
STAND_INS = frozenset(("我", "我们", "咱", "本", "该", "此", "这", "某", "全", "其", "它", "他", "她", "贵", "当地"))
_UNITS = {"十": 10, "百": 100, "千": 1000, "万": 10**4, "亿": 10**8}
_HAN_DIGITS = str.maketrans("〇零一二三四五六七八九两ꓸ", "00123456789" + "2.")
_PARTS = re.compile(r"\d+(?:\.\d+)?|\D")  # of a number in figures and units
_FIGURES = re.compile(r"[\dꓸꓻ〇零一二三四五六七八九十百千万亿两]+")
_FIGURE = re.compile(_FIGURES.pattern[:-1] + r"|[年月日号时分秒季度上中下旬]")

Place = tuple[str, str]  # what stands in it in the one text and in the other, with the 县 that ends a place's name


def is_template_kin(left: str, right: str) -> bool:
    """Return whether two folded texts differ only in filled-in places, at least two, that look like those of a form.

    A place is a figure or date, or a short name; what is left out or put in is none. Names of counties and the like
    count as figures do, other names where one replaces another again and again. A figure written otherwise and 我县
    for a county's name say the same. One place alone may be a correction of the same text. Which text stands on the
    left may matter where both ways to align them are as short: give the lesser SHA-256 first.
    """
    places = []
    for place in _places(left, right):
        if place is None:
            return False
        if not _says_the_same(place):
            places.append(place)
    again = Counter(places)
    telling = sum(_has_other_figures(place) or _is_area(place) or again[place] > 1 for place in places)
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
    """Return the two texts of a place, with what around it agrees by chance: 124 and 134, not 2 and 3; 县 of a name."""
    (start, end), (other_start, other_end) = span, other
    if _is_figure(left[start:end]) or _is_figure(right[other_start:other_end]):
        while start and other_start and _FIGURES.fullmatch(left[start - 1]):
            start, other_start = start - 1, other_start - 1
        while end < len(left) and other_end < len(right) and _FIGURES.fullmatch(left[end]):
            end, other_end = end + 1, other_end + 1
    is_both = start < end < len(left) and other_start < other_end < len(right)
    if is_both and left[end] == right[other_end] and left[end] in AREAS:
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
    if _is_area(place):
        return True
    return max(len(_FIGURE.sub("", text)) for text in place) <= LONGEST // 3  # eight Han characters name any office


def _is_area(place: Place) -> bool:
    """Return whether the place holds the names of two counties or the like: 西双版纳傣族自治州勐腊县 is one too."""
    return all(len(text) > 2 and text[-1] in AREAS for text in place) and not any(map(_is_figure, place))


def _says_the_same(place: Place) -> bool:
    """Return whether both texts say one thing: 五月 and 5月, 1万 and 10000, 青禾县 and 我县."""
    left, right = ([_value(figure) for figure in _FIGURES.findall(text)] for text in place)
    if left or right:
        return left == right and len({_FIGURES.sub("", text) for text in place}) == 1
    return any((text[:-1] if text[-1] in AREAS else text) in STAND_INS for text in place)


def _value(figure: str) -> Decimal | str:
    """Return the value of a figure in digits, Han digits or both, the figure itself where it has no single one."""
    digits = figure.translate(_HAN_DIGITS)
    parts = _PARTS.findall(digits)
    if len(digits) > LONGEST or not all(part in _UNITS or part[0].isdecimal() for part in parts):
        return digits  # a time or a version; and a Decimal rounds what is very long
    total, section, number = Decimal(0), Decimal(0), Decimal(0)
    for part in parts:
        unit = _UNITS.get(part)
        if unit is None:
            number = Decimal(part)
        elif unit < _UNITS["万"]:
            section, number = section + (number or Decimal(1)) * unit, Decimal(0)
        elif unit == _UNITS["万"]:
            total, section, number = total + (section + number or Decimal(1)) * unit, Decimal(0), Decimal(0)
        else:
            total, section, number = (total + section + number or Decimal(1)) * unit, Decimal(0), Decimal(0)
    return total + section + number


def _has_other_figures(place: Place) -> bool:
    left, right = ([_value(figure) for figure in _FIGURES.findall(text)] for text in place)
    return bool(left) and bool(right) and left != right
