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

    from catalog.services.agents import Sameness
    from catalog.store.open import Store

agents = make_group("Say which names of people, bodies and sources mean the same.")

KindOption = Annotated[str | None, typer.Option("--kind", metavar="KIND", help="Only person, body, account or source.")]
AgentArgument = Annotated[str, typer.Argument(metavar="ID", help="An agent's id, or its name.")]


@agents.command("list")
def list_(
    name: Annotated[str | None, typer.Argument(metavar="NAME", help="A part of a name, in either script.")] = None,
    kind: KindOption = None,
    proposals: Annotated[
        bool, typer.Option("--proposals", help="Agents that may be the same, the surest first.")
    ] = False,
    format_: FormatOption = None,
    as_json: JsonOption = False,
    db: DbOption = None,
) -> None:
    """List people, bodies, accounts and sources, those that most records name first.

    Each is an agent of its own for every site and spelling, until somebody says otherwise. Sources are agents of no
    site. --proposals lists those whose names are equal but for width, spaces, dots, simplified or traditional
    characters, an ending (人民政府, 办公室, 客户端), or the site.

    \b
    Examples:
      catalog agents list
      catalog agents list 青禾 --kind source
      catalog agents list --proposals --format csv
    """
    from catalog.cli.session import open_to_read
    from catalog.display.table import show_table
    from catalog.services import agents as service

    settings = read_settings({"db": db, "format": choose_format(format_, as_json=as_json)})
    with open_to_read(settings) as store:
        table = (service.list_proposals if proposals else service.list_agents)(store, name, kind)
    show_table(table, settings.format, sparse=True)


@agents.command()
def show(
    agent: AgentArgument,
    format_: FormatOption = None,
    as_json: JsonOption = False,
    db: DbOption = None,
) -> None:
    """Show under which names an agent goes, in which roles, as printed, and since when.

    \b
    Examples:
      catalog agents show 2
      catalog agents show 新华网
    """
    from catalog.cli.session import open_to_read
    from catalog.display.table import show_table
    from catalog.services.agents import show_agent

    settings = read_settings({"db": db, "format": choose_format(format_, as_json=as_json)})
    with open_to_read(settings) as store:
        table = show_agent(store, agent)
    show_table(table, settings.format, sparse=True)


@agents.command()
def merge(
    words: Annotated[
        list[str], typer.Argument(metavar="ID... INTO", help="Agents, by id or name; the last one stays.")
    ],
    message: MessageOption = None,
    dry_run: DryRunOption = False,
    yes: YesOption = False,
    quiet: QuietOption = False,
    as_json: JsonOption = False,
    db: DbOption = None,
) -> None:
    """Say that agents are one: the last one stays, the others go into it.

    Records keep what they print; queries find them under every name, and reports count them under the one that stays.
    It holds for all captures to come, until `split` or `undo`.

    \b
    Examples:
      catalog agents merge 新华网 青禾县融媒体中心 -m 'one house since 2019'
      catalog agents merge 3 4 -y
    """
    from catalog.services import agents as service

    settings = read_settings({"db": db, "quiet": quiet})
    _decide(settings, lambda store: service.read_merge(store, words), message, Manner(dry_run, yes, as_json))


@agents.command()
def split(
    words: Annotated[list[str], typer.Argument(metavar="ID [ID]", help="One that went into another, or two.")],
    message: MessageOption = None,
    dry_run: DryRunOption = False,
    yes: YesOption = False,
    quiet: QuietOption = False,
    as_json: JsonOption = False,
    db: DbOption = None,
) -> None:
    """Say that two agents are two: nobody proposes them again.

    One that went into another agent stands for itself again.

    \b
    Examples:
      catalog agents split 新华网 青禾县融媒体中心
      catalog agents split 3 4 -m 'a namesake' -y
    """
    from catalog.services import agents as service

    settings = read_settings({"db": db, "quiet": quiet})
    _decide(settings, lambda store: service.read_split(store, words), message, Manner(dry_run, yes, as_json))


@agents.command()
def alias(
    agent: AgentArgument,
    name: Annotated[str, typer.Argument(metavar="NAME", help="Another name.")],
    message: MessageOption = None,
    dry_run: DryRunOption = False,
    yes: YesOption = False,
    quiet: QuietOption = False,
    as_json: JsonOption = False,
    db: DbOption = None,
) -> None:
    """Give an agent another name, under which it is found.

    Whoever is printed under that name on the same site is taken for it. `split NAME` takes it back.

    \b
    Examples:
      catalog agents alias 新华网 新华通讯社网站
      catalog agents alias 3 小李 -y
    """
    from catalog.services import agents as service

    settings = read_settings({"db": db, "quiet": quiet})
    _decide(settings, lambda store: service.read_alias(store, agent, name), message, Manner(dry_run, yes, as_json))


def _decide(settings: Settings, read: "Callable[[Store], Sameness]", message: str | None, manner: Manner) -> None:
    from catalog.cli.session import open_to_read
    from catalog.services import agents as service

    with open_to_read(settings) as store:
        sameness = read(store)
        changes = service.plan(store, sameness)
    decide(
        settings, manner, changes, "Keep this?",
        lambda store, ports: service.apply(store, sameness, ports, message=message),
    )  # fmt: skip
