import sys
from typing import Annotated

import typer

from catalog.cli.options import EncodingOption, JobsOption, MaxArchiveOption, MaxFileOption, MaxMembersOption
from catalog.cli.settings import read_settings


def parse(
    files: Annotated[list[str], typer.Argument(metavar="FILE", help="Captured pages, or folders of them.")],
    encoding: EncodingOption = None,
    jobs: JobsOption = None,
    max_file: MaxFileOption = None,
    max_archive: MaxArchiveOption = None,
    max_members: MaxMembersOption = None,
    as_json: Annotated[bool, typer.Option("--json", help="JSON, as without it; errors as JSON on stderr.")] = False,
) -> None:
    """Show what `ingest` would read, without a catalogue.

    One JSON record an input, in the order given; what cannot be read is named on stderr, with status 3.

    \b
    Examples:
      catalog parse page.txt
      catalog parse pages/*.txt > records.jsonl
      catalog parse page.txt | python3 -m json.tool --no-ensure-ascii
    """
    from catalog.display.outcome import show_failure
    from catalog.export.jsonl import write_records
    from catalog.model.problem import Problem
    from catalog.rules.load import load_rules
    from catalog.services.parse import parse_paths
    from catalog.sources.member import limits_of

    settings = read_settings({"encoding": encoding, "jobs": jobs})
    status = 0
    limits = limits_of(max_file, max_archive, max_members)
    for found in parse_paths(files, load_rules(), encoding=settings.encoding, jobs=settings.jobs or 1, limits=limits):
        if isinstance(found, Problem):
            show_failure(found, as_json=as_json)
            status = 3
        else:
            write_records([found], sys.stdout)
    raise typer.Exit(status)
