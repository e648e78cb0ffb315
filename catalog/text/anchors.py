"""Where an article may start: under label lines that belong to one, or at a run of prose."""

from collections.abc import Iterator, Sequence

from catalog.text.classify import Kind, Seen
from catalog.text.outline import COLOPHON, CRUMBS, PROSE, RELATED, Outline, is_labelled, is_strong
from catalog.text.regions import find_regions

LEAST_PROSE = 30  # characters of running text under which a run without label lines is no article
_LABELS_ABOVE = 24  # lines above a text in which its label lines stand
LISTED = 3  # more dated lines than this, none with a label, are a list of other articles
_GROUP_GAP = 6  # lines between label lines of one header
_AHEAD, _LEAST_AHEAD = 9, 150  # running text that must follow a date without a label
_SURE = 200.0  # weight of label lines that need no running text to follow
_MOST_GROUPS, _MOST_REGIONS = 6, 4
_HEAD_OF_ARTICLE = frozenset(("published", "source"))


def weigh_dateline(one: Seen) -> float:
    """Return how surely a label line belongs to an article, in characters of prose that it is worth."""
    if len(one.hits) > 1 and one.dates and {h.rule.field for h in one.hits} >= _HEAD_OF_ARTICLE:
        return 400.0
    return 250.0 if is_labelled(one) else 200.0 if is_strong(one) else 150.0


def find_starts(page: Outline) -> Iterator[tuple[list[int], int]]:
    """Yield (label lines above, first line of text) of each place where an article may start."""
    groups = _likely_groups(page)
    for group in groups:
        yield group, group[-1] + 1
    grouped = {i for group in groups for i in group}
    for region in sorted(find_regions(page), key=lambda r: -r.score)[:_MOST_REGIONS]:
        if region.prose < LEAST_PROSE:
            continue
        above = _labels_above(page, region.first)
        if (
            grouped.isdisjoint(above) or RELATED in page.shape[above[-1] : region.first]
        ):  # a list of enclosures parts the two
            yield above, region.first


def _likely_groups(page: Outline) -> list[list[int]]:
    """Return the label lines that stand together, the likeliest groups first."""
    seen, groups = page.seen, list[list[int]]()
    for i in page.datelines():
        if not groups or i - groups[-1][-1] > _GROUP_GAP or PROSE in page.shape[groups[-1][-1] : i]:
            groups.append([i])
        else:
            groups[-1].append(i)
    found = []
    for group in groups:
        weight = sum([weigh_dateline(seen[i]) for i in group[:3]])
        ahead = page.n_prose(group[-1] + 1, group[-1] + 1 + _AHEAD)
        if (weight >= _SURE or ahead >= _LEAST_AHEAD) and not _is_list(seen, group):
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


def _labels_above(page: Outline, first: int) -> list[int]:
    """Return the label lines above a run of prose, below the path or a footer that parts them from it."""
    low = max(0, first - _LABELS_ABOVE)
    parting = max(low - 1, page.shape.rfind(CRUMBS, low, first), page.shape.rfind(COLOPHON, low, first))
    above = page.datelines(parting + 1, first)
    return [] if len(above) > LISTED and not any(is_labelled(page.seen[i]) for i in above) else above
