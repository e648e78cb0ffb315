"""The tree of one text: a row a record, and what each reprint cut or added, sentence by sentence."""

import sys
from collections.abc import Iterator

from catalog.display.screen import is_terminal
from catalog.display.table import show_table
from catalog.export.json_text import write_json
from catalog.model.reprints import Genealogy, Reprint
from catalog.model.table import Cell, Column, Table, TableFormat

SCHEMA = "catalog.reprints/1"
CUT, ADDED = "−", "+"
TREE = (
    Column("tree", is_whole=True),
    Column("id", is_number=True),
    Column("published", is_whole=True),
    Column("site_name"),
    Column("source"),
    Column("figure", is_number=True),
    Column("cut", is_number=True),
    Column("added", is_number=True),
    Column("notes"),
    Column("title"),
)
CHANGES = (
    Column("id", is_number=True),
    Column("parent", is_number=True),
    Column("change", is_whole=True),
    Column("place", is_number=True),
    Column("sentence"),
)


def show_reprints(tree: Genealogy, format_: TableFormat | None = None, *, changes: bool = False) -> None:
    """Show the tree on stdout; for eyes with the sentences behind it, for programs these alone if `changes`."""
    if format_ is TableFormat.JSON:
        sys.stdout.write(write_json(reprints_as_plain(tree)) + "\n")
        return
    for_eyes = format_ is TableFormat.TABLE or (format_ is None and is_terminal())
    if for_eyes or not changes:
        show_table(tree_table(tree), format_)
    if changes or (for_eyes and any(reprint.changes for reprint in tree.reprints)):
        show_table(change_table(tree), format_)


def tree_table(tree: Genealogy) -> Table:
    """Return a row a record, parents before children; `figure`, `cut` and `added` compare with the parent."""
    rows = tuple(_row(reprint, tree) for reprint in tree.reprints)
    return Table(f"Reprints of {tree.earliest}: the earliest in this catalogue comes first", TREE, rows, schema=SCHEMA)


def change_table(tree: Genealogy) -> Table:
    """Return a row a sentence that a reprint cut or added, as printed; `place` counts the sentences of its text."""
    rows = tuple(
        (reprint.copy.id, reprint.parent, CUT if change.kind == "cut" else ADDED, change.place, change.text)
        for reprint in tree.reprints
        for change in reprint.changes
    )
    title = f"Sentences cut ({CUT}) and added ({ADDED}), against the text above in the tree"
    return Table(title, CHANGES, rows, schema="catalog.reprint-changes/1")


def _row(reprint: Reprint, tree: Genealogy) -> tuple[Cell, ...]:
    copy = reprint.copy
    n_cut = sum(change.kind == "cut" for change in reprint.changes)
    branch = "earliest" if reprint.parent is None else "  " * (reprint.depth - 1) + "└ " + str(reprint.parent)
    figure = None if reprint.figure is None else round(reprint.figure, 4)
    counts: tuple[Cell, Cell] = (None, None) if reprint.parent is None else (n_cut, len(reprint.changes) - n_cut)
    notes = "; ".join(_notes(reprint, tree)) or None
    return (branch, copy.id, copy.published, copy.site_name, copy.source, figure, *counts, notes, copy.title)


def _notes(reprint: Reprint, tree: Genealogy) -> Iterator[str]:
    if reprint.is_retitled:
        yield "retitled"
    if reprint.copy.published is None:
        yield "undated"
    if reprint.disagrees:
        found = f", found in {reprint.names}" if reprint.names else ", not found here"
        yield f"names another source than the earliest text ({tree.earliest}){found}"


def reprints_as_plain(tree: Genealogy) -> dict[str, object]:
    """Return the JSON document of schema catalog.reprints/1."""
    data = {
        "group": tree.group,
        "earliest": tree.earliest,
        "of": len(tree.reprints),
        "records": [_plain(reprint) for reprint in tree.reprints],
    }
    return {"schema": SCHEMA, "data": data, "problems": []}


def _plain(reprint: Reprint) -> dict[str, object]:
    copy = reprint.copy
    names = ("id", "key", "title", "published", "source", "publisher", "site_name", "url", "body_sha256")
    return {
        **{name: getattr(copy, name) for name in names},
        "parent": reprint.parent,
        "depth": reprint.depth,
        "figure": reprint.figure,
        "retitled": reprint.is_retitled,
        "source_found_in": reprint.names,
        "source_disagrees": reprint.disagrees,
        "changes": [
            {"change": change.kind, "place": change.place, "sentence": change.text} for change in reprint.changes
        ],
    }
