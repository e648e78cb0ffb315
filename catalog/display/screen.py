"""The two streams: stdout is data, stderr is talk. A console fits what stands behind its stream."""

import sys
from typing import TYPE_CHECKING, TextIO

from catalog.display.safe import one_line

if TYPE_CHECKING:
    from rich.console import Console

NEVER_CUT = 100_000  # columns of a console that is no terminal: wider than any row


def open_console(out: TextIO | None = None) -> "Console":
    """Return a rich console on `out` (default: stdout). Never reads markup, emoji codes or highlights from text.

    Where `out` is no terminal there is no colour and no width that would cut. NO_COLOR is rich's own affair.
    """
    from rich.console import Console

    stream = out or sys.stdout
    width = None if stream.isatty() else NEVER_CUT
    return Console(file=stream, width=width, markup=False, emoji=False, highlight=False, soft_wrap=False)


def counted(n: int, noun: str) -> str:
    """Return "1 record", "1,063 records"; a noun whose plural is not made with s comes as "body/bodies"."""
    one, _, many = noun.partition("/")
    return f"{n:,} {one if n == 1 else many or one + 's'}"


def is_terminal(out: TextIO | None = None) -> bool:
    """Return whether a person watches this stream (default: stdout)."""
    return (out or sys.stdout).isatty()


def say(text: str, *, quiet: bool = False) -> None:
    """Write one line of talk to stderr, unless `quiet`."""
    if not quiet:
        sys.stderr.write(one_line(text) + "\n")
