"""The place of an error in what was typed: the text, and a caret under the character."""

from catalog.display.safe import one_line

AROUND = 30  # characters shown on each side of the place: a line of any terminal, in Chinese too


def point_at(text: str, position: int) -> tuple[str, str]:
    """Return the text around the place as one line, and the line below it with a caret under the character."""
    from rich.cells import cell_len

    start, end = max(position - AROUND, 0), position + AROUND
    before = ("…" if start else "") + one_line(text[start:position])
    after = one_line(text[position:end]) + ("…" if end < len(text) else "")
    return before + after, " " * cell_len(before) + "^"
