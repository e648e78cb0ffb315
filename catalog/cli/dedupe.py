from typing import Annotated

import typer

from catalog.cli.options import DbOption, FormatOption, JsonOption, QueryArgument, QuietOption
from catalog.cli.settings import read_settings
from catalog.model.table import TableFormat


def dedupe(
    query: QueryArgument = None,
    across: Annotated[bool, typer.Option("--across", help="Only bodies that several records share.")] = False,
    in_pages: Annotated[bool, typer.Option("--in-pages", help="Only pages that print their body again.")] = False,
    format_: FormatOption = None,
    quiet: QuietOption = False,
    as_json: JsonOption = False,
    db: DbOption = None,
) -> None:
    """List bodies that records share or pages repeat.

    Those that several records share, and pages that print theirs more than once (desktop and mobile variant).
    Nothing is deleted: a body is kept once, and every record says which body it has.

    \b
    Examples:
      catalog dedupe
      catalog dedupe --across published:2020
      catalog list body_sha256:1f3a… --columns id,site_name,published
    """
    from catalog.cli.session import open_to_read
    from catalog.display.screen import counted, say
    from catalog.display.table import show_table
    from catalog.services.dedupe import find_repeated

    settings = read_settings({"db": db, "format": TableFormat.JSON if as_json else format_, "quiet": quiet})
    both = across == in_pages
    with open_to_read(settings) as store:
        table = find_repeated(store, " ".join(query or ()), across=across or both, in_pages=in_pages or both)
    show_table(table, settings.format)
    shared = sum(row[0] == "across records" for row in table.rows)
    pages = counted(len(table.rows) - shared, "page")
    say(
        f"{counted(shared, 'body/bodies')} shared by several records; {pages} with a body printed again",
        quiet=settings.quiet,
    )
