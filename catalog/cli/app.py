"""The commands, in the order in which a newcomer meets them."""

from typing import Annotated, Any

import typer
from typer.core import TyperGroup

from catalog.cli.agents import agents
from catalog.cli.backup import backup
from catalog.cli.completion import completion
from catalog.cli.dedupe import dedupe
from catalog.cli.doctor import doctor
from catalog.cli.edit import edit
from catalog.cli.export import export
from catalog.cli.groups import HELP
from catalog.cli.help import help_
from catalog.cli.import_ import import_
from catalog.cli.ingest import ingest
from catalog.cli.list import list_, search
from catalog.cli.log import log
from catalog.cli.merge import merge, split
from catalog.cli.parse import parse
from catalog.cli.queries import queries
from catalog.cli.rebuild import rebuild
from catalog.cli.reparse import reparse
from catalog.cli.report import ReportCommand, report
from catalog.cli.reprints import reprints
from catalog.cli.rescue import rescue
from catalog.cli.review import review
from catalog.cli.schema import schema
from catalog.cli.show import show
from catalog.cli.tag import tag
from catalog.cli.tags import tags
from catalog.cli.undo import redo, undo
from catalog.cli.verify import verify
from catalog.cli.withdraw import withdraw
from catalog.version import __version__


class PipeClosed(BaseException):
    """Whoever read our output had enough (`catalog list | head -1`). Typer would call it a failure; it is none."""


class _Commands(TyperGroup):
    def invoke(self, ctx: Any) -> Any:  # noqa: ANN401 -- typer's own signature
        try:
            return super().invoke(ctx)
        except BrokenPipeError:
            raise PipeClosed from None


app = typer.Typer(
    name="catalog",
    cls=_Commands,
    no_args_is_help=True,
    add_completion=False,  # typer's own scripts know no : and =; ours are in catalog/cli/shells
    context_settings=HELP,
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
    epilog="Exit status: 0 done, 2 usage, 3 some inputs failed, 4 nothing matched, 5 verification failed, "
    "6 catalogue locked or unusable or output not written, 130 interrupted.",
)


def _show_version(asked: bool) -> None:
    if asked:
        typer.echo(f"catalog {__version__}")
        raise typer.Exit


@app.callback()
def _catalog(
    version: Annotated[
        bool, typer.Option("--version", help="Show the version and leave.", callback=_show_version, is_eager=True)
    ] = False,
) -> None:
    """Catalogue captured government news pages: what was published, when, by whom, and where each value was read.

    \b
    catalog ingest pages/                read a folder of captured pages
    catalog list published:2020.. 春耕   look for records
    catalog show 7 --why                 a record, with the line of each value
    catalog report --by-source           counts by source

    The catalogue is catalog.db in the current folder, or --db PATH, or CATALOG_DB.
    """


app.command()(ingest)
app.command()(parse)
app.command()(show)
app.command("list")(list_)
app.command()(search)
app.command()(queries)
app.command(cls=ReportCommand, context_settings=HELP | {"ignore_unknown_options": True})(report)
app.command()(dedupe)
app.command()(reprints)
app.command()(tag)
app.command()(edit)
app.command()(review)
app.command()(reparse)
app.add_typer(agents, name="agents")
app.add_typer(tags, name="tags")
app.command()(merge)
app.command()(split)
app.command()(withdraw)
app.command()(log)
app.command()(undo)
app.command()(redo)
app.command()(verify)
app.command()(doctor)
app.command()(backup)
app.command()(rebuild)
app.command()(rescue)
app.command()(export)
app.command("import")(import_)
app.command()(schema)
app.command()(completion)
app.command("help")(help_)
