"""Whose site it is: the name that the page's own frame agrees on."""

import re
from collections.abc import Collection, Mapping, Sequence
from itertools import islice
from math import inf

from catalog.model.field import Confidence, Field, State
from catalog.model.rule import SiteWords
from catalog.text.segments import Page
from catalog.text.sheet import Sheet
from catalog.text.site_forms import LEAST
from catalog.text.site_frame import Frame
from catalog.text.site_places import Vote, find_places

# Both for names in lower case, and in each every word begins with a letter of its own: so they are matched the fastest.
_NO_START = re.compile(
    r"us$|uns$|关于|本|我们|该|首页|首頁|all\b|rights?|crown|版权|版權|所有|未经|不得|copyright|reserved|备案|地址|电话|20\d\d|www\.|http|网站|home|startseite|alle rechte|主页|中文|英文|this |th[ei]s?$|des |方式"
    r"|policy|notice|statement|disclaimer|information|hinweise?|issues|and "
)  # fmt: skip
_NO_PART = re.compile("声明|许可|转载|保留|必究|责任|聲明|icp|位置:?$|主办$|主辦$|承办$|承辦$|主管$|协办$")
_HAN = re.compile(r"[\u3400-\u9fff]")
_EASTERN = re.compile(r"[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]")
_LONGEST_KIND = 3  # letters of an ending that says site
_LONGEST_SHORT = 6
_COMPOUND = 12  # letters of a word that may be several
_STEM, _STEM_LINES, _LONGEST_STEM, _SHORT_LINE = 0.8, 3, 12, 24
_KEPT = 0.5  # what it is worth that the house which keeps a site is named like it: 青禾网, of 青禾市融媒体中心
_STANDS_FOR = 0.9  # of what its short form weighs
_OWNER, _DEPARTMENT, _FOREIGN = 0.9, 0.6, 0.8  # what a name loses as a company's, a department's, or in another script
_OTHERS = {"known", "source", "top"}  # places that may as well name another site
_MOST_NAMES = 400  # each is compared with each; a real capture has 84 at most
_AS_GOOD = 0.002  # of two names whose scores differ by less, other things decide


def read_site_name(page: Page, sheet: Sheet, fields: Sequence[Field]) -> Field | None:
    """Return the site's name if the frame of the page gives it, None rather than a guess.

    Each kind of place counts once for a name, and half for a name that it contains. A company's name counts little:
    the company runs the site, the site has a name of its own.
    """
    words, site = sheet.rules.words, sheet.rules.site
    frame = Frame.of(page)
    votes = list(find_places(frame, sheet, fields))
    names = {name for name in {v.name for v in votes} if _may_name(name, words)}
    if not names:
        return None
    votes = [v for v in votes if v.name in names]
    if len(names) > _MOST_NAMES:
        votes.sort(key=lambda v: -v.weight)
        names = set(islice(dict.fromkeys([v.name for v in votes]), _MOST_NAMES))
        votes = [v for v in votes if v.name in names]
    title = page.seen[page.title.first].view if page.title else ""
    chinese = _HAN.search(title or "".join(names)) is not None
    eastern = _EASTERN.search(title or "".join(names)) is not None
    shorts = [name for name in names if 2 <= len(name) <= _LONGEST_SHORT and name.isascii() and name.isupper()]
    margin = inf if shorts else _STEM + _KEPT + 0.01
    scores = score_names(votes, site, eastern=eastern, margin=margin)
    stated = {v.name for v in votes if v.place not in _OTHERS}
    strong = {v.name for v in votes if v.place in ("rights", "crumb", "host")}
    houses = _houses(votes, site)
    behind = max(scores.values()) - margin
    for name in stated:
        if scores[name] < behind:
            continue  # it cannot win any more
        if not any(name in other and name != other for other in strong):  # 工程 is a piece of a name, not a stem
            scores[name] += _stem(name, frame, _SHORT_LINE if chinese else 2 * _SHORT_LINE)
        if name.endswith(site.kinds) and name[:2] in houses:
            scores[name] += _KEPT
    for short in shorts:
        for name in names:
            scores[name] += _STANDS_FOR * scores[short] * _stands_for(short, name)
    least = max(scores.values()) - _AS_GOOD
    near = sorted([name for name, score in scores.items() if score > least])
    best = max(near, key=lambda n: (round(scores[n], 3), len(n) if len(n) <= _LONGEST_STEM else -len(n)))
    if round(scores[best], 3) < LEAST:
        return None
    trust = Confidence.HIGH if scores[best] >= 2 * LEAST else Confidence.MEDIUM
    best = _channel(best, votes) or _whole_brand(best, votes, sheet) or _own_name(best, votes, site)
    places = [v.evidence(sheet.text) for v in votes if v.name == best]
    evidence = tuple({place.span: place for place in places}.values())[:4]
    by = f"rules/{sheet.rules.version}"
    return Field("site_name", State.STATED, best, trust, by, evidence, capture=sheet.capture)


def _may_name(name: str, words: Mapping[str, frozenset[str]]) -> bool:
    """Return whether a text is no tool of the page and no notice; 今日头条 is a site and a tool to share with."""
    lower = name.lower()
    if (
        len(name) < 2
        or lower in words["site_subjects"]
        or (lower in words["chrome"] and lower not in words["site_brands"])
    ):
        return False
    return _NO_START.match(lower) is None and _NO_PART.search(lower) is None


def _own_name(best: str, votes: Sequence[Vote], site: SiteWords) -> str:
    """Return the name that the site itself has where `best` is the house that keeps it, or cut short.

    青禾网 for 青禾杂志社, or for 青禾 where a line of its own, the path or a tool says so.
    """
    if best.endswith(site.kinds):
        return best
    if best.endswith((*site.departments.get(best[-1], ()), *site.houses)):
        found = [v for v in votes if v.name[:2] == best[:2] and v.place != "notice"]
    else:
        found = [v for v in votes if v.name[: len(best)] == best and len(v.name) <= len(best) + _LONGEST_KIND]
        found = [v for v in found if v.place in ("line", "worn", "crumb")]
    own = [v for v in found if v.name.endswith(site.kinds)]
    return max(own, key=lambda v: (v.weight, v.name)).name if own else best


def _channel(best: str, votes: Sequence[Vote]) -> str | None:
    """Return the channel whose page it is, where the path begins with it: 青禾财经, of 青禾."""
    return next((v.name for v in votes if v.place == "path" and v.name.startswith(best) and v.name != best), None)


def _whole_brand(best: str, votes: Sequence[Vote], sheet: Sheet) -> str | None:
    """Return the known brand that a name is short for, if the frame says it: 青禾新闻, for 青禾."""
    if best.lower() in sheet.rules.words["site_brands"]:
        return None
    return next((v.name for v in votes if v.place == "known" and v.name.startswith(best) and v.name != best), None)


def _stands_for(short: str, name: str) -> bool:
    """Return whether a short form is made of letters of a name: EPA, of Environmental Protection Agency, UBA, of Umweltbundesamt."""
    if name[0] != short[0] or name.startswith(short):
        return False
    if " " in name and "".join(word[0] for word in name.split() if word[0].isupper()).endswith(short):
        return True
    return len(short) > 2 and (" " in name or len(name) >= _COMPOUND) and _in_order(short.lower(), name.lower())


def _in_order(letters: str, text: str) -> bool:
    """Return whether letters stand in a text in this order."""
    rest = iter(text)
    return all(letter in rest for letter in letters)


def _houses(votes: Sequence[Vote], site: SiteWords) -> set[str]:
    """Return how the houses are named that keep a site with a name of its own, by their first two characters."""
    names = [v.name for v in votes if v.place in ("rights", "host")]
    return {name.removeprefix("中共")[:2] for name in names if name.endswith(site.keepers.get(name[-1], ()))}


def _stem(name: str, frame: Frame, longest: int) -> float:
    """Return what it is worth that lines of the frame are made with a name: X新闻, X客户端, 关于X."""
    if len(name) > (_LONGEST_STEM if _HAN.search(name) else 3 * _LONGEST_STEM) or frame.text.count(name) < _STEM_LINES:
        return 0.0
    made = set()
    for _, view in frame.find(name):
        if 2 < len(view) <= longest and view != name:
            made.add(view)
            if len(made) >= _STEM_LINES:
                return _STEM
    return 0.0


def score_names(votes: Sequence[Vote], site: SiteWords, *, eastern: bool, margin: float) -> dict[str, float]:
    """Return what all votes for each name weigh, those for longer and shorter forms of it by half.

    Nothing is taken off from names that are behind the best one by more than `margin` even so.
    """
    by_weight = sorted(votes, key=lambda v: v.weight)
    own: dict[str, dict[str, float]] = {}
    for vote in by_weight:  # the weightiest of each place is the last
        own.setdefault(vote.name, {})[vote.place] = vote.weight
    kin = _find_kin(own)
    scores = {}
    for name, places in own.items():
        if _OTHERS.issuperset(places):  # reprinted from there, and so said again and again
            places.pop("source", None)
        scores[name] = sum(places.values())
        if name in kin:
            inside = {v.place: v.weight for v in by_weight if v.name in kin[name]}
            scores[name] += 0.5 * sum([weight for place, weight in inside.items() if place not in places])
    best = -inf
    for name in sorted(scores, key=scores.__getitem__, reverse=True):
        if scores[name] < best - margin:
            break
        scores[name] = _lessened(scores[name], name, site, eastern=eastern, alone="line" in own[name])
        best = max(best, scores[name])
    return scores


def _find_kin(names: Collection[str]) -> dict[str, set[str]]:
    """Return by name those that begin with it or it with them, or end so with a word of its own: Die Bundesregierung."""
    kin: dict[str, set[str]] = {}
    joined = "\n".join(names)
    for short in names:
        if joined.count(short) == 1:
            continue  # most names
        for longer in names:
            if longer != short and (longer.startswith(short) or longer.endswith(f" {short}")):
                kin.setdefault(longer, set()).add(short)
                kin.setdefault(short, set()).add(longer)
    return kin


def _lessened(total: float, name: str, site: SiteWords, *, eastern: bool, alone: bool) -> float:
    """Return what is left for a name that is a company's, a department's, or in another script than the page.

    `alone` says that it is a line of its own: a Land owns its ministries' sites, and has one.
    """
    lower = name.lower()
    if lower.endswith(site.owners.get(lower[-1], ())):
        total -= _OWNER
    if name.endswith(site.departments.get(name[-1], ())) or (lower.startswith(site.department_heads) and not alone):
        total -= _DEPARTMENT
    if eastern and not _EASTERN.search(name):
        total -= _FOREIGN
    return total
