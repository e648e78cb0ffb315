from typing import Annotated

import typer

from catalog.cli.candidates import complete_topic
from catalog.cli.options import FormatOption, JsonOption
from catalog.cli.settings import choose_format, read_settings
from catalog.errors import UsageError
from catalog.model.table import Column, Table

COLUMNS = (Column("topic", is_whole=True), Column("about"))


def help_(
    context: typer.Context,
    topic: Annotated[
        str | None,
        typer.Argument(metavar="TOPIC", help="query, fields … or a command.", autocompletion=complete_topic),
    ] = None,
    is_man: Annotated[bool, typer.Option("--man", help="All of it as a man page.")] = False,
    format_: FormatOption = None,
    as_json: JsonOption = False,
) -> None:
    """Explain queries, fields, formats, statuses and settings.

    Without a TOPIC: which there are. With the name of a command: its --help.

    \b
    Examples:
      catalog help query
      catalog help fields | grep 监审
      catalog help --man > catalog.1
    """
    from catalog.cli.manual import list_topics, man_page, read_topic
    from catalog.display.table import show_table

    settings = read_settings({"format": choose_format(format_, as_json=as_json)})
    group = context.find_root().command
    commands = getattr(group, "commands", {})
    if topic is not None and (is_man or as_json or format_):
        raise UsageError("a topic is text: leave --man, --format and --json out")
    if is_man:
        typer.echo(man_page(group), nl=False)
    elif topic is None:
        show_table(Table("Topics", COLUMNS, tuple(list_topics().items()), schema="catalog.topics/1"), settings.format)
    elif topic in commands:
        group.main([topic, "--help"], prog_name="catalog", standalone_mode=False)
    else:
        typer.echo(read_topic(topic, tuple(commands)), nl=False)
