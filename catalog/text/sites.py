"""Whose site it is: the name that the page's own frame agrees on."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Self

from catalog.model.field import Confidence, Field, State
from catalog.model.rule import RuleSet
from catalog.text.segments import Page
from catalog.text.sheet import Sheet
from catalog.text.site_places import LEAST, Vote, find_places

_NO_SITE = re.compile(
    r"^(?:us$|uns$|关于|本|我们|该|首页|首頁|all\b|rights?|crown|版权|版權|所有|未经|不得|copyright|reserved|备案|地址|电话|20\d\d|www\.|http|网站|home|startseite|alle rechte|主页|中文|英文|this |th[ei]s?$|des |方式)"
    r"|(?:声明|许可|转载|保留|必究|责任|聲明|ICP)|(?:位置:?|主办|主辦|承办|承辦|主管|协办)$", re.IGNORECASE,
)  # fmt: skip
_HAN = re.compile(r"[\u3400-\u9fff]")
_LONGEST_KIND = 3  # letters of an ending that says site
_LONGEST_SHORT = 6
_STEM_LINES, _LONGEST_STEM, _SHORT_LINE = 3, 12, 24
_KEPT = 0.5  # what it is worth that the house which keeps a site is named like it: 青禾网, of 青禾市融媒体中心
_OWNER, _DEPARTMENT, _FOREIGN = 0.9, 0.6, 0.8  # what a name loses as a company's, a department's, or in another script
_OTHERS = {"known", "source", "top"}  # places that may as well name another site


@dataclass(frozen=True, slots=True)
class Endings:
    """The word lists by which a name is weighed, as text functions want them."""

    owners: tuple[str, ...]
    departments: tuple[str, ...]
    department_heads: tuple[str, ...]
    houses: tuple[str, ...]
    kinds: tuple[str, ...]

    @property
    def of_houses(self) -> tuple[str, ...]:
        """Return what the name of a house ends with that keeps a site with a name of its own."""
        return (*self.owners, *self.departments, *self.houses)

    @classmethod
    def of(cls, rules: RuleSet) -> Self:
        """Return the lists of these rules, the longest ending first."""
        lists = ("site_owners", "site_departments", "site_department_heads", "site_houses", "site_kinds")
        return cls(*(tuple(sorted(rules.words[name], key=len, reverse=True)) for name in lists))


def read_site_name(page: Page, sheet: Sheet, fields: Sequence[Field]) -> Field | None:
    """Return the site's name if the frame of the page gives it, None rather than a guess.

    Each kind of place counts once for a name, and half for a name that it contains. A company's name counts little:
    the company runs the site, the site has a name of its own.
    """
    words = sheet.rules.words
    votes = [v for v in find_places(page, sheet, fields) if _may_name(v.name, words)]
    names = {v.name for v in votes}
    if not names:
        return None
    title = page.seen[page.title.first].view if page.title else ""
    chinese = _HAN.search(title or "".join(names)) is not None
    longest = _SHORT_LINE if chinese else 2 * _SHORT_LINE
    body = range(page.body[0], page.body[-1] + 1) if page.body else ()
    frame = {s.view for n, s in enumerate(page.seen) if 2 < len(s.view) <= longest and n not in body}
    stated = {v.name for v in votes if v.place not in _OTHERS}
    strong = {v.name for v in votes if v.place in ("rights", "crumb", "host")}
    endings = Endings.of(sheet.rules)
    houses = {
        v.name.removeprefix("中共")[:2]
        for v in votes
        if v.place in ("rights", "host") and v.name.endswith(endings.of_houses)
    }
    by_weight = sorted(votes, key=lambda v: v.weight)
    scores = {name: score(name, by_weight, endings, chinese=chinese) for name in names}
    for name in stated:
        if not any(name in other and name != other for other in strong):  # 工程 is a piece of a name, not a stem
            scores[name] += _stem(name, frame)
        if name.endswith(endings.kinds) and name[:2] in houses:
            scores[name] += _KEPT
    for short in names:
        if 2 <= len(short) <= _LONGEST_SHORT and short.isascii() and short.isupper():
            for name in names:
                scores[name] += 0.5 * scores[short] * _stands_for(short, name)
    best = max(sorted(scores), key=lambda n: (round(scores[n], 3), len(n) if len(n) <= _LONGEST_STEM else -len(n)))
    if round(scores[best], 3) < LEAST:
        return None
    trust = Confidence.HIGH if scores[best] >= 2 * LEAST else Confidence.MEDIUM
    best = _channel(best, votes) or _own_name(best, votes, endings)
    evidence = tuple({v.evidence.span: v.evidence for v in votes if v.name == best}.values())[:4]
    by = f"rules/{sheet.rules.version}"
    return Field("site_name", State.STATED, best, trust, by, evidence, capture=sheet.capture)


def _are_kin(a: str, b: str) -> bool:
    """Return whether one name begins with the other, or ends with it as with a word of its own: Die Bundesregierung."""
    return a.startswith(b) or b.startswith(a) or a.endswith(f" {b}") or b.endswith(f" {a}")


def _may_name(name: str, words: Mapping[str, frozenset[str]]) -> bool:
    """Return whether a text is no tool of the page and no notice; 今日头条 is a site and a tool to share with."""
    lower = name.lower()
    if (
        len(name) < 2
        or lower in words["site_subjects"]
        or (lower in words["chrome"] and lower not in words["site_brands"])
    ):
        return False
    return _NO_SITE.search(name) is None


def _own_name(best: str, votes: Sequence[Vote], endings: Endings) -> str:
    """Return the name that the site itself has where `best` is the house that keeps it, or cut short.

    青禾网 for 青禾杂志社, or for 青禾 where a line of its own, the path or a tool says so.
    """
    if best.endswith(endings.kinds):
        return best
    if best.endswith((*endings.departments, *endings.houses)):
        found = [v for v in votes if v.name[:2] == best[:2] and v.place != "notice"]
    else:
        found = [v for v in votes if v.name[: len(best)] == best and len(v.name) <= len(best) + _LONGEST_KIND]
        found = [v for v in found if v.place in ("line", "worn", "crumb")]
    own = [v for v in found if v.name.endswith(endings.kinds)]
    return max(own, key=lambda v: (v.weight, v.name)).name if own else best


def _channel(best: str, votes: Sequence[Vote]) -> str | None:
    """Return the channel whose page it is, where the path begins with it: 新浪财经, of 新浪."""
    return next((v.name for v in votes if v.place == "path" and v.name.startswith(best) and v.name != best), None)


def _stands_for(short: str, name: str) -> bool:
    """Return whether a short form is made of the first letters of a name: EPA, of Environmental Protection Agency."""
    return " " in name and "".join(word[0] for word in name.split() if word[0].isupper()).endswith(short)


def _stem(name: str, frame: set[str]) -> float:
    """Return what it is worth that lines of the frame are made with a name: X新闻, X客户端, 关于X."""
    if len(name) > (_LONGEST_STEM if _HAN.search(name) else 3 * _LONGEST_STEM):
        return 0.0
    made = sum(1 for line in frame if name in line and line != name)
    return 0.8 if made >= _STEM_LINES else 0.0


def score(name: str, votes: Sequence[Vote], endings: Endings, *, chinese: bool) -> float:
    """Return what all votes for a name weigh, those for longer and shorter forms of it by half. Votes come lightest first."""
    own: dict[str, float] = {}
    inside: dict[str, float] = {}
    for vote in votes:  # the weightiest of each place is the last
        if vote.name == name:
            own[vote.place] = vote.weight
        elif (vote.name in name or name in vote.name) and _are_kin(vote.name, name):
            inside[vote.place] = vote.weight
    if own.keys() <= _OTHERS:  # reprinted from there, and so said again and again
        own.pop("source", None)
    total = sum(own.values()) + 0.5 * sum(weight for place, weight in inside.items() if place not in own)
    if name.lower().endswith(endings.owners):
        total -= _OWNER
    if name.endswith(endings.departments) or name.lower().startswith(endings.department_heads):
        total -= _DEPARTMENT
    if chinese and not _HAN.search(name):
        total -= _FOREIGN
    return total
