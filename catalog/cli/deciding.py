"""Show what a decision changes, ask, do it, tell: the one way of all commands that decide."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from catalog.cli.confirm import confirm
from catalog.cli.preview import show_preview
from catalog.cli.settings import Settings
from catalog.model.outcome import Outcome
from catalog.model.table import Table

if TYPE_CHECKING:
    from catalog.services.ports import Ports
    from catalog.store.open import Store


@dataclass(frozen=True, slots=True)
class Manner:
    """How a command is to go about it."""

    dry_run: bool
    yes: bool
    as_json: bool


def decide(
    settings: Settings, manner: Manner, changes: Table, question: str, apply: "Callable[[Store, Ports], Outcome]"
) -> None:
    """Show the changes on stderr, ask unless it is meant, and let `apply` write them; do nothing without changes."""
    from catalog.cli.session import open_ports, open_to_write
    from catalog.display.outcome import show_decision

    if changes.rows and not manner.as_json and (manner.dry_run or not manner.yes):
        show_preview(changes)
    outcome = Outcome("decision", {"changes": len(changes.rows)}, dry_run=manner.dry_run)
    if changes.rows and not manner.dry_run:
        if not manner.yes:
            confirm(question)
        with open_to_write(settings) as store, open_ports(settings, quiet=True) as ports:
            outcome = apply(store, ports)
    show_decision(outcome, changes, as_json=manner.as_json, quiet=settings.quiet)
