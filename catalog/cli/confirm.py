"""Asking before something is changed."""

import sys

import typer

from catalog.errors import UsageError


def confirm(question: str) -> None:
    """Return if a person agrees; leave with 2 where nobody can be asked, and with 2 too if the answer is no."""
    from catalog.display.screen import is_terminal, say

    if not is_terminal(sys.stdin):
        raise UsageError("nothing was changed: without a terminal to ask on, -y says that it is meant")
    if not typer.confirm(question, err=True):
        say("nothing was changed")
        raise typer.Exit(2)
