"""Lines of a page's frame that are a name and nothing else: of a site by its ending, of a body by its words."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import chain

from catalog.model.rule import BODY_TAIL, RuleSet
from catalog.text.classify import MOST_REMEMBERED, Kind
from catalog.text.site_frame import Frame

_FIRST, _TOP, _END = 6, 12, 4  # lines at both ends of a page in which a name alone is more than a link
_NEXT = 3  # lines from one name of a logo to the next
_HEAD = 12  # lines in which a page's own first one is
_OWN_KINDS = (Kind.SHORT, Kind.CRUMBS, Kind.META)
_SHORTEST, _LONGEST, _LONGEST_HAN, _LONGEST_SITE = 2, 90, 24, 40
_SHORTEST_HAN, _SHORTENED = 3, ("省", "市", "县", "区", "州", "我", "本")
_LONG_WORD = 8  # letters: a compound is longer than this
# What a line weighs. By trial on the learn captures and on invented frames.
_PLAIN, _BODY, _LINK, _AGAIN, _OFTEN, _SAID, _LONGEST_MADE = 0.8, 0.5, 0.4, 0.4, 0.2, 0.5, 60
_EASTERN = re.compile(r"[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]")
# A comma stands only in a list that comes to its end: für Umwelt, Naturschutz und nukleare Sicherheit.
_NO_NAME = re.compile(r"[\d:;!?|>\"“”…。/]|\.$|,(?!.* (?:und|and|et|y|и) )")
_JOINS = ("und", "and", "et", "y", "&")
_ACRONYM = re.compile(r"^[A-ZÄÖÜ]{2,6}: (?=\S{4})|(?<=\w{5}) \(?[A-ZÄÖÜ]{2,6}\)?$")
_ALIAS = re.compile(r"\([\u3400-\u9fff]{2,8}\)$")
_LOGO = re.compile(
    r"^(?:Logo|Link|[Zz]ur|Go to|[Hh]ome ?page of)\b|(?:[Ss]tartseite|Logo|[Hh]ome ?page|ホームページ|トップページ|ロゴ|홈페이지)$"
)
_DOMAIN = re.compile(r"(?:www\.)?[A-Za-z-]{3,20}(?:\.[a-z]{2,6}){1,2}$|[A-Z][A-Za-z]{1,9}\.[A-Z]{2,3}$")
_ADDRESS = re.compile(
    r"〒|郵便番号|(?:[A-Z]{1,2}-)?\d{4,6} [A-ZÄÖÜ]\w+"
    r"|\d+ .{2,40}(?:Street|St|Avenue|Ave|Road|Rd|rue|Square|NW|SW)\b|(?:Place|Plaza|Calle|Rue|Avenue|Boulevard) "
)
_HOUSE_NUMBER = re.compile(r" \d")
_STREET = re.compile(r"(?:[Ss]traße|[Ss]tr\.|[Pp]latz|[Ww]eg|[Aa]llee|ufer|damm|gasse|strasse) \d")


@dataclass(slots=True)
class NameLine:
    """Where a line stands that is a name, in characters of the reading, and what it weighs as the site's."""

    start: int
    end: int
    weight: float
    is_name: bool  # by its ending or its words; else only by where it stands


@dataclass(slots=True)
class _Name:
    """The lines of a page that are one name, by their numbers, and whether it is a site's or else a body's."""

    at: list[int]
    is_site: bool
    is_body: bool


class NameLines:
    """The name lines of one page."""

    def __init__(self, frame: Frame, rules: RuleSet) -> None:
        self.frame, self.page = frame, frame.page
        page = frame.page
        self.words = rules.words
        self.site = rules.site
        self.memo = rules.memo
        self.title = page.seen[page.title.first].view if page.title else None
        self.is_eastern = self.title is not None and _EASTERN.search(self.title) is not None
        self.last = len(page.seen)
        # links to skip the menu, to the government of all, and a notice about cookies stand above a page's own first line
        heads = enumerate(page.seen[:_HEAD])
        self.first = next((n for n, one in heads if one.kind in _OWN_KINDS and not self._is_link(one.view)), 0)
        middle = self.last // 2
        self.body = range(page.body[0], page.body[-1] + 1) if page.body else range(middle, middle)

    def _is_link(self, view: str) -> bool:
        return view.lower() in self.site.links or view.lower().startswith(self.site.skips)

    def find(self) -> Iterator[NameLine]:
        """Yield each name once: as it stands alone if it ever does, else as it stands first."""
        seen = self.page.seen
        weighed = [(name, of, weight) for name, of in self._names().items() if (weight := self._weigh(name, of))]
        top = {of.at[0]: name for name, of, weight in weighed if of.at[0] < self.first + _TOP and weight > _PLAIN}
        for name, of, weight in weighed:
            linked = name in top.values() and self._is_over(name, of.at[0], top)
            line = seen[next((n for n in of.at if seen[n].view == name), of.at[0])].line
            yield NameLine(line.start, line.end, weight - _LINK * linked, of.is_site or of.is_body)

    def _is_over(self, name: str, at: int, top: Mapping[int, str]) -> bool:
        """Return whether another body's name stands right under a name at the top: that of the body above stands first."""
        if name.lower() in self.site.links:
            return len(top) > 1
        below = next((top[n] for n in range(at + 1, at + _NEXT) if n in top), name)
        return below not in name and name not in below

    def _names(self) -> dict[str, _Name]:
        """Return the lines of the frame that may be a name; a body's without the letters it is known by."""
        names: dict[str, _Name] = {}
        last_letters, is_eastern, short = self.site.last_letters, self.is_eastern, Kind.SHORT
        seen, body, low = self.page.seen, self.body, self.first + _FIRST
        for n, one in chain(enumerate(seen[: body.start]), enumerate(seen[body.stop :], body.stop)):
            if one.kind is not short:
                continue
            view = one.view
            last = view[-1]
            is_latin = not is_eastern and view[0].isupper()
            may_hold = is_latin and (last == ")" or last.isupper() or ": " in view)
            if n >= low and not may_hold and last not in last_letters and "." not in view:
                if is_latin and view in names:
                    names[view].at.append(n)
                    continue
                if not is_latin or not self._says_body(view):
                    continue  # most lines
            if (
                not _SHORTEST <= len(view) <= _LONGEST
                or self._is_headline(view)
                or (n < self.first and self._is_link(view))
            ):
                continue
            name = _ACRONYM.sub("", view) if may_hold else view
            known = names.get(name)
            if known is None:
                known = _Name([], *self._look_at(name))
                if n >= low and not known.is_site and not known.is_body:
                    continue
            if _LOGO.search(view):
                continue  # the name in it is found by its form
            if is_latin and view.split(" ", 1)[0].lower() in self.words["own_words"]:
                continue  # Das Amt, Unsere Stadt: a link of the menu
            known.at.append(n)
            names[name] = known
        return names

    def _look_at(self, name: str) -> tuple[bool, bool]:
        """Return whether a name is a site's, and whether it is a body's; remembered, for frames repeat."""
        key = (self.is_eastern, name)
        known: tuple[bool, bool] | None = self.memo.get(key)
        if known is None:
            is_site = self._is_site(name)
            known = is_site, not is_site and self._is_body(name)
            if len(self.memo) < MOST_REMEMBERED:
                self.memo[key] = known
        return known

    def _weigh(self, text: str, name: _Name) -> float:
        at = name.at
        first = max(0, at[0] - self.first)
        again = _AGAIN * (at[0] < self.body.start and at[-1] >= self.body.stop)
        if name.is_site:
            return (1.3 if first == 0 else 1.0 if first < _TOP or at[0] >= self.last - _END else 0.3) + again
        if name.is_body:
            often = _OFTEN * min(len(at) - 1, 2)
            high = 0.9 if not first and not self.is_eastern else 0.8 if first < _FIRST else 0.4 if first < _TOP else 0.0
            if first and not again and " " not in text and not self.is_eastern and "." not in text:
                high = 0.0  # Landesregierung: of whichever Land
            known = self._has_address(at) or self._has_english(at[0])
            return _BODY + high + again + often + 0.4 * known
        if text.lower() in self.words["body_words"] and not text.startswith("Bundes"):
            return 0.0  # Polizei, of whichever town; there is one Bundeswehr
        if first == 0:
            return _PLAIN + max(again, _SAID * self._is_said(text))
        return _PLAIN + again if again and first < _FIRST else 0.0

    def _is_headline(self, view: str) -> bool:
        """Return whether a line is the headline, or the browser's title that is made with it."""
        return self.title is not None and (view == self.title or (len(view) > len(self.title) and self.title in view))

    def _is_said(self, name: str) -> bool:
        """Return whether another line of the frame is made with a name: Über die X, X-Newsletter, © X GmbH."""
        said = [n for n, _ in self.frame.find_lowered(name.lower())]
        return any(len(self.page.seen[n].view) < _LONGEST_MADE for n in said[1:])

    def _is_site(self, name: str) -> bool:
        return (
            len(name) <= _LONGEST_SITE
            and name.endswith(self.site.endings.get(name[-1], ()))
            and _NO_NAME.search(name) is None
        )

    def _is_body(self, name: str) -> bool:
        """Return whether a line is the name of a body, or a domain, which is one too."""
        if "." in name and _DOMAIN.match(name):
            return True
        if not name[0].isupper():
            if name[-1] not in self.site.last_letters or not _SHORTEST_HAN <= len(name) <= _LONGEST_HAN:
                return False
            if name.startswith(_SHORTENED):
                return False  # 省财政厅, of whichever province
            bare = _ALIAS.sub("", name) if name[-1] == ")" else name
            return bare.endswith(self.site.bodies.get(bare[-1:], ())) and _NO_NAME.search(name) is None
        if self.is_eastern:
            return False  # the name in English beside the site's own
        return self._says_body(name) and self._is_made_of_words(name)

    def _says_body(self, name: str) -> bool:
        """Return whether a word is a body's. Most words end as none does, so the lists are hardly ever gone through."""
        ends, words = self.site.body_ends, self.words["body_words"]
        for word in name.lower().replace("-", " ").replace(", ", " ").split(" "):
            if word[-BODY_TAIL:] in ends:
                bare = word[2:] if word[1:2] in ("'", "’") else word  # de l'Agriculture
                if bare in words or (len(bare) > _LONG_WORD and bare.endswith(ends[word[-BODY_TAIL:]])):
                    return True
        return False

    def _is_made_of_words(self, name: str) -> bool:
        """Return whether a name in Latin or Cyrillic letters that says a body is capitalised throughout, and no link to one."""
        small, bodies = self.words["small_words"], self.words["body_words"]
        words = name.replace("-", " ").split(" ")
        if len(words) > 1 and words[1] in _JOINS and words[0].lower() in bodies:
            return False  # Amt und Aufgaben
        for printed in words:
            word = printed[2:] if printed[1:2] in ("'", "’") else printed
            if not word[:1].isupper() and word not in small and word[:1] not in "(&":
                return False
        return _NO_NAME.search(name) is None and (len(words) > 1 or name.lower() not in bodies)

    def _has_english(self, n: int) -> bool:
        """Return whether the name in capitals of another script stands under a name: a logo."""
        below = self.page.seen[n + 1].view if n + 1 < self.last and n < self.first + _FIRST else ""
        return " " in below and below.isascii() and below.isupper()

    def _has_address(self, at: list[int]) -> bool:
        """Return whether a postal address stands under the name."""
        views = [one.view for n in at for one in self.page.seen[n + 1 : n + 3]]
        if any(map(_ADDRESS.match, views)):
            return True
        return any(_STREET.search(view) for view in views if _HOUSE_NUMBER.search(view))
