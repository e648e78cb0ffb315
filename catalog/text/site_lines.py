"""Lines of a page's frame that are a name and nothing else: of a site by its ending, of a body by its words."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from catalog.model.rule import RuleSet
from catalog.text.classify import MOST_REMEMBERED, Kind
from catalog.text.segments import Page

_FIRST, _TOP, _END = 6, 12, 4  # lines at both ends of a page in which a name alone is more than a link
_SHORTEST, _LONGEST, _LONGEST_HAN, _LONGEST_SITE = 2, 90, 24, 40
_SHORTEST_HAN, _SHORTENED = 3, ("省", "市", "县", "区", "州", "我", "本")
_SHORT_WORD, _LONG_WORD = 2, 8  # letters: a word this short ends others by chance; a compound is longer than this
# What a line weighs. By trial on the learn captures and on invented frames.
_PLAIN, _BODY, _LINK, _AGAIN, _OFTEN = 0.8, 0.5, 0.4, 0.4, 0.2
_EASTERN = re.compile(r"[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]")
# A comma stands only in a list that comes to its end: für Umwelt, Naturschutz und nukleare Sicherheit.
_NO_NAME = re.compile(r"[\d:;!?|>\"“”…。/]|\.$|,(?!.* (?:und|and|et|y|и) )")
_JOINS = ("und", "and", "et", "y", "&")
_ACRONYM = re.compile(r"^[A-ZÄÖÜ]{2,6}: (?=\S{4})|(?<=\w{5}) \(?[A-ZÄÖÜ]{2,6}\)?$")
_ALIAS = re.compile(r"\([\u3400-\u9fff]{2,8}\)$")
_DOMAIN = re.compile(r"(?:www\.)?[A-Za-z-]{3,20}(?:\.[a-z]{2,6}){1,2}$|[A-Z]{2,6}\.[A-Z]{2}$")
_ADDRESS = re.compile(
    r"^〒|^郵便番号|^(?:[A-Z]{1,2}-)?\d{4,6} [A-ZÄÖÜ]\w+|(?:[Ss]traße|[Ss]tr\.|[Pp]latz|[Ww]eg|[Aa]llee|ufer|damm|gasse|strasse) \d"
    r"|^\d+ .{2,40}(?:Street|St|Avenue|Ave|Road|Rd|rue|Square|NW|SW)\b|^(?:Place|Plaza|Calle|Rue|Avenue|Boulevard) "
)


@dataclass(frozen=True, slots=True)
class NameLine:
    """Where a line stands that is a name, in characters of the reading, and what it weighs as the site's."""

    start: int
    end: int
    weight: float
    is_name: bool  # by its ending or its words; else only by where it stands


class NameLines:
    """The name lines of one page."""

    def __init__(self, page: Page, rules: RuleSet) -> None:
        self.page = page
        self.words = rules.words
        self.memo = rules.memo
        self.endings = tuple(rules.words["site_endings"])
        self.bodies = tuple(rules.words["site_bodies"])
        self.last_letters = {")", *(ending[-1] for ending in (*self.endings, *self.bodies))}  # most lines end with none
        self.body_ends = tuple(w for w in rules.words["body_words"] if len(w) > _SHORT_WORD)
        self.title = page.seen[page.title.first].view if page.title else None
        self.is_eastern = self.title is not None and _EASTERN.search(self.title) is not None
        self.last = len(page.seen)
        self.links = rules.words["site_links"]
        # links to skip the menu, and to the government of all, stand above the first line of a page's own
        own = (
            n for n, one in enumerate(page.seen[:_FIRST]) if one.kind is not Kind.CHROME and one.view not in self.links
        )
        self.first = next(own, 0)
        middle = self.last // 2
        self.body = range(page.body[0], page.body[-1] + 1) if page.body else range(middle, middle)

    def find(self) -> Iterator[NameLine]:
        """Yield each name once: as it stands alone if it ever does, else as it stands first."""
        seen = self.page.seen
        weighed = [(name, at, weight) for name, at in self._places().items() if (weight := self._weigh(name, at))]
        top = [name for name, at, weight in weighed if at[0] < _TOP and weight > _PLAIN]
        own = [name for name in top if name not in self.links]
        for name, at, weight in weighed:
            # two names at the top: one of them at least is a link to the body above
            others = own if name in own else top
            linked = name in top and any(name not in other and other not in name for other in others)
            line = seen[next((n for n in at if seen[n].view == name), at[0])].line
            is_name = self._is_site(name) or self._is_body(name)
            yield NameLine(line.start, line.end, weight - _LINK * linked, is_name)

    def _places(self) -> dict[str, list[int]]:
        """Return where each line of the frame stands that may be a name; a body's without the letters it is known by."""
        places: dict[str, list[int]] = {}
        for n, one in enumerate(self.page.seen):
            if one.kind is not Kind.SHORT or n in self.body:
                continue
            view = one.view
            is_latin = not self.is_eastern and view[0].isupper()
            if not is_latin and n >= _FIRST and view[-1] not in self.last_letters and "." not in view:
                continue  # most lines
            if not _SHORTEST <= len(view) <= _LONGEST or view == self.title:
                continue
            name = _ACRONYM.sub("", view) if is_latin else view
            if n < _FIRST or name in places or self._is_site(name) or self._is_body(name):
                places.setdefault(name, []).append(n)
        return places

    def _weigh(self, name: str, at: list[int]) -> float:
        first = at[0]
        again = _AGAIN * (first < self.body.start and at[-1] >= self.body.stop)
        if self._is_site(name):
            return (1.3 if first <= self.first else 1.0 if first < _TOP or first >= self.last - _END else 0.3) + again
        if self._is_body(name):
            often = _OFTEN * min(len(at) - 1, 2)
            high = 0.8 if first < _FIRST else 0.4 if first < _TOP else 0.0
            known = self._has_address(at) or self._has_english(first)
            return _BODY + high + again + often + 0.4 * known
        return _PLAIN + again if first <= self.first or (again and first < _FIRST) else 0.0

    def _is_site(self, name: str) -> bool:
        if name[-1] not in self.last_letters or len(name) > _LONGEST_SITE:
            return False
        return name.endswith(self.endings) and _NO_NAME.search(name) is None

    def _is_body(self, name: str) -> bool:
        """Return whether a line is the name of a body, or a domain, which is one too."""
        if "." in name and _DOMAIN.match(name):
            return True
        if not name[0].isupper():
            if name[-1] not in self.last_letters or not _SHORTEST_HAN <= len(name) <= _LONGEST_HAN:
                return False
            if name.startswith(_SHORTENED):
                return False  # 省财政厅, of whichever province
            bare = _ALIAS.sub("", name) if name[-1] == ")" else name
            return bare.endswith(self.bodies) and _NO_NAME.search(name) is None
        if self.is_eastern:
            return False  # the name in English beside the site's own
        key = f"\nbody {name}"  # no line begins so; menus repeat from page to page
        known: bool | None = self.memo.get(key)
        if known is None:
            known = self._is_made_of_words(name)
            if len(self.memo) < MOST_REMEMBERED:
                self.memo[key] = known
        return known

    def _is_made_of_words(self, name: str) -> bool:
        """Return whether a name in Latin or Cyrillic letters is capitalised throughout and one of its words is a body's."""
        small = self.words["small_words"]
        words = name.replace("-", " ").split(" ")
        if len(words) > 1 and words[1] in _JOINS and words[0].lower() in self.words["body_words"]:
            return False  # Amt und Aufgaben
        if len(words) == 2 and words[0].lower() in self.words["own_words"]:
            return False  # Das Ministerium, Unsere Verwaltung
        says_body = False
        for printed in words:
            word = printed[2:] if printed[1:2] in ("'", "’") else printed  # de l'Agriculture
            if not word[:1].isupper() and word not in small and word[:1] not in "(&":
                return False
            says_body = says_body or self._is_body_word(word.rstrip(","))
        if not says_body or _NO_NAME.search(name):
            return False
        return len(words) > 1 or name.lower() not in self.words["body_words"]

    def _is_body_word(self, word: str) -> bool:
        word = word.lower()
        return word in self.words["body_words"] or (len(word) > _LONG_WORD and word.endswith(self.body_ends))

    def _has_english(self, n: int) -> bool:
        """Return whether the name in capitals of another script stands under a name: a logo."""
        below = self.page.seen[n + 1].view if n + 1 < self.last and n < _FIRST else ""
        return " " in below and below.isascii() and below.isupper()

    def _has_address(self, at: list[int]) -> bool:
        """Return whether a postal address stands under the name."""
        below = (n + step for n in at for step in (1, 2) if n + step < self.last)
        return any(_ADDRESS.search(self.page.seen[n].view) for n in below)
