r"""Regular expressions of the query language, by RE2.

RE2 takes time in proportion to the text whatever the pattern, so that nobody's `(a+)+$` stops a catalogue; Python's
own re does not, and no check of the pattern makes it. What RE2 leaves out is what cannot be had in that time:
references back (\1) and looking around ((?=…)). Letters match in either case unless (?-i) says otherwise.
"""

import re
from functools import lru_cache
from typing import Protocol

from catalog.errors import QueryError
from catalog.model.table import Cell
from catalog.store.fulltext import half_width

LONGEST = 1000  # characters of a pattern


class _Pattern(Protocol):
    def search(self, text: str) -> object: ...


@lru_cache(maxsize=64)
def _compile(pattern: str) -> _Pattern:
    import re2  # loaded where somebody asks by pattern

    options = re2.Options()
    options.log_errors = False
    options.case_sensitive = False
    compiled: _Pattern = re2.compile(half_width(pattern), options)
    return compiled


def check_pattern(pattern: str, position: int) -> None:
    """Raise QueryError, at the character, for what is no regular expression; `position` is where the pattern begins."""
    import re2

    if len(pattern) > LONGEST:
        raise QueryError(f"a regular expression has at most {LONGEST} characters", position=position)
    try:
        _compile(pattern)
    except re2.error as error:
        said = error.args[0].decode("utf-8", "replace")
        raise QueryError(f"regular expression: {said}", position=position + _place(pattern, said)) from None


def matches(pattern: str, value: Cell) -> bool | None:
    """Return whether the pattern is found anywhere in the value, in either width; None for None."""
    if value is None:
        return None
    return _compile(pattern).search(half_width(str(value)) or "") is not None


def _place(pattern: str, said: str) -> int:
    """Return where the piece of the pattern stands that RE2 complains of; it names the piece, not the place."""
    if said.startswith(("missing ):", "unexpected )")):
        return _find_unpaired(pattern)
    return max((half_width(pattern) or "").find(said.partition(": ")[2]), 0)


def _find_unpaired(pattern: str) -> int:
    """Return the place of the first bracket that closes nothing, else of the last that is never closed."""
    opened = [0]
    for found in re.finditer(r"\\.|\[\^?\]?(?:\\.|[^\]])*\]|[()]", pattern, re.DOTALL):
        if found[0] == "(":
            opened.append(found.start())
        elif found[0] == ")":
            if len(opened) == 1:
                return found.start()
            opened.pop()
    return opened[-1]
