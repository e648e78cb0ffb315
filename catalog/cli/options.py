"""Options that several commands share. Whether a file can be read (`readable`) is found out by whoever reads it."""

from pathlib import Path
from typing import Annotated

import typer

from catalog.cli.candidates import complete_query
from catalog.errors import UsageError
from catalog.model.table import TableFormat

_UNITS = {"": 1, "K": 1024, "M": 1024**2, "G": 1024**3}


def read_size(text: str) -> int:
    """Return a size in bytes: 500, 64K, 10M, 2G. Raises UsageError."""
    digits, unit = (text[:-1], text[-1].upper()) if text[-1:].isalpha() else (text, "")
    if unit not in _UNITS or not (digits.isascii() and digits.isdigit()) or not 0 < int(digits) < 10**12:
        raise UsageError(f"{text!r} is no size in bytes; write 500, 64K, 10M or 2G")
    return int(digits) * _UNITS[unit]


DbOption = Annotated[
    Path | None,
    typer.Option("--db", metavar="PATH", readable=False, help="The catalogue [CATALOG_DB, else catalog.db]."),
]
FormatOption = Annotated[
    TableFormat | None, typer.Option("--format", help="How to show it [a table on a terminal, tsv in a pipe].")
]
JsonOption = Annotated[bool, typer.Option("--json", help="One JSON document on stdout; errors as JSON on stderr.")]
QuietOption = Annotated[bool, typer.Option("--quiet", "-q", help="No progress and no summary on stderr.")]
NullOption = Annotated[bool, typer.Option("-0", "--null", help="NUL instead of newline between entries.")]
MessageOption = Annotated[str | None, typer.Option("--message", "-m", metavar="TEXT", help="Why, for the history.")]
DryRunOption = Annotated[bool, typer.Option("--dry-run", help="Show what would change and change nothing.")]
YesOption = Annotated[bool, typer.Option("--yes", "-y", help="Do it without asking.")]
JobsOption = Annotated[int | None, typer.Option("--jobs", "-j", min=1, metavar="N", help="Worker processes [cores].")]
MaxFileOption = Annotated[
    int | None,
    typer.Option("--max-file", metavar="SIZE", parser=read_size, help="Larger files are problems, not read [64M]."),
]
MaxArchiveOption = Annotated[
    int | None,
    typer.Option("--max-archive", metavar="SIZE", parser=read_size, help="What one archive may unpack to [16G]."),
]
MaxMembersOption = Annotated[
    int | None, typer.Option("--max-members", min=1, metavar="N", help="What one archive may hold [1000000].")
]
EncodingOption = Annotated[
    str | None, typer.Option("--encoding", metavar="NAME", help="The encoding of all inputs [found out for each].")
]
QueryArgument = Annotated[
    list[str] | None,
    typer.Argument(
        metavar="QUERY", help="Words and name:value terms, all of which must hold.", autocompletion=complete_query
    ),
]
