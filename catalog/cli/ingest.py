import sys
from pathlib import Path
from typing import Annotated

import typer

from catalog.cli.candidates import complete_setting
from catalog.cli.options import (
    DbOption,
    EncodingOption,
    JobsOption,
    JsonOption,
    MaxArchiveOption,
    MaxFileOption,
    MaxMembersOption,
    MessageOption,
    NullOption,
    QuietOption,
)
from catalog.cli.settings import read_settings


def ingest(
    paths: Annotated[
        list[str] | None, typer.Argument(metavar="PATH", help="Files and folders; - reads a list from stdin.")
    ] = None,
    manifest: Annotated[
        Path | None,
        typer.Option(
            "--manifest", metavar="FILE", readable=False, help="CSV or JSON Lines: path, url, captured_at, collector."
        ),
    ] = None,
    captured_at: Annotated[
        str | None, typer.Option("--captured-at", metavar="TIME", help="When all were captured (ISO 8601), or mtime.")
    ] = None,
    set_: Annotated[
        list[str] | None,
        typer.Option(
            "--set", metavar="FIELD=VALUE", help="Say a value of all; may be repeated.", autocompletion=complete_setting
        ),
    ] = None,
    encoding: EncodingOption = None,
    jobs: JobsOption = None,
    from_log: Annotated[
        Path | None,
        typer.Option("--from-log", metavar="FILE", readable=False, help="Only what failed in this --json outcome."),
    ] = None,
    strict: Annotated[bool, typer.Option("--strict", help="Stop at the first input that fails.")] = False,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Say what would be added and write nothing.")] = False,
    message: MessageOption = None,
    null: NullOption = False,
    max_file: MaxFileOption = None,
    max_archive: MaxArchiveOption = None,
    max_members: MaxMembersOption = None,
    quiet: QuietOption = False,
    as_json: JsonOption = False,
    db: DbOption = None,
) -> None:
    """Read captured pages into the catalogue.

    What is already there is left alone, so a folder can be read again.

    A folder gives its *.txt, *.html and *.htm, and those in its archives (zip, tar, WARC, WACZ); a file that is named
    is always tried. What cannot be read is kept as a problem and makes the exit status 3; all else is ingested.

    \b
    Examples:
      catalog ingest pages/
      catalog ingest pages/ --manifest pages/manifest.csv --set section=要闻
      find . -name '*.txt' -print0 | catalog ingest - -0 --db news.db
      catalog ingest pages/ --json > run.json; catalog ingest --from-log run.json
    """
    from catalog.cli.session import open_ports
    from catalog.display.outcome import show_outcome
    from catalog.services.ingest import ingest_paths
    from catalog.services.inputs import IngestOptions
    from catalog.sources.member import limits_of

    settings = read_settings({"db": db, "encoding": encoding, "jobs": jobs, "quiet": quiet})
    options = IngestOptions(
        manifest=manifest,
        listing=sys.stdin.buffer.read() if "-" in (paths or ()) else b"",
        nul=null,
        from_log=from_log,
        settings=tuple(set_ or ()),
        fields=settings.fields,
        captured_at=captured_at,
        encoding=settings.encoding,
        jobs=settings.jobs,
        dry_run=dry_run,
        strict=strict,
        message=message,
        limits=limits_of(max_file, max_archive, max_members),
    )
    with open_ports(settings, quiet=settings.quiet) as ports:
        outcome = ingest_paths(settings.db, paths or [], options, ports)
    show_outcome(outcome, as_json=as_json, quiet=settings.quiet)
    raise typer.Exit(outcome.exit_status)
