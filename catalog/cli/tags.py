from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from catalog.cli.deciding import Manner, decide
from catalog.cli.groups import make_group
from catalog.cli.options import (
    DbOption,
    DryRunOption,
    FormatOption,
    JsonOption,
    MessageOption,
    QuietOption,
    YesOption,
)
from catalog.cli.settings import Settings, choose_format, read_settings

if TYPE_CHECKING:
    from collections.abc import Callable

    from catalog.services.tags import TagPlan
    from catalog.store.open import Store

tags = make_group("Keep the list of tags: import, rename, merge.")

TagsArgument = Annotated[list[str], typer.Argument(metavar="TAG... INTO", help="Tags; the last one stays.")]


@tags.command("list")
def list_(
    part: Annotated[str | None, typer.Argument(metavar="TEXT", help="Only tags with this in them.")] = None,
    unlisted: Annotated[
        bool, typer.Option("--unlisted", help="Only tags that are not in the controlled list.")
    ] = False,
    format_: FormatOption = None,
    as_json: JsonOption = False,
    db: DbOption = None,
) -> None:
    """List the tags: those of the controlled list, and those in use.

    Broader tags stand before narrower ones: 主题/扶贫. `below` counts the records that have a tag or one below it;
    tag:主题 finds all of them.

    \b
    Examples:
      catalog tags list
      catalog tags list 备耕
      catalog tags list --unlisted
    """
    from catalog.cli.session import open_to_read
    from catalog.display.table import show_table
    from catalog.services.tags import list_tags

    settings = read_settings({"db": db, "format": choose_format(format_, as_json=as_json)})
    with open_to_read(settings) as store:
        table = list_tags(store, part, only_unlisted=unlisted)
    show_table(table, settings.format, sparse=True)


@tags.command("import")
def import_(
    path: Annotated[Path, typer.Argument(metavar="LIST", readable=False, help="CSV, or SKOS as RDF/XML.")],
    replace_all: Annotated[
        bool, typer.Option("--replace", help="Take out of the list what LIST does not have.")
    ] = False,
    message: MessageOption = None,
    dry_run: DryRunOption = False,
    yes: YesOption = False,
    quiet: QuietOption = False,
    as_json: JsonOption = False,
    db: DbOption = None,
) -> None:
    """Take a controlled list of tags from a file.

    CSV has the columns tag, broader, also, note, uri, of which tag is enough; also holds words that are not used,
    parted by semicolons. Of SKOS the label in Chinese counts, else the first. From then on `tag` warns of a tag that is
    not in the list, or refuses it: the setting tags.

    \b
    Examples:
      catalog tags import tags.csv
      catalog tags import tags.csv --replace -y
    """
    from catalog.services import tags as service
    from catalog.sources.tag_list import read_tag_list

    settings = read_settings({"db": db, "quiet": quiet})
    terms = read_tag_list(path)
    manner = Manner(dry_run, yes, as_json)
    _decide(
        settings, lambda store: service.plan_import(store, terms, replace_all=replace_all), "import", message, manner
    )  # fmt: skip


@tags.command()
def rename(
    old: Annotated[str, typer.Argument(metavar="TAG", help="A tag.")],
    new: Annotated[str, typer.Argument(metavar="NEW", help="Its new name.")],
    message: MessageOption = None,
    dry_run: DryRunOption = False,
    yes: YesOption = False,
    quiet: QuietOption = False,
    as_json: JsonOption = False,
    db: DbOption = None,
) -> None:
    """Give a tag another name, in all records and in the list, with those below it.

    \b
    Examples:
      catalog tags rename 备耕 农业/备耕
      catalog tags rename 备耕 春耕备耕 -m 'as in the thesaurus' -y
    """
    from catalog.services import tags as service

    settings = read_settings({"db": db, "quiet": quiet})
    manner = Manner(dry_run, yes, as_json)
    _decide(settings, lambda store: service.plan_rename(store, old, new), "rename", message, manner)


@tags.command()
def merge(
    words: TagsArgument,
    message: MessageOption = None,
    dry_run: DryRunOption = False,
    yes: YesOption = False,
    quiet: QuietOption = False,
    as_json: JsonOption = False,
    db: DbOption = None,
) -> None:
    """Let tags go into another one, in all records and in the list.

    \b
    Examples:
      catalog tags merge 备耕 春耕
      catalog tags merge 备耕 农业/春耕 -y
    """
    from catalog.services import tags as service

    settings = read_settings({"db": db, "quiet": quiet})
    manner = Manner(dry_run, yes, as_json)
    _decide(settings, lambda store: service.plan_merge(store, words), "merge", message, manner)


def _decide(
    settings: Settings, plan: "Callable[[Store], TagPlan]", command: str, message: str | None, manner: Manner
) -> None:
    from catalog.cli.session import open_to_read
    from catalog.services import tags as service

    with open_to_read(settings) as store:
        planned = plan(store)
        changes = service.describe(store, planned)
    decide(
        settings, manner, changes, "Change this?",
        lambda store, ports: service.apply(store, planned, command, ports, message=message),
    )  # fmt: skip
