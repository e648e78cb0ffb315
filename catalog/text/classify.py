"""What each line of a page looks like, before anything is known of its neighbours."""

import re
from dataclasses import dataclass, field
from enum import StrEnum

from catalog.model.rule import RuleSet
from catalog.model.vocabulary import CONTACTS
from catalog.text.dates import SOFT_HYPHEN, DateFound, find_dates
from catalog.text.labels import Hit, is_tool_line, scan_line
from catalog.text.lines import Line


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

    def __post_init__(self) -> None:
        self.view = self.line.view


_STOPS = re.compile(r"[。!?;…]")
_COMMAS, _PAUSES = re.compile(r"[,、:“”\"]"), re.compile("[,、:]")
_LONG_HEADLINE = 60  # characters; shorter lines without a full stop may be headlines with a comma and a quotation
_ARROWS = re.compile("[>»›→]")
_ARROW_OR_COLON = re.compile("[>»›→:]")
_BLANK_OR_COLON = re.compile("[: ]")
_STEP_END = re.compile("[: >·]")
_TOOL_ENDS = re.compile(r"[ |/\[\]()·:>+]+")
_SHARE_TOOL = re.compile(
    r"(?:分享|转播|轉發|转发|share)(?:到|至|给|on|to|via)? ?.{0,10}$|我要分享$|.{0,12}点击右上角.{0,40}$|.{0,6}(?:扫一扫|扫码)(?!会|能|就|真|为何|为什么|背后|之|怎|难|付|支付|收)[^?]{0,24}$"
)
_KIND_AND_DATE = re.compile(
    r"(?:(?:Presse|Medien)?[Mm]itteilung(?:en)?|Pressemeldung|Meldung|Artikel|Nachricht|Rede|Datum|Stand|Erschienen|Veröffentlicht|Erstellt|Press [Rr]elease|News|"
    r"Article|Published|Posted|Date|Publié|Publicado|Communiqué|Nummer|Nr|Ausgabe|Bekanntmachung|Interview|Bericht|Termin|Thema|Newsletter)\b[^!?]{0,50}$"
)
KIND_OF_TEXT = re.compile(  # what kind of text follows, not what it is about
    r"(?:(?:Presse|Medien)(?:mitteilung(?:en)?|meldung|aussendung|information|erklärung|dienst)|Communiqué|Press [Rr]elease"
    r"|News [Rr]elease|For Immediate Release|Nota de prensa|Meldung|Nachricht|Im Wortlaut$|報道発表(?:資料)?$|보도자료$)(?!\w)"
)
_LEADS_TO_DATE = re.compile(r"(?<!\w)(?:vom|am|zum|bis|seit|of|on|from|for|du|le|au|del|von|от|до) ?$", re.IGNORECASE)
_LETTER = re.compile(r"[^\W\d_]")
_TOLD_LETTERS = 8  # letters around a date that make a headline of the line
_PLACE = re.compile(r"(?:[^\W\d_]{2,20},? )?$")
_ORNAMENT = " ·>*#-–—|[](){}:»«<+."
_HAN = re.compile(r"[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]")
_NOTICE = re.compile(
    r"(?P<sure>免责声明|^声明:|仅代表(?:作者|该作者)|信息存储空间服务|版权声明|郑重声明|特别声明|凡本[网站报]|不代表.{0,12}(?:立场|观点|平台)|投稿邮箱|联系我们删除|侵权|举报(?:电话|邮箱|受理)|[Cc]ookies?\b|privacy"
    r"|Datenschutz|all rights reserved|[Aa]lle Rechte|©|[Cc]opyright|正文已结束|问题加载中|长时间无响应|建议使用.{0,20}(?:浏览器|分辨率)|最佳浏览|信息网络传播"
    r"|文明上网|自律公约|还可输入|JavaScript|請繼續下滑|版权归|原作者所有|权益归.{0,20}所有|未经.{0,10}(?:授权|许可)[,，]?不得转载|点击.{0,6}查看更多)"
    r"|未经.{0,14}(?:授权|许可|允许|同意|書面)|不得转载|禁止转载|请勿转载|转载请|轉載|仅供参考,|本站(?:所有|郑重|部分|不)|跟帖|本文来自"
    r"|^(?:请)?(?:用|使用|打开|通过)?(?:微信|手机)?(?:长按|扫码(?!会|能|就|真|为|背后|之|怎|难|付|支付|收)|扫一扫|扫描)|^长按.{0,8}二维码"
)
# A line without one of these holds none of the patterns above; literal words are looked for much faster than patterns.
_NOTICE_WORD = re.compile(
    "声明|仅代表|存储空间|凡本|未经|转载|轉載|不代表|邮箱|联系我们删除|侵权|举报|仅供参考|本站|Cookie|cookie|privacy|Datenschutz|ights reserved|Rechte|©|opyright|"
    "建议使用|最佳浏览|信息网络传播|跟帖|文明上网|自律公约|还可输入|JavaScript|下滑|版权归|权益归|作者所有|查看更多|扫码|扫一扫|扫描|长按|正文已结束|本文来自|加载中|无响应"
)
_MARKED = re.compile(r"[\d:|/>»›→\[\](){}<#©.,。!?;·「_年]|[^ ] [^ ]")
# the visitor's date, not the page's
_TODAY = re.compile(r"(?:今天|今日|现在|當前|当前)(?:是|时间|日期)?[: ]{0,3}(?:公元)?\d{4}")
_COUNTED = re.compile(
    r"\d ?(?:万|\+)? ?(?:人参与|人已?阅读|次?阅读|次浏览|[条人]?(?:评论|跟帖|跟贴)|次点击|[Cc]omments?$|[Kk]ommentare?$|commentaires?$)"
)
_BY_LINE = re.compile(
    r"(?:By|BY|Von|Par|Por) [A-ZÀ-Þ][\w.’'-]{1,20}(?: (?:and |und |et |y )?[A-ZÀ-Þ][\w.’'-]{0,20}){1,5}$"
)
_TEXT_BY = re.compile(r"(?:文字?|文 ?[/、&+]? ?图|图 ?[/、&+]? ?文) ?[/:|丨] ?[\u3400-\u9fff·《》]{2}")
_LINK = re.compile(r"[>»›] ?[A-Za-zÀ-ž0-9][^>»›]{1,40}$")  # with its arrow; Chinese pages set the steps of a path so
_FIGURES = frozenset("123456789一二三四五六七八九十(")
_NUMBERED = re.compile(
    r"(?:\d{1,2}[、.](?!\d)|\(?[一二三四五六七八九十]{1,3}[)、]|\(\d{1,2}\)) ?[\u3400-\u9fff].{2}"
)  # a point of the text: 4、公告发布日期:2023年8月16日
_SHARE_WORD = re.compile("分享|转播|轉發|转发|share|点击右上角|扫一扫|扫码")
_LABEL_HEAD = 20  # characters of running text before the first label that make the line a sentence
_NOTICE_HEAD = 24  # a notice says so at once; further on the words stand in the news too (举报电话 at an article's end)
Look = tuple[Kind, tuple[Hit, ...], tuple[DateFound, ...]]
MOST_REMEMBERED = 20_000  # lines, about 10 MB
LONGEST_LOOKED_AT = 160  # characters; longer lines are paragraphs
_HARD_COLOPHON = re.compile(
    "增值电信业务经营许可证|信息网络传播视听节目许可证|ICP[备備证證]|公网安备|网安备|标识码|版权所有|版權所有|Copyright|copyright|©|All [Rr]ights [Rr]eserved|all rights reserved|互联网新闻信息|Alle Rechte vorbehalten"
)
_SHARED_ROLE = ("people", "account")
_CONTACTS = frozenset(CONTACTS)
_HANGUL_END = re.compile(r"[\uac00-\ud7a3]다\.(?: |$)")  # a sentence of Korean news
_LATIN_STOPS = re.compile(r"[.,;:] ")
_SENTENCE_END = re.compile(r"[.!?…][\"”“»)]?$")


def classify(line: Line, rules: RuleSet) -> Seen:
    """Return what a line looks like. Words decide before length, and the shape of the whole line before a prefix."""
    view = line.view
    if len(view) > LONGEST_LOOKED_AT:
        # 摘要: and the like before a whole paragraph
        hits = tuple(scan_line(view, rules)[:1]) if ":" in view[:8] else ()
        return Seen(line, Kind.NOTICE if _is_notice(view) else Kind.PROSE, hits)
    known = rules.memo.get(view)
    if known is None:
        known = _look_at(view, rules)
        if len(rules.memo) < MOST_REMEMBERED:
            rules.memo[view] = known
    return Seen(line, *known)


def _look_at(view: str, rules: RuleSet) -> Look:
    kind = _kind_by_words(view, rules)
    if kind is not None:
        return kind, tuple(scan_line(view, rules)) if kind is Kind.CRUMBS else (), ()
    if view[0] in _FIGURES and _NUMBERED.match(view):
        return (Kind.NOTICE if _is_notice(view) else Kind.PROSE if _is_prose(view) else Kind.SHORT), (), ()
    hits = tuple(scan_line(view, rules))
    dates = tuple(find_dates(view))
    return _kind_by_shape(view, hits, dates, rules), hits, dates


def _kind_by_words(view: str, rules: RuleSet) -> Kind | None:
    """Return the kind of a line that is, as a whole, known by a word list or by the marks of a path; else None."""
    words = rules.words
    if view.lower() in words["end_marks"]:
        return Kind.END
    bare = view.strip(_ORNAMENT).lower().replace(SOFT_HYPHEN, "")
    if bare in words["related"] or bare.rstrip(" 更多+more.") in words["related"]:
        return Kind.RELATED
    if bare in words["chrome"] or not bare:
        return Kind.CHROME
    if bare in words["end_marks"]:
        return Kind.END
    if _MARKED.search(view) is None:  # words and blanks alone: most lines of a menu
        return Kind.RELATED if bare in words["previous_next"] else Kind.CHROME if _is_share_tool(bare) else None
    if _TODAY.match(view):
        return Kind.CHROME
    if view[0] == "#" and len(view) <= 40 and not _STOPS.search(view):
        return Kind.CHROME  # a hash tag
    if _is_share_tool(bare):
        return Kind.CHROME
    if _is_step(view, words["previous_next"]):
        return Kind.RELATED
    if _LINK.match(view):
        return Kind.CHROME
    return Kind.CRUMBS if _is_crumbs(view, words["crumb_start"], words["crumb_end"]) else None


def _kind_by_shape(view: str, hits: tuple[Hit, ...], dates: tuple[DateFound, ...], rules: RuleSet) -> Kind:
    prose = _is_prose(view)
    if not prose and _HARD_COLOPHON.search(view):
        return Kind.COLOPHON
    if hits and not (prose and _is_sentence(view, hits, dated=bool(dates))) and _labels_carry(view, hits):
        kind = _kind_of_labels(hits)
        if kind is not None:
            return kind
    if dates and not _STOPS.search(view) and _is_dated(view, dates[0], sum(d.end - d.start for d in dates)):
        return Kind.SHORT if not hits and _tells_date(view, dates) else Kind.META
    if all_chrome(view, rules.words["chrome"]):
        return Kind.CHROME
    if _BY_LINE.match(view) or (view[0] in "文图" and len(view) <= 40 and not prose and _TEXT_BY.match(view)):
        return Kind.CREDIT
    if len(view) <= 40 and not prose and (_COUNTED.search(view) or is_tool_line(view, rules)):
        return Kind.META
    if _is_notice(view):
        return Kind.NOTICE
    return Kind.PROSE if prose else Kind.SHORT


def _is_sentence(view: str, hits: tuple[Hit, ...], *, dated: bool) -> bool:
    """Return whether running text only happens to hold label words: a full stop, a summary, or a clause before the first label."""
    return (
        "。" in view
        or hits[0].rule.field == "summary"
        or (hits[0].start > _LABEL_HEAD and len(hits) == 1 and not dated)
    )


def _is_share_tool(bare: str) -> bool:
    return _SHARE_WORD.search(bare) is not None and _SHARE_TOOL.match(bare) is not None


def _is_dated(view: str, date: DateFound, covered: int) -> bool:
    """Return whether a line is a date with little beside it, or begins with a place, a date and a dash."""
    if len(view) - covered <= 24:
        return True
    if len(view) <= 120 and _KIND_AND_DATE.match(view[: date.start]):
        return True
    return (
        len(view) <= 100
        and _PLACE.match(view[: date.start]) is not None
        and view[date.end :].lstrip(" ")[:1] in ("-", "–", "—", "|", "·", ",", "/", ">", ":")
    )


def _tells_date(view: str, dates: tuple[DateFound, ...]) -> bool:
    """Return whether a date belongs to the words around it, as in a headline: Bericht vom 22. Juni 2021, 会见录(10月1日)."""
    first, last = dates[0], dates[-1]
    rest = view[: first.start] + view[last.end :]
    if last.has_time or view[0] == "(" or len(_LETTER.findall(rest)) < _TOLD_LETTERS or KIND_OF_TEXT.match(view):
        return False
    if _LEADS_TO_DATE.search(view[: first.start]):
        return True
    behind = view[last.end : last.end + 1]
    return view[last.end - 1] in "日号號" and (behind == ")" or _HAN.match(behind) is not None)


def _is_notice(view: str) -> bool:
    if len(view) >= 400 or _NOTICE_WORD.search(view) is None:
        return False
    m = _NOTICE.search(view)
    if m is None:
        return False
    return m.start() <= (_NOTICE_HEAD if m["sure"] else 4) or len(view) < (60 if m["sure"] else 30)


def _is_step(view: str, steps: frozenset[str]) -> bool:
    """Return whether a line begins with previous/next and a mark, or is nothing else."""
    head = _STEP_END.split(view.lstrip("[(<「 ").rstrip(" :"), maxsplit=1)[0].rstrip("])")
    return head in steps and (
        len(view) <= len(head) + 3
        or view.lstrip("[(< ")[len(head) : len(head) + 3].strip(" ]")[:1] in (":", "·", ">", "|", "")
    )


def _is_crumbs(view: str, starts: frozenset[str], ends: frozenset[str]) -> bool:
    if "<" in view:
        return False  # markup printed as text
    marks = len(_ARROWS.findall(view))
    if view[0] in ">»›" and len(view) <= 24 and marks < 3:
        return len(view) > 2
    if marks and len(view) <= 120 and not _STOPS.search(view):
        first = _ARROW_OR_COLON.split(view, maxsplit=1)[0].strip(" ·").lower()
        return marks >= 2 or first in starts or any(first.endswith(s) for s in starts)
    if 2 <= view.count(" ") <= 8:
        tokens = view.lower().split(" ")
        if tokens[-1] in ends and any(t in starts for t in tokens[:2]):
            return True  # a path flattened to blanks
    if ":" not in view[:14] and " / " not in view:
        return False
    head = _BLANK_OR_COLON.split(view, maxsplit=1)[0].lower()
    if head.endswith("位置") and ":" in view[:14]:
        return len(view) < 120
    return head in starts and (":" in view[:10] or " / " in view)


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
    zones = {zone for hit in hits for zone in hit.rule.zones}
    if zones == {"colophon"}:
        return Kind.COLOPHON
    if all(hit.rule.field == "breadcrumb" for hit in hits):
        return Kind.CRUMBS
    if all(hit.mark == "$" and hit.rule.field in _CONTACTS for hit in hits):
        return None  # the head of a table's column, more often than a label
    if all(hit.rule.reads in _SHARED_ROLE for hit in hits):
        return Kind.CREDIT
    if "dateline" in zones or "credits" in zones or "headline" in zones:
        return Kind.META
    return None


def _is_prose(view: str) -> bool:
    """Return whether a line is running text: sentences, or long with commas."""
    n = len(view)
    if n < 16:
        return False
    if "。" in view:
        return n >= 18 or "。" in view[-3:]
    if n < 34:
        return False
    if _HANGUL_END.search(view):
        return True
    if len(_HAN.findall(view)) * 3 > n:
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


def all_chrome(view: str, chrome: frozenset[str]) -> bool:
    """Return whether every word between blanks, bars and brackets is one of the tools of a page: [大] [中] [小] [打印]."""
    if " " not in view and "|" not in view and "[" not in view:
        return False
    if len(view) > 80:
        return False
    pieces = [p for p in _TOOL_ENDS.split(view.lower()) if p]
    known = sum([p in chrome or len(p) == 1 or p.isdigit() for p in pieces])
    return len(pieces) > 1 and known >= 0.7 * len(pieces) and known >= 2
