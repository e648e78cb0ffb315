"""Where an article may start: under label lines that belong to one, or at a run of prose."""

from collections.abc import Iterator, Sequence

from catalog.text.classify import Kind, Seen
from catalog.text.labels import Hit
from catalog.text.regions import Region, find_regions
from catalog.text.title import ABOVE

LEAST_PROSE = 30  # characters of running text under which a run without label lines is no article
LISTED = 3  # more dated lines than this, none with a label, are a list of other articles
_GROUP_GAP = 6  # lines between label lines of one header
_AHEAD, _LEAST_AHEAD = 9, 150  # running text that must follow a date without a label
_SURE = 200.0  # weight of label lines that need no running text to follow
_MOST_GROUPS, _MOST_REGIONS = 6, 4
_BY = frozenset(("source", "author", "reporter", "editor", "poster"))
_DATELINE = frozenset((
    "published", "modified", "source", "author", "original_author", "reporter", "editor", "responsible_editor", "poster",
    "issuing_body",
))  # fmt: skip


def is_dateline(one: Seen) -> bool:
    """Return whether a line is of the kind that stands by a headline: a date, a source, an author."""
    return one.kind is Kind.META and (bool(one.dates) or any(_names_maker(h, one.view) for h in one.hits))


def _names_maker(hit: Hit, view: str) -> bool:
    """Return whether a label can stand by a headline; a Latin word alone in a line is one of a menu: Organisation."""
    return hit.rule.field in _DATELINE and (hit.mark != "$" or view[hit.start] > "\u2e80")


def is_strong(one: Seen) -> bool:
    """Return whether a label line can only belong to an article: a date with its hour, or labels of one."""
    return is_labelled(one) or any(d.has_time for d in one.dates)


def is_labelled(one: Seen) -> bool:
    """Return whether a line names a source or a maker, or its date is labelled."""
    fields = {h.rule.field for h in one.hits if h.mark == ":"}
    return bool(fields & _BY) or (bool(one.dates) and bool(fields & {"published", "views"}))


def weigh_dateline(one: Seen) -> float:
    """Return how surely a label line belongs to an article, in characters of prose that it is worth."""
    if one.dates and {"published", "source"} <= {h.rule.field for h in one.hits}:
        return 400.0
    return 250.0 if is_labelled(one) else 200.0 if is_strong(one) else 150.0


def find_starts(seen: Sequence[Seen]) -> Iterator[tuple[list[int], int]]:
    """Yield (label lines above, first line of text) of each place where an article may start."""
    groups = _likely_groups(seen)
    for group in groups:
        yield group, group[-1] + 1
    for region in sorted(find_regions(seen), key=lambda r: -r.score)[:_MOST_REGIONS]:
        if region.prose < LEAST_PROSE:
            continue
        first = _first_prose(seen, region)
        above = _labels_above(seen, first)
        if not any(i in group for group in groups for i in above):
            yield above, first


def _likely_groups(seen: Sequence[Seen]) -> list[list[int]]:
    """Return the label lines that stand together, the likeliest groups first."""
    groups: list[list[int]] = []
    for i in (i for i, s in enumerate(seen) if is_dateline(s)):
        parted = not groups or i - groups[-1][-1] > _GROUP_GAP
        if parted or any(s.kind is Kind.PROSE for s in seen[groups[-1][-1] : i]):
            groups.append([i])
        else:
            groups[-1].append(i)
    found = []
    for group in groups:
        weight = sum(weigh_dateline(seen[i]) for i in group[:3])
        ahead = sum(len(s.view) for s in seen[group[-1] + 1 : group[-1] + 1 + _AHEAD] if s.kind is Kind.PROSE)
        if not _is_list(seen, group) and (weight >= _SURE or ahead >= _LEAST_AHEAD):
            found.append((weight + min(ahead, 400), group))
    likely = [group for _, group in sorted(found, key=lambda f: -f[0])[:_MOST_GROUPS]]
    return [group[-1:] if len(group) > 2 * LISTED else group for group in likely]


def _is_list(seen: Sequence[Seen], group: Sequence[int]) -> bool:
    """Return whether dated lines are those of other articles: many, none with a label, and no author beside the last."""
    if len(group) <= LISTED or any(is_labelled(seen[i]) or is_labelled_above(seen, i) for i in group):
        return False
    beside = seen[max(0, group[-1] - 2) : group[-1] + 3]
    return not any(
        one.kind is Kind.CREDIT and any(h.rule.field in ("author", "reporter") and h.mark == ":" for h in one.hits)
        for one in beside
    )


def is_labelled_above(seen: Sequence[Seen], i: int) -> bool:
    """Return whether a date stands in the cell below its label: 发布日期 / 2019-05-30."""
    return bool(seen[i].dates) and i > 0 and any(hit.rule.reads == "date" for hit in seen[i - 1].hits)


def _labels_above(seen: Sequence[Seen], first: int) -> list[int]:
    """Return the label lines above a run of prose, below the path or a footer that parts them from it."""
    window = range(max(0, first - 2 * ABOVE), first)
    parting = max((i for i in window if seen[i].kind in (Kind.CRUMBS, Kind.COLOPHON)), default=-1)
    above = [i for i in window if i > parting and is_dateline(seen[i])]
    return [] if len(above) > LISTED and not any(is_labelled(seen[i]) for i in above) else above


def _first_prose(seen: Sequence[Seen], region: Region) -> int:
    return next(i for i in range(region.first, region.last + 1) if seen[i].kind is Kind.PROSE or i == region.last)
