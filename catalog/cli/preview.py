"""What a command is about to change, shown before it asks."""

import sys
from collections.abc import Sequence
from typing import TYPE_CHECKING

from catalog.model.table import Column, Table

if TYPE_CHECKING:
    from catalog.services.tag import ChangedValue

SHOWN = 40  # rows of a preview: two screens; the counts below it are of all
COLUMNS = (Column("id", is_number=True), Column("title"), Column("field", is_whole=True), Column("old"), Column("new"))


def change_table(planned: "Sequence[ChangedValue]") -> Table:
    """Return the changes as a table of old and new values."""
    rows = ((one.record_id, one.title, one.name, _joined(one.old), _joined(one.new)) for one in planned)
    return Table("", COLUMNS, tuple(rows))


def show_preview(changes: Table) -> None:
    """Show what would change on stderr."""
    from catalog.display.screen import say
    from catalog.display.table import show_table

    show_table(Table("", changes.columns, changes.rows[:SHOWN]), out=sys.stderr)
    if len(changes.rows) > SHOWN:
        say(f"… and {len(changes.rows) - SHOWN:,} more")


def question(planned: "Sequence[ChangedValue]") -> str:
    """Return what to ask before these changes are made."""
    from catalog.display.screen import counted

    records = counted(len({one.record_id for one in planned}), "record")
    return f"Change {counted(len(planned), 'value')} in {records}?"


def _joined(values: Sequence[str | int]) -> str | None:
    return "; ".join(map(str, values)) or None
