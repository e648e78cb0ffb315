"""The genealogy of a text: which record of this catalogue has it first, and what became of it in the others."""

from collections.abc import Sequence

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
    parents = {copy.id: _parent(copy, copies[:place]) for place, copy in enumerate(copies)}
    children: dict[int | None, list[Copy]] = {}
    for copy in copies:
        parent = parents[copy.id]
        children.setdefault(parent.id if parent else None, []).append(copy)
    tree: list[Reprint] = []
    open_: list[tuple[Copy, int]] = [(copy, 0) for copy in reversed(children[None])]
    while open_:
        copy, depth = open_.pop()
        tree.append(_reprint(copy, parents[copy.id], depth, copies, figures))
        open_ += [(child, depth + 1) for child in reversed(children.get(copy.id, []))]
    return tree


def _parent(copy: Copy, earlier: Sequence[Copy]) -> Copy | None:
    """Return the latest of the earlier copies at the source that this one prints, else the earliest of all."""
    named = [other for other in earlier if _is_at(copy.source, other)]
    return named[-1] if named else earlier[0] if earlier else None


def _reprint(
    copy: Copy, parent: Copy | None, depth: int, copies: Sequence[Copy], figures: dict[tuple[str, str], float]
) -> Reprint:
    named = [other for other in copies if other.id != copy.id and _is_at(copy.source, other)]
    disagrees = bool(copy.source) and parent is not None and not _agrees(copy.source, copies[0])
    if parent is None:
        return Reprint(copy, None, depth, named[0].id if named else None, False, None, (), False)
    return Reprint(
        copy,
        parent.id,
        depth,
        named[0].id if named else None,
        _fold(copy.title) != _fold(parent.title),
        _figure(copy, parent, figures),
        tuple(compare_sentences(parent.text, copy.text, fold_body)) if copy.body_sha256 != parent.body_sha256 else (),
        disagrees,
    )


def _figure(copy: Copy, parent: Copy, figures: dict[tuple[str, str], float]) -> float | None:
    if copy.body_sha256 == parent.body_sha256:
        return 1.0
    first, second = sorted((copy.body_sha256, parent.body_sha256))
    return figures.get((first, second))


def _is_at(source: str | None, other: Copy) -> bool:
    """Return whether the printed source is where another copy stands."""
    return any(_is_same_name(source, name) for name in (other.site_name, other.publisher))


def _agrees(source: str | None, earliest: Copy) -> bool:
    """Return whether the printed source is that of the earliest copy: where it stands, or the one it names."""
    return _is_at(source, earliest) or _is_same_name(source, earliest.source)


def _is_same_name(one: str | None, other: str | None) -> bool:
    """Return whether two printed names may be one: equal when folded, or the shorter one within the longer."""
    shorter, longer = sorted((_fold(one), _fold(other)), key=len)
    return len(shorter) >= LEAST_NAME and shorter in longer


def _fold(text: str | None) -> str:
    return fold_body(text or "")
