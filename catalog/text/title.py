"""Which line is the headline: by its place, its words and whether the page says it again."""

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

from catalog.text.classify import Kind, Seen

_ENDS_LIKE_PROSE = re.compile(r"[。;,、]$")
_TOPMOST, _TAIL = re.compile(r"^[·\-*#>|=~ ]+"), re.compile(r"[·\-*#>|=~ ]+$")
_IN_BRACKETS = re.compile(r"\(.*\)$")
_DASHED = re.compile(r"[—–-]{2}")  # a subtitle
_KICKER = re.compile(
    r"(?:Medienmitteilung|Pressemitteilung|Pressemeldung|Communiqu|Press [Rr]elease|News [Rr]elease|Meldung|Nachricht)\b"
)
_DOCUMENT = re.compile(
    r"(?:决议|决定|通知|办法|意见|公告|通告|通报|批复|规定|条例|函|报告|方案|规划|说明|纲要|细则|決議|辦法|規定)$"
)
_MENU = re.compile(r"(?:[\u3400-\u9fff]{2,7} ){4,}[\u3400-\u9fff]{2,7}$")  # 学术期刊 科普期刊 系列图书 …
_NUMBER = re.compile(
    r".{0,16}[〔\[(](?:19|20)\d\d[〕\])] ?(?:第 ?)?\d{1,5} ?号$"
)  # the number of a document stands beside its title
_MARKS = re.compile(r"[\W_]+")
_WORD = re.compile(r"[^\W\d_]{5,}")
_HAN = re.compile(r"[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]")
ABOVE = 12  # lines above the label lines, or above the article, in which a headline is looked for
_LEAST_HEADLINE = 8  # a shorter line above another headline is a kicker or a section, not the headline
_REACH, _LEAST = 6, 2  # lines above the best one that may be better; characters of the shortest that is looked at
_NAMED = 3.0  # what it is worth that an index table of the page gives a line as the title
_SPREAD = 8  # characters of a line that is one word, set wide
COMPARED = 1800  # characters of an article that a headline is compared with
_DATED_TITLE = 30  # characters behind a leading date that make a headline rather than a section
_BODY = re.compile(
    r"(?:局|厅|廳|委员会|委員會|人民政府|机构|機構|协会|協會|联合会|省|庁|办公室|辦公室|研究院)$"
)  # who issues it
_LONGEST_BODY = 24
_SUBTITLE = 2.2  # how much better a line may fit and still be the subtitle of the line above it
_BYLINE = re.compile(r"(?:记者|記者|通讯员|通訊員)[: ]|^(?:文|图|文/图|by|von|par|作者|撰文)[/: |]", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class TitleFound:
    """Headline lines seen[first:last + 1] and how well they fit; below 0 nothing fits."""

    first: int
    last: int
    score: float


def pieces(view: str) -> Counter[str]:
    """Return what two folded texts are compared by: bigrams of Han text, the first six letters of longer words of other text."""
    if len(_HAN.findall(view[:400])) * 3 > len(view[:400]):
        plain = _MARKS.sub("", view).lower()
        return Counter(map("".join, pairwise(plain)))
    return Counter(w[:6].lower() for w in _WORD.findall(view.replace("\u00ad", "")))


class LineWords:
    """The lines of one page with the words of each, made once; `counts` says how often each line stands on the page."""

    def __init__(self, seen: Sequence[Seen], counts: Mapping[str, int]) -> None:
        self.seen, self.counts = seen, counts
        self._pieces: dict[int, Counter[str]] = {}
        self._plain: dict[int, str] = {}

    def article(self, lines: range) -> str:
        """Return the beginning of an article in these lines, small letters and Han characters without marks and blanks."""
        parts, size = [], 0
        for i in lines[: len(self.seen) - lines.start]:
            if i not in self._plain:
                self._plain[i] = _MARKS.sub("", self.seen[i].view[:COMPARED]).lower()
            parts.append(self._plain[i])
            size += len(parts[-1])
            if size > COMPARED:
                break
        return "".join(parts)[:COMPARED]

    def of(self, i: int) -> Counter[str]:
        """Return the pieces of line i."""
        if i not in self._pieces:
            self._pieces[i] = pieces(self.seen[i].view)
        return self._pieces[i]


def find_title(words: LineWords, meta: Sequence[int], first: int, last: int) -> TitleFound | None:
    """Return the best headline for an article whose text stands in the lines `first` to `last`, None without a candidate.

    `meta` are its label lines.
    """
    seen = words.seen
    low = max(0, (min(meta[0], first) if meta else first) - ABOVE)
    high = max([first, *(m + 7 for m in meta)]) if meta and meta[0] < first else first
    body = words.article(range(first, last + 1))
    named = {seen[i].view[h.value_start : h.value_end] for i in meta for h in seen[i].hits if h.rule.field == "title"}
    scored = {i: s for i in range(low, min(high, len(seen))) if (s := _score(words, i, first, body, meta)) is not None}
    scored |= {i: scored[i] + _NAMED for i in scored if seen[i].view in named}
    if not scored:
        return None
    best = max(scored, key=lambda i: (scored[i], -i))
    top = best
    for i in range(best - 1, max(low - 1, best - _REACH), -1):
        if seen[i].kind is Kind.CHROME or len(seen[i].view) < _LEAST:
            continue
        if i not in scored or seen[i + 1].line.gap > 3:
            break
        if (
            scored[i] > scored[best] - _SUBTITLE
            and not _is_body(seen[i].view)
            and len(seen[i].view) >= max(_LEAST_HEADLINE, 0.6 * len(seen[best].view))
        ):
            top = i
    first_line, last_line = _document_title(seen, top)
    return TitleFound(first_line, last_line, scored[top])


def _document_title(seen: Sequence[Seen], i: int) -> tuple[int, int]:
    """Return the lines of an official document's title that is set over several: body, 关于 …, 的决议."""
    first = last = i
    while (
        last + 1 < len(seen)
        and last - i < 4
        and _goes_on(seen[last + 1])
        and not _DOCUMENT.search(unpadded(seen[last].view))
    ):
        last += 1
    while (
        first > 0
        and i - first < 3
        and _goes_on(seen[first])
        and seen[first].line.gap == 0
        and _goes_on(seen[first - 1], top=True)
    ):
        first -= 1
    lines = [seen[n].view for n in range(first, last + 1)]
    is_one = (
        last > first and _DOCUMENT.search(unpadded(lines[-1])) and any(v.startswith(("关于", "關於")) for v in lines)
    )
    return (first, last) if is_one else (i, i)


def unpadded(view: str) -> str:
    """Return a short line without the blanks that spread it: 通 知."""
    return view.replace(" ", "") if len(view) <= _SPREAD else view


def _goes_on(one: Seen, *, top: bool = False) -> bool:
    return (
        one.kind is Kind.SHORT
        and (top or one.line.gap == 0)
        and not one.dates
        and not _ENDS_LIKE_PROSE.search(one.view)
        and len(one.view) < 60
    )


def _score(words: LineWords, i: int, first: int, body: str, meta: Sequence[int]) -> float | None:
    seen = words.seen
    one = seen[i]
    view = one.view
    n = len(view)
    if not _LEAST <= n <= 220 or one.kind not in (Kind.SHORT, Kind.PROSE, Kind.META, Kind.NOTICE):
        return None
    if one.kind is Kind.META and not _is_dated_title(one):
        return None
    below = i >= first  # such a line is part of the text that it is compared with
    if below and one.kind is Kind.PROSE and _ENDS_LIKE_PROSE.search(view):
        return None
    own = words.of(i)
    size = sum(own.values())
    if not size or _BYLINE.search(view):
        return None
    said = (n for piece, n in own.items() if (body.count(piece) > n if below else piece in body))
    score = 4.0 * sum(said) / max(size, 4)
    wide = (n + len(view.encode("utf-8", "surrogatepass"))) / 4  # a Han character counts 1, an ASCII one 1/2
    score += 1.0 if 9 <= wide <= 60 else (-2.0 if wide < 6 else -1.0 if wide > 110 else 0.0)
    if words.counts.get(view, 0) > 1:
        score += 0.7
    score += _by_place(seen, i, first, meta)
    score -= 3.0 * bool(_ENDS_LIKE_PROSE.search(view)) + 2.0 * view.endswith(":")
    score -= 2.0 * _is_body(view)
    score -= 3.0 * bool(_DASHED.match(view))
    score -= 3.0 * bool(_IN_BRACKETS.match(view)) + 2.5 * bool(_KICKER.match(view))
    score -= 3.0 * bool(_MENU.match(view)) + 3.0 * bool(_NUMBER.match(view))
    score -= 1.5 * (one.kind is Kind.PROSE) + 1.0 * (one.kind is Kind.NOTICE)
    return score


def _is_body(view: str) -> bool:
    """Return whether a line is the name of a body alone."""
    return len(view) <= _LONGEST_BODY and _BODY.search(view) is not None


def _is_dated_title(one: Seen) -> bool:
    """Return whether a label line holds a headline beside its date: 题目 2023-08-19, or 24.01.2022 | Titel."""
    if not one.dates or (one.hits and one.hits[0].start < one.dates[0].end):
        return False
    return one.dates[0].start > 8 or (one.dates[0].start == 0 and len(one.view) - one.dates[0].end > _DATED_TITLE)


def _by_place(seen: Sequence[Seen], i: int, first: int, meta: Sequence[int]) -> float:
    """Return what a line's place is worth: right above the label lines most, right under them next."""
    score = 0.0
    if i and seen[i - 1].kind is Kind.CRUMBS:
        score += 0.5 if meta else 1.5
    if not meta:
        return score + max(0.0, 2.5 - 0.5 * _steps(seen, i, first))
    if i < meta[0]:
        return score + max(-1.5, 3.0 - 0.8 * _steps(seen, i, meta[0]))
    if i in meta:
        return score + 1.0  # headline and date on one line
    last = max(m for m in meta if m < i)
    return score + max(-1.5, 1.2 - 0.5 * _steps(seen, last, i))


def _steps(seen: Sequence[Seen], a: int, b: int) -> int:
    """Return how many lines that are no tools stand between two lines."""
    return sum(1 for s in seen[a + 1 : b] if s.kind is not Kind.CHROME)


def trim_title(view: str) -> tuple[int, int]:
    """Return the part of a headline line that is the headline, without ornaments around it."""
    m = _TOPMOST.match(view)
    start = m.end() if m else 0
    tail = _TAIL.search(view)
    end = tail.start() if tail and tail.start() > start else len(view)
    return start, end
