from datetime import date
from typing import Annotated

import typer

from catalog.cli.deciding import Manner, decide
from catalog.cli.options import DbOption, DryRunOption, JsonOption, MessageOption, QuietOption, YesOption
from catalog.cli.settings import read_settings
from catalog.model.selection import Selection


def merge(
    ids: Annotated[list[int], typer.Argument(metavar="ID... INTO", help="Records; the last one stays.")],
    message: MessageOption = None,
    dry_run: DryRunOption = False,
    yes: YesOption = False,
    quiet: QuietOption = False,
    as_json: JsonOption = False,
    db: DbOption = None,
) -> None:
    """Say that records are one: the last one stays, the others go into it.

    For captures of one page that nothing identified as such; `review` proposes them. Their captures, and those that
    come later, belong to the record that stays, and so does what was said of them. `show` of an old id leads there.

    \b
    Examples:
      catalog merge 8 7
      catalog merge 8 9 7 -m 'one notice, printed with and without its hour' -y
    """
    from catalog.cli.session import open_to_read
    from catalog.display.screen import counted
    from catalog.services import joining as service
    from catalog.services.find import match

    settings = read_settings({"db": db, "quiet": quiet})
    with open_to_read(settings) as store:
        match(store, Selection("", date.min, tuple(ids)))
        merging = service.read_merging(store, ids)
        changes = service.plan_merging(store, merging)
    question = f"Let {counted(len(merging.ids), 'record')} go into {merging.into}?"
    manner = Manner(dry_run, yes, as_json)
    decide(
        settings, manner, changes, question,
        lambda store, ports: service.apply_merging(store, merging, ports, message=message),
    )  # fmt: skip


def split(
    id: Annotated[int, typer.Argument(metavar="ID", help="A record.")],
    captures: Annotated[
        list[str], typer.Argument(metavar="CAPTURE...", help="Its file, or the beginning of its SHA-256.")
    ],
    message: MessageOption = None,
    dry_run: DryRunOption = False,
    yes: YesOption = False,
    quiet: QuietOption = False,
    as_json: JsonOption = False,
    db: DbOption = None,
) -> None:
    """Say that captures are of another item: they get a record of their own.

    No later ingest brings them back together. `undo` does, and `merge` with another record.

    \b
    Examples:
      catalog split 7 07_later.txt
      catalog split 7 07_later.txt -m 'the site used the address again' -y
    """
    from catalog.cli.session import open_to_read
    from catalog.display.screen import counted
    from catalog.services import joining as service
    from catalog.services.find import match

    settings = read_settings({"db": db, "quiet": quiet})
    with open_to_read(settings) as store:
        match(store, Selection("", date.min, (id,)))
        splitting = service.read_splitting(store, id, captures)
        changes = service.plan_splitting(store, splitting)
    question = f"Give {counted(len(splitting.captures), 'capture')} of record {id} a record of their own?"
    manner = Manner(dry_run, yes, as_json)
    decide(
        settings, manner, changes, question,
        lambda store, ports: service.apply_splitting(store, splitting, ports, message=message),
    )  # fmt: skip
