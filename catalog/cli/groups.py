"""What commands that have commands of their own share with the whole program."""

from typing import Any

import typer

HELP: dict[str, Any] = {"help_option_names": ["-h", "--help"]}


def make_group(about: str) -> typer.Typer:
    """Return a group of commands under one word."""
    return typer.Typer(help=about, no_args_is_help=True, context_settings=HELP, rich_markup_mode=None)
