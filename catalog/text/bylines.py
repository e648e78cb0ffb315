"""Bylines inside running text: （记者 甲 乙） at the head of an article, （责任编辑：丙） or （丁） at its end."""

import re
from collections.abc import Iterator, Mapping, Sequence

from catalog.model.field import Confidence, Field, State
from catalog.text.bylines_abroad import FORMS as ABROAD
from catalog.text.bylines_abroad import match_abroad
from catalog.text.labels import read_hits, scan_line
from catalog.text.lines import Line
from catalog.text.names import NameFound, find_names, kind_of_name
from catalog.text.readers import Found
from catalog.text.sheet import Claim, Sheet

_HEAD, _TAIL = 160, 120  # characters of a paragraph's beginning and end in which its makers stand
_FIRST, _FIRST_SHORT, _SHORT = 6, 14, 24  # lines of a body with bylines; further ones only if they are short
_SHORT_HEAD = 40  # characters of a paragraph in which its makers are said to report
_LONGEST = 50  # characters of a line that is a byline and nothing else
_REPORTER = re.compile(
    r"[(\[](?:[^()\[\]]{0,24}?)(?P<role>记者|記者|通讯员|通訊員|特约撰稿人?|评论员|評論員)[: ]{0,3}(?P<names>[^()\[\]]{2,60})[)\]]"
)
_BOXES = "□◎◇○〇△▲·*|"
_BOX = rf"^[{_BOXES}]? ?"
_MAKERS = ("记者", "記者", "通讯员", "通訊員", "评论员", "評論員", "作者", "撰稿人", "实习生", "實習生")
_BARE = (  # lines that are a byline and nothing else
    re.compile(
        _BOX
        + rf"[\u3400-\u9fff《》“”·A-Za-z+]{{0,16}}?(?P<role>{'|'.join(_MAKERS)})"
        + r"[:/ ]{1,4}(?P<names>[\u3400-\u9fff·、, ]{2,40}?)"
        r"(?: ?(?:[\u3400-\u9fff]{2,4})?(?:文|图|/|摄影|报道|報導|綜合報導))*$"
    ),
    re.compile(
        _BOX
        + r"(?:[\u3400-\u9fff《》]{0,10}(?:报|網|网|社|台|刊|媒体)(?:“[^“”]{2,10}”)?)?(?P<role>记者|記者)(?!发布|發布|発表|会見|會見|提问|提問|招待)(?P<names>[\u3400-\u9fff·]{2,4}(?:[、 ][\u3400-\u9fff·]{2,4}){0,4})(?: ?/ ?[\u3400-\u9fff]{2,6}(?:報導|報道|报道))?$"
    ),
    re.compile(rf"^[{_BOXES}] ?(?P<role>)" + r"(?P<names>[\u3400-\u9fff·]{2,4}(?:[、 ][\u3400-\u9fff·]{2,4}){0,4})$"),
    re.compile(
        _BOX
        + r"(?P<role>)(?P<names>[\u3400-\u9fff·]{2,4}(?:[、 ][\u3400-\u9fff·]{2,4}){0,4}) ?/ ?文(?:/?图)?(?: .{0,12})?$"
    ),
    re.compile(
        r"^(?:文字?|文 ?[/、&+]? ?[图圖]|[图圖] ?[/、&+]? ?文)(?: ?[/:|丨] ?| (?=.*[图圖]))(?P<role>)"
        r"(?P<names>[\u3400-\u9fff《》·、,/ ]{2,40}?)(?: *(?:图|圖|图片|圖片|攝影)(?: ?[/:|丨]|片?(?:为|由|来)).*)?$"
    ),
)
_DONE = re.compile(  # 席悦 报道: only if all are sure names
    r"^(?P<role>)(?P<names>[\u3400-\u9fff·]{1,8}(?:[、 ]{1,2}[\u3400-\u9fff·]{1,8}){0,4})[ /]{1,3}"
    r"(?:文(?: ?[/、] ?[图圖])?|(?:(?:综合|联合|采访|綜合|聯合|採訪|图文)?(?:报道|報道|报导|報導)|采写|採寫|撰文|撰稿|采访撰文)(?:/?(?:摄影|攝影))?)$"
)
_DONE_ENDS = frozenset("文图圖道导導写寫稿影")
# Such a line holds one, or begins with one. One pattern of both would be tried at each character.
_BARE_SIGN, _BARE_HEADS = re.compile(f"[/:丨{_BOXES}{''.join(word[-1] for word in _MAKERS)}]"), frozenset("文图圖")
_TAKEN = re.compile(r"[ /]?(?:摄|攝|摄影|攝影)[)\]]?$")
_TRAILING = re.compile(
    r"[(\[](?P<lead>(?:文/图|图/文|文图|图文|文字|文|作者|来源|撰文|供稿)?[:/丨| ]{0,3})(?:[\u3400-\u9fff]{2,20}: ?)?"
    r"(?P<names>[\u3400-\u9fff·、, ]{2,24}?)(?:[ ,;/]{0,3}(?:[图圖]|[图圖照]片|摄影|攝影)[:/丨|为由来均系為來].{0,30})?[)\]]$"
)
_COMMUNES = ("镇", "乡", "村", "鎮", "鄉")  # in a list of makers: their governments
_BRACKET_END = re.compile(r"[(\[](?P<inside>[^()\[\]]{3,80})[)\]](?: ?\d{6,8})?$")
_DISPATCH = re.compile(r"(?P<names>.{2,24}?)(?P<place>[\u3400-\u9fff]{2})?\d{1,2}(?:月\d{1,2})?日?[电電讯訊].*$")
_TAIL_WORDS = re.compile(
    r"(?:综合|綜合|专题|現場)?(?:(?:摄影|攝影)?(?:报道|报导|報導|報道)|整合|整理|摄影|攝影|摄|文/图|电|讯)$"
)
_WIRE = re.compile(r"^.{0,30}?[电電讯訊] ?\((?P<role>)(?P<names>[\u3400-\u9fff·、, ]{2,40})\)")
_KOREAN_ROLES = ("기자", "특파원")
_KOREAN = re.compile(  # (청하=해오름통신) 한누리 기자 =, and a line with the address behind
    r"^(?:\([^()=]{1,20}=[^()=]{2,20}\) ?)?(?P<names>[가-힣]{2,4}(?:, ?[가-힣]{2,4}){0,3}) ?(?P<role>"
    + "|".join(_KOREAN_ROLES)
    + r")(?= ?=|$| [\w.]+@)"
)
_REPORTED = re.compile(  # 某报通讯员 甲 记者 乙 报道 5月15日，…
    r"^[\u3400-\u9fff]{0,10}?(?P<role>记者|記者|通讯员|通訊員) ?(?P<names>[\u3400-\u9fff·]{2,4}(?:[、 ] ?(?:记者|記者|通讯员|通訊員)? ?[\u3400-\u9fff·]{2,4}?){0,4}?) ?(?:摄影)?(?:报道|報道|報導)(?=[ :,]|\d|$)"
)
_JAPANESE = re.compile(r"\[(?P<names>[\u3400-\u9fff々ヶ]{2,6}(?:、[\u3400-\u9fff々ヶ]{2,6}){0,3})\]$")
_KANA = re.compile(r"[\u3041-\u30fa]")
_LATIN = re.compile(r"\((?P<role>[Bb]y) (?P<names>[A-Z][^()]{3,60})\)(?: ?[A-Za-z/#]{0,10})$")
_OTHER_WORK = re.compile(r" ?(?:编辑|責編|责编|责任编辑|校对|摄影|审核|监制|制图|剪辑|视频)[: /]")
_FROM_WHERE = re.compile(r"/ ?[\u3400-\u9fff]{2,6}(?:报道|報導|報道|綜合報導|[电電])$")  # 〔記者甲／台北報導〕
_SECOND_ROLE = re.compile(r"[,、; ]*(?P<role>通讯员|通訊員|特约记者|记者|記者|实习生)[: ]*")
_ROLES = {"通讯员": "correspondent", "通訊員": "correspondent", "作者": "author", "by": "author"}
_ROLES |= dict.fromkeys(("von", "par", "por", "от", "text:", "text und foto:", "text und fotos:"), "author")


def read_bylines(lines: Sequence[Line], sheet: Sheet) -> list[Field]:
    """Return the people that the body's first and last lines name as its makers, in page order."""
    fields: list[Field] = []
    for n, line in enumerate(lines[:_FIRST_SHORT]):
        if n < _FIRST or len(line.view) <= _SHORT:
            fields += _at_head(line, sheet)
    for line in lines[-3:]:
        fields += _at_end(line, sheet, is_last=line is lines[-1])
    return fields


def read_byline(line: Line, sheet: Sheet) -> list[Field]:
    """Return the people of a line that is a byline and nothing else: 青禾谈记者 席悦, 《渠首》作者 段思源."""
    m = _bare(line.view, sheet)
    return list(_people(line, m, sheet)) if m else []


def _bare(view: str, sheet: Sheet) -> re.Match[str] | None:
    if (m := match_abroad(view, sheet.rules.words)) is not None:
        return m
    if len(view) > _LONGEST:
        return None
    if (view[0] in _BARE_HEADS or _BARE_SIGN.search(view)) and (
        m := next((m for pattern in _BARE if (m := pattern.match(view))), None)
    ):
        return m
    m = _DONE.match(view) if view[-1] in _DONE_ENDS else None
    names = find_names(view, *m.span("names"), sheet.rules.words) if m else []
    return m if names and all(n.sure and n.kind == "person" for n in names) else None


def _at_head(line: Line, sheet: Sheet) -> Iterator[Field]:
    view = line.view
    m = _bare(view, sheet)
    if m is None and _has_bracket(view):
        m = _REPORTER.search(view, 0, min(len(view), _HEAD)) or _WIRE.match(view)
    if m is None and any(role in view[:_HEAD] for role in _KOREAN_ROLES):
        m = _KOREAN.match(view)
    if m is None and ("报道" in view[:_SHORT_HEAD] or "報" in view[:_SHORT_HEAD]):
        m = _REPORTED.match(view)
    if m:
        yield from _people(line, m, sheet)


def _at_end(line: Line, sheet: Sheet, *, is_last: bool) -> Iterator[Field]:
    view = line.view
    tail = max(0, len(view) - _TAIL)
    m = _bare(view, sheet)
    if m is None:
        if not _has_bracket(view):
            return
        m = _REPORTER.search(view, tail) or _LATIN.search(view, tail)
    if m and m.end() >= len(view) - 10:
        yield from _people(line, m, sheet)
        return
    m = _BRACKET_END.search(view, tail)
    if m and (hits := scan_line(m["inside"], sheet.rules)) and hits[0].start == 0:
        part = Line(line.number, line.start + m.start("inside"), m["inside"], 0)
        yield from (f for f in read_hits(part, hits, sheet, "credits") if f.state is State.STATED)
        return
    if not is_last:
        return
    japanese = _JAPANESE.search(view, tail) if _KANA.search(view) else None
    if japanese:
        names = find_names(view, *japanese.span("names"), sheet.rules.words)
        yield from (_field(line, n, Claim("author", "ja.byline.trailing", Confidence.MEDIUM), sheet) for n in names)
        return
    if m and (inner := _bare(m["inside"], sheet)):
        yield from _people(Line(line.number, line.start + m.start("inside"), m["inside"], 0), inner, sheet)
        return
    m = _TRAILING.search(view, tail)
    if m and not m["lead"].startswith("来源"):
        names = _without_body(find_names(view, m.start("names"), m.end("names"), sheet.rules.words), sheet)
        if names and all(n.sure and n.kind == "person" for n in names):
            claim = Claim("author", "zh.byline.trailing", Confidence.MEDIUM, m["lead"].strip(" :/丨|") or None)
            yield from (_field(line, n, claim, sheet) for n in names)


def _without_body(names: list[NameFound], sheet: Sheet) -> list[NameFound]:
    """Return the names without the department before or behind them: 心血管内科 苗青禾."""
    if len(names) > 1 and _is_body(names[0].name, sheet):
        return names[1:]
    return names[:-1] if len(names) > 1 and _is_body(names[-1].name, sheet) else names


def _is_body(name: str, sheet: Sheet) -> bool:
    words = sheet.rules.words
    is_body = name.endswith((*_COMMUNES, *words["body_suffixes"]))
    return is_body and kind_of_name(name, words) != ("person", True)


def _has_bracket(view: str) -> bool:
    """Return whether people can stand in brackets in a line, as they do in all lines that are not theirs alone."""
    return "(" in view or "[" in view


def _people(line: Line, m: re.Match[str], sheet: Sheet) -> Iterator[Field]:
    """Yield the names of a byline, each with the role that stands before it."""
    if _TAKEN.search(m[0]) and m[0][0] != "文":
        return  # （记者 甲 摄） stands under a picture; the text is another's
    view, role = line.view, m["role"]
    rule = "byline.abroad" if m.re in ABROAD or m.re is _KOREAN or m.re is _LATIN else "zh.byline.reporter"
    start, end = _bounds(view, m)
    while start < end:
        following = _SECOND_ROLE.search(view, start, end)
        stop = following.start() if following else end
        stop = start + len(_TAIL_WORDS.sub("", view[start:stop].rstrip(" ")))
        for name in find_names(view, start, stop, sheet.rules.words):
            if name.kind == "person":
                trust = Confidence.HIGH if name.sure else Confidence.MEDIUM
                code = _ROLES.get(role.lower(), "reporter" if role else "author")
                yield _field(line, name, Claim(code, rule, trust, role or None), sheet)
        if following is None:
            return
        start, role = following.end(), following["role"]


def _bounds(view: str, m: re.Match[str]) -> tuple[int, int]:
    """Return where the names of a byline begin and end: before other work's people and before where it was written."""
    start, end = m.span("names")
    other = _OTHER_WORK.search(view, start, end) or _FROM_WHERE.search(view, start, end)
    end = other.start() if other else end
    dispatch = _DISPATCH.match(view[start:end])
    return start, start + dispatch.end("names") if dispatch else end


def _field(line: Line, name: NameFound, claim: Claim, sheet: Sheet) -> Field:
    return sheet.field(line, Found(name.start, name.end, name.name, name.kind), claim)


def has_names(words: Mapping[str, frozenset[str]], view: str) -> list[NameFound]:
    """Return the names of a line that is nothing but a list of sure persons, else an empty list."""
    names = find_names(view, 0, len(view), words)
    if not all(n.sure and n.kind == "person" for n in names):
        return []
    printed = view.lower().split(" ")
    if not words["no_persons"].isdisjoint(printed) or not words["body_words"].isdisjoint(printed):
        return []  # Polizei Nordstadt, Ort Nordstadt
    return names if sum(n.end - n.start for n in names) >= len(view.replace(" ", "")) - 2 else []
