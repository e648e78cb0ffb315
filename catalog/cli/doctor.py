from typing import Annotated

import typer

from catalog.cli.options import DbOption, FormatOption, JsonOption
from catalog.cli.settings import choose_format, read_settings, read_sources


def doctor(
    odd: Annotated[bool, typer.Option("--odd", help="Only what is odd.")] = False,
    format_: FormatOption = None,
    as_json: JsonOption = False,
    db: DbOption = None,
) -> None:
    """Say what is odd about the catalogue and what it runs on, and how to mend it.

    It only looks, brings nothing up to date, and ends with 0 as long as the catalogue can be opened: whether all of it
    is what it was, verify says.

    \b
    Examples:
      catalog doctor
      catalog doctor --format jsonl
    """
    from catalog.display.table import show_table
    from catalog.services.doctor import examine, only_odd

    settings = read_settings({"db": db, "format": choose_format(format_, as_json=as_json)})
    table = examine(settings.db, read_sources({"db": db}))
    show_table(only_odd(table) if odd else table, settings.format, sparse=True)
