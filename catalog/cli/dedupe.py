import sys
from collections.abc import Sequence
from typing import TYPE_CHECKING, Annotated

import typer

from catalog.cli.confirm import confirm
from catalog.cli.options import (
    DbOption,
    FormatOption,
    JsonOption,
    MessageOption,
    QueryArgument,
    QuietOption,
    YesOption,
)
from catalog.cli.settings import Settings, choose_format, read_settings
from catalog.errors import UsageError

if TYPE_CHECKING:
    from catalog.model.outcome import Outcome
    from catalog.store.links import Verdict

PairOption = tuple[str, str] | None


def dedupe(
    query: QueryArgument = None,
    across: Annotated[bool, typer.Option("--across", help="Only texts that several records print.")] = False,
    in_pages: Annotated[bool, typer.Option("--in-pages", help="Only pages that print their body again.")] = False,
    contained: Annotated[bool, typer.Option("--contained", help="Only texts inside longer ones.")] = False,
    kin: Annotated[bool, typer.Option("--kin", help="Only forms filled in twice: near, but no reprints.")] = False,
    threshold: Annotated[
        float | None, typer.Option("--threshold", metavar="T", help="How near, 0.7 to 1: a look, nothing is stored.")
    ] = None,
    again: Annotated[bool, typer.Option("--again", help="Compare all bodies anew; keeps --threshold.")] = False,
    join: Annotated[PairOption, typer.Option("--join", metavar="A B", help="Two bodies are one text.")] = None,
    split: Annotated[PairOption, typer.Option("--split", metavar="A B", help="Two bodies are not one text.")] = None,
    forget: Annotated[PairOption, typer.Option("--forget", metavar="A B", help="Take such a verdict back.")] = None,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Show what a verdict would do; change nothing.")] = False,
    message: MessageOption = None,
    yes: YesOption = False,
    format_: FormatOption = None,
    quiet: QuietOption = False,
    as_json: JsonOption = False,
    db: DbOption = None,
) -> None:
    """List repeated bodies, or say which are one text.

    Texts that several records print, exactly or nearly; pages that print theirs again; texts that stand in longer ones.
    Ingest finds them; nothing is ever deleted. What you say by --join and --split stays, whatever later runs find.

    \b
    A, B               a record's id, or the beginning of a body's SHA-256
    --threshold 0.9    what would be a reprint then; with --again from now on

    \b
    Examples:
      catalog dedupe --across published:2020
      catalog dedupe --threshold 0.9
      catalog dedupe --split 7 12 -m 'two bulletins'
      catalog reprints 7
    """
    settings = read_settings({"db": db, "format": choose_format(format_, as_json=as_json), "quiet": quiet})
    asked = [name for name, pair in (("join", join), ("split", split), ("forget", forget)) if pair]
    kinds = [
        name for name, on in (("across", across), ("in_pages", in_pages), ("contained", contained), ("kin", kin)) if on
    ]
    if len(asked) + again > 1 or ((asked or again) and (query or kinds)):
        raise UsageError("one at a time: a list, --again, --join, --split or --forget")
    if asked and threshold is not None:
        raise UsageError("a verdict needs no threshold")
    if again and dry_run:
        raise UsageError("--again cannot be rehearsed: --threshold T without it shows what it would find")
    verdicts: dict[str, tuple[PairOption, Verdict | None]]
    verdicts = {"join": (join, "same"), "split": (split, "different"), "forget": (forget, None)}
    if asked:
        pair, verdict = verdicts[asked[0]]
        _rule(settings, pair or ("", ""), verdict, message, dry_run=dry_run, yes=yes, as_json=as_json)
    elif again:
        _compare_again(settings, threshold, message, as_json=as_json)
    else:
        _list(settings, query or (), kinds, threshold)


def _list(settings: Settings, query: Sequence[str], kinds: list[str], threshold: float | None) -> None:
    from catalog.cli.selection import read_query
    from catalog.cli.session import open_to_read
    from catalog.display.screen import counted, say
    from catalog.display.table import show_table
    from catalog.services.dedupe import SHOWN, find_repeated

    with open_to_read(settings) as store:
        table = find_repeated(store, read_query(query) if query else None, kinds or SHOWN, threshold)
    show_table(table, settings.format, sparse=True)
    found = [row[0] for row in table.rows]
    nouns = {
        "across records": "text printed by several records/texts printed by several records",
        "in a page": "page with a body printed again/pages with a body printed again",
        "contained": "text inside a longer one/texts inside longer ones",
        "template kin": "pair of filled-in forms/pairs of filled-in forms",
    }
    said = [counted(found.count(kind), noun) for kind, noun in nouns.items() if kind in found]
    say(", ".join(said) or "no repeated bodies", quiet=settings.quiet)


def _compare_again(settings: Settings, threshold: float | None, message: str | None, *, as_json: bool) -> None:
    from catalog.cli.session import open_ports, open_to_write
    from catalog.services.dedupe import compare_again

    with open_to_write(settings) as store, open_ports(settings, quiet=settings.quiet or as_json) as ports:
        outcome = compare_again(store, ports, threshold, message=message)
    _show(outcome, as_json=as_json, quiet=settings.quiet)


def _rule(
    settings: Settings, pair: tuple[str, str], verdict: "Verdict | None", message: str | None, *,
    dry_run: bool, yes: bool, as_json: bool,
) -> None:  # fmt: skip
    """Keep a verdict, after showing what it changes and asking."""
    from catalog.cli.session import open_ports, open_to_read, open_to_write
    from catalog.display.outcome import show_changes
    from catalog.display.screen import counted
    from catalog.display.table import show_table
    from catalog.model.outcome import Outcome
    from catalog.services import verdicts as service

    with open_to_read(settings) as store:
        ruling = service.read_ruling(store, pair, verdict)
        table = service.plan_ruling(store, ruling)
        is_said = service.is_said(store, ruling)
    outcome = Outcome("dedupe", {"verdicts": 0, "records": 0}, dry_run=dry_run)
    if not as_json and (dry_run or not yes):
        show_table(table, out=sys.stderr)
    if not is_said and not dry_run:
        if not yes:
            n_records = counted(len(table.rows), "record")
            confirm(f"Keep this verdict? It changes the group of {n_records}.")
        with open_to_write(settings) as store, open_ports(settings, quiet=True) as ports:
            outcome = service.apply_ruling(store, ruling, ports, message=message)
    if as_json:
        show_changes(outcome, table, as_json=True)
    elif dry_run:
        show_changes(outcome, table, quiet=settings.quiet)
    else:
        _show(outcome, as_json=False, quiet=settings.quiet)


def _show(outcome: "Outcome", *, as_json: bool, quiet: bool) -> None:
    from catalog.display.outcome import show_comparison

    show_comparison(outcome, as_json=as_json, quiet=quiet)
