"""Bylines inside running text: （记者 甲 乙） at the head of an article, （责任编辑：丙） or （丁） at its end."""

import re
from collections.abc import Iterator, Mapping, Sequence

from catalog.model.field import Confidence, Evidence, Field, State
from catalog.model.rule import RuleSet
from catalog.model.span import Span
from catalog.text.fold import clean_value
from catalog.text.labels import read_hits, scan_line
from catalog.text.lines import Line
from catalog.text.names import NameFound, find_names

_HEAD = 160  # characters of a paragraph in which a dateline's reporters stand
_REPORTER = re.compile(
    r"[(\[](?:[^()\[\]]{0,24}?)(?P<role>记者|記者|通讯员|通訊員|特约撰稿人?|评论员|評論員)[: ]{0,3}(?P<names>[^()\[\]]{2,60})[)\]]"
)
_BOX = r"^[□◎◇○〇△▲·*|]? ?"
_BARE = (  # lines that are a byline and nothing else
    re.compile(
        _BOX
        + r"[\u3400-\u9fff《》“”·]{0,16}?(?P<role>记者|記者|通讯员|通訊員|评论员|評論員|作者)[:/ ]{1,4}(?P<names>[\u3400-\u9fff·、, ]{2,40}?)"
        r"(?: ?(?:[\u3400-\u9fff]{2,4})?(?:文|图|/|摄影|报道|報導|綜合報導))*$"
    ),
    re.compile(
        _BOX
        + r"(?:[\u3400-\u9fff《》]{0,10}(?:报|網|网|社|台|刊|媒体))?(?P<role>记者|記者)(?P<names>[\u3400-\u9fff·]{2,4}(?:[、 ][\u3400-\u9fff·]{2,4}){0,4})$"
    ),
    re.compile(r"^[□◎◇○〇△▲·*|] ?(?P<role>)(?P<names>[\u3400-\u9fff·]{2,4}(?:[、 ][\u3400-\u9fff·]{2,4}){0,4})$"),
    re.compile(
        _BOX
        + r"(?P<role>)(?P<names>[\u3400-\u9fff·]{2,4}(?:[、 ][\u3400-\u9fff·]{2,4}){0,4}) ?/ ?文(?:/?图)?(?: .{0,12})?$"
    ),
)
_TAKEN = re.compile(r"[ /]?(?:摄|攝|摄影报道|摄影|攝影)[)\]]?$")
_TRAILING = re.compile(
    r"[(\[](?P<lead>(?:文/图|图/文|文图|图文|文|作者|来源|撰文|供稿)?[:/ ]{0,3})(?P<names>[\u3400-\u9fff·、, ]{2,24})[)\]]$"
)
_BRACKET_END = re.compile(r"[(\[](?P<inside>[^()\[\]]{3,80})[)\]](?: ?\d{6,8})?$")
_DISPATCH = re.compile(r"(?P<names>.{2,24}?)(?P<place>[\u3400-\u9fff]{2})?\d{1,2}(?:月\d{1,2})?日?[电電讯訊].*$")
_TAIL_WORDS = re.compile(r"(?:综合|綜合|专题|現場)?(?:报道|报导|報導|報道|整合|整理|摄影|攝影|摄|文/图|电|讯)$")
_WIRE = re.compile(r"^.{0,30}?[电電讯訊] ?\((?P<role>)(?P<names>[\u3400-\u9fff·、, ]{2,40})\)")
_LATIN = re.compile(r"\((?P<role>[Bb]y) (?P<names>[A-Z][^()]{3,60})\)(?: ?[A-Za-z/#]{0,10})$")
_OTHER_WORK = re.compile(r" ?(?:编辑|責編|责编|责任编辑|校对|摄影|审核|监制|制图|剪辑|视频)[: /]")
_FROM_WHERE = re.compile(r"/ ?[\u3400-\u9fff]{2,6}(?:报道|報導|報道|綜合報導|[电電])$")  # 〔記者甲／台北報導〕
_SECOND_ROLE = re.compile(r"[,、; ]*(?P<role>通讯员|通訊員|特约记者|记者|記者|实习生)[: ]*")
_ROLES = {"通讯员": "correspondent", "通訊員": "correspondent", "作者": "author", "by": "author", "By": "author"}


def read_bylines(lines: Sequence[Line], text: str, rules: RuleSet, capture: str) -> list[Field]:
    """Return the people that the body's first and last lines name as its makers, in page order."""
    fields: list[Field] = []
    for n, line in enumerate(lines[:14]):
        fields += _at_head(line, text, rules, capture) if n < 6 or len(line.view) <= 24 else ()
    for line in lines[-3:]:
        fields += _at_end(line, text, rules, capture, last=line is lines[-1])
    return fields


def read_byline(line: Line, text: str, rules: RuleSet, capture: str) -> list[Field]:
    """Return the people of a line that is a byline and nothing else: 半月谈记者 史卫燕, 《棱镜》作者 周纯."""
    m = _bare(line.view)
    return list(_people(line, m, text, rules, capture)) if m else []


def _bare(view: str) -> re.Match[str] | None:
    if len(view) > 50:
        return None
    return next((m for pattern in _BARE if (m := pattern.match(view))), None)


def _at_head(line: Line, text: str, rules: RuleSet, capture: str) -> Iterator[Field]:
    view = line.view
    m = _bare(view) or _REPORTER.search(view, 0, min(len(view), _HEAD)) or _WIRE.match(view)
    if m:
        yield from _people(line, m, text, rules, capture)


def _at_end(line: Line, text: str, rules: RuleSet, capture: str, *, last: bool) -> Iterator[Field]:
    view = line.view
    tail = max(0, len(view) - 120)
    m = _bare(view) or _REPORTER.search(view, tail) or _LATIN.search(view, tail)
    if m and m.end() >= len(view) - 10:
        yield from _people(line, m, text, rules, capture)
        return
    m = _BRACKET_END.search(view, tail)
    if m and (hits := scan_line(m["inside"], rules)) and hits[0].start == 0:
        part = Line(line.number, line.start + m.start("inside"), m["inside"], 0)
        found = read_hits(part, hits, text, rules, capture, "credits")
        yield from (f for f in found if f.state is State.STATED)
        return
    m = _TRAILING.search(view, tail) if last else None
    if m and not (m["lead"].startswith("来源")):
        names = find_names(view, m.start("names"), m.end("names"), rules.words)
        if names and all(n.sure and n.kind == "person" for n in names):
            label = m["lead"].strip(" :/") or None
            yield from (
                _field(line, n, "author", label, text, rules, capture, "zh.byline.trailing", Confidence.MEDIUM)
                for n in names
            )


def _people(line: Line, m: re.Match[str], text: str, rules: RuleSet, capture: str) -> Iterator[Field]:
    start, end, role = m.start("names"), m.end("names"), m["role"]
    if _TAKEN.search(m[0]):
        return  # （记者 甲 摄） stands under a picture; the text is another's
    other = _OTHER_WORK.search(line.view, start, end) or _FROM_WHERE.search(line.view, start, end)
    end = other.start() if other else end
    dispatch = _DISPATCH.match(line.view[start:end])
    if dispatch:
        end = start + dispatch.end("names")
    while start < end:
        nxt = _SECOND_ROLE.search(line.view, start, end)
        stop = nxt.start() if nxt else end
        stop = start + len(_TAIL_WORDS.sub("", line.view[start:stop].rstrip(" ")))
        for name in find_names(line.view, start, stop, rules.words):
            if name.kind == "person":
                trust = Confidence.HIGH if name.sure else Confidence.MEDIUM
                yield _field(
                    line,
                    name,
                    _ROLES.get(role, "reporter" if role else "author"),
                    role or None,
                    text,
                    rules,
                    capture,
                    "zh.byline.reporter",
                    trust,
                )
        if nxt is None:
            return
        start, role = nxt.end(), nxt["role"]


def _field(  # noqa: PLR0913 -- one field's parts
    line: Line,
    name: NameFound,
    role: str,
    label: str | None,
    text: str,
    rules: RuleSet,
    capture: str,
    rule: str,
    trust: Confidence,
) -> Field:
    span = Span(line.start + name.start, line.start + name.end)
    raw = text[span.start : span.end]
    value = name.name if " " not in name.name else clean_value(raw)
    return Field(
        role,
        State.STATED,
        value,
        trust,
        f"rules/{rules.version}",
        (Evidence(span, raw, rule),),
        label=label,
        kind=name.kind,
        capture=capture,
    )


def has_names(words: Mapping[str, frozenset[str]], view: str) -> list[NameFound]:
    """Return the names of a line that is nothing but a list of sure persons, else an empty list."""
    names = find_names(view, 0, len(view), words)
    covered = sum(n.end - n.start for n in names)
    return (
        names
        if names and all(n.sure and n.kind == "person" for n in names) and covered >= len(view.replace(" ", "")) - 2
        else []
    )
