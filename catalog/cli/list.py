from typing import Annotated

import typer

from catalog.cli.candidates import complete_columns, complete_query
from catalog.cli.options import DbOption, FormatOption, JsonOption, NullOption, QueryArgument
from catalog.cli.settings import choose_format, read_settings

SCREENFUL = 50  # records on a terminal unless --limit says otherwise; a pipe gets all

IdsOption = Annotated[bool, typer.Option("--ids", help="Only the ids, one a line, no head.")]
ColumnsOption = Annotated[
    str | None,
    typer.Option(
        "--columns",
        metavar="A,B,…",
        help="Which columns, in this order: title,editors,url …",
        autocompletion=complete_columns,
    ),
]
LimitOption = Annotated[
    int | None, typer.Option("--limit", "-n", min=0, help="At most so many records [50 on a terminal, all in a pipe].")
]


def list_(
    query: QueryArgument = None,
    columns: ColumnsOption = None,
    limit: LimitOption = None,
    ids: IdsOption = False,
    null: NullOption = False,
    format_: FormatOption = None,
    as_json: JsonOption = False,
    db: DbOption = None,
) -> None:
    """List the records that match.

    Without a QUERY all of them.

    \b
    Words and "phrases" are looked for in title, summary and body.
    All terms must hold; OR parts alternatives; ^ before a term means not.
    source:新华网            holds the text; A is a, and Ａ too
    title:=…                 is exactly the text
    published:2020..2021-06  a range: id:1..5  views:>100
    editor:李娜              any editor; or responsible_editor:, author: …
    has:tag  missing:source  there is one, there is none; conflict:host_body
    sort:published-          newest first

    \b
    Examples:
      catalog list 春耕 published:2020..
      catalog list missing:source --columns id,title,origin
      catalog list source:新华网 --ids | xargs catalog show
    """
    from catalog.cli.session import open_to_read
    from catalog.display.screen import is_terminal
    from catalog.display.table import show_table
    from catalog.services.find import DEFAULT_COLUMNS, list_records

    settings = read_settings({"db": db, "format": choose_format(format_, as_json=as_json)})
    names = ["id"] if ids or null else [name.strip() for name in columns.split(",")] if columns else DEFAULT_COLUMNS
    most = limit if limit is not None else SCREENFUL if is_terminal() and not (ids or null or as_json) else None
    with open_to_read(settings) as store:
        table = list_records(store, " ".join(query or ()), columns=names, limit=most)
    if ids or null:
        typer.echo("".join(f"{row[0]}{chr(0) if null else chr(10)}" for row in table.rows), nl=False)
    else:
        show_table(table, settings.format)


def search(
    query: Annotated[
        list[str],
        typer.Argument(metavar="QUERY", help="What to look for, as in `catalog list`.", autocompletion=complete_query),
    ],
    columns: ColumnsOption = None,
    limit: LimitOption = None,
    ids: IdsOption = False,
    null: NullOption = False,
    format_: FormatOption = None,
    as_json: JsonOption = False,
    db: DbOption = None,
) -> None:
    """Look for records: list with a QUERY.

    \b
    Examples:
      catalog search 乡村振兴
      catalog search '"春耕备耕" source:新华网' --limit 10
      catalog search editor:李娜 sort:published- --format csv
    """
    list_(query, columns, limit, ids, null, format_, as_json, db)
