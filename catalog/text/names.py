"""Lists of names as label lines print them: who is meant, where it stands, and what kind of agent it looks like."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache

Words = Mapping[str, frozenset[str]]

_MARKS = "、,;/|&\\\\+丨"  # 丨 (U+4E28) is a Han letter to Unicode and a bar to those who set pages
_TOKEN = re.compile(rf"[^{_MARKS} ]+")
_LATIN_TOKEN = re.compile(rf"[^{_MARKS}]+")
_LATIN_LIST = re.compile(r"[A-Za-zÀ-žА-я.]{1,} [A-Za-zÀ-žА-я]")
_LATIN_AND = re.compile(r" (?:and|und|et|y|e|и) ")
_HAN_AND = re.compile(r"[和与與及]")
_BRACKETED = re.compile(r"\([^()]{0,40}\)|\[[^\[\]]{0,40}\]")
_CODE = re.compile(r"(?<=.)[_(]*[A-Z]{1,3}\d{2,8}\)*$")  # a house code behind a name (席悦_RF1286) is no part of it
_CODE_ALONE = re.compile(r"[A-Z]{1,4}[-_]?\d{2,8}$|\d{3,8}$")  # 席悦 RF12865: a code, not a second name
_AFFILIATION = re.compile(
    r"^(?:By|Von|Par|Por) |^.{0,20}?(?:记者|記者|通讯员|通訊員|(?:编辑|編輯)(?!部)|作者|特约撰稿人|实习生|評論員|评论员)[: ]?"
)
_DEGREE = re.compile(r"(?:(?:Dr|Prof|Dipl|Mag|Ing|Lic)\.(?:-?[A-Za-z]{1,6}\.)* ?)+(?=[A-ZÀ-Þ])")
_OF_BODY = re.compile(r"^[系为為](?=.{4,})")  # （作者：张三，系某大学教授）
_TITLED = re.compile(
    r".{2,}(?:教授|研究员|院长|所长|主任|会长|秘书长|书记|局长|处长|部长|律师|博士|学者|专家|老师|讲师|医师|工程师|研究員|院長|局長|博士生|硕士生|研究生|负责人)$"
)
_ETC = re.compile(r"(?:等人|等)$")
_ROLE_TAIL = re.compile(r"(?<=..)(?:整理|报道|报导|報導|報道|摄影|攝影|摄|攝|文|图|撰文|编译|編譯|供稿|文图|图文|撰)$")
_DISPATCHED = re.compile(r"(?:报道|报导|報導|報道|[电電])$")
_ROLE_ONLY = frozenset(
    ("摄", "攝", "文", "图", "圖", "摄影", "攝影", "报道", "報導", "撰文", "整理", "编译", "供图", "综合", "/")
)
_HAN_NAME = re.compile(r"[\u3400-\u9fff〇々]{2,4}$")
_MEDIA = ("新闻", "新聞", "日报", "日報", "晚报", "在线", "客户端", "频道", "杂志", "下载")  # no name ends so
_KOREAN = 3  # syllables of a Korean name: a family's, and two
_OFFICE = re.compile(r"[\u3400-\u9fff]{2}[办局厅处站室部院台报网社辦廳處報網臺]$")  # 党政办: no name ends so
_DOTTED = re.compile(
    r"[\u3400-\u9fff]{1,8}(?:·[\u3400-\u9fff]{1,8}){1,3}$|[\u3400-\u9fff]{1,8}(?:·[A-Za-z]\.?){1,2}·?[\u3400-\u9fff]{0,8}$"
)
_LATIN = re.compile(r"[A-ZÀ-ÖØ-ÞА-Я][\w'’.-]*(?: (?:[A-ZÀ-ÖØ-ÞА-Я][\w'’.-]*|von|van|de|da|del|der|bin|al)){0,4}$")
_LATIN_BODY = re.compile(
    r"\b(?:Press|News|Agency|Office|Staff|Team|Ministry|Department|Desk|Reuters|Agence|Redaktion|Rédaction)$"
)
_KANA_HANGUL = re.compile(r"(?=.*[\u3040-\u30ff\uac00-\ud7af])[\u3040-\u30ff\uac00-\ud7af\u4e00-\u9fff]{2,8}$")
_EDGES = " :.·-—*\"'“”_。!"
LONGEST_NAME = 24


@dataclass(slots=True)
class NameFound:
    """A name at view[start:end]; `kind` person, body or account; `sure` where it looks like what the label promises."""

    start: int
    end: int
    name: str
    kind: str
    sure: bool


def ends_with(text: str, endings: frozenset[str], least: int = 1) -> bool:
    """Return whether a text ends with one of the endings of `least` characters or more: one look-up for each length."""
    return any(text[-size:] in endings for size in _sizes(endings) if least <= size <= len(text))


@cache
def _sizes(words: frozenset[str]) -> tuple[int, ...]:
    return tuple(sorted({len(word) for word in words}))


def kind_of_name(name: str, words: Words) -> tuple[str, bool]:
    """Return (kind, sure) of a name: known body endings make a body, a surname a sure person, digits an account."""
    if _DOTTED.match(name):
        return "person", True
    if (len(name) > 3 and ends_with(name, words["body_suffixes"])) or _OFFICE.match(name):
        return "body", True
    if name.endswith(_MEDIA):
        return "body", True
    if _HAN_NAME.match(name):
        return "person", name not in words["not_names"] and _has_surname(name, words)
    if _LATIN_BODY.search(name):
        return "body", True
    if _LATIN.match(name) and (" " in name or "." in name or len(name) > 3):
        return "person", " " in name
    if _KANA_HANGUL.match(name):
        return ("body", False) if len(name) > 5 else ("person", len(name) == _KOREAN and name[0] in words["surnames"])
    return "account", False


def find_names(view: str, start: int, end: int, words: Words) -> list[NameFound]:
    """Return the names in view[start:end], a name list behind a label; empty if the text is no such list."""
    masked = _BRACKETED.sub(lambda m: " " * len(m[0]), view[start:end])
    tokens = [(a + start, b + start) for a, b in _tokens(masked)]
    found: list[NameFound] = []
    for first, last in _join_padded(view, tokens):
        if ":" in view[first : last - 1]:
            break  # a label that no rule knows: 设计:张三
        for a, b in _split_joined(view, first, last, words):
            if found and found[-1].kind == "person" and _CODE_ALONE.match(view[a:b]):
                continue
            name = _named(view, a, b, words)
            if name is not None:
                found.append(name)
    return found


def _tokens(text: str) -> Iterator[tuple[int, int]]:
    if not _LATIN_LIST.search(text):
        yield from (m.span() for m in _TOKEN.finditer(text))
        return
    for m in _LATIN_TOKEN.finditer(text):
        at = m.start()
        for conjunction in _LATIN_AND.finditer(text, m.start(), m.end()):
            yield at, conjunction.start()
            at = conjunction.end()
        if text[at : m.end()].strip():
            yield at, m.end()


def _join_padded(view: str, tokens: list[tuple[int, int]]) -> list[tuple[int, int]]:
    """Return the tokens with one-character neighbours joined: 李　娜 is one name that was padded to three."""
    joined: list[tuple[int, int]] = []
    for start, end in tokens:
        if joined:
            a, b = joined[-1]
            single = end - start == 1 and b - a == 1 and b < start and view[b:start].strip(" ") == ""
            if single and _is_han(view[a]) and _is_han(view[start]) and view[start] not in _ROLE_ONLY:
                joined[-1] = (a, end)
                continue
        joined.append((start, end))
    return joined


def _split_joined(view: str, start: int, end: int, words: Words) -> list[tuple[int, int]]:
    """Return the parts of 张三和李四 where both are names; 王和平 stays whole."""
    for m in _HAN_AND.finditer(view, start + 2, max(start + 2, end - 2)):
        left, right = view[start : m.start()], view[m.end() : end]
        if all(_HAN_NAME.match(part) and _has_surname(part, words) for part in (left, right)):
            return [(start, m.start()), (m.end(), end)]
    return [(start, end)]


def _has_surname(text: str, words: Words) -> bool:
    return text[0] in words["surnames"] or text[:2] in words["surnames"]


def _is_han(character: str) -> bool:
    return "\u3400" <= character <= "\u9fff"


def _named(view: str, start: int, end: int, words: Words) -> NameFound | None:
    text = view[start:end]
    if len(text) > 4 and _TITLED.match(text):
        return None  # 苏映雪,青禾大学教授: what they are, not who else
    if _OF_BODY.match(text) and text not in words["account_words"]:
        return None
    m = _AFFILIATION.match(text) or _DEGREE.match(text)
    if m:
        start, text = start + m.end(), text[m.end() :]
    whole, text = text, _without_tails(text, words)
    if text != whole and _DISPATCHED.search(whole) and not _has_surname(text, words):
        return None  # 台北報導, 北京报道: where from, not who
    if len(text) > 5 and (inner := _after_body(text, words)):
        start, text = start + inner, text[inner:]
    stripped = text.strip(_EDGES)
    if not stripped or len(stripped) > LONGEST_NAME or stripped in _ROLE_ONLY:
        return None
    start += text.index(stripped)
    name = stripped.replace(" ", "") if _is_han(stripped[0]) else stripped
    if name.lower() in words["account_words"]:
        return NameFound(start, start + len(stripped), name, "account", sure=False)
    if any(name in words[refused] for refused in ("not_names", "placeholder", "chrome")):
        return None
    if name.lower() in words["small_words"]:
        return None  # La, of La Rédaction
    kind, sure = kind_of_name(name, words)
    return NameFound(start, start + len(stripped), name, kind, sure)


def _without_tails(text: str, words: Words) -> str:
    """Return a name without 等, a house code, or the work done (摄, 整理); 钟才文 keeps its last character."""
    for tail in (_ETC, _CODE, _ROLE_TAIL):
        cut = tail.search(text)
        whole = (
            tail is _ROLE_TAIL and cut is not None and len(cut[0]) == 1 and len(text) <= 3 and _has_surname(text, words)
        )
        if cut and cut.start() > 1 and not whole:
            text = text[: cut.start()]
    return text


def _after_body(text: str, words: Words) -> int:
    """Return where a person's name begins behind the body they belong to (某大学历史学院郭甲), 0 if nobody does."""
    for size in (3, 2):
        head, name = text[:-size], text[-size:]
        is_name = _HAN_NAME.match(name) and _has_surname(name, words) and name not in words["not_names"]
        if is_name and ends_with(head, words["body_suffixes"], least=2):
            return len(head)
    return 0
