"""The genealogy of a text: which record of this catalogue has it first, and what became of it in the others."""

from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import replace

from catalog.dedupe.sentences import compare_sentences
from catalog.errors import NothingMatched
from catalog.model.reprints import Copy, Genealogy, Reprint
from catalog.store.open import Store
from catalog.store.reprints import find_group, load_copies, load_figures
from catalog.text.fold import fold_body

LEAST_NAME = 2  # folded characters of a name that may stand inside a longer one: 新华社 in 新华社北京电


def trace_reprints(store: Store, record_id: int) -> Genealogy:
    """Return the tree of the text that a record prints, the earliest record first and parents before children.

    Raises NothingMatched if there is no such record, or if it has no body.
    """
    found = find_group(store.connection, record_id)
    if found is None:
        raise NothingMatched(f"there is no record {record_id} with a text", id=record_id)
    group, body_ids = found
    copies = load_copies(store.connection, body_ids)
    figures = load_figures(store.connection, body_ids)
    return Genealogy(group, copies[0].id, tuple(_tree(copies, figures)))


def _tree(copies: Sequence[Copy], figures: dict[tuple[str, str], float]) -> list[Reprint]:
    """Return the reprints, each behind its parent; children of one parent by time."""
    standing = _find_standing(copies)
    parents = {copy.id: _parent(place, copies, standing[copy.source]) for place, copy in enumerate(copies)}
    children: dict[int | None, list[Copy]] = {}
    for copy in copies:
        parent = parents[copy.id]
        children.setdefault(parent.id if parent else None, []).append(copy)
    tree: list[Reprint] = []
    open_: list[tuple[Copy, int]] = [(copy, 0) for copy in reversed(children[None])]
    while open_:
        copy, depth = open_.pop()
        named = [copies[place].id for place in standing[copy.source][:2] if copies[place].id != copy.id]
        compared = _compare(copy, parents[copy.id], depth, copies[0], figures)
        tree.append(replace(compared, names=named[0] if named else None))
        open_ += [(child, depth + 1) for child in reversed(children.get(copy.id, []))]
    return tree


def _find_standing(copies: Sequence[Copy]) -> dict[str | None, list[int]]:
    """Return, by printed source, the places of the copies that stand there, in order; each name is folded once."""
    places: dict[str, list[int]] = {}
    for place, copy in enumerate(copies):
        for name in {copy.site_name, copy.publisher}:
            places.setdefault(name or "", []).append(place)
    names = [(_fold(name), at) for name, at in places.items()]
    sources = {copy.source: _fold(copy.source) for copy in copies}
    return {
        source: sorted({place for name, at in names if _is_same_name(folded, name) for place in at})
        for source, folded in sources.items()
    }


def _parent(place: int, copies: Sequence[Copy], named: Sequence[int]) -> Copy | None:
    """Return the latest of the earlier copies at the source that this one prints, else the earliest of all."""
    n_earlier = bisect_left(named, place)
    if n_earlier:
        return copies[named[n_earlier - 1]]
    return copies[0] if place else None


def _compare(
    copy: Copy, parent: Copy | None, depth: int, earliest: Copy, figures: dict[tuple[str, str], float]
) -> Reprint:
    """Return the reprint as compared with its parent; where the source it names stands is not said yet."""
    if parent is None:
        return Reprint(copy, None, depth, None, False, None, (), False)
    return Reprint(
        copy,
        parent.id,
        depth,
        None,
        _fold(copy.title) != _fold(parent.title),
        _figure(copy, parent, figures),
        tuple(compare_sentences(parent.text, copy.text, fold_body)) if copy.body_sha256 != parent.body_sha256 else (),
        bool(copy.source) and not _agrees(copy.source, earliest),
    )


def _figure(copy: Copy, parent: Copy, figures: dict[tuple[str, str], float]) -> float | None:
    if copy.body_sha256 == parent.body_sha256:
        return 1.0
    first, second = sorted((copy.body_sha256, parent.body_sha256))
    return figures.get((first, second))


def _agrees(source: str | None, earliest: Copy) -> bool:
    """Return whether the printed source is that of the earliest copy: where it stands, or the one it names."""
    names = (earliest.site_name, earliest.publisher, earliest.source)
    return any(_is_same_name(_fold(source), _fold(name)) for name in names)


def _is_same_name(one: str, other: str) -> bool:
    """Return whether two folded names may be one: equal, or the shorter one within the longer."""
    shorter, longer = (one, other) if len(one) <= len(other) else (other, one)
    return len(shorter) >= LEAST_NAME and shorter in longer


def _fold(text: str | None) -> str:
    return fold_body(text or "")
