from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated

import typer

from catalog.cli.candidates import complete_columns, complete_query
from catalog.cli.options import DbOption, FormatOption, JsonOption, NullOption, QueryArgument
from catalog.cli.settings import choose_format, read_settings
from catalog.model.table import TableFormat

SCREENFUL = 50  # records on a terminal unless --limit says otherwise; a pipe gets all

IdsOption = Annotated[bool, typer.Option("--ids", help="Only the ids, one a line, no head.")]
ColumnsOption = Annotated[
    str | None,
    typer.Option(
        "--columns",
        metavar="A,B,…",
        help="Which columns, in this order: title,editors,url … or any of `catalog help fields`.",
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
    All must hold; OR parts alternatives; ^ before a term or ( … ) means not.
    source:新华网            holds the text; A is a, and Ａ too
    title:=…  title:~…       is exactly the text; matches a regular expression
    published:2020..2021-06  a range: published:-30d..  views:>1.2万
    editor:李娜              any editor; or responsible_editor:, author: …
    has:tag  missing:source  there is one, there is none; conflict:host_body
    sort:published-          newest first; sort:rank what is most about the words
    script:any               图书馆 finds 圖書館 too
    saved:NAME               a query kept by `catalog queries`
    -                        among the ids on stdin

    \b
    Examples:
      catalog list 春耕 published:2020..
      catalog list missing:source --columns id,title,origin
      catalog list source:新华网 --ids | xargs catalog show
    """
    _list(query or (), _Look(columns, limit, ids, null), choose_format(format_, as_json=as_json), db)


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
    """Look for records by words: list with a QUERY.

    What is most about the words comes first, with the place where they stand.

    \b
    Examples:
      catalog search 乡村振兴
      catalog search '"春耕备耕" source:新华网' --limit 10
      catalog search editor:李娜 sort:published- --format csv
    """
    _list(query, _Look(columns, limit, ids, null, is_search=True), choose_format(format_, as_json=as_json), db)


@dataclass(frozen=True, slots=True)
class _Look:
    """How the records are shown; a search without sort: puts what is most about the words first and shows them."""

    columns: str | None
    limit: int | None
    ids: bool
    null: bool
    is_search: bool = False

    @property
    def is_ids(self) -> bool:
        return self.ids or self.null


def _list(query: Sequence[str], look: _Look, format_: TableFormat | None, db: Path | None) -> None:
    from catalog.cli.selection import read_query
    from catalog.cli.session import open_to_read
    from catalog.display.screen import is_terminal
    from catalog.display.table import show_table
    from catalog.services.find import DEFAULT_COLUMNS, SEARCH_COLUMNS, list_records

    settings = read_settings({"db": db, "format": format_})
    names: Sequence[str] = SEARCH_COLUMNS if look.is_search else DEFAULT_COLUMNS
    if look.is_ids:
        names = ["id"]
    elif look.columns:
        names = [name.strip() for name in look.columns.split(",")]
    on_screen = is_terminal() and not look.is_ids and format_ is not TableFormat.JSON
    most = look.limit if look.limit is not None else SCREENFUL if on_screen else None
    with open_to_read(settings) as store:
        table = list_records(store, read_query(query), columns=names, limit=most, ranked=look.is_search)
    if look.is_ids:
        typer.echo("".join(f"{row[0]}{chr(0) if look.null else chr(10)}" for row in table.rows), nl=False)
    else:
        show_table(table, settings.format)
