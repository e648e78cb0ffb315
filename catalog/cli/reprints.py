import sys
from enum import StrEnum
from typing import Annotated

import typer

from catalog.cli.options import DbOption, JsonOption
from catalog.cli.settings import choose_format, read_settings
from catalog.errors import UsageError
from catalog.model.table import TableFormat


class ReprintsFormat(StrEnum):
    """How the tree is shown: the formats of a table, and GraphML for network tools."""

    TABLE = "table"
    TSV = "tsv"
    CSV = "csv"
    JSON = "json"
    JSONL = "jsonl"
    MD = "md"
    HTML = "html"
    GRAPHML = "graphml"


def reprints(
    id: Annotated[int, typer.Argument(metavar="ID", help="A record that prints the text.")],
    changes: Annotated[bool, typer.Option("--changes", help="In a pipe: the sentences cut and added instead.")] = False,
    format_: Annotated[
        ReprintsFormat | None, typer.Option("--format", help="How to show it [a table on a terminal, tsv in a pipe].")
    ] = None,
    as_json: JsonOption = False,
    db: DbOption = None,
) -> None:
    """Show what became of one text: the tree of its reprints.

    The earliest record of this catalogue comes first; what was printed elsewhere before is not known. Under it each
    reprint: the source it names, how near it is, whether it is retitled, what it cut (−) and added (+) sentence by
    sentence, and where its printed source is not that of the earliest text.

    \b
    Examples:
      catalog reprints 7
      catalog reprints 7 --changes | grep '−'
      catalog reprints 7 --format graphml > text.graphml
    """
    from catalog.cli.session import open_to_read
    from catalog.display.reprints import show_reprints
    from catalog.export.graphml import write_reprints
    from catalog.services.reprints import trace_reprints

    is_graph = format_ is ReprintsFormat.GRAPHML
    if is_graph and as_json:
        raise UsageError("--json and --format graphml are two formats: give one")
    named = None if format_ is None or is_graph else TableFormat(format_.value)
    settings = read_settings({"db": db, "format": choose_format(named, as_json=as_json)})
    with open_to_read(settings) as store:
        tree = trace_reprints(store, id)
    if is_graph:
        write_reprints(tree, sys.stdout)
    else:
        show_reprints(tree, settings.format, changes=changes)
