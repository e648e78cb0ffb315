from typing import Annotated, Any

import typer
from typer.core import TyperCommand

from catalog.cli.options import DbOption, FormatOption, JsonOption
from catalog.cli.settings import choose_format, read_settings
from catalog.errors import UsageError


class ReportCommand(TyperCommand):
    """The command whose options are files: help and completion list what lies in db/reports, read only when asked."""

    def format_epilog(self, ctx: Any, formatter: Any) -> None:  # noqa: ANN401, ARG002 -- typer's own signature
        """Write the reports as a section of the help."""
        from catalog.services.report import list_reports

        with formatter.section("Reports"):
            formatter.write_dl([(str(option), str(title)) for option, title, _ in list_reports().rows])

    def shell_complete(self, ctx: Any, incomplete: str) -> Any:  # noqa: ANN401
        """Return the completions of an option, those of the reports with them."""
        found = super().shell_complete(ctx, incomplete)
        if not incomplete.startswith("-"):
            return found
        from catalog.services.report import list_reports

        item = type(super().shell_complete(ctx, "--")[0])  # typer gives the class no public name
        options = [(str(option), str(title)) for option, title, _ in list_reports().rows]
        return [*found, *(item(option, help=title) for option, title in options if option.startswith(incomplete))]


def report(
    words: Annotated[
        list[str] | None, typer.Argument(metavar="--REPORT|QUERY", help="Which report, over which records.")
    ] = None,
    format_: FormatOption = None,
    as_json: JsonOption = False,
    db: DbOption = None,
) -> None:
    """Count records by source, editor, site, month …

    A QUERY narrows to the records that match. Without a report: which there are.

    \b
    bodies       distinct texts
    reprints     records whose text, or nearly, another prints too
    views        their sum, where known
    first, last  publication

    \b
    Examples:
      catalog report --by-source
      catalog report --by-editor published:2020 --format csv
      catalog report --by-month source:新华网 | cut -f1,2
    """
    from catalog.display.table import show_table
    from catalog.services import report as service

    settings = read_settings({"db": db, "format": choose_format(format_, as_json=as_json)})
    names = [word[2:] for word in words or () if word.startswith("--")]
    query = " ".join(word for word in words or () if not word.startswith("--"))
    if not names:
        if query:
            raise UsageError("say which report: catalog report --by-source …")
        show_table(service.list_reports(), settings.format)
        return
    if len(names) > 1:
        raise UsageError(f"one report at a time, not --{' and --'.join(names)}")
    service.find_report(names[0])
    from catalog.cli.session import open_to_read

    with open_to_read(settings) as store:
        table = service.report(store, names[0], query)
    show_table(table, settings.format)
