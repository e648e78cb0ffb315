"""Text folded to a width in terminal columns, as Chinese is set: anywhere, but no closing mark begins a line."""

import re
from typing import TYPE_CHECKING

from rich.cells import cell_len
from rich.measure import Measurement
from rich.text import Text

if TYPE_CHECKING:
    from rich.console import Console, ConsoleOptions, RenderResult

# A piece that stays together: a run of Latin letters and figures with the mark that joins it to the next, or one other
# character; closing marks stay with what they close, opening marks with what they open.
_OPEN = r"[“‘（《〈「『【〔［(\[{]*"
_CLOSE = r"[”’）》〉」』】〕］)\]}，。、；：？！…,.;:?!%％]*"
_PIECE = re.compile(rf"{_OPEN}(?:[0-9A-Za-z\u00c0-\u024f]+[_/\\@&=+\-]?|\S){_CLOSE}|\s+|.", re.DOTALL)


def fold_text(text: str, width: int) -> list[str]:
    """Return the lines of one paragraph, each at most `width` columns wide (at least 2: a Han character has two)."""
    width = max(width, 2)
    lines = [""]
    room = width
    for piece in _PIECE.findall(text):
        size = cell_len(piece)
        if piece.isspace() and size > room:
            continue
        if size > room and lines[-1]:
            lines.append("")
            room = width
            if piece.isspace():
                continue
        for part in _cut(piece, width) if size > width else [piece]:
            if cell_len(part) > room:
                lines.append("")
                room = width
            lines[-1] += part
            room -= cell_len(part)
    return [line.rstrip() for line in lines]


def _cut(piece: str, width: int) -> list[str]:
    """Return the parts of a piece that is wider than a whole line."""
    parts = [""]
    for character in piece:
        if cell_len(parts[-1] + character) > width:
            parts.append("")
        parts[-1] += character
    return parts


class Folded:
    """A rich renderable: lines that fold themselves to whatever width their column is given.

    In a text that is `marked` what stands between ⟦ and ⟧ is bold.
    """

    def __init__(self, text: str, style: str = "", *, marked: bool = False) -> None:
        self.text = text
        self.style = style
        self.marked = marked

    def __rich_measure__(self, console: "Console", options: "ConsoleOptions") -> Measurement:
        """Return how narrow and how wide the text can be."""
        widest = min(max(map(cell_len, self.text.split("\n"))), options.max_width)
        return Measurement(min(widest, 12), widest)

    def __rich_console__(self, console: "Console", options: "ConsoleOptions") -> "RenderResult":
        """Yield the text in lines that fit."""
        lines = [line for part in self.text.split("\n") for line in fold_text(part, options.max_width)]
        shown = Text("\n".join(lines), style=self.style, no_wrap=True)
        if self.marked:
            shown.highlight_regex("⟦[^⟧]*⟧", "bold")
        yield shown
