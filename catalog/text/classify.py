"""What each line of a page looks like, before anything is known of its neighbours."""

import re
import string
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any

from catalog.model.rule import RuleSet
from catalog.model.vocabulary import CONTACTS
from catalog.text.dates import SOFT_HYPHEN, DateFound, find_dates, may_hold_date
from catalog.text.labels import Hit, find_places, is_tool_line, scan_line, scan_places
from catalog.text.lines import Line
from catalog.text.telling import LONGEST_NOTICE, find_telling, is_footer, is_notice, is_share_tool, tells
from catalog.text.together import Together


class Kind(StrEnum):
    """The look of a line. The names are those of the reading rules in reference label vocabularies."""

    PROSE = "prose"
    SHORT = "short"
    META = "meta"  # labels with values, or a date and little else
    CREDIT = "credit"  # labels of people alone
    CHROME = "chrome"
    CRUMBS = "crumbs"
    RELATED = "related"  # the head of a list of other articles, or a step to the previous and next one
    COLOPHON = "colophon"
    NOTICE = "notice"  # prose about the site, not about the news: rights, cookies, complaints
    END = "end"


@dataclass(slots=True)
class Seen:
    """A line with what it looks like. `hits` and `dates` are empty where the line is too long to be a label line."""

    line: Line
    kind: Kind
    hits: tuple[Hit, ...] = ()
    dates: tuple[DateFound, ...] = ()
    view: str = field(init=False, repr=False, compare=False)  # the line's: asked for more often than all else of a page

    def __init__(  # by hand: to set the view behind a generated one takes a second call for each line
        self, line: Line, kind: Kind, hits: tuple[Hit, ...] = (), dates: tuple[DateFound, ...] = ()
    ) -> None:
        self.line = line
        self.view = line.view
        self.kind = kind
        self.hits = hits
        self.dates = dates


_PROSE, _SHORT, _META, _CREDIT, _CHROME = Kind.PROSE, Kind.SHORT, Kind.META, Kind.CREDIT, Kind.CHROME
_CRUMBS, _RELATED, _COLOPHON, _NOTICE, _END = Kind.CRUMBS, Kind.RELATED, Kind.COLOPHON, Kind.NOTICE, Kind.END
_SENTENCE_ENDS = "。”"
_STOPS = re.compile(r"[。!?;…]")
_COMMAS, _PAUSES = re.compile(r"[,、:“”\"]"), re.compile("[,、:]")
_LONG_HEADLINE = 60  # characters; shorter lines without a full stop may be headlines with a comma and a quotation
_ARROWS = re.compile("[>»›→]")
_PLAIN_MARKS = (("»", ">"), ("›", ">"), ("→", ">"))
_LETTERS, _DIGITS = string.ascii_letters.encode("ascii"), string.digits.encode("ascii")
# Characters of a path, of its steps, of the last one, which may be the headline, and of each step if blanks part them.
_LONGEST_PATH, _LONGEST_STEP, _LONGEST_LAST_STEP, _LONGEST_FLAT = 120, 60, 240, 12
_SHORTEST_PROSE = 16
_LONGEST_NOTE, _LONGEST_TOOLS = 40, 80  # characters of a line of counts, of names, of tools
_OPENING = "[(<「 "
_POINTERS = frozenset(">»›")
_BLANK_OR_COLON = re.compile("[: ]")
_STEP_END = re.compile("[: >·]")
_TOOL_MARKS = " |/[]()·:>+"
_TOOL_ENDS = re.compile(f"[{re.escape(_TOOL_MARKS)}]+")
KIND_AND_DATE = re.compile(
    r"(?:\w{0,12}[Mm]itteilung(?:en)?|\w{0,12}[Mm]eldung(?: der \w{4,24})?|Artikel|Nachricht|Rede|Datum|Stand|Erschienen|Veröffentlicht|Erstellt|Press [Rr]elease|News|"
    r"Article|Published|Posted|Date|Publié|Publicado|Communiqué|Nummer|Nr|Ausgabe|Bekanntmachung|Interview|Bericht|Termin|Thema|Newsletter)\b[^!?]{0,50}$"
)
KIND_OF_TEXT = re.compile(  # what kind of text follows, not what it is about
    r"(?:(?:Presse|Medien)(?:mitteilung(?:en)?|meldung|aussendung|information|erklärung|dienst)|Communiqué|Press [Rr]elease"
    r"|News [Rr]elease|For Immediate Release|Nota de prensa|Meldung|Nachricht|Im Wortlaut$|報道発表(?:資料)?$|보도자료$)(?!\w)"
)
_LEADS_TO_DATE = re.compile(r"(?<!\w)(?:vom|am|zum|bis|seit|of|on|from|for|du|le|au|del|von|от|до) ?$", re.IGNORECASE)
_LETTER = re.compile(r"[^\W\d_]")
_TOLD_LETTERS = 8  # letters around a date that make a headline of the line
_READING_TIME = re.compile(
    r"(?:(?:Temps de lecture|Lecture|Lesezeit|Lesedauer|Reading time|Tiempo de lectura|Время чтения|阅读时长|阅读时间|预计阅读)\W{0,4})?(?:ca\. ?|约 ?)?\d{1,3} ?"
    r"(?:min(?:\.|utes?|utos?|uten)?|мин(?:\.|ут[аы]?)?|分钟|分鐘|分)(?: read| de lecture| Lesezeit| de lectura)?$",
    re.IGNORECASE,
)
_MORE_NEWS = re.compile(  # heads of lists of other articles, with whose they are: Weitere Meldungen: Polizei Nordstadt
    r"(?:weitere|mehr|more|other|autres|plus d['’]|otras|más|altre|outras|другие|ещё) ?"
    r"(?:storys?|meldungen|nachrichten|artikel|beiträge|themen|pressemitteilungen|stories|news|articles|posts|releases|actualités|noticias|notizie|notícias|новости|материалы)\b.{0,60}$"
)
_MORE_STARTS = frozenset("wmoapде")
_MADE_BY = re.compile(r",? ?(?:Uhr,? )?(?:von|by|par|por|от) [A-ZÀ-ÞА-Я]")
# Westmark, den 13. Juli 2023
_AT_PLACE = re.compile(r"[A-ZÀ-Þ][^\W\d_]+(?:[ '’-][^\W\d_]+){0,3}, (?:le|den|am|el|on|in data) $")
_PLACE = re.compile(r"(?:[^\W\d_]{2,20},? )?$")
_ORNAMENT = " ·>*#-–—|[](){}:»«<+."
_MORE = " 更多+more."  # what the head of a list of other articles ends with
_HAN = re.compile(r"[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]+")
# the visitor's date, not the page's
_TODAY_WORDS = ("今天", "今日", "现在", "當前", "当前")
_TODAY_STARTS = frozenset(word[0] for word in _TODAY_WORDS)
_TODAY = re.compile(rf"(?:{'|'.join(_TODAY_WORDS)})(?:是|时间|日期)?[: ]{{0,3}}(?:公元)?\d{{4}}")
_COUNTED = re.compile(
    r"\d ?[万萬]?\+? ?(?:人参与|人已?阅读|次?阅读|次浏览|[条人则則條]?(?:评论|跟帖|跟贴|留言|評論|回應)|次点击|[Cc]omments?$|[Kk]ommentare?$|commentaires?$)"
)
_BY_LINE = re.compile(
    r"(?:By|BY|Von|Par|Por) [A-ZÀ-Þ][\w.’'-]{1,20}(?: (?:and |und |et |y |avec |mit |with |con )?[A-ZÀ-Þ][\w.’'-]{0,20}){1,5}$"
)
_TEXT_BY = re.compile(r"(?:文字?|文 ?[/、&+]? ?图|图 ?[/、&+]? ?文) ?[/:|丨] ?[\u3400-\u9fff·《》]{2}")
_LINK = re.compile(r"[>»›] ?[A-Za-zÀ-ž0-9][^>»›]{1,40}$")  # with its arrow; Chinese pages set the steps of a path so
_BY_STARTS, _TEXT_STARTS = frozenset("BVP"), frozenset("文图")
_FIGURES = frozenset("123456789一二三四五六七八九十(")
_NUMBERED = re.compile(
    r"(?:\d{1,2}[、.](?!\d)|\(?[一二三四五六七八九十]{1,3}[)、]|\(\d{1,2}\)) ?[\u3400-\u9fff].{2}"
)  # a point of the text: 4、公告发布日期:2023年8月16日
_TELLING_STARTS = (
    _TODAY_STARTS | _POINTERS | frozenset(f"#{_OPENING}") | _MORE_STARTS | {c.upper() for c in _MORE_STARTS}
)
_LABEL_HEAD = 20  # characters of running text before the first label that make the line a sentence
Look = tuple[Kind, tuple[Hit, ...], tuple[DateFound, ...]]
_A_TOOL: Look = (_CHROME, (), ())
_A_HEAD: Look = (_RELATED, (), ())
_AN_END: Look = (_END, (), ())
_A_PHRASE: Look = (_SHORT, (), ())
_LOOK_OF_LIST = {"related": _A_HEAD, "chrome": _A_TOOL, "end_marks": _AN_END, "previous_next": _A_HEAD}
MOST_REMEMBERED = 20_000  # lines, about 10 MB
LONGEST_LOOKED_AT = 160  # characters; longer lines are paragraphs
_SHARED_ROLE = frozenset(("people", "account"))
_FOOTER_ZONE, _HEAD_ZONES, _PATH_FIELD = {"colophon"}, frozenset(("dateline", "credits", "headline")), {"breadcrumb"}
_CONTACTS = frozenset(CONTACTS)
_HANGUL_END = re.compile(r"[\uac00-\ud7a3]다\.(?: |$)")  # a sentence of Korean news
_LATIN_STOPS = re.compile(r"[.,;:] ")
_SENTENCE_END = re.compile(r"[.!?…][\"”“»)]?$")


def classify(line: Line, rules: RuleSet) -> Seen:
    """Return what one line looks like."""
    return classify_lines((line,), rules)[0]


def classify_lines(lines: Sequence[Line], rules: RuleSet) -> list[Seen]:
    """Return what each line looks like. Words decide before length, and the shape of the whole line before a prefix."""
    memo = rules.memo
    looks: dict[str, Any] = {line.view: memo.get(line.view) for line in lines}  # None of new ones, until looked at
    new = [view for view, look in looks.items() if look is None]
    if new:
        found = _look_at_short([view for view in new if len(view) <= LONGEST_LOOKED_AT], rules)
        if len(memo) + len(found) <= MOST_REMEMBERED:
            memo.update(found)
        looks |= found
        if len(found) < len(new):
            looks |= {view: _look_at_paragraph(view, rules) for view in new if len(view) > LONGEST_LOOKED_AT}
    return [Seen(line, *looks[line.view]) for line in lines]


def _look_at_short(views: Sequence[str], rules: RuleSet) -> dict[str, Look]:
    """Return what lines look like that are no paragraphs. What most lines hold none of is looked for in all at once."""
    looks: dict[str, Look] = {}
    others: list[str] = []
    lowers: list[str] = []
    end_marks, related, by_line = rules.words["end_marks"], rules.words["related"], rules.by_line
    for view in views:
        lower = view.lower()
        bare = _bare(lower)
        if lower in end_marks:
            looks[view] = _AN_END
        elif not bare:
            looks[view] = _A_TOOL
        elif bare[-1] in _MORE and bare.rstrip(_MORE) in related:
            looks[view] = _A_HEAD
        elif bare in by_line:
            looks[view] = _LOOK_OF_LIST[by_line[bare]]
        else:
            others.append(view)
            lowers.append(lower)
    if others:
        together = Together(lowers)
        telling = together.parted(find_telling(together.text))
        places = together.parted(find_places(together.text, rules))
        for n, (view, lower, marks) in enumerate(zip(others, lowers, _marks_of(others), strict=True)):
            looks[view] = _look_at(view, lower, marks, places.get(n, ()), rules, is_telling=n in telling)
    return looks


def _marks_of(views: Sequence[str]) -> list[bytes]:
    """Return the marks, figures and blanks of each line, with ">" for all arrows."""
    text = "\n".join(views)
    for mark, plain in _PLAIN_MARKS:
        text = text.replace(mark, plain)
    return text.encode("ascii", "ignore").translate(None, _LETTERS).split(b"\n")


def _look_at_paragraph(view: str, rules: RuleSet) -> Look:
    hits = tuple(scan_line(view, rules)[:1]) if ":" in view[:8] else ()  # 摘要: and the like before a whole paragraph
    if (
        len(view) <= _LONGEST_LAST_STEP * 2
        and len(_ARROWS.findall(view[:LONGEST_LOOKED_AT])) >= 2
        and _is_path(view.lower(), 0, rules.words["crumb_start"])
    ):
        return _CRUMBS, hits, ()
    is_telling = len(view) < LONGEST_NOTICE and tells(view.lower())
    return (_NOTICE if is_telling and is_notice(view) else _PROSE), hits, ()


def _look_at(  # noqa: PLR0913 -- a line, and what is known of it
    view: str, lower: str, marks: bytes, places: Sequence[int], rules: RuleSet, *, is_telling: bool
) -> Look:
    if is_telling and is_share_tool(_bare(lower)):
        return _CHROME, (), ()
    if not marks and view.isalpha():  # a third of all lines, menus: no marks, no figures, no second word
        if not (is_telling or places or len(view) >= _SHORTEST_PROSE or "年" in view):
            return _A_PHRASE
        return _look_at_word(view, lower, places, rules, is_telling=is_telling)
    if (view[0] in _TELLING_STARTS or view[0] in rules.step_starts) and (
        kind := _kind_by_start(view, lower, rules)
    ) is not None:
        return kind, (), ()
    n_blanks = marks.count(b" ")
    if (n_blanks > 1 or b">" in marks or b":" in marks) and _is_crumbs(lower, marks, n_blanks, rules.words):
        return _CRUMBS, tuple(scan_places(view, lower, places, rules)), ()
    if view[0] in _FIGURES and _NUMBERED.match(view):
        return _kind_of_text(view, is_telling=is_telling), (), ()
    if view[-1] in _SENTENCE_ENDS and "。" in view and _is_prose(view):  # a date in a sentence belongs to the news
        hits = tuple(scan_places(view, lower, places, rules)) if b":" in marks or b"[" in marks else ()
        return _kind_of_text(view, is_telling=is_telling), hits, ()
    hits = tuple(scan_places(view, lower, places, rules)) if places or b":" in marks else ()
    dates = tuple(find_dates(view)) if may_hold_date(view, marks) else ()
    prose = _is_prose(view)
    kind = _kind_by_labels(view, hits, dates, is_telling, prose) if hits or dates or is_telling else None
    if kind is None:
        kind = _kind_by_shape(view, lower, marks, rules, prose=prose)
    if kind is None:
        kind = _NOTICE if is_telling and is_notice(view) else _PROSE if prose else _SHORT
    return kind, hits, dates


def _look_at_word(view: str, lower: str, places: Sequence[int], rules: RuleSet, *, is_telling: bool) -> Look:
    hits = tuple(scan_places(view, lower, places, rules)) if places and not places[0] else ()
    dates = tuple(find_dates(view)) if "年" in view else ()
    kind = _kind_by_labels(view, hits, dates, is_telling, prose=False) if hits or dates or is_telling else None
    return kind or _kind_of_text(view, is_telling=is_telling), hits, dates


def _kind_of_text(view: str, *, is_telling: bool) -> Kind:
    """Return the kind of a line that nothing but its words tell."""
    if is_telling and is_notice(view):
        return _NOTICE
    return _PROSE if _is_prose(view) else _SHORT


def _bare(lower: str) -> str:
    """Return a line without what adorns it."""
    bare = lower.strip(_ORNAMENT)
    return bare.replace(SOFT_HYPHEN, "") if SOFT_HYPHEN in bare else bare


def _kind_by_start(view: str, lower: str, rules: RuleSet) -> Kind | None:
    """Return the kind of a line that is a tag, the reader's day, a step, the head of a list or a link by how it begins; else None."""
    first = view[0]
    if first == "#" and len(view) <= 40 and not _STOPS.search(view):
        return _CHROME  # a hash tag
    if first in _TODAY_STARTS and _TODAY.match(view):
        return _CHROME
    if (first in _OPENING or first in rules.step_starts) and _is_step(view, rules):
        return _RELATED
    if lower[0] in _MORE_STARTS and _MORE_NEWS.match(lower):
        return _RELATED
    return _CHROME if first in _POINTERS and _LINK.match(view) else None


def _kind_by_labels(
    view: str, hits: tuple[Hit, ...], dates: tuple[DateFound, ...], is_telling: bool, prose: bool
) -> Kind | None:
    """Return the kind of a line that words for rights, labels or a date make up; else None."""
    if is_telling and not prose and is_footer(view):
        return _COLOPHON
    if hits and not (prose and _is_sentence(view, hits, dated=bool(dates))) and _labels_carry(view, hits):
        kind = _kind_of_labels(hits)
        if kind is not None:
            return kind
    if (
        dates
        and not _STOPS.search(view.replace(";", ""))
        and _is_dated(view, dates[0], sum([d.end - d.start for d in dates]))
    ):
        return _SHORT if not hits and _tells_date(view, dates) else _META
    return None


def _kind_by_shape(view: str, lower: str, marks: bytes, rules: RuleSet, *, prose: bool) -> Kind | None:
    """Return the kind of a line of tools, counts, or of the names of those who made the text; else None."""
    if marks and all_chrome(lower, marks, rules.words["chrome"]):
        return _CHROME
    first, is_short = view[0], len(view) <= _LONGEST_NOTE
    if (first in _BY_STARTS and _BY_LINE.match(view)) or (
        first in _TEXT_STARTS and is_short and not prose and _TEXT_BY.match(view)
    ):
        return _CREDIT
    if not is_short or not marks:
        return None
    has_figure = len(marks.translate(None, _DIGITS)) < len(marks)
    if has_figure and _READING_TIME.match(view):
        return _CHROME
    if prose:
        return None
    is_counted = has_figure and _COUNTED.search(view) is not None
    return _META if is_counted or (b":" in marks and is_tool_line(view, rules)) else None


def _is_sentence(view: str, hits: tuple[Hit, ...], *, dated: bool) -> bool:
    """Return whether running text only happens to hold label words: a full stop, a summary, or a clause before the first label."""
    return (
        "。" in view
        or hits[0].rule.field == "summary"
        or (hits[0].start > _LABEL_HEAD and len(hits) == 1 and not dated)
    )


def _is_dated(view: str, date: DateFound, covered: int) -> bool:
    """Return whether a line is a date with little beside it, or begins with a place, a date and a dash."""
    if len(view) - covered <= 24:
        return True
    if len(view) <= 120 and KIND_AND_DATE.match(view[: date.start]):
        return True
    if date.start == 0 and _MADE_BY.match(view, date.end):
        return True
    return (
        len(view) <= 100
        and _PLACE.match(view[: date.start]) is not None
        and view[date.end :].lstrip(" ").removeprefix("Uhr").lstrip(" ")[:1]
        in ("-", "–", "—", "|", "·", ",", "/", ">", ":", ";")
    )


def _tells_date(view: str, dates: tuple[DateFound, ...]) -> bool:
    """Return whether a date belongs to the words around it, as in a headline: Bericht vom 22. Juni 2021, 会见录(10月1日)."""
    first, last = dates[0], dates[-1]
    rest = view[: first.start] + view[last.end :]
    if (
        last.has_time
        or view[0] == "("
        or len(rest) < _TOLD_LETTERS
        or len(_LETTER.findall(rest)) < _TOLD_LETTERS
        or KIND_OF_TEXT.match(view)
    ):
        return False
    if _LEADS_TO_DATE.search(view[: first.start]):
        return last.end < len(view) or _AT_PLACE.match(view[: first.start]) is None
    behind = view[last.end : last.end + 1]
    return view[last.end - 1] in "日号號" and (behind == ")" or _HAN.match(behind) is not None)


def _is_step(view: str, rules: RuleSet) -> bool:
    """Return whether a line begins with previous/next and a mark, or is nothing else."""
    head = _STEP_END.split(view.lstrip(_OPENING).rstrip(" :"), maxsplit=1)[0].rstrip("])")
    return head in rules.words["previous_next"] and (
        len(view) <= len(head) + 3
        or view.lstrip("[(< ")[len(head) : len(head) + 3].strip(" ]")[:1] in (":", "·", ">", "|", "")
    )


def _is_crumbs(lower: str, marks: bytes, n_blanks: int, words: Mapping[str, frozenset[str]]) -> bool:
    """Return whether a line is a path: steps parted by arrows, blanks or strokes."""
    if b"<" in marks:
        return False  # markup printed as text
    starts, ends = words["crumb_start"], words["crumb_end"]
    if b">" in marks:
        n_arrows = marks.count(b">")
        if lower[0] in _POINTERS and len(lower) <= 24 and n_arrows < 3:
            return len(lower) > 2
        if _is_path(lower, n_arrows, starts):
            return True
    if 2 <= n_blanks <= 8 and lower[lower.rindex(" ") + 1 :] in ends:
        steps = lower.split(" ")  # a path flattened to blanks, from a known start or to a word for the text
        if not starts.isdisjoint(steps[:2]) or (lower[-1] > "\u2e80" and max(map(len, steps)) <= _LONGEST_FLAT):
            return True
    has_colon = b":" in marks and ":" in lower[:14]
    if not has_colon and (n_blanks < 2 or " / " not in lower):
        return False
    head = _BLANK_OR_COLON.split(lower, maxsplit=1)[0]
    if head.endswith("位置") and has_colon:
        return len(lower) < 120
    return head in starts and (":" in lower[:10] or " / " in lower)


def _is_path(lower: str, marks: int, starts: frozenset[str]) -> bool:
    """Return whether arrows part the line into steps: from a known start, when the last may be a headline, or into three and more."""
    steps = _ARROWS.split(lower)
    if len(steps[-1]) > _LONGEST_LAST_STEP or any(
        len(step) > _LONGEST_STEP or _STOPS.search(step) for step in steps[:-1]
    ):
        return False
    first = steps[0].rpartition(":")[2].strip(" ·")
    if first in starts or steps[0].partition(":")[0].strip(" ·") in starts:
        return True
    return (
        len(lower) <= _LONGEST_PATH
        and not _STOPS.search(steps[-1])
        and (marks >= 2 or any(first.endswith(s) for s in starts))
    )


def _labels_carry(view: str, hits: tuple[Hit, ...]) -> bool:
    """Return whether labels and their values make up most of the line, so that it is no sentence with a label word."""
    first = hits[0].start
    if first > 40 and first * 2 > len(view):  # a date closes a line of several words with values: Typ: … , Datum: …
        return hits[0].mark == ":" and hits[0].rule.reads == "date" and hits[0].value_end >= len(view) - 2
    if len(view) > 90 and _STOPS.search(view) and len(hits) < 3:
        return False
    if _STOPS.search(view[: hits[0].start]):
        return False
    value = view[hits[0].value_start : hits[0].value_end]
    return hits[0].mark != "" or len(value) <= 24


def _kind_of_labels(hits: tuple[Hit, ...]) -> Kind | None:
    rules = [hit.rule for hit in hits]
    fields, zones = {rule.field for rule in rules}, {zone for rule in rules for zone in rule.zones}
    if zones == _FOOTER_ZONE:
        return _COLOPHON
    if fields == _PATH_FIELD:
        return _CRUMBS
    if fields <= _CONTACTS and {hit.mark for hit in hits} == {"$"}:
        return None  # the head of a table's column, more often than a label
    if {rule.reads for rule in rules} <= _SHARED_ROLE:
        return _CREDIT
    return None if zones.isdisjoint(_HEAD_ZONES) else _META


def _is_prose(view: str) -> bool:
    """Return whether a line is running text: sentences, or long with commas."""
    n = len(view)
    if n < _SHORTEST_PROSE:
        return False
    if "。" in view:
        return n >= 18 or "。" in view[-3:]
    if n < 34:
        return False
    if _HANGUL_END.search(view):
        return True
    if len("".join(_HAN.findall(view))) * 3 > n:
        if n < _LONG_HEADLINE:
            return len(_STOPS.findall(view)) + len(_PAUSES.findall(view)) >= 3
        return len(_STOPS.findall(view)) + len(_COMMAS.findall(view)) >= 2
    if n < 70 or view.count(" ") < 8:
        return False
    return (
        _SENTENCE_END.search(view) is not None
        or (n >= 140 and ". " in view)
        or (n >= 100 and len(_LATIN_STOPS.findall(view)) >= 2)
    )


def all_chrome(lower: str, marks: bytes, chrome: frozenset[str]) -> bool:
    """Return whether every word between blanks, bars and brackets is one of the tools of a page: [大] [中] [小] [打印]."""
    if len(lower) > _LONGEST_TOOLS or (b" " not in marks and b"|" not in marks and b"[" not in marks):
        return False
    bare = lower.strip(_TOOL_MARKS)
    # words between blanks alone, as in most lines, are parted in a third of the time
    pieces = bare.split(" ") if marks.isspace() and "·" not in bare and "  " not in bare else _TOOL_ENDS.split(bare)
    n_strange = 0
    for piece in pieces:
        if piece not in chrome and len(piece) > 1 and not piece.isdigit():
            n_strange += 1
            if 10 * n_strange > 3 * len(pieces):
                return False
    return len(pieces) > 1 and len(pieces) - n_strange >= 2
