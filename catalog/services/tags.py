"""Tags as a whole: the controlled list, its hierarchy, and changes of a tag in all records that have it."""

import difflib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from catalog.errors import NothingMatched, UsageError
from catalog.model.outcome import Outcome
from catalog.model.table import Cell, Column, Table
from catalog.model.tag_term import TagTerm, is_within
from catalog.services.changes import Change, Sign, read_value
from catalog.services.deciding import COLUMNS, deciding
from catalog.services.ports import Ports
from catalog.services.tag import Edits, apply_edits
from catalog.store.canonical import Plain
from catalog.store.journal import ChangeSet
from catalog.store.open import Store
from catalog.store.tag_terms import count_tags, put_term, read_terms

LIST = (
    Column("tag"), Column("records", is_number=True), Column("below", is_number=True), Column("listed", is_whole=True),
    Column("also"), Column("note"), Column("uri"),
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class TagPlan:
    """What is to change: tags of records (old, new), and terms of the list (None: out of it)."""

    renamed: Mapping[str, str]
    terms: Mapping[str, TagTerm | None]


def list_tags(store: Store, part: str | None = None, *, only_unlisted: bool = False) -> Table:
    """Return the tags of the list and those in use, by name; `below` counts the records that have it or one below it.

    Raises NothingMatched if none has `part` in it.
    """
    terms, used = read_terms(store.connection), count_tags(store.connection)
    rows: list[tuple[Cell, ...]] = []
    for tag in sorted(terms.keys() | used.keys()):
        term = terms.get(tag)
        words = (tag, *(term.also if term else ()))
        if (term and only_unlisted) or not any((part or "") in word for word in words):
            continue
        below = set().union(*(ids for other, ids in used.items() if is_within(other, tag)))
        said = ("; ".join(term.also) or None, term.note, term.uri) if term else (None, None, None)
        rows.append((tag, len(used.get(tag, ())), len(below), "yes" if term else "no", *said))
    if not rows and part:
        raise NothingMatched(f"no tag has {part!r} in it")
    return Table("Tags", LIST, tuple(rows), schema="catalog.tags/1")


def plan_import(store: Store, terms: Iterable[TagTerm], *, replace_all: bool = False) -> TagPlan:
    """Return how the list changes by these terms; `replace_all` takes out what is not among them."""
    known = read_terms(store.connection)
    news: dict[str, TagTerm | None] = {term.tag: term for term in terms}
    gone = [tag for tag in known if replace_all and tag not in news]
    changed = {tag: term for tag, term in news.items() if known.get(tag) != term}
    return TagPlan({}, {**changed, **dict.fromkeys(gone)})


def plan_rename(store: Store, old: str, new: str) -> TagPlan:
    """Return what giving a tag another name changes: it and those below it, in records and in the list.

    Raises NothingMatched if nobody has it, UsageError if there is a tag of the new name already: then it is a merge.
    """
    target = str(read_value("tag", new))
    known = read_terms(store.connection).keys() | count_tags(store.connection).keys()
    moved = _moved(store, old, target)
    if taken := sorted(set(moved.values()) & (known - moved.keys())):
        raise UsageError(f"there is a tag {taken[0]} already: `catalog tags merge {old} {target}`")
    return _with_terms(store, moved)


def plan_merge(store: Store, tags: Sequence[str]) -> TagPlan:
    """Return what letting tags go into the last one changes; what stands below them stands below it then.

    Raises NothingMatched if nobody has one of them, UsageError.
    """
    others, target = tags[:-1], str(read_value("tag", tags[-1])) if tags else ""
    if not others or target in others:
        raise UsageError("say two tags or more: the last one stays, the others go into it")
    moved: dict[str, str] = {}
    for tag in others:
        if is_within(target, tag):
            raise UsageError(f"{target} stands below {tag}")
        moved |= _moved(store, tag, target)
    return _with_terms(store, moved)


def describe(store: Store, plan: TagPlan) -> Table:
    """Return what would change as a table."""
    used, known = count_tags(store.connection), read_terms(store.connection)
    rows: list[tuple[Cell, ...]] = []
    for old, new in plan.renamed.items():
        if old in used:
            rows.append(("tag", old, f"in {len(used[old])} records", old, new))
    for tag, term in plan.terms.items():
        old_term = known.get(tag)
        if term is None:
            rows.append(("term", tag, "of the list", tag, None))
        else:
            rows.append(("term", tag, "of the list", _said(old_term), _said(term)))
    return Table("", COLUMNS, tuple(rows))


def apply(store: Store, plan: TagPlan, command: str, ports: Ports, *, message: str | None = None) -> Outcome:
    """Make these changes as one change set. `store` must be open to write. Counts: `records`, `values`, `terms`."""
    said: Mapping[str, Plain] = {"command": command, "tags": list(plan.renamed) or list(plan.terms)}
    change = ChangeSet("tags", ports.who, ports.timestamp(), said, message)
    counts = {"records": 0, "values": 0, "terms": len(plan.terms)}
    edits = _edits(store, plan.renamed)
    if edits:
        done = apply_edits(store, edits, change, ports).counts
        counts |= {name: done[name] for name in ("records", "values")}
    with deciding(store, change, ports, counts) as rows:
        known = read_terms(rows.connection)
        for tag, term in plan.terms.items():
            put_term(rows, tag, term, change.begin(rows.connection))
            change.note(f"tag_term:{tag}", "term", _plain(known.get(tag)), _plain(term))
    return Outcome("tags", counts, change_set=change.id)


def find_strange(store: Store, changes: Iterable[Change]) -> list[str]:
    """Return a sentence for each tag that would be put on and is not in the list; none where there is no list."""
    terms = read_terms(store.connection)
    if not terms:
        return []
    leads = {word: tag for tag, term in terms.items() for word in term.also}
    last = {tag.rpartition("/")[2]: tag for tag in terms}
    told = []
    for change in changes:
        tag = str(change.value)
        if change.name != "tag" or change.sign not in (Sign.ADD, Sign.SET) or tag in terms:
            continue
        near = leads.get(tag) or last.get(tag) or next(iter(difflib.get_close_matches(tag, terms, n=1)), None)
        told.append(f"{tag} is not in the list of tags" + (f"; did you mean {near}?" if near else ""))
    return told


def _moved(store: Store, old: str, new: str) -> dict[str, str]:
    """Return the new name of a tag and of each below it."""
    known = read_terms(store.connection).keys() | count_tags(store.connection).keys()
    moved = {tag: new + tag[len(old) :] for tag in sorted(known) if is_within(tag, old)}
    if not moved:
        raise NothingMatched(f"there is no tag {old}")
    if is_within(new, old):
        if new == old:
            raise UsageError("that is its name")
        raise UsageError(f"{new} stands below {old}")
    return moved


def _with_terms(store: Store, moved: Mapping[str, str]) -> TagPlan:
    """Return the plan that moves tags and their terms; a term that is there keeps what it says and takes over words."""
    known = read_terms(store.connection)
    terms: dict[str, TagTerm | None] = {}
    for old, new in moved.items():
        if old not in known:
            continue
        there = terms.get(new) or known.get(new)
        also = dict.fromkeys((*(there.also if there else ()), *known[old].also, *((old,) if there else ())))
        terms[new] = replace(there or known[old], tag=new, also=tuple(also))
        terms[old] = None
    return TagPlan(moved, terms)


def _edits(store: Store, renamed: Mapping[str, str]) -> Edits:
    """Return the changes of each record that has one of these tags."""
    edits: dict[int, list[Change]] = {}
    for tag, ids in count_tags(store.connection).items():
        if tag in renamed:
            for id in sorted(ids):
                edits.setdefault(id, []).extend(
                    (Change("tag", Sign.TAKE, tag), Change("tag", Sign.ADD, renamed[tag]))
                )  # fmt: skip
    return edits


def _said(term: TagTerm | None) -> str | None:
    if term is None:
        return None
    return "; ".join(filter(None, (term.tag, *(f"also {word}" for word in term.also), term.note, term.uri)))


def _plain(term: TagTerm | None) -> Plain:
    return None if term is None else {"uri": term.uri, "note": term.note, "also": list(term.also)}
