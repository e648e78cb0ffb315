"""Which line is the headline: by its place, its words and whether the page says it again."""

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from catalog.text.classify import Kind, Seen
from catalog.text.fold import fold_body

_ENDS_LIKE_PROSE = re.compile(r"[。;,、]$")
_SITE_PREFIX = re.compile(r"^\[[^\[\]]{2,12}\] ?(?=.{6})")
_NUMBERED = re.compile(r"^\d{1,3}[.、 ]")
REACH = 40  # lines above the article in which a headline is looked for
_DECOR = re.compile(r"^[·\-*#>|=~ ]+|[·\-*#>|=~ ]+$")


@dataclass(frozen=True, slots=True)
class TitleFound:
    """Headline lines seen[first:last + 1] and how well they fit; below 0 nothing fits."""

    first: int
    last: int
    score: float


def bigrams(text: str) -> Counter[str]:
    """Return the bigrams of folded text."""
    folded = fold_body(text)
    return Counter(folded[i : i + 2] for i in range(len(folded) - 1))


def find_title(
    seen: Sequence[Seen], first: int, last: int, article: str, meta: Sequence[int], counts: Mapping[str, int]
) -> TitleFound | None:
    """Return the best headline among seen[first:last] for an article that starts at `last`, None without a candidate.

    `meta` are the header's label lines; `counts` says how often each folded line stands on the page.
    """
    body = bigrams(article[:4000])
    best: TitleFound | None = None
    for i in range(first, last):
        score = _score(seen, i, last, body, meta, counts)
        if score is not None and (best is None or score > best.score):
            best = TitleFound(i, i, score)
    return best


def _score(
    seen: Sequence[Seen], i: int, last: int, body: Counter[str], meta: Sequence[int], counts: Mapping[str, int]
) -> float | None:
    one = seen[i]
    if one.kind not in (Kind.SHORT, Kind.PROSE, Kind.META):
        return None
    view = one.view
    if one.kind is Kind.META and not (one.dates and not one.hits and one.dates[0].start > 8):
        return None
    n = len(view)
    if n < 4 or n > 220:
        return None
    own = bigrams(view)
    size = sum(own.values())
    if size < 3:
        return None
    score = 4.5 * sum((own & body).values()) / max(size, 6) if body else 0.0
    wide = sum(1.0 if c > "\u2e80" else 0.5 for c in view)
    score += 1.0 if 9 <= wide <= 60 else (-1.0 if wide < 6 or wide > 110 else 0.0)
    if counts.get(fold_body(view), 0) > 1:
        score += 0.7
    score += _by_place(seen, i, last, meta)
    if _ENDS_LIKE_PROSE.search(view):
        score -= 3.0
    if view.endswith(":"):
        score -= 2.0
    if one.kind is Kind.PROSE:
        score -= 1.5
    return score


def _by_place(seen: Sequence[Seen], i: int, last: int, meta: Sequence[int]) -> float:
    score = 0.0
    after = seen[i + 1].kind if i + 1 < len(seen) else None
    before = seen[i - 1].kind if i else None
    if any(m == i + 1 for m in meta):
        score += 2.5
    elif any(i < m <= i + 3 for m in meta):
        score += 1.5
    elif any(i - 3 <= m < i for m in meta):
        score += 1.2
    if before is Kind.CRUMBS or (i > 1 and seen[i - 2].kind is Kind.CRUMBS):
        score += 1.2
    if after is Kind.CHROME:
        score += 0.3
    return score - 0.12 * (last - i)


def trim_title(view: str) -> tuple[int, int]:
    """Return the part of a headline line that is the headline, without ornaments around it."""
    start, end = 0, len(view)
    m = _DECOR.match(view)
    if m:
        start = m.end()
    tail = re.search(r"[·*#>|=~ ]+$", view)
    if tail and tail.start() > start:
        end = tail.start()
    return start, end
