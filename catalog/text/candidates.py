"""How well a line fits as the headline of an article: what it shares with the text, where it stands, what it looks like."""

import math
import re
from bisect import bisect_right
from collections import Counter
from collections.abc import Sequence, Set

from catalog.text.classify import KIND_OF_TEXT, Kind, Seen
from catalog.text.line_words import LineWords
from catalog.text.outline import CHROME, CRUMBS, DATELINE, LABEL_LINES, META, NOTICE, PROSE, SHORT, STRONG

ENDS_LIKE_PROSE = re.compile(r"[。;,、]$")
_IN_BRACKETS = re.compile(r"\(.*\)$")
_DASHED = re.compile(r"[—–-]{2}")  # a subtitle
_MENU = re.compile(r"(?:[\u3400-\u9fff]{2,7}[ |/·]){4,}[\u3400-\u9fff]{2,7}$")  # 学术期刊 科普期刊 系列图书 …
_OF_FRAME = re.compile(  # help for those who cannot see the page, paths set with blanks, greetings, the document that is explained
    r"ここ(?:から|まで).{0,20}です|.{0,24}(?:を飛ばして|へ(?:移動|ジャンプ)|本文へ$)|(?:首页|首頁|ホーム|Home|Startseite)[ |/·]"
    r"|(?:欢迎|歡迎)(?:访问|光临|您|訪問|光臨)|(?:关联|相关|原文|依据)(?:文件|政策|链接|专题|报道):"
)
# The number of a document, and the body that issues it, stand beside its title.
_NUMBER = re.compile(r".{0,16}[〔\[(](?:19|20)\d\d[〕\])] ?(?:第 ?)?\d{1,5} ?号$")
_BODY = re.compile(r"(?:局|厅|廳|委员会|委員會|人民政府|机构|機構|协会|協會|联合会|省|庁|办公室|辦公室|研究院)$")
_LONGEST_BODY, _LONGEST_LATIN_BODY = 24, 72
# Polizeipräsidium Tannstadt, Ministerium für Wald und Wasser: names and particles around a word for a body
_LATIN_BODY = re.compile(
    r"(?:ministerium|präsidium|amt|direktion|departement|behörde|verwaltung|inspektion|kanzlei|ministère|préfecture|ministry"
    r"|department|authority|agency|council|ministerio|gobierno)\b"
)
_NAMES = re.compile(
    r"(?:(?:[A-ZÀ-Þ][\w’'.-]*+|für|der|des|und|von|in|im|of|the|and|for|de|du|la|les?|et|y|&),? ?){1,9}$"
)
_DAY_FIRST = re.compile(r"(?:[A-Z][a-z]{2,8}\.? \d{1,2}|\d{1,2}\.? [A-ZÀ-Þ]?[a-zà-ÿ]{2,8}\.?) ?[-–—:|] ")
_BYLINE = re.compile("记者[: ]|記者[: ]|通讯员[: ]|通訊員[: ]")
_BYLINE_START = re.compile("(?:文|图|文/图|by|von|par|作者|撰文)[/: |]", re.IGNORECASE)
_LEAST, _MOST = 2, 220  # characters
_LETTER = re.compile(r"[^\W\d_]")
_DATED_LETTERS = 8  # letters beside a date that make a headline: 题目 2023-08-19, but not Nr. 58 | 15.06.2023
_DATED_TITLE = 30  # characters behind a leading date that make a headline rather than a section
IN_SERIES = re.compile(  # a name and the number that a text has under it: 渠首观察②, 系列报道之三, [乡村振兴进行时]
    r"[\u3400-\u9fff](?:[①-⑳㈠-㈩❶-❿]|之[一二三四五六七八九十\d]{1,3}|(?:系列|特别|深度)(?:报道|報導|評論|评论|述评|访谈|策划|观察|專題|专题)(?: ?[\d(一二三四五六七八九十).]{1,4})?)$"
    r"|^\[[^\[\]]{3,24}\]$"
)
_LATIN_END = "\u0250"
# Widths: headlines are neither words nor paragraphs.
_WIDTHS, _OF_WIDTHS = (6.0, 9.0, 60.5, 110.5), (-2.0, 0.0, 1.0, 0.0, -1.0)  # below each, and from the last on
_LEAST_AGAIN = 9.0
# What tells for and against a line; by trial on the learn captures, changed frames of them and invented heads.
_SAID, _FEWEST = 4.0, 4  # for all of a line's words in the article; so many words are needed for it
_FLAT_PATH = 5.0  # against a line that is made of the page's other lines: a path set with blanks
_AGAIN = 0.7  # the page prints it twice
_ENDS_PATH = 1.5  # the path to the page ends with it
_AGAINST_ENDS = (  # found anywhere in a line: they are about its end
    (ENDS_LIKE_PROSE, 3.0), (re.compile(r"[a-zß-ÿа-я]{2}\.$"), 2.0),  # a sentence
    (re.compile(":$"), 2.0), (IN_SERIES, 1.0),
)  # fmt: skip
_AGAINST_STARTS = (
    (_DASHED, 3.0), (_IN_BRACKETS, 3.0), (_MENU, 3.0), (_OF_FRAME, 3.0), (_NUMBER, 3.0), (KIND_OF_TEXT, 2.5),
    (re.compile(r"[^\W\d_\u1100-\uffff]+(?:-[^\W\d_\u1100-\uffff]+)?$"), 1.5),  # one word of Latin or Cyrillic script
    (re.compile(r"[a-zß-ÿ]{2}"), 2.0),  # a point of a list
    (re.compile(r"[\u3400-\u9fff] {1,6}[\u3400-\u9fff] {1,6}[\u3400-\u9fff]{2}"), 2.0),  # a label that is spaced: 分 类 环境
    (re.compile(r"[\u3400-\u9fff]{2,8}(?:日报|晚报|早报|晨报|时报|商报|周刊|周报|新闻网|电视台|广播电台|客户端|融媒体中心|杂志|卫视|通讯社|之声)$"), 2.0),
    (re.compile(r"(?:[^/]{2,40} / ){2}"), 3.0), (_DAY_FIRST, 2.0),  # a list of subjects; May 16 - …
)  # fmt: skip
_ANY_START = re.compile("|".join(f"(?:{one.pattern})" for one, _ in _AGAINST_STARTS))
_KINDS_AGAINST = {PROSE: 1.5, NOTICE: 1.0, SHORT: 0.0, META: 0.0, DATELINE: 0.0, STRONG: 0.0}
_BODY_AGAINST = 2.0  # the name of a body alone
# Places: right above the label lines best, right under them next; each line between takes away.
_ABOVE, STEP, _UNDER, _UNDER_STEP, _WORST = 3.0, 0.8, 1.2, 0.5, -1.5
_BESIDE = 1.0  # headline and date on one line
_TOOL = 0.25  # of a step: what a tool between a headline and its label lines counts
_BEHIND_PROSE = 2.0  # behind running text under the label lines a line heads a part of the article
_NO_LABELS, _NO_LABELS_STEP = 2.5, 0.5  # right above the text of a page without label lines
_UNDER_PATH, _UNDER_PATH_ALONE = 0.5, 1.5  # with label lines, without
NAMED = 3.0  # what it is worth that an index table of the page gives a line as the title
# All that can tell for a line at once: places that cannot win are passed over by it, so whatever is added above counts here.
MOST_UNNAMED = _SAID + max(_OF_WIDTHS) + _ENDS_PATH + max(_ABOVE + _UNDER_PATH, _NO_LABELS + _UNDER_PATH_ALONE)
NONE = -math.inf  # the score of a line that can be no headline


class Setting:
    """An article that a headline is looked for.

    Its text stands in the lines of `article`, `meta` are its label lines; `lines` may be its headline, and `named` is what
    an index table of the page gives as the title. What a line could score at most, first by its frame, then by its words
    too, tells which lines need not be looked at closer: most of them.
    """

    def __init__(self, words: LineWords, meta: Sequence[int], article: range, lines: range, named: Set[str]) -> None:
        self.words, self.page, self.meta, self.first, self.named = words, words.page, meta, article.start, named
        self._article = words.article(article)
        self._frames = {i: self._frame(i) for i in lines if self.page.shape[i] in _KINDS_AGAINST}
        self._compared: dict[int, float] = {}
        self._scores: dict[int, float] = {}

    def _frame(self, i: int) -> float:
        """Return what the look and the place of a line are worth, NONE if it can be no headline."""
        letter, one = self.page.shape[i], self.page.seen[i]
        view = headline_of(one) if letter in LABEL_LINES else one.view
        size = len(view)
        if not _LEAST <= size <= _MOST:
            return NONE
        if letter == PROSE and i >= self.first and ENDS_LIKE_PROSE.search(view):
            return NONE
        # a Han character is 1 wide, a letter about 1/2
        width = size / 2 if view.isascii() else (size + len(view.encode("utf-8", "surrogatepass"))) / 4
        score = self.place(i) - _KINDS_AGAINST[letter] + _OF_WIDTHS[bisect_right(_WIDTHS, width)]
        if width >= _LEAST_AGAIN and self.words.ends_path(view):
            score += _ENDS_PATH
        elif self.words.is_again(view):
            score += _AGAIN
        return score + NAMED if one.view in self.named else score

    def bounds(self) -> list[tuple[float, int]]:
        """Return each line that may be a headline, with what its score cannot exceed."""
        return [(_SAID + frame, i) for i, frame in self._frames.items() if frame > NONE]

    def bound(self, i: int) -> float:
        """Return what the score of a line cannot exceed, by its frame alone."""
        return _SAID + self._frames.get(i, NONE)

    def compared(self, i: int) -> float:
        """Return what the score of a line cannot exceed, now that it is compared with the article."""
        if i not in self._compared:
            size = len(self.words.of(i)) if self.bound(i) > NONE else 0
            said = self._said(i) if size else 0
            self._compared[i] = self._frames[i] + _SAID * said / max(size, _FEWEST) if size else NONE
        return self._compared[i]

    def is_candidate(self, i: int) -> bool:
        """Return whether a line can be a headline at all."""
        if self.bound(i) == NONE or not self.words.of(i):
            return False
        view = self.page.seen[i].view
        return _BYLINE.search(view) is None and _BYLINE_START.match(view) is None

    def score(self, i: int) -> float:
        """Return how well a line fits, NONE if it can be no headline."""
        if i not in self._scores:
            view = headline_of(self.page.seen[i])
            self._scores[i] = (
                self.compared(i) - _against(view) - _FLAT_PATH * self.words.is_made_of_lines(view)
                if self.is_candidate(i)
                else NONE
            )
        return self._scores[i]

    def _said(self, i: int) -> int:
        """Return how many of a line's words the article says; those of a line that is part of it only if it says them twice."""
        own, article = self.words.of(i), self._article
        if i >= self.first:
            return sum([n for piece, n in Counter(own).items() if article.count(piece) > n])
        return sum([piece in article for piece in own])

    def is_plain(self, i: int) -> bool:
        """Return whether nothing in a line itself tells against it."""
        return not _against(headline_of(self.page.seen[i]))

    def share(self, i: int) -> float:
        """Return which share of a line's words the article says."""
        return self._said(i) / max(1, len(self.words.of(i)))

    def place(self, i: int) -> float:
        """Return what a line's place is worth."""
        shape, meta = self.page.shape, self.meta
        score = 0.0
        if i and shape[i - 1] == CRUMBS:
            score += _UNDER_PATH if meta else _UNDER_PATH_ALONE
        if not meta:
            return score + max(0.0, _NO_LABELS - _NO_LABELS_STEP * _steps(shape, i, self.first))
        if i < meta[0]:
            above = _ABOVE - STEP * _steps(shape, i, meta[0])
            return score + (above if above > _WORST else _WORST)
        if i in meta:
            return score + _BESIDE
        last = max([m for m in meta if m < i])
        if shape.find(PROSE, last + 1, i) >= 0:
            score -= _BEHIND_PROSE
        # whom to ask, pictures and names may stand between label lines and a headline
        text = shape.find(PROSE, i + 1)
        steps = min(_steps(shape, last, i), 1 + _steps(shape, i, text) if text >= 0 else math.inf)
        return score + max(_WORST, _UNDER - _UNDER_STEP * steps)


def _against(view: str) -> float:
    """Return what tells against a line by itself."""
    cost = sum([cost for one, cost in _AGAINST_ENDS if one.search(view)]) + _BODY_AGAINST * is_body(view)
    if _ANY_START.match(view):
        cost += sum([cost for one, cost in _AGAINST_STARTS if one.match(view)])
    return cost


def _steps(shape: str, a: int, b: int) -> float:
    """Return how many lines stand between two lines; tools count little."""
    return b - a - 1 - (1 - _TOOL) * shape.count(CHROME, a + 1, b) if a + 1 < b else 0


def is_body(view: str) -> bool:
    """Return whether a line is the name of a body alone."""
    if len(view) <= _LONGEST_BODY and _BODY.search(view):
        return True
    return (
        is_latin(view)
        and len(view) <= _LONGEST_LATIN_BODY
        and _NAMES.match(view) is not None
        and _LATIN_BODY.search(view.lower()) is not None
    )


def is_latin(view: str) -> bool:
    """Return whether a line begins in Latin script."""
    return view[0] < _LATIN_END


def headline_of(one: Seen) -> str:
    """Return the part of a line that can be a headline; empty where none can."""
    start, end = headline_in(one) or (0, 0)
    return one.view[start:end]


def headline_in(one: Seen) -> tuple[int, int] | None:
    """Return where a headline stands in a line: the whole of it, or of a label line the value of 标题: or what stands beside a date.

    题目 2023-08-19, 24.01.2022 | Titel.
    """
    view = one.view
    if one.kind is not Kind.META:
        return 0, len(view)
    hit = one.hits[0] if one.hits else None
    if hit and hit.rule.field == "title" and hit.value_start < hit.value_end:
        return hit.value_start, hit.value_end
    if not one.dates or (hit and hit.start < one.dates[0].end):
        return None
    before, behind = view[: one.dates[0].start].rstrip(" (|-["), view[one.dates[-1].end :]
    if len(_LETTER.findall(before)) >= _DATED_LETTERS:
        return 0, len(before)
    if one.dates[0].start == 0 and len(behind) > _DATED_TITLE:
        return len(view) - len(behind.lstrip(" |-–—:·")), len(view)
    return None
