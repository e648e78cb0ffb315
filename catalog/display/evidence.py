"""Why a record says what it says: each assertion with the line it was read from and the span marked."""

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

from catalog.display.safe import one_line
from catalog.display.screen import is_terminal, open_console
from catalog.display.table import show_table
from catalog.model.explained import Context, Explained
from catalog.model.record import Record
from catalog.model.table import Cell, Column, Table, TableFormat

if TYPE_CHECKING:
    from rich.text import Text

OPEN, CLOSE = "⟦", "⟧"
ENDS = 16  # characters shown of both ends of a span over several lines
NUMBER = 10  # columns for the line number on a terminal
COLUMNS = (
    Column("id", is_number=True),
    Column("field", is_whole=True),
    Column("value"),
    Column("state", is_whole=True),
    Column("wins", is_whole=True),
    Column("confidence", is_whole=True),
    Column("asserted_by"),
    Column("rule", is_whole=True),
    Column("witness", is_whole=True),
    Column("line", is_number=True),
    Column("text"),
)


def show_evidence(records: Iterable[tuple[Record, Iterable[Explained]]], format_: TableFormat | None = None) -> None:
    """Show every assertion on stdout: blocks with the span in colour on a terminal, elsewhere a row a place."""
    if format_ is None and is_terminal():
        for record, explained in records:
            _show_blocks(record, explained)
        return
    rows = tuple((record.id, *row) for record, explained in records for one in explained for row in _rows(one))
    show_table(Table("", COLUMNS, rows, schema="catalog.evidence/1"), format_)


def _rows(explained: Explained) -> Iterator[tuple[Cell, ...]]:
    field = explained.field
    head = (field.name, field.value, str(field.state), "yes" if explained.wins else "no", str(field.confidence))
    if not explained.contexts:
        yield (*head, field.asserted_by, None, None, None, None)
    for context in explained.contexts:
        evidence = context.evidence
        marked = f"{context.before}{OPEN}{evidence.raw}{CLOSE}{context.after}"
        yield (*head, field.asserted_by, evidence.rule, evidence.witness, context.line, marked)


def _show_blocks(record: Record, explained: Iterable[Explained]) -> None:
    from rich.text import Text

    console = open_console()
    has_colour = console.color_system is not None and not console.no_color
    console.print(Text(f"{record.id}  {one_line(str(record.values.get('title') or 'untitled'))}", style="bold"))
    for one in explained:
        field = one.field
        value = f"({str(field.state).replace('_', ' ')})" if field.value is None else one_line(str(field.value))
        head = Text.assemble((f"{field.name}  ", "cyan"), (value, "bold" if one.wins else "dim"))
        head.append(f"   {field.confidence} · {field.asserted_by}", style="dim")
        if not one.wins and field.value is not None:
            head.append(" · does not win", style="dim")
        console.print(head, overflow="fold")
        for context in one.contexts:
            console.print(marked_line(context, console.width, has_colour=has_colour), overflow="fold")


def marked_line(context: Context, width: int, *, has_colour: bool) -> "Text":
    """Return the line with its number and the span in colour or in brackets, cut at its ends to fit the terminal."""
    from rich.cells import cell_len
    from rich.text import Text

    evidence = context.evidence
    first, *more = evidence.raw.split("\n")
    raw = one_line(first if not more else f"{first[:ENDS]} … {more[-1][-ENDS:]}")
    raw = raw if has_colour else f"{OPEN}{raw}{CLOSE}"
    rule = evidence.rule if evidence.witness == "text" else f"{evidence.rule} ({evidence.witness})"
    room = max(width - NUMBER - cell_len(raw) - len(rule) - 3, 16)
    before, after = one_line(context.before), one_line(context.after)
    ahead = min(cell_len(before), max(room // 2, room - cell_len(after)))
    lines = f"{context.line}–{context.line + len(more)}" if more else str(context.line)
    text = Text(f"{lines:>7} │ ", style="dim")
    text.append(_end_of(before, ahead), style="not dim")
    text.append(raw, style="not dim black on yellow")
    text.append(_beginning_of(after, room - ahead), style="not dim")
    return text.append(f"   {rule}", style="dim")


def _beginning_of(text: str, columns: int) -> str:
    """Return as much of the text as has room, with … where something is left out."""
    from rich.cells import cell_len, set_cell_size

    return text if cell_len(text) <= columns else set_cell_size(text, max(columns - 1, 0)) + "…"


def _end_of(text: str, columns: int) -> str:
    return _beginning_of(text[::-1], columns)[::-1]
