from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

SCRIPTS = Path(__file__).with_name("shells")


class Shell(StrEnum):
    """The shells whose words can be completed."""

    BASH = "bash"
    ZSH = "zsh"
    FISH = "fish"


def completion(
    shell: Annotated[Shell, typer.Argument(metavar="SHELL", help="bash, zsh or fish.")],
) -> None:
    """Write the script that completes words in a shell.

    It completes commands, options, formats, reports, columns and the names of the query language (sou<TAB>), and files
    where those are meant. The first lines of the script say where it goes.

    \b
    Examples:
      source <(catalog completion bash)
      catalog completion fish > ~/.config/fish/completions/catalog.fish
    """
    typer.echo((SCRIPTS / f"catalog.{shell.value}").read_text("utf-8"), nl=False)
