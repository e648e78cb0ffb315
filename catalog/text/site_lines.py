"""Lines of a page's frame that are a name and nothing else: of a site by its ending, of a body by its words."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from catalog.model.rule import RuleSet
from catalog.text.classify import Kind, Seen
from catalog.text.segments import Page

_TOP, _END = 6, 4  # lines at both ends of a page in which a name alone is more than a link
_SHORTEST, _LONGEST = 2, 90
_PLAIN_TOP, _LINK = 0.8, 0.4
# a comma stands only in a list that comes to its end: für Umwelt, Naturschutz und nukleare Sicherheit
_NO_NAME = re.compile(r"[\d:;!?|>\"“”…。/]|\.$|,(?!.* (?:und|and|et|y|и) )")
_EASTERN = re.compile(r"[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]")
_LONGEST_HAN = 24
_SHORT_WORD, _LONG_WORD = 2, 8  # letters: a word this short ends others by chance; a compound is longer than this
_ACRONYM = re.compile(r"^[A-ZÄÖÜ]{2,6}: (?=\S{4})|(?<=\w{5}) \(?[A-ZÄÖÜ]{2,6}\)?$")
_DOMAIN = re.compile(r"(?:www\.)?[A-Za-z-]{3,20}(?:\.[a-z]{2,6}){1,2}$|[A-Z]{2,6}\.[A-Z]{2}$")
_ARTICLE = re.compile(r"^[dl]['’]", re.IGNORECASE)
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


class NameLines:
    """The name lines of one page."""

    def __init__(self, page: Page, rules: RuleSet) -> None:
        self.page = page
        self.words = rules.words
        self.endings = tuple(rules.words["site_endings"])
        self.bodies = tuple(rules.words["site_bodies"])
        self.body_ends = tuple(w for w in rules.words["body_words"] if len(w) > _SHORT_WORD)
        self.title = page.seen[page.title.first].view if page.title else None
        self.is_eastern = self.title is not None and _EASTERN.search(self.title) is not None
        self.last = len(page.seen)
        self.body = range(page.body[0], page.body[-1] + 1) if page.body else range(self.last // 2, self.last // 2)

    def find(self) -> Iterator[NameLine]:
        """Yield each name once, where it stands first."""
        places: dict[str, list[int]] = {}
        for n, one in enumerate(self.page.seen):
            if (
                one.kind is Kind.SHORT
                and _SHORTEST <= len(one.view) <= _LONGEST
                and n not in self.body
                and one.view != self.title
            ):
                places.setdefault(_ACRONYM.sub("", one.view) if one.view[0].isupper() else one.view, []).append(n)
        weighed = [(view, at[0], weight) for view, at in places.items() if (weight := self._weigh(view, at))]
        top = [view for view, first, weight in weighed if first < 2 * _TOP and weight > _PLAIN_TOP]
        for view, first, weight in weighed:
            # two names at the top: one of them at least is a link to the body above
            linked = view in top and any(view not in other and other not in view for other in top)
            # as it stands alone if it ever does, else as it stands first
            one = next((self.page.seen[n] for n in places[view] if self._view(n) == view), self.page.seen[first])
            yield NameLine(one.line.start, one.line.end, weight - _LINK * linked)

    def _weigh(self, view: str, at: list[int]) -> float:
        first = at[0]
        above = first < self.body.start
        again = 0.4 * (above and at[-1] >= self.body.stop)
        if len(view) <= 40 and view.endswith(self.endings) and _NO_NAME.search(view) is None:
            usual = 1.3 if first == 0 else 1.0 if first < 2 * _TOP or first >= self.last - _END else 0.3
            return usual + again
        if self._is_body(view) or _DOMAIN.match(view):
            often = 0.2 * min(len(at) - 1, 2)
            high = 0.8 if first < _TOP else 0.4 if first < 2 * _TOP else 0.0
            return 0.5 + high + again + often + 0.4 * self._has_address(at)
        if first < _TOP and (first == 0 or again):
            return _PLAIN_TOP + again
        return 0.0

    def _is_body(self, view: str) -> bool:
        if not view[0].isupper():
            return len(view) <= _LONGEST_HAN and view.endswith(self.bodies) and _NO_NAME.search(view) is None
        if self.is_eastern:
            return False  # the name in English beside the site's own
        words = [_ARTICLE.sub("", w.rstrip(",")) for w in view.replace("-", " ").split(" ")]
        if not any(map(self._is_body_word, words)) or _NO_NAME.search(view):
            return False
        if any(not (w[:1].isupper() or w.lower() in self.words["small_words"] or w[:1] in "(&") for w in words):
            return False
        return len(words) > 1 or view.lower() not in self.words["body_words"]

    def _is_body_word(self, word: str) -> bool:
        word = word.lower()
        return word in self.words["body_words"] or (len(word) > _LONG_WORD and word.endswith(self.body_ends))

    def _has_address(self, at: list[int]) -> bool:
        """Return whether a postal address stands under the name."""
        return any(_ADDRESS.search(self._view(n + k)) is not None for n in at for k in (1, 2) if n + k < self.last)

    def _view(self, n: int) -> str:
        one: Seen = self.page.seen[n]
        return one.view
