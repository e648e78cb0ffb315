from pathlib import Path
from typing import Annotated, Any

import typer
from typer.core import TyperCommand

from catalog.cli.candidates import complete_report
from catalog.cli.options import DbOption, FormatOption, JsonOption, QuietOption
from catalog.cli.settings import choose_format, read_settings


class ReportCommand(TyperCommand):
    """The command whose options are files: help and completion list what lies in db/reports, read only when asked."""

    def format_epilog(self, ctx: Any, formatter: Any) -> None:  # noqa: ANN401, ARG002 -- typer's own signature
        """Write the reports as a section of the help."""
        from catalog.services.report import list_reports

        rows = list_reports(read_settings().reports).rows
        with formatter.section("Reports"):
            formatter.write_dl([(" ".join(map(str, filter(None, (row[0], row[2])))), str(row[1])) for row in rows])

    def shell_complete(self, ctx: Any, incomplete: str) -> Any:  # noqa: ANN401
        """Return the completions of an option, the groupings and the report's parameters with them."""
        found = super().shell_complete(ctx, incomplete)
        if not incomplete.startswith("-"):
            return found
        item = type(super().shell_complete(ctx, "--")[0])  # typer gives the class no public name
        return [*found, *(item(name, help=title) for name, title in complete_report(ctx, incomplete))]


def report(
    words: Annotated[
        list[str] | None,
        typer.Argument(
            metavar="NAME|--by-… [QUERY]",
            help="Which report, over which records; its parameters.",
            autocompletion=complete_report,
        ),
    ] = None,
    figure: Annotated[
        str | None, typer.Option("--of", metavar="FIGURE", help="Draw, cross and sort by this figure [records].")
    ] = None,
    is_long: Annotated[bool, typer.Option("--long", help="Crossed groupings: a row a pair, with all figures.")] = False,
    bars: Annotated[bool, typer.Option("--bars", help="On a terminal: only the figure that is drawn, wide.")] = False,
    chart: Annotated[
        Path | None, typer.Option("--chart", metavar="FILE", help="Draw it into FILE.svg or FILE.png too.")
    ] = None,
    param: Annotated[
        list[str] | None,
        typer.Option("--param", metavar="NAME=VALUE", help="A parameter of the report; or --NAME VALUE."),
    ] = None,
    folder: Annotated[
        Path | None, typer.Option("--reports", metavar="FOLDER", help="Reports of your own [CATALOG_REPORTS].")
    ] = None,
    timeout: Annotated[
        float, typer.Option("--timeout", metavar="SECONDS", min=0, help="Stop the report after so long.")
    ] = 60.0,
    format_: FormatOption = None,
    quiet: QuietOption = False,
    as_json: JsonOption = False,
    db: DbOption = None,
) -> None:
    """Count records by source, editor, month …, and other reports.

    Without a report: which there are. Several --by-… are crossed, two as rows and columns; with --by-… all other words
    are a QUERY that narrows. Without, the first word names the report and the rest is the QUERY.

    \b
    bodies       distinct texts
    reprints     records whose text, or nearly, another prints too
    views        their sum, where known
    first, last  publication

    \b
    Examples:
      catalog report --by-source
      catalog report --by-source --by-year 春耕 --of views
      catalog report editors published:2020 --per year --format csv
      catalog report completeness --format html > completeness.html
    """
    from catalog.display.report import draw_into, show_report
    from catalog.display.table import show_table
    from catalog.services import report as service
    from catalog.services.report_words import read_words

    form = choose_format(format_, as_json=as_json)
    settings = read_settings({"db": db, "format": form, "reports": folder, "quiet": quiet})
    asked = read_words(words or (), param or (), settings.reports)
    if asked is None:
        show_table(service.list_reports(settings.reports), settings.format)
        return
    from catalog.cli.selection import read_query
    from catalog.cli.session import open_to_read

    wanted = read_query(asked.query) if asked.query else None
    with open_to_read(settings) as store:
        table, subject = service.report(store, asked, wanted, service.Wish(figure, is_long, timeout))
    if chart is not None:
        draw_into(table, chart, quiet=settings.quiet)
    show_report(table, subject, settings.format, bars=bars)
