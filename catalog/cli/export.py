import sys
from pathlib import Path
from typing import Annotated

import typer

from catalog.cli.options import DbOption, JsonOption, QueryArgument
from catalog.cli.settings import read_settings


def export(
    query: QueryArgument = None,
    to: Annotated[
        str,
        typer.Option("--to", metavar="FORMAT", help="jsonl: records; csv: a row a record; dump: the whole catalogue."),
    ] = "jsonl",
    output: Annotated[Path | None, typer.Option("--output", "-o", metavar="FILE", help="Where to [stdout].")] = None,
    as_json: JsonOption = False,
    db: DbOption = None,
) -> None:
    """Write records in a form for other programs.

    \b
    Examples:
      catalog export --to jsonl -o records.jsonl
      catalog export --to csv published:2020 > 2020.csv
      catalog export --to dump | sha256sum      equal for equal catalogues
    """
