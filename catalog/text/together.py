"""Many lines as one text: to search them once costs half of a search in each, and most lines hold nothing."""

from bisect import bisect_right
from collections.abc import Iterable, Sequence
from itertools import accumulate


class Together:
    """Lines side by side in `text`, with a line end between them."""

    __slots__ = ("_starts", "text")

    def __init__(self, lines: Sequence[str]) -> None:
        self.text = "\n".join(lines)
        self._starts = [0, *accumulate([len(line) + 1 for line in lines])]

    def parted(self, places: Iterable[int]) -> dict[int, list[int]]:
        """Return places in the text by the number of their line, as places in that line."""
        found: dict[int, list[int]] = {}
        for place in places:
            n = bisect_right(self._starts, place) - 1
            found.setdefault(n, []).append(place - self._starts[n])
        return found
