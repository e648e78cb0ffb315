import sys
from collections.abc import Callable
from pathlib import Path
from typing import Annotated, TextIO

import typer

from catalog.cli.candidates import complete_export, complete_query
from catalog.cli.options import DbOption, QuietOption
from catalog.cli.settings import read_settings
from catalog.errors import UsageError


def export(
    query: Annotated[
        list[str] | None,
        typer.Argument(metavar="ID|QUERY", help="Ids (- for stdin), or a query [all].", autocompletion=complete_query),
    ] = None,
    to: Annotated[
        str,
        typer.Option(
            "--to",
            metavar="FORMAT",
            help="jsonl: records; csv: a row a record; graphml: reprints as a graph; dump: all.",
            autocompletion=complete_export,
        ),
    ] = "jsonl",
    output: Annotated[
        Path | None, typer.Option("--output", "-o", metavar="FILE", readable=False, help="Where to [stdout].")
    ] = None,
    quiet: QuietOption = False,
    db: DbOption = None,
) -> None:
    """Write records in a form for other programs.

    \b
    Examples:
      catalog export --to jsonl -o records.jsonl
      catalog export 7 12
      catalog export --to csv published:2020 > 2020.csv
      catalog list missing:source --ids | catalog export - -o unsourced.jsonl
      catalog export --to dump | sha256sum        equal for equal catalogues
    """
    from catalog.cli.selection import read_ids_or_query, read_query
    from catalog.cli.session import open_to_read
    from catalog.display.screen import counted, say
    from catalog.services.export import export_records
    from catalog.services.find import match

    settings = read_settings({"db": db, "quiet": quiet})
    wanted = read_ids_or_query(query) if query else read_query(())
    if to == "dump" and query:
        raise UsageError("a dump is of the whole catalogue: leave the query out, or export --to jsonl")
    with open_to_read(settings) as store:
        ids = None if to == "dump" else match(store, wanted)
        if output is None:
            export_records(store, to, ids, sys.stdout)
            return
        _write_whole(output, lambda stream: export_records(store, to, ids, stream))
    say(f"{output}: {counted(len(ids), 'record')}" if ids else f"{output}: written", quiet=settings.quiet)


def _write_whole(path: Path, write: Callable[[TextIO], None]) -> None:
    """Write a file that is there whole or not at all: what stood there before stays until the new one is complete."""
    part = path.with_name(f".{path.name}.part")
    try:
        with part.open("w", encoding="utf-8", newline="") as stream:
            write(stream)
        part.replace(path)
    except OSError as error:
        raise UsageError(f"{path} cannot be written: {error.strerror or error}", path=str(path)) from error
    finally:
        part.unlink(missing_ok=True)
