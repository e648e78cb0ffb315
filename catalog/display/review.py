"""One question on a terminal: what is doubted, the lines in which it was read, and the keys that answer it."""

from typing import TYPE_CHECKING

from catalog.display.evidence import marked_line
from catalog.display.fold import fold_text
from catalog.display.safe import one_line
from catalog.display.screen import open_console
from catalog.model.question import Doubt, Question

if TYPE_CHECKING:
    from rich.console import Console

SHOWN = 3  # lines of the capture for one value
KEYS = "a accept  c correct  r reject  s skip  q stop  ? help"
PAIR_KEYS = "a accept  r reject  s skip  q stop  ? help"
ASKS = {
    Doubt.LOW: "read with low confidence",
    Doubt.CONFLICT: "the captures contradict each other, or what was decided",
    Doubt.COUNT: "a number without a label: what does it count?",
    Doubt.RECORD: "are they one record?",
    Doubt.KIN: "one form filled in twice?",
    Doubt.AGENT: "do they mean the same?",
}
HELP = {
    Doubt.LOW: "a  the value is right\nr  it is wrong, and there is none\nc  type the right one",
    Doubt.CONFLICT: "a  the first value is right\n2… that one is right\nr  there is none\nc  type another one",
    Doubt.COUNT: (
        "a  it is a number, and counts nothing we know\nr  it is no count\n"
        "c  type views, comments, likes or shares; or another number"
    ),
    Doubt.RECORD: "a  they are one: the first goes into the second\nr  they are two, and stay so",
    Doubt.KIN: "a  they are two texts of one form\nr  they are one text",
    Doubt.AGENT: "a  they mean the same: the first goes into the second\nr  they are two, and stay so",
}
REST = "s  leave it for another time\nq  stop; all that was answered is kept\n?  this"


def show_question(question: Question, place: int, total: int) -> None:
    """Show one question of so many on stdout."""
    from rich.text import Text

    console = open_console()
    what = question.field if question.doubt is Doubt.AGENT else f"record {question.record}"
    console.print()
    _print(console, f"{place} of {total}  {what}  {one_line(question.title or 'untitled')}", "bold")
    if question.about is not None:
        _print(console, f"→ {one_line(question.about)}", "cyan")
    for number, choice in enumerate(question.choices, 1):
        value = "(nothing)" if choice.value is None else one_line(str(choice.value))
        named = question.field if number == 1 else str(number)
        _print(console, f"{named}  {value}", "cyan" if number == 1 else "")
        for context in choice.contexts[:SHOWN]:
            has_colour = console.color_system is not None and not console.no_color
            console.print(marked_line(context, console.width, has_colour=has_colour), overflow="fold")
        if len(choice.contexts) > SHOWN:
            console.print(Text(f"        … and {len(choice.contexts) - SHOWN} more", style="dim"))
    _print(console, ASKS[question.doubt], "dim")
    _print(console, KEYS if question.choices else PAIR_KEYS, "dim")


def show_help(question: Question) -> None:
    """Show what each key means for this question."""
    console = open_console()
    for line in f"{HELP[question.doubt]}\n{REST}".split("\n"):
        _print(console, line, "")


def _print(console: "Console", text: str, style: str) -> None:
    from rich.text import Text

    for line in fold_text(text, console.width):
        console.print(Text(line, style=style))
