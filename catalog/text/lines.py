from dataclasses import dataclass

from catalog.text.fold import fold_view


@dataclass(frozen=True, slots=True)
class Line:
    """A line that says something: where its text stands, the folded view of it, and how many empty lines stood before.

    `start` counts characters of the reading to the first character that is no white space; `view` has the length
    of the stripped text, so that view[i] is the reading's character start + i.
    """

    number: int
    start: int
    view: str
    gap: int

    @property
    def end(self) -> int:
        """Return where the stripped text ends in the reading."""
        return self.start + len(self.view)


def split_lines(text: str) -> list[Line]:
    r"""Return the lines of decoded text that hold more than white space, in order.

    Only "\n" ends a line: str.splitlines() also cuts at form feeds and U+2028, which old captures carry in the
    middle of a sentence. Line numbers count from 1 and count empty lines too.
    """
    found = []
    position = 0
    last = 0
    for number, piece in enumerate(fold_view(text).split("\n"), 1):
        view = piece.strip(" ")
        if view:
            found.append(Line(number, position + piece.index(view[0]), view, number - last - 1))
            last = number
        position += len(piece) + 1
    return found
