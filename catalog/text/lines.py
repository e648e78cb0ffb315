import re
from dataclasses import dataclass

from catalog.text.fold import fold_view

# Lines that are read of one page: 100 times the longest page of the learning set. Each line costs some microseconds
# and 200 bytes, so ten million of them would take minutes and gigabytes.
MOST_LINES = 200_000


# Not frozen, as nothing that a page has hundreds of: to make a frozen one costs three times as much.
@dataclass(slots=True)
class Line:
    """A line that says something: where its text stands, the folded view of it, and how many empty lines stood before.

    `start` counts characters of the reading to the first character that is no white space; `view` has the length
    of the stripped text, so that view[i] is the reading's character start + i.
    """

    number: int
    start: int
    view: str
    gap: int

    @property
    def end(self) -> int:
        """Return where the stripped text ends in the reading."""
        return self.start + len(self.view)


def cut_lines(text: str, most: int = MOST_LINES) -> tuple[str, int]:
    """Return the text up to its first `most` lines, and how many lines are left out."""
    n_left = text.count("\n") - most + 1
    return (text, 0) if n_left <= 0 else (text.rsplit("\n", n_left)[0], n_left)


def split_lines(text: str) -> list[Line]:
    r"""Return the lines of decoded text that hold more than white space, in order.

    Only "\n" ends a line: str.splitlines() also cuts at form feeds and U+2028, which old captures carry in the
    middle of a sentence. Line numbers count from 1 and count empty lines too.
    """
    found = []
    position = last = 0
    for number, piece in enumerate(fold_view(text).split("\n"), 1):  # all blanks but the newline are plain ones now
        bare = piece.strip(" ")
        if bare:
            start = position if piece[0] != " " else position + piece.index(bare[0])
            found.append(Line(number, start, bare, number - last - 1))
            last = number
        position += len(piece) + 1
    return found


_YEAR = re.compile(r"(?:19|20)\d\d年?$")
_MONTH_DAY = re.compile(r"(?:1[0-2]|0?[1-9])(?:[/.-]|月)(?:3[01]|[12]\d|0?[1-9])日?$")
_DAY = re.compile(r"(?:3[01]|[12]\d|0?[1-9])日?$")
_YEAR_MONTH = re.compile(r"(?:19|20)\d\d(?:[/.-]|年)(?:1[0-2]|0?[1-9])月?$")
_MONTH = re.compile(r"(?:1[0-2]|0?[1-9])月$")
_HONG_KONG = re.compile(r"(?:發出)?香港時間 ?\d{1,2} ?時 ?\d{1,2} ?分$")
_ENDS_WITH_DAY = re.compile(r"\d ?日(?: ?\(?星期[一二三四五六日]\)?)?$")
_MONTH_SLASH = re.compile(r"(?:1[0-2]|0?[1-9])/$")
_CLOCK = re.compile(r"(?:[01]?\d|2[0-3]):[0-5]\d(?::[0-5]\d)?$")


def join_broken_dates(lines: list[Line], text: str) -> list[Line]:
    """Return the lines with each date that a page sets over two to four lines (2019 / 09-07 / 19:02) as one line."""
    short = (line.view for line in lines if len(line.view) <= 8 and line.view[0] in "12")
    if "香港時間" not in text and not any(_YEAR.match(view) or _YEAR_MONTH.match(view) for view in short):
        return lines
    joined: list[Line] = []
    i = 0
    while i < len(lines):
        n = _broken_date_at(lines, i)
        if n:
            first, last = lines[i], lines[i + n - 1]
            view = fold_view(text[first.start : last.end]).replace("\n", " ")
            joined.append(Line(first.number, first.start, view, first.gap))
            i += n
        else:
            joined.append(lines[i])
            i += 1
    return joined


def _broken_date_at(lines: list[Line], i: int) -> int:
    """Return how many lines from `i` on make one date, 0 if they make none."""
    if i + 1 >= len(lines):
        return 0
    a, b = lines[i].view, lines[i + 1].view
    if (
        (_YEAR.match(a) and _MONTH_DAY.match(b))
        or (_MONTH_DAY.match(a) and _YEAR.match(b))
        or (_DAY.match(a) and _YEAR_MONTH.match(b))
    ):
        return 3 if i + 2 < len(lines) and _CLOCK.match(lines[i + 2].view) else 2
    if i + 2 < len(lines) and _YEAR.match(a) and _MONTH_SLASH.match(b) and _DAY.match(lines[i + 2].view):
        return 4 if i + 3 < len(lines) and _CLOCK.match(lines[i + 3].view) else 3
    if i + 2 < len(lines) and _DAY.match(a) and _MONTH.match(b) and _YEAR.match(lines[i + 2].view):
        return 3
    return 2 if _HONG_KONG.match(b) and _ENDS_WITH_DAY.search(a) else 0
