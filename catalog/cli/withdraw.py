from typing import Annotated

import typer

from catalog.cli.candidates import complete_query
from catalog.cli.confirm import confirm
from catalog.cli.options import DbOption, JsonOption, MessageOption, QuietOption, YesOption
from catalog.cli.preview import show_preview
from catalog.cli.settings import read_settings
from catalog.errors import UsageError


def withdraw(
    words: Annotated[
        list[str] | None, typer.Argument(metavar="ID|QUERY", help="Which records.", autocompletion=complete_query)
    ] = None,
    message: MessageOption = None,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Show what would go and change nothing.")] = False,
    yes: YesOption = False,
    quiet: QuietOption = False,
    as_json: JsonOption = False,
    db: DbOption = None,
) -> None:
    """Take records out of view, with a reason.

    For deaccession, personal data, a court's order. No list, report or export has them any more, and a second ingest of
    the same bytes does not bring them back; `undo` does. The log, the reason and the originals stay in the file.

    \b
    Examples:
      catalog withdraw 7 -m 'names a minor'
      catalog withdraw site:青禾新闻网 published:..2020-03 -m deaccession -y
    """
    from catalog.cli.selection import read_ids_or_query
    from catalog.cli.session import open_ports, open_to_read, open_to_write
    from catalog.display.outcome import show_withdrawal
    from catalog.display.screen import counted
    from catalog.model.outcome import Outcome
    from catalog.services import withdraw as service
    from catalog.services.find import match

    if not (message or "").strip():
        raise UsageError("say why: -m 'names a minor'; the reason stays in the log")
    settings = read_settings({"db": db, "quiet": quiet})
    wanted = read_ids_or_query(words or ())
    with open_to_read(settings) as store:
        ids = match(store, wanted)
        table = service.plan_withdrawal(store, ids)
    if not as_json and (dry_run or not yes):
        show_preview(table)
    outcome = Outcome("withdraw", {"records": len(ids)}, dry_run=True)
    if not dry_run:
        if not yes:
            confirm(f"Withdraw {counted(len(ids), 'record')}?")
        with open_to_write(settings) as store, open_ports(settings, quiet=True) as ports:
            outcome = service.apply_withdrawal(store, ids, ports, message or "")
    show_withdrawal(outcome, table, as_json=as_json, quiet=settings.quiet)
