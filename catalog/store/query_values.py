"""What is typed as a number or a date: 1.2万, -30d, today, 2020年12月."""

import re
from datetime import date, timedelta
from decimal import Decimal

from catalog.errors import QueryError
from catalog.store.fulltext import half_width
from catalog.store.query import Term

_DATE = re.compile(
    r"(\d{4})(?:[-/.年](\d{1,2})(?:[-/.月](\d{1,2})日?(?:[T ]?(\d{1,2})(?::(\d{2})(?::(\d{2}))?)?)?)?月?)?年?"
)
_AGO = re.compile(r"([+-])(\d{1,5})([dwmy])", re.IGNORECASE)
_DAYS = {"today": 0, "今天": 0, "yesterday": -1, "昨天": -1, "tomorrow": 1, "明天": 1}
_UNITS = {"d": "days", "w": "weeks", "m": "months", "y": "years"}
_NUMBER = re.compile(r"(\d+(?:\.\d+)?|\d{1,3}(?:,\d{3})+)(万|萬|亿|億)?")
_TIMES = {None: 1, "万": 10**4, "萬": 10**4, "亿": 10**8, "億": 10**8}
LARGEST = 2**63 - 1  # SQLite's largest integer


def read_number(text: str, term: Term) -> int:
    """Return a whole number: 1999, 1,999, 1.2万. Raises QueryError."""
    found = _NUMBER.fullmatch(half_width(text) or "")
    number = Decimal(found[1].replace(",", "")) * _TIMES[found[2]] if found else None
    if number is None or number > LARGEST or number % 1:  # of a larger one Decimal gives no remainder
        raise QueryError(f"{term.name}: {text!r} is no whole number like 1999 or 1.2万", position=term.at)
    return int(number)


def read_date(text: str, term: Term, today: date) -> str:
    """Return 2020-1-5, 2020/01/05 or 2020年1月5日 as ISO 8601 at the precision typed, -30d and yesterday as a day.

    A month before 31 May is 30 April. Raises QueryError.
    """
    folded = half_width(text) or ""
    if (relative := _read_relative(folded.lower(), today)) is not None:
        return relative.isoformat()
    found = _DATE.fullmatch(folded)
    parts = [int(part) for part in found.groups() if part] if found else []
    if not _is_on_the_calendar(parts):
        raise QueryError(
            f"{term.name}: {text!r} is no date like 2020, 2020-12, 2020-12-16T20:34 or -30d", position=term.at
        )
    days, times = "-".join(f"{part:02}" for part in parts[:3]), ":".join(f"{part:02}" for part in parts[3:])
    return f"{days}T{times}" if times else days


def _read_relative(text: str, today: date) -> date | None:
    """Return the day that -30d, +2w, -3m, -1y or a word means, None for anything else."""
    if text in _DAYS:
        return today + timedelta(days=_DAYS[text])
    found = _AGO.fullmatch(text)
    if found is None:
        return None
    from dateutil.relativedelta import relativedelta  # takes a while to load, and few queries need it

    sign, count, unit = found.groups()
    try:
        return today + relativedelta(**{_UNITS[unit]: int(sign + count)})  # type: ignore[arg-type]
    except (ValueError, OverflowError):  # before the year 1
        return None


def _is_on_the_calendar(parts: list[int]) -> bool:
    """Return whether there is such a year, month, day, hour, minute, second, of which the last may be left out."""
    if not parts:
        return False
    year, month, day, *clock = [*parts, 1, 1][: max(len(parts), 3)]
    try:
        date(year, month, day)
    except ValueError:
        return False
    return all(part < end for part, end in zip(clock, (24, 60, 60), strict=False))
