"""How far a run is, on stderr while somebody watches."""

import sys
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager

from catalog.display.safe import one_line
from catalog.display.screen import is_terminal

Draw = Callable[[int, int, Mapping[str, int], str], None]
SHOWN = ("added", "unchanged", "failed")


def _draw_nothing(done: int, total: int, counts: Mapping[str, int], origin: str) -> None:
    pass


@contextmanager
def open_progress(*, quiet: bool = False) -> Iterator[Draw]:
    """Yield a function (done, total, counts, origin) that draws; it draws nothing where stderr is no terminal."""
    if quiet or not is_terminal(sys.stderr):
        yield _draw_nothing
        return
    from rich.console import Console
    from rich.markup import escape
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

    console = Console(stderr=True, emoji=False, highlight=False)
    columns = (BarColumn(bar_width=24), MofNCompleteColumn(), TimeRemainingColumn(), TextColumn("{task.description}"))
    with Progress(*columns, console=console, transient=True) as progress:
        task = progress.add_task("", total=None)

        def draw(done: int, total: int, counts: Mapping[str, int], origin: str) -> None:
            said = ", ".join(f"{counts[name]:,} {name}" for name in SHOWN if counts.get(name))
            # the only text that rich reads as markup here, so the file's name is escaped for it
            progress.update(task, completed=done, total=total, description=escape(f"{said}  {one_line(origin)}"))

        yield draw
