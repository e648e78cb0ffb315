"""Dates as pages print them. Own grammar first: a general parser fills in what is missing from today, silently."""

import calendar
import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any, cast

from dateutil.parser import parse, parserinfo

SOFT_HYPHEN = "\u00ad"
_FEWEST_FIGURES = 4  # of a date without the sign 年: 1.1.22
_NO_FIGURES = bytes(range(0x30)) + bytes(range(0x3A, 0x100))
FIRST_YEAR = 1949  # documents may be older than the web; `published` is checked by its own rule
LAST_YEAR = 2099

_TIME = (
    r"(?:(?:發出)?香港時間 ?)?(?:(?P<half>上午|下午|晚上|早上|凌晨|中午|傍晚|오전|오후|午前|午後) ?)?"
    r"(?P<H>[01]?\d|2[0-4])(?: ?[:时時点點] ?|시 ?|h(?=\d\d)|\.(?=\d\d ?Uhr))(?P<M>[0-5]\d)(?: ?[分분])?"
    r"(?:(?: ?: ?|(?<=[分분]) ?)(?P<S>[0-5]\d)(?: ?秒)?)?(?:\.\d{1,6})?"
    r"(?: ?(?P<ampm>[ap]\.?m\b\.?|AM|PM))?"
    r"(?P<zone>Z\b| ?[+-](?:0\d|1[0-4]):?[0-5]\d\b)?"
)
_WEEKDAY = r"(?:[(\[]? ?(?:星期|周|週|礼拜|禮拜)[一二三四五六日天][)\]]?|[(\[][月火水木金土日월화수목금토일][)\]])?"
_GAP = r"(?:T|,? {0,4}" + _WEEKDAY + r",? {0,4}| ?[|·–-] ?| \((?=\d\d?[:.]\d\d(?: Uhr)?\)))"
_NUMERIC = re.compile(
    r"(?P<Y>(?:19|20)\d\d)(?<![\d.]\d{4})"  # the year first: a pattern is searched for the faster the surer it begins
    r"(?: ?(?P<sep>[-/.年년]) {0,2}| {1,4}(?=\d\d?[-/] ?\d))(?P<m>1[0-2]|0?[1-9])"
    r"(?: ?[-/.月월] {0,2})(?P<d>3[01]|[12]\d|0?[1-9])(?!\d(?!\d?:))(?: ?[日号號일])?\.?"
    rf"(?:{_GAP}{_TIME})?",
    re.IGNORECASE,
)
# The year before the first one of each era.
_ERAS = dict.fromkeys(("中華民國", "中华民国", "民國", "民国"), 1911) | {"令和": 2018, "平成": 1988, "昭和": 1925}
_ERA = re.compile(
    rf"(?P<era>{'|'.join(_ERAS)})"
    r" ?(?P<Y>\d{1,3}|元) ?年 ?(?P<m>1[0-2]|0?[1-9]) ?月 ?(?P<d>3[01]|[12]\d|0?[1-9]) ?日"
    rf"(?:{_GAP}{_TIME})?"
)
_REPUBLIC = re.compile(  # a year of the Republic without its name
    r"(?P<Y>[189](?<![\d/.-].)(?:(?<=1)[0-3]\d|(?<!1)\d))(?P<mark>[-/.]|(?<=1\d\d)年)(?P<m>1[0-2]|0?[1-9])"
    rf"(?:(?P=mark)|(?<=年\d)月|(?<=年\d\d)月)(?P<d>3[01]|[12]\d|0?[1-9])(?:日|(?![\d/.-]))(?:{_GAP}{_TIME})?"
)
_HAN = re.compile(  # 二〇二〇年, 中華民國一〇九年, 民國一百零九年
    rf"(?:(?P<era>{'|'.join(name for name in _ERAS if name[-1] in '國国')})(?P<N>[〇零一二三四五六七八九十百]{{1,5}}|元)|(?P<Y>[〇零一二三四五六七八九]{{4}}))"
    r"年(?P<m>十[一二]?|[一二三四五六七八九])月(?P<d>[一二三四五六七八九]?十?[一二三四五六七八九]?)日"
)
_DAY_ABOVE = re.compile(
    r"(?<!\d)(?P<d>3[01]|[12]\d|0?[1-9])日? {1,4}(?P<Y>(?:19|20)\d\d)[-/.年](?P<m>1[0-2]|0?[1-9])月?$"
)
_YEAR_BELOW = re.compile(
    r"^(?:(?P<m>1[0-2]|0?[1-9])(?:[-/.]|月 ?)(?P<d>3[01]|[12]\d|0?[1-9])|(?P<d2>3[01]|[12]\d|0?[1-9])日? {1,4}(?P<m2>1[0-2]|0?[1-9])月)日?"
    rf" {{1,4}}(?P<Y>(?:19|20)\d\d)年?(?: {{1,4}}{_TIME})?$"
)
_LONGEST_ALONE = 24  # characters of a line that is a date set over two
_COMPACT = re.compile(r"(?P<Y>(?:19|20)\d\d)(?<![\d.-]\d{4})(?P<m>0[1-9]|1[0-2])(?P<d>0[1-9]|[12]\d|3[01])(?![\d.])")
_DAY_FIRST = re.compile(
    r"(?P<a>\d(?<![\d.].)\d?)(?P<sep>[./-]) ?(?P<b>\d{1,2})(?P=sep) ?(?P<Y>(?:19|20)\d\d|(?<=[.])\d\d)(?!\d|\.\d)"
    rf"(?:(?:,? ?(?:um|at|à|kl\.)? ?|{_GAP}){_TIME})?",
    re.IGNORECASE,
)
_MONTHS = (
    ("jan", "january", "januar", "janvier", "janv", "jän", "jänner", "enero", "ene", "янв", "gennaio", "janeiro", "января", "январь"),
    ("feb", "february", "februar", "février", "févr", "fév", "febrero", "фев", "febbraio", "fevereiro", "февраля", "февраль"),
    ("mar", "march", "mars", "marzo", "märz", "mrz", "março", "марта", "март"),
    ("apr", "april", "avril", "avr", "abril", "abr", "апр", "aprile", "апреля", "апрель"),
    ("may", "mayo", "mai", "maggio", "maio", "мая", "май"),
    ("jun", "june", "juni", "junio", "juin", "giugno", "junho", "июня", "июнь"),
    ("jul", "july", "juli", "julio", "juillet", "juil", "июл", "luglio", "julho", "июля", "июль"),
    ("aug", "august", "août", "agosto", "ago", "авг", "августа", "август"),
    ("sep", "sept", "september", "septembre", "septiembre", "сен", "settembre", "setembro", "сентября", "сентябрь"),
    ("oct", "october", "octobre", "octubre", "okt", "oktober", "окт", "ottobre", "outubro", "октября", "октябрь"),
    ("nov", "november", "novembre", "noviembre", "novembro", "ноября", "ноябрь"),
    ("dec", "december", "dez", "dezember", "déc", "décembre", "dic", "diciembre", "дек", "dicembre", "dezembro", "декабря", "декабрь"),
)  # fmt: skip
_NAMES = sorted((name for names in _MONTHS for name in names), key=len, reverse=True)
_MONTH = rf"(?P<month>{'|'.join(_NAMES)})\b\.?"
_MONTH_BEGINS = re.compile("|".join(sorted({name[:3] for name in _NAMES})))
# Characters from which a named date begins: 22nd of June, with room for letters that are two when small.
_BEFORE_MONTH = 16
_NAMED = re.compile(
    rf"(?:(?<![\d.])(?P<d>3[01]|[12]\d|0?[1-9])(?:(?:st|nd|rd|th|er|\.)?(?: of| de)? |\.){_MONTH}(?: de)?,? (?P<Y>(?:19|20)\d\d)"
    rf"|\b{_MONTH.replace('<month>', '<month2>')} (?P<d2>3[01]|[12]\d|0?[1-9])(?:st|nd|rd|th)?,? (?P<Y2>(?:19|20)\d\d))(?!\d)"
    rf"(?:(?:,| at| um| à| -| \||,? kl\.)? {{0,3}}{_TIME})?",
    re.IGNORECASE,
)
_BEFORE_DATE = re.compile(  # a weekday may lead to a date
    r"[ :|\[(·-]*(?:(?:mon|tues|wednes|thurs|fri|satur|sun)day|(?:mon|diens|donners|frei|sams|sonn)tag|mittwoch|sonnabend|lundi|mardi"
    r"|mercredi|jeudi|vendredi|samedi|dimanche|lunes|martes|miércoles|jueves|viernes|sábado|domingo)?(?:,? (?:den |dem |the |le )?)?$",
    re.IGNORECASE,
)
_DIGITS = {c: str(n) for n, c in enumerate("〇一二三四五六七八九")} | {"零": "0"}
# Cheap signs that a form may stand in a line, each beginning with what is searched for the fastest: a set of characters.
# Most lines with figures hold none of them.
_FIGURE = re.compile(r"\d")
_YEAR = re.compile(r"(?:19|20)\d\d")
_THREE_PARTS = re.compile(r"[-/.年] ?\d\d?[-/.月] ?\d")
_ERA_LIKE = re.compile(rf"(?:{'|'.join(sorted({name[-2:] for name in _ERAS}))}) ?[\d元]")
_LONGEST_MONTHS = (31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31)
_AFTERNOON = ("下午", "晚上", "傍晚", "中午", "오후", "午後")


@dataclass(slots=True)
class DateFound:
    """A date at view[start:end], `iso` in ISO 8601 at the printed precision; `sure` False where day and month may be swapped."""

    start: int
    end: int
    iso: str
    sure: bool = True

    @property
    def has_time(self) -> bool:
        """Return whether hours are printed too."""
        return len(self.iso) > len("2020-12-16")


def may_hold_date(view: str, marks: bytes) -> bool:
    """Return whether a date can stand in a line of these figures and marks: cheaper to ask than any search."""
    if "年" in view:
        return True
    if len(marks.translate(None, _NO_FIGURES)) < _FEWEST_FIGURES:
        return False  # most lines with figures
    return (
        b"20" in marks or b"19" in marks or marks.count(b".") >= 2 or marks.count(b"-") >= 2 or marks.count(b"/") >= 2
    )


def find_dates(view: str) -> list[DateFound]:
    """Return the full dates in a folded line, from left to right. A date without its year is none."""
    if SOFT_HYPHEN in view:
        return _without_hyphens(view)
    found = _in_figures(view) if _FIGURE.search(view) else []
    if "年" in view:
        found += _in_han_figures(view)
    if len(found) < 2:
        return found
    found.sort(key=lambda d: (d.start, -d.end))
    kept = found[:1]
    for date in found[1:]:
        if date.start >= kept[-1].end:
            kept.append(date)
    return kept


def _without_hyphens(view: str) -> list[DateFound]:
    """Return the dates of a line whose words carry soft hyphens (24. Ja-nu-ar 2022), placed in the line as it is."""
    places = [i for i, c in enumerate(view) if c != SOFT_HYPHEN]
    dates = find_dates(view.replace(SOFT_HYPHEN, ""))
    return [DateFound(places[d.start], places[d.end - 1] + 1, d.iso, d.sure) for d in dates]


def read_date(view: str) -> DateFound | None:
    """Return the date that the text begins with, None if it begins with something else."""
    dates = find_dates(view)
    return dates[0] if dates and _BEFORE_DATE.match(view[: dates[0].start]) else None


def _in_figures(view: str) -> list[DateFound]:
    """Return what may be dates by each form that a line shows a sign of."""
    year = _YEAR.search(view)
    numeric = [*_NUMERIC.finditer(view, year.start())] if year else []
    found: list[DateFound | None] = [_made(m, m["Y"], m["m"], m["d"]) for m in numeric]
    has_era = "年" in view and _ERA_LIKE.search(view) is not None
    if numeric and not has_era and _are_all(view, found):
        return [date for date in found if date is not None]  # most lines with dates
    has_three = _THREE_PARTS.search(view)
    if year is not None:
        for m in _COMPACT.finditer(view, year.start()):
            found.append(_made(m, m["Y"], m["m"], m["d"], timed=False))
        for m in _DAY_ABOVE.finditer(view) if len(view) <= _LONGEST_ALONE else ():
            found.append(_made(m, m["Y"], m["m"], m["d"], timed=False))
        for m in _YEAR_BELOW.finditer(view) if year.start() and len(view) <= _LONGEST_ALONE else ():
            found.append(_made(m, m["Y"], m["m"] or m["m2"], m["d"] or m["d2"]))
        month = _MONTH_BEGINS.search(view.lower())
        for m in _NAMED.finditer(view, max(0, month.start() - _BEFORE_MONTH)) if month else ():
            found.append(_named(m))
    if has_three:
        for m in _DAY_FIRST.finditer(view):
            found.append(_day_first(m))
        for m in _REPUBLIC.finditer(view):
            found.append(_made(m, int(m["Y"]) + 1911, m["m"], m["d"], sure=False))
    for m in _ERA.finditer(view) if has_era else ():
        found.append(_era(m))
    return [date for date in found if date is not None]


def _are_all(view: str, found: Sequence[DateFound | None]) -> bool:
    """Return whether no date of another form can stand in a line: no figure before these or between them, no sign behind."""
    end = 0
    for date in found:
        if date is None or _FIGURE.search(view, end, date.start):
            return False
        end = date.end
    return _YEAR.search(view, end) is None and _THREE_PARTS.search(view, end) is None


class MonthNames(parserinfo):
    """The months of the languages that labels are kept for, as dateutil looks them up: whole, in lower case."""

    MONTHS = cast("Any", _MONTHS)  # its stub allows three forms a month


def _named(m: re.Match[str]) -> DateFound | None:
    return _made(m, m["Y"] or m["Y2"], _month_number((m["month"] or m["month2"]).lower()), m["d"] or m["d2"])


@cache
def _month_number(name: str) -> int:
    """Return 1 to 12. Day, month and year are all given, so that nothing can be filled in from today."""
    return parse(f"1 {name} 2000", parserinfo=_MONTH_NAMES, dayfirst=True).month


_MONTH_NAMES = MonthNames()


def _day_first(m: re.Match[str]) -> DateFound | None:
    a, b = int(m["a"]), int(m["b"])
    swapped = b > 12
    day, month = (b, a) if swapped else (a, b)
    short = len(m["Y"]) == 2  # 24.01.22: this century, and not surely a date at all
    return _made(
        m,
        "20" + m["Y"] if short else m["Y"],
        month,
        day,
        sure=not short and (m["sep"] == "." or a > 12 or b > 12 or a == b),
    )


def _era(m: re.Match[str]) -> DateFound | None:
    number = 1 if m["Y"] == "元" else int(m["Y"])
    return _made(m, number + _ERAS[m["era"]], m["m"], m["d"])


def _in_han_figures(view: str) -> list[DateFound]:
    found = []
    for m in _HAN.finditer(view):
        year = "".join(_DIGITS[c] for c in m["Y"]) if m["Y"] else _han_year(m["N"]) + _ERAS[m["era"]]
        date = _made(m, year, _han_number(m["m"]), _han_number(m["d"]), timed=False)
        if date is not None:
            found.append(date)
    return found


def _han_year(text: str) -> int:
    """Return the year of an era: 元 is the first, 一〇九 and 一百零九 are 109."""
    if text == "元":
        return 1
    hundreds, hundred, rest = text.rpartition("百")
    if not hundred and "十" not in text:
        return int("".join(_DIGITS[c] for c in text))
    return (int(_DIGITS.get(hundreds, "1")) * 100 if hundred else 0) + _han_number(rest.lstrip("零〇"))


def _han_number(text: str) -> int:
    """Return 1 to 31 from 一 to 三十一, 0 for an empty text."""
    tens, ten, ones = text.rpartition("十")
    return (int(_DIGITS.get(tens, "1")) * 10 if ten else 0) + int(_DIGITS.get(ones, "0"))


def _made(  # noqa: PLR0913 -- the parts of a date
    m: re.Match[str], year: str | int, month: str | int, day: str | int, *, timed: bool = True, sure: bool = True
) -> DateFound | None:
    """Return the date of a match, None if the calendar does not have it."""
    y, mo, d = int(year), int(month), int(day)
    if not (FIRST_YEAR <= y <= LAST_YEAR and 1 <= mo <= 12 and 1 <= d <= _LONGEST_MONTHS[mo - 1]):
        return None
    if d == 29 and mo == 2 and not calendar.isleap(y):
        return None
    iso = f"{y:04}-{mo:02}-{d:02}"
    start, end = m.span()
    if timed and m["H"] is not None:
        clock = _clock(m)
        if clock is None:
            end = m.start("H")
        else:
            iso += clock
    text = m.string[start:end]
    return DateFound(start, start + len(text.rstrip(" ,|·-T([")), iso, sure)


def _clock(m: re.Match[str]) -> str | None:
    hour = int(m["H"])
    late = m["half"] in _AFTERNOON or (m["ampm"] or "").lower().startswith("p")
    early = m["half"] in ("凌晨", "上午", "早上", "오전", "午前") or (m["ampm"] or "").lower().startswith("a")
    if late and hour < (11 if m["half"] == "中午" else 12):
        hour += 12
    elif early and hour == 12:
        hour = 0
    if hour > 23:
        return None
    text = f"T{hour:02}:{m['M']}" + (f":{m['S']}" if m["S"] else "")
    zone = (m["zone"] or "").strip()
    if zone and zone != "Z" and ":" not in zone:
        zone = f"{zone[:3]}:{zone[3:]}"
    return text + zone
