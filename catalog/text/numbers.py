import re
from dataclasses import dataclass

_NUMBER = re.compile(
    r"(?P<digits>\d{1,3}(?:[, ]\d{3})+(?!\d)|\d+)(?P<part>\.\d+)?(?: ?(?P<unit>[万萬億亿千kKwW]))?(?P<more>\+)?"
)
_UNITS = {"万": 10_000, "萬": 10_000, "w": 10_000, "亿": 10**8, "億": 10**8, "千": 1_000, "k": 1_000}
LARGEST = 10**15  # a counter beyond it is a serial number


@dataclass(frozen=True, slots=True)
class CountFound:
    """A number at view[start:end]; `at_least` where the page prints a lower bound (10万+)."""

    start: int
    end: int
    value: int
    at_least: bool


def read_count(view: str, start: int = 0) -> CountFound | None:
    """Return the count that stands at `start`, None if no digit stands there: 1999, 1,999, 1.2万 and 10万+ are counts."""
    m = _NUMBER.match(view, start)
    if m is None:
        return None
    unit = _UNITS.get((m["unit"] or "").lower(), 1)
    if m["part"] and unit == 1:
        return None
    whole = int(m["digits"].replace(",", "").replace(" ", "")) * unit
    part = int(m["part"][1:]) * unit // 10 ** len(m["part"][1:]) if m["part"] else 0
    if whole + part > LARGEST:
        return None
    return CountFound(m.start(), m.end(), whole + part, m["more"] is not None)
