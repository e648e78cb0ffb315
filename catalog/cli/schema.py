import json
from typing import Annotated

import typer

from catalog.cli.candidates import complete_schema
from catalog.cli.options import FormatOption, JsonOption
from catalog.cli.settings import choose_format, read_settings
from catalog.model.table import Column, Table

COLUMNS = (Column("name", is_whole=True), Column("about"))


def schema(
    name: Annotated[
        str | None,
        typer.Argument(metavar="NAME", help="Which: record, catalog.list/1 …", autocompletion=complete_schema),
    ] = None,
    format_: FormatOption = None,
    as_json: JsonOption = False,
) -> None:
    """Show the JSON Schema of what --json gives.

    Without a NAME: which there are. Each document says its own in `schema`, except the line that tells an error
    (catalog.error/1). Keys may be added under the same number, so programs should pass over those they do not know.

    \b
    Examples:
      catalog schema
      catalog schema record > record.schema.json
      catalog schema list | python3 -m json.tool
    """
    from catalog.display.table import show_table
    from catalog.export.schema import list_schemas, read_schema

    settings = read_settings({"format": choose_format(format_, as_json=as_json)})
    if name is None:
        show_table(
            Table("Schemas", COLUMNS, tuple(list_schemas().items()), schema="catalog.schemas/1"), settings.format
        )
    else:
        typer.echo(json.dumps(read_schema(name), ensure_ascii=False, indent=1))
