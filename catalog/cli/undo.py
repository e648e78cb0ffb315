import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from catalog.cli.confirm import confirm
from catalog.cli.options import DbOption, JsonOption, MessageOption, QuietOption, YesOption
from catalog.cli.settings import read_settings
from catalog.errors import UsageError

if TYPE_CHECKING:
    from catalog.model.outcome import Outcome
    from catalog.services.undo import Step
    from catalog.store.open import Store

DryRunOption = Annotated[bool, typer.Option("--dry-run", help="Show what it would be about and change nothing.")]


def undo(
    number: Annotated[int | None, typer.Argument(metavar="N", help="A change set of `log` [the last one].")] = None,
    to: Annotated[
        int | None, typer.Option("--to", metavar="N", help="This change set and all that were made since.")
    ] = None,
    dry_run: DryRunOption = False,
    message: MessageOption = None,
    yes: YesOption = False,
    quiet: QuietOption = False,
    as_json: JsonOption = False,
    db: DbOption = None,
) -> None:
    """Take back what a command changed.

    The last change set, or the one that you name, if nothing that was made since builds on it. The log keeps both; the
    captures of an undone ingest stay in the file, out of view, and come back with redo.

    \b
    Examples:
      catalog undo
      catalog undo 12 -m 'wrong folder'
      catalog undo --to 12
    """
    from catalog.services import undo as service

    if number is not None and to is not None:
        raise UsageError("one at a time: N, or --to N")

    def plan(store: "Store") -> "Step":
        return service.plan_undo(store, to or number, and_later=to is not None)

    _Turn("Undo", plan, service.apply_undo, message, dry_run, yes, quiet, as_json, db).take()


def redo(
    number: Annotated[int | None, typer.Argument(metavar="N", help="A change set that was undone [the last].")] = None,
    dry_run: DryRunOption = False,
    message: MessageOption = None,
    yes: YesOption = False,
    quiet: QuietOption = False,
    as_json: JsonOption = False,
    db: DbOption = None,
) -> None:
    """Bring again what was undone.

    What one undo took back comes back together, if nothing that was made since stands in its way.

    \b
    Examples:
      catalog redo
      catalog redo 13
    """
    from catalog.services import undo as service

    def plan(store: "Store") -> "Step":
        return service.plan_redo(store, number)

    _Turn("Redo", plan, service.apply_redo, message, dry_run, yes, quiet, as_json, db).take()


@dataclass(frozen=True, slots=True)
class _Turn:
    """One undo or redo, from the preview to what it did."""

    verb: str
    plan: "Callable[[Store], Step]"
    apply: "Callable[..., Outcome]"
    message: str | None
    dry_run: bool
    yes: bool
    quiet: bool
    as_json: bool
    db: Path | None

    def take(self) -> None:
        """Show what the turn is about, ask, do it and tell."""
        from catalog.cli.session import open_ports, open_to_read, open_to_write
        from catalog.display.outcome import show_turn
        from catalog.display.screen import counted
        from catalog.display.table import show_table
        from catalog.model.outcome import Outcome
        from catalog.services.log import tabled

        settings = read_settings({"db": self.db, "quiet": self.quiet})
        with open_to_read(settings) as store:
            step = self.plan(store)
            table = tabled(store, step.targets)
        if not self.as_json and (self.dry_run or not self.yes):
            show_table(table, out=sys.stderr, sparse=True)
        outcome = Outcome(self.verb.lower(), {"change_sets": len(step.targets)}, dry_run=True)
        if not self.dry_run:
            if not self.yes:
                confirm(f"{self.verb} {counted(len(step.targets), 'change set')}?")
            with open_to_write(settings) as store, open_ports(settings, quiet=True) as ports:
                outcome = self.apply(store, step, ports, message=self.message)
        show_turn(outcome, table, as_json=self.as_json, quiet=settings.quiet)
