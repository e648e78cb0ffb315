"""Bylines of Latin, Cyrillic and Korean script that no label rule knows: Von Ebba Sund, Ebba Sund mit dpa, 한누리 기자."""

import re

from catalog.text.names import Words

LONGEST = 90  # characters of a line that is such a byline and nothing else
_WORD = r"[A-ZÀ-ÖØ-ÞА-ЯЁ][\w’'.-]*"
_DEGREE = r"(?:(?:Dr|Prof|Dipl|Mag|Ing|Lic)\.(?:-?[A-Za-z]{1,6}\.)* ?)"
_PERSON = rf"{_DEGREE}{{0,2}}{_WORD}(?: (?:von|van|de|da|del|der|dos|bin|al))?(?: {_WORD}){{1,3}}"
_PERSONS = rf"{_PERSON}(?:(?:, | and | und | et | y | e | и ){_PERSON}){{0,3}}"
_BY = r"(?P<role>[Bb]y|BY|[Vv]on|VON|[Pp]ar|PAR|[Pp]or|POR|[Tt]ext(?: und Fotos?)?:|От)"
_WITH = r"(?:avec|mit|with|con|com|/)"
_WORK = r"(?:[Rr]ep[oó]rter(?:in)?|[Rr]edakteur(?:in)?|[Jj]ournalist(?:e|in)?|[Cc]orrespondent|[Kk]orrespondent(?:in)?|[Rr]edactor[a]?|[Rr]édact(?:eur|rice)|[Кк]орреспондент)"
FORMS = (
    re.compile(rf"^{_BY} {{1,3}}(?P<names>{_PERSONS})(?: {_WITH} .{{2,30}}| {1,3}E-Mail schreiben|(?:,| in| für| for) .{{2,40}})?$"),
    re.compile(rf"^(?P<role>)(?P<names>{_PERSONS}) (?i:{_WITH} (?:ats|afp|dpa|sda|apa|ap|efe|ansa|belga|reuters|keystone-ats))$"),
    re.compile(rf"^(?P<role>)(?P<names>{_PERSON}),? ?[–—|-] ?{_WORK}\b.{{0,40}}$"),
    re.compile(rf"^(?P<role>)(?P<names>{_DEGREE}{_PERSON})$"),
    re.compile(rf"^(?P<role>)(?P<names>{_PERSON}) \({_WORD}\)$"),
    re.compile(rf"^.{{6,40}}\d,?(?: Uhr,?)? (?P<role>von|by|par|por|от) (?P<names>{_PERSONS})(?=$| in |,| \|)"),
    re.compile(r"^(?P<names>[가-힣]{2,4}) ?(?P<role>기자|특파원)$"),
)  # fmt: skip
_FIRST = re.compile(r"[A-ZÀ-ÖØ-ÞА-ЯЁ0-9vpbtо가-힣]")


def match_abroad(view: str, words: Words) -> re.Match[str] | None:
    """Return the match of a line that is a byline of another script than Han; names of bodies and subjects are none."""
    if len(view) > LONGEST or " " not in view or not _FIRST.match(view):
        return None
    for form in FORMS:
        if m := form.match(view):
            said = set(m["names"].lower().replace(",", "").split(" "))
            return m if said.isdisjoint(words["body_words"]) and said.isdisjoint(words["no_persons"]) else None
    return None
