"""Lists of names as label lines print them: who is meant, where it stands, and what kind of agent it looks like."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

HAN = "\u3400-\u4dbf\u4e00-\u4e35\u4e37-\u9fff〇々"  # without 丨 (U+4E28 is cut out below)
_SEPARATOR = re.compile(r"[、,;/|&\\+]|(?<=[^ ]) ?(?:和|与|與|及| and ) ?(?=[^ ])|\s")
_TOKEN = re.compile(r"[^、,;/|&\\+ ]+")
_BRACKETED = re.compile(r"\([^()]{0,40}\)|\[[^\[\]]{0,40}\]")
_CODE = re.compile(r"(?<=.)[_(]*[A-Z]{1,3}\d{2,8}\)*$")
_AFFILIATION = re.compile(r"^.{0,20}?(?:记者|記者|通讯员|通訊員|编辑|編輯|作者|特约撰稿人|实习生|評論員|评论员)[: ]?(?=.)")
_ETC = re.compile(r"(?:等人|等)$")
_ROLE_TAIL = re.compile(r"(?<=..)(?:整理|报道|報導|報道|摄影|攝影|摄|攝|文|图|撰文|编译|編譯|供稿|文图|图文|撰)$")
_HAN_NAME = re.compile(r"[\u3400-\u9fff〇々]{2,4}$")
_DOTTED = re.compile(r"[\u3400-\u9fff]{1,8}(?:·[\u3400-\u9fff]{1,8}){1,3}$|[\u3400-\u9fff]{1,8}(?:·[A-Za-z]\.?){1,2}·?[\u3400-\u9fff]{0,8}$")
_LATIN = re.compile(r"[A-ZÀ-ÖØ-ÞА-Я][\w'’.-]*(?: (?:[A-ZÀ-ÖØ-ÞА-Я][\w'’.-]*|von|van|de|da|del|der|bin|al|y)){0,4}$")
_KANA_HANGUL = re.compile(r"[\u3040-\u30ff\uac00-\ud7af\u4e00-\u9fff]{2,8}$")
LONGEST_NAME = 24


@dataclass(frozen=True, slots=True)
class NameFound:
    """A name at view[start:end]; `kind` person, body or account; `sure` where it looks like what the label promises."""

    start: int
    end: int
    name: str
    kind: str
    sure: bool


def kind_of_name(name: str, words: Mapping[str, frozenset[str]]) -> tuple[str, bool]:
    """Return (kind, sure) of a name: known body endings make a body, a surname a sure person, digits an account."""
    if _DOTTED.match(name):
        return "person", True
    if any(name.endswith(s) for s in words["body_suffixes"]) and len(name) > 3:
        return "body", True
    if _HAN_NAME.match(name):
        surnames = words["surnames"]
        return "person", name not in words["not_names"] and (name[0] in surnames or name[:2] in surnames)
    if _LATIN.match(name) and (" " in name or "." in name or len(name) > 3):
        return "person", " " in name
    if _KANA_HANGUL.match(name):
        return ("body", True) if len(name) > 4 else ("person", False)
    return "account", False


def find_names(view: str, start: int, end: int, words: Mapping[str, frozenset[str]]) -> list[NameFound]:
    """Return the names in view[start:end], a name list behind a label; empty if the text is no such list."""
    masked = _BRACKETED.sub(lambda m: " " * len(m[0]), view[start:end])
    tokens = [(m.start() + start, m.end() + start) for m in _pieces(masked)]
    found = []
    for first, last in _join_padded(view, tokens):
        name = _named(view, first, last, words)
        if name is not None:
            found.append(name)
    return found


def _pieces(text: str) -> Iterator[re.Match[str]]:
    latin = re.compile(r"[^、,;/|&\\+]+")
    has_latin = re.search(r"[A-Za-zÀ-žА-я]{2,} [A-Za-zÀ-žА-я]", text)
    for m in (latin if has_latin else _TOKEN).finditer(text):
        if m[0].strip():
            yield m


def _join_padded(view: str, tokens: list[tuple[int, int]]) -> list[tuple[int, int]]:
    """Return the tokens with one-character neighbours joined: 李　娜 is one name that was padded to three."""
    joined: list[tuple[int, int]] = []
    for start, end in tokens:
        if joined:
            a, b = joined[-1]
            single = end - start == 1 and b - a <= 2 and view[b:start].strip(" ") == "" and start > b
            if single and (b - a == 1 or " " in view[a:b]) and _is_han(view[a]) and _is_han(view[start]):
                joined[-1] = (a, end)
                continue
        joined.append((start, end))
    return joined


def _is_surnamed(text: str, words: Mapping[str, frozenset[str]]) -> bool:
    return len(text) <= 3 and (text[0] in words["surnames"] or text[:2] in words["surnames"])


def _after_body(text: str, words: Mapping[str, frozenset[str]]) -> int:
    """Return where a person's name begins behind the body they belong to (某大学历史学院郭甲), 0 if nobody does."""
    for size in (3, 2):
        head, name = text[:-size], text[-size:]
        if _HAN_NAME.match(name) and _is_surnamed(name, words) and name not in words["not_names"]:
            if any(head.endswith(s) for s in words["body_suffixes"] if len(s) > 1):
                return len(head)
    return 0


def _is_han(character: str) -> bool:
    return "\u3400" <= character <= "\u9fff" and character != "丨"


def _named(view: str, start: int, end: int, words: Mapping[str, frozenset[str]]) -> NameFound | None:
    text = view[start:end]
    m = _AFFILIATION.match(text)
    if m:
        start, text = start + m.end(), text[m.end() :]
    for tail in (_ETC, _CODE, _ROLE_TAIL):
        cut = tail.search(text)
        if cut and cut.start() > 1 and not (tail is _ROLE_TAIL and len(cut[0]) == 1 and _is_surnamed(text, words)):
            text = text[: cut.start()]
    if len(text) > 5 and (inner := _after_body(text, words)):
        start, text = start + inner, text[inner:]
    stripped = text.strip(" :.·-—*\"'“”_")
    if not stripped or len(stripped) > LONGEST_NAME:
        return None
    start += text.index(stripped)
    name = stripped.replace(" ", "") if _is_han(stripped[0]) else stripped
    if name.lower() in words["account_words"]:
        return NameFound(start, start + len(stripped), name, "account", sure=False)
    if name in words["not_names"] or name in words["placeholder"] or name in words["chrome"]:
        return None
    kind, sure = kind_of_name(name, words)
    return NameFound(start, start + len(stripped), name, kind, sure)
