from dataclasses import replace
from typing import Annotated

import typer

from catalog.cli.candidates import complete_query
from catalog.cli.confirm import confirm
from catalog.cli.options import (
    DbOption,
    FormatOption,
    JobsOption,
    JsonOption,
    MessageOption,
    QuietOption,
    YesOption,
)
from catalog.cli.preview import change_table, show_preview
from catalog.cli.settings import choose_format, read_settings
from catalog.model.outcome import Outcome


def reparse(
    words: Annotated[
        list[str] | None,
        typer.Argument(metavar="ID|QUERY", help="Ids (- for stdin), or a query [all].", autocompletion=complete_query),
    ] = None,
    diff: Annotated[bool, typer.Option("--diff", help="The changes as a table on stdout; nothing is written.")] = False,
    message: MessageOption = None,
    yes: YesOption = False,
    jobs: JobsOption = None,
    format_: FormatOption = None,
    quiet: QuietOption = False,
    as_json: JsonOption = False,
    db: DbOption = None,
) -> None:
    """Read the kept originals again with the rules of today.

    After an update: what is read otherwise is shown first (old, new, which records), then asked for, and is one change
    set. What cataloguers said stays, and so does --set of an ingest; where a page is now read otherwise than both knew,
    the field is a conflict. The same rules over the same bytes change nothing.

    \b
    Examples:
      catalog reparse --diff
      catalog reparse site:青禾新闻网 -m 'rules of November'
      catalog reparse missing:source -y
    """
    from catalog.cli.selection import read_ids_or_query, read_query
    from catalog.cli.session import open_ports, open_to_read, open_to_write
    from catalog.display.outcome import show_reparse
    from catalog.display.screen import counted
    from catalog.display.table import show_table
    from catalog.services.find import match
    from catalog.services.reparse import apply_reparse, plan_reparse

    flags = {"db": db, "quiet": quiet, "jobs": jobs, "format": choose_format(format_, as_json=as_json and diff)}
    settings = read_settings(flags)
    wanted = read_ids_or_query(words) if words else read_query(())
    with open_to_read(settings) as store, open_ports(settings, quiet=settings.quiet) as ports:
        plan = plan_reparse(store, match(store, wanted), ports, settings.jobs)
    table = replace(change_table(plan.changes), schema="catalog.reparse-diff/1")
    if diff:
        show_table(table, settings.format)
    elif plan.changes and not as_json and not yes:
        show_preview(table)
    outcome = Outcome("reparse", plan.counts, tuple(plan.problems), dry_run=diff)
    if plan.otherwise and (yes or not diff):
        if not yes:
            values = f"{counted(len(plan.changes), 'value')} in {counted(plan.counts['records'], 'record')}"
            confirm(f"Keep what is read of {counted(len(plan.otherwise), 'capture')} now? It changes {values}.")
        with open_to_write(settings) as store, open_ports(settings, quiet=settings.quiet) as ports:
            outcome = apply_reparse(store, plan, ports, message=message)
    if not (diff and as_json):
        show_reparse(outcome, table, as_json=as_json, quiet=settings.quiet)
    raise typer.Exit(outcome.exit_status)
