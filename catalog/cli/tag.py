from collections.abc import Sequence
from typing import TYPE_CHECKING, Annotated

import typer

from catalog.cli.candidates import complete_tag
from catalog.cli.confirm import confirm
from catalog.cli.options import DbOption, JsonOption, MessageOption, QuietOption, YesOption
from catalog.cli.preview import change_table, question, show_preview
from catalog.cli.settings import Settings, read_settings
from catalog.errors import UsageError
from catalog.model.custom import Custom
from catalog.model.outcome import Outcome

if TYPE_CHECKING:
    from catalog.services.changes import Change


def tag(
    words: Annotated[
        list[str],
        typer.Argument(
            metavar="ID|QUERY|CHANGE", help="Which records, and what to change.", autocompletion=complete_tag
        ),
    ],
    untag: Annotated[
        list[str] | None, typer.Option("--untag", metavar="WORD", help="Take this tag away; may be repeated.")
    ] = None,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Show what would change and change nothing.")] = False,
    message: MessageOption = None,
    yes: YesOption = False,
    quiet: QuietOption = False,
    as_json: JsonOption = False,
    db: DbOption = None,
) -> None:
    """Set publisher, views, editors, any field, or tags by hand.

    What you say outranks what pages say and stays when they are read again. Every change is shown first and asked for;
    without a terminal give -y. The history keeps who said it: CATALOG_WHO, or your account.

    \b
    7 12 site:青禾新闻网      which records: ids (- for stdin), or a query
    publisher=新华社         the one value           editor+=李娜    one more
    source!                  there is none           editor-=李娜    not this one
    +要闻  --untag 要闻      a free tag, put on and taken off

    \b
    Examples:
      catalog tag 7 publisher=青禾县人民政府 +春耕
      catalog tag missing:source site:青禾新闻网 source=青禾新闻网 -y
      catalog tag 7 responsible_editor=李娜 -m 'by telephone'
    """
    from catalog.cli.selection import read_ids_or_query
    from catalog.cli.session import open_ports, open_to_read, open_to_write
    from catalog.display.outcome import show_changes
    from catalog.services import tag as service
    from catalog.services.custom import known_fields
    from catalog.services.find import match
    from catalog.services.tags import find_strange

    settings = read_settings({"db": db, "quiet": quiet})
    with open_to_read(settings) as store:
        changes, which = _read_words(words, untag or (), known_fields(store))
        _check_tags(find_strange(store, changes), settings)
        wanted = read_ids_or_query(which)
        ids = match(store, wanted)
        planned = list(service.plan_changes(store, ids, changes, settings.who))
    table = change_table(planned)
    if planned and not as_json and (dry_run or not yes):
        show_preview(table)
    if not planned or dry_run:
        records = len({one.record_id for one in planned})
        counts = {"records": records, "values": len(planned), "unchanged": len(ids) - records}
        outcome = Outcome("tag", counts, dry_run=dry_run)
    else:
        if not yes:
            confirm(question(planned))
        with open_to_write(settings) as store, open_ports(settings, quiet=True) as ports:
            outcome = service.apply_changes(store, ids, changes, ports, message=message)
    show_changes(outcome, table, as_json=as_json, quiet=settings.quiet)


def _check_tags(strange: Sequence[str], settings: Settings) -> None:
    """Warn of tags that are not in the controlled list, or refuse them, as the settings say."""
    from catalog.display.screen import say

    if strange and settings.tags == "refuse":
        raise UsageError("; ".join(strange))
    for sentence in strange:
        say(sentence, quiet=settings.quiet or settings.tags == "free")


def _read_words(words: Sequence[str], untag: Sequence[str], custom: Custom) -> "tuple[list[Change], list[str]]":
    """Return the changes and the words that say which records. Raises UsageError if nothing is to change."""
    from catalog.services import changes as service

    read = [(word, service.read_change(word, custom)) for word in words]
    changes = [change for _, change in read if change is not None] + [service.untag(word) for word in untag]
    which = [word for word, change in read if change is None]
    if not changes:
        raise UsageError("say what to change: publisher=…, editor+=…, source!, +word or --untag word")
    return changes, which
