"""One record: a card on a terminal, field/value lines in a pipe."""

import sys
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from catalog.display.safe import one_line
from catalog.display.screen import is_terminal, open_console
from catalog.display.table import show_table
from catalog.export.plain_text import spell_controls
from catalog.model.capture import Observation
from catalog.model.field import Confidence, Field, State
from catalog.model.record import CaptureFacts, Record
from catalog.model.table import Cell, Column, Table, TableFormat
from catalog.model.vocabulary import COUNTERS, DATES, DOCUMENT, TEXTS

if TYPE_CHECKING:
    from rich.console import RenderableType

Row = tuple[str, Cell, str]
COLUMNS = (Column("field", is_whole=True), Column("value"), Column("note"))
NAMES = (*TEXTS[:4], *DATES, *TEXTS[4:])  # title and its kin, then when, then whence
BODY_LINES = 3  # paragraphs of the body on a card: enough to know the text again
OFF_CARD = ("id", "key", "kind", "language", "title", "body_sha256")  # said in its frame, or for programs alone
BY_HAND = ("cataloguer:", "set:")
UNSAID = {State.PRINTED_EMPTY: "printed, but empty", State.NOT_RENDERED: "printed, but filled by a script"}


def show_records(records: Sequence[Record], format_: TableFormat | None = None) -> None:
    """Show records on stdout: cards on a terminal; elsewhere rows, where each record begins with its `id`."""
    if format_ is None and is_terminal():
        for record in records:
            _show_card(record)
    else:
        rows = tuple(row for record in records for row in record_rows(record))
        show_table(Table("", COLUMNS, rows, schema="catalog.fields/1"), format_)


def capture_table(records: Sequence[Record]) -> Table:
    """Return the captures of the records as a table, each record's earliest first: a row whenever one was met.

    `number` is what `show --diff` knows a capture by.
    """
    said = ("captured_at", "captured_at_basis", "url", "origin")
    names = (*said, "size_bytes", "encoding", "sha256", "collector")
    columns = (
        Column("id", is_number=True),
        Column("number", is_number=True),
        *(Column(name, name == "size_bytes", name in ("captured_at", "sha256")) for name in names),
    )
    rows = tuple(
        (
            record.id,
            number,
            *(getattr(met, name) for name in said),
            *(facts.size_bytes, facts.encoding, facts.sha256, met.collector),
        )
        for record in records
        for number, facts in enumerate(record.captures, 1)
        for met in facts.observations or (_first_met(facts),)
    )
    return Table("", columns, rows, schema="catalog.captures/1")


def _first_met(facts: CaptureFacts) -> Observation:
    return Observation(facts.origin, facts.url, facts.captured_at, facts.captured_at_basis)


def show_body(record: Record) -> None:
    """Write the body as printed, a paragraph a line; steering characters are spelt out."""
    if record.body is not None:
        sys.stdout.write(spell_controls(record.body.text, keep="\n\t") + "\n")


def record_rows(record: Record) -> Iterator[Row]:
    """Yield what the record says as (field, value, note); a label without a value is a row without a value."""
    yield "id", record.id, ""
    if record.key is not None:
        yield "key", record.key, ""
    yield "kind", record.kind, _note(record, "kind", record.kind)
    if record.language:
        yield "language", record.language, _note(record, "language", record.language)
    yield from _single(record, NAMES)
    yield from (("breadcrumb", step, "") for step in record.breadcrumb)
    for agent in record.agents:
        yield agent.role, agent.name, _join(agent.label or "", _note(record, agent.role, agent.name))
    yield from _single(record, (*COUNTERS, "unlabelled_count", *DOCUMENT))
    yield from (("tag", tag, _note(record, "tag", tag)) for tag in record.tags)
    yield from ((name, value, "") for name, value in (*record.identifiers, *record.contact))
    for name, own in record.custom.items():
        values: tuple[str | int, ...] = own if isinstance(own, tuple) else (own,)
        yield from ((name, value, _note(record, name, value)) for value in values)
    yield from _unsaid(record)
    yield from _body_rows(record)
    yield from _capture_rows(record)
    yield from (("conflict", name, _candidates(record, name)) for name in record.conflicts)
    yield from (("problem", problem.code, problem.message) for problem in record.problems)


def _single(record: Record, names: Sequence[str]) -> Iterator[Row]:
    for name in names:
        if name in record.values:
            yield name, record.values[name], _note(record, name, record.values[name])


def _unsaid(record: Record) -> Iterator[Row]:
    """Yield the labels that stand on the page with nothing behind them, where nothing else gave a value."""
    known = {*record.values, *(agent.role for agent in record.agents)}
    empty = {f.name: UNSAID[f.state] for f in record.fields if f.state in UNSAID and f.name not in known}
    yield from ((name, None, note) for name, note in empty.items())


def _body_rows(record: Record) -> Iterator[Row]:
    if record.body is None:
        return
    yield "body", f"{record.body.characters} characters", f"printed {record.repeats} times" * (record.repeats > 1)
    yield "body_sha256", record.body.sha256, ""
    if record.reprints:
        earliest = f", first in {record.reprints.earliest}" if record.reprints.earliest else ""
        yield "reprints", record.reprints.of, f"records with this text{earliest}"


def _capture_rows(record: Record) -> Iterator[Row]:
    for facts in record.captures:
        times = f"met {len(facts.observations)} times" if len(facts.observations) > 1 else ""
        yield "capture", facts.sha256, _join(facts.origin, facts.url or "", facts.captured_at or "", times)


def _note(record: Record, name: str, value: Cell) -> str:
    """Return what a reader should know of a value: low confidence, who said it, that others are printed too."""
    said = [f for f in record.fields if f.name == name and f.value == value]
    who = next((f.asserted_by for f in reversed(said) if _is_by_hand(f)), "")
    doubt = "low confidence" if said and not who and all(f.confidence is Confidence.LOW for f in said) else ""
    return _join(who, doubt, "conflict" if name in record.conflicts else "")


def _is_by_hand(field: Field) -> bool:
    return field.asserted_by.startswith(BY_HAND)


def _candidates(record: Record, name: str) -> str:
    values = (str(f.value) for f in record.fields if f.name == name and f.state is State.STATED)
    return " / ".join(dict.fromkeys(values))


def _join(*notes: str) -> str:
    return ", ".join(note for note in notes if note)


def _show_card(record: Record) -> None:
    """Show a panel: title, what the page says in two columns, the beginning of the body."""
    from rich.console import Group
    from rich.panel import Panel
    from rich.text import Text

    console = open_console()
    title = str(record.values.get("title") or "untitled")
    parts: list[RenderableType] = [Text(one_line(title), style="bold"), Text("")]
    parts.append(_grid([_for_eyes(row) for row in record_rows(record) if _is_on_card(row)]))
    if record.body:
        parts += [Text(""), *_opening(record.body.text)]
    head = " · ".join(str(part) for part in (record.id, record.kind, record.language) if part is not None)
    console.print(Panel(Group(*parts), title=Text(head), title_align="left", border_style="dim"))


def _is_on_card(row: Row) -> bool:
    """Return whether the row is shown below the frame too: what a person said is, with who said it."""
    return row[0] not in OFF_CARD or row[2].startswith(BY_HAND)


def _for_eyes(row: Row) -> Row:
    """Return the row as a card has it: of a capture where it was met, and only the beginning of its digest."""
    name, value, note = row
    return (name, note, f"sha256 {str(value)[:12]}…") if name == "capture" else row


def _grid(rows: Sequence[Row]) -> "RenderableType":
    from rich.table import Table as RichTable
    from rich.text import Text

    from catalog.display.fold import Folded

    grid = RichTable.grid(padding=(0, 2))
    grid.add_column(no_wrap=True, style="cyan")
    grid.add_column(ratio=3)
    grid.add_column(ratio=2, style="dim")
    last = ""
    for name, value, note in rows:
        shown = "—" if value is None else one_line(str(value))
        grid.add_row(Text("" if name == last else name), Folded(shown), Folded(one_line(note)))
        last = name
    return grid


def _opening(text: str) -> "list[RenderableType]":
    from catalog.display.fold import Folded

    paragraphs = text.split("\n")
    shown: list[RenderableType] = [Folded(one_line(paragraph)) for paragraph in paragraphs[:BODY_LINES]]
    if len(paragraphs) > BODY_LINES:
        shown.append(Folded(f"… {len(paragraphs) - BODY_LINES} more paragraphs: --body", style="dim"))
    return shown
