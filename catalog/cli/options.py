"""Options that several commands share. Whether a file can be read (`readable`) is found out by whoever reads it."""

from pathlib import Path
from typing import Annotated

import typer

from catalog.cli.candidates import complete_query
from catalog.model.table import TableFormat

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
YesOption = Annotated[bool, typer.Option("--yes", "-y", help="Do it without asking.")]
JobsOption = Annotated[int | None, typer.Option("--jobs", "-j", min=1, metavar="N", help="Worker processes [cores].")]
EncodingOption = Annotated[
    str | None, typer.Option("--encoding", metavar="NAME", help="The encoding of all inputs [found out for each].")
]
QueryArgument = Annotated[
    list[str] | None,
    typer.Argument(
        metavar="QUERY", help="Words and name:value terms, all of which must hold.", autocompletion=complete_query
    ),
]
