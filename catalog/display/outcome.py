"""What a command did: a summary for people on stderr, one JSON document for programs on stdout."""

import sys
from collections import Counter

from catalog.display.safe import one_line
from catalog.display.screen import say
from catalog.export.json_text import write_json
from catalog.export.jsonl import problem_as_plain
from catalog.model.outcome import Outcome
from catalog.model.problem import Problem

SHOWN = 20  # failed inputs named in a summary: a screen of them; --json has all
INPUTS = ("added", "observed", "updated", "unchanged", "failed")
WORDS = {
    "observed": "met again elsewhere or later",
    "updated": "given a value",
    "other_files": "other files passed over",
    "recaptured": "captures of records that were there",
    "repeated_bodies": "with a body that was there",
}


def show_outcome(outcome: Outcome, *, as_json: bool = False, quiet: bool = False) -> None:
    """Show what was done: as a JSON document on stdout or a summary on stderr, of which `quiet` keeps the failures."""
    if as_json:
        sys.stdout.write(write_json(outcome_as_plain(outcome)) + "\n")
        return
    failed = [problem for problem in outcome.problems if problem.failed]
    if not quiet:
        for line in _summary(outcome):
            say(line)
    for problem in failed[:SHOWN]:
        show_failure(problem)
    if len(failed) > SHOWN:
        say(f"… and {len(failed) - SHOWN:,} more that failed: --json lists them all")


def show_changes(outcome: Outcome, *, as_json: bool = False, quiet: bool = False) -> None:
    """Show what a command changed by hand: a document on stdout, or one line on stderr."""
    if as_json:
        sys.stdout.write(write_json(outcome_as_plain(outcome)) + "\n")
        return
    counts = outcome.counts
    unchanged = f", {counts['unchanged']:,} said so already" if counts.get("unchanged") else ""
    change_set = f" (change set {outcome.change_set})" if outcome.change_set is not None else ""
    changed = f"{counts.get('values', 0):,} values changed in {counts.get('records', 0):,} records"
    say(f"{changed}{unchanged}{change_set}", quiet=quiet)


def outcome_as_plain(outcome: Outcome) -> dict[str, object]:
    """Return the outcome as the JSON document of schema catalog.<command>/1."""
    data = {"counts": outcome.counts, "change_set": outcome.change_set, "dry_run": outcome.dry_run}
    problems = [problem_as_plain(problem) for problem in outcome.problems]
    return {"schema": f"catalog.{outcome.command}/1", "data": data, "problems": problems}


def _summary(outcome: Outcome) -> list[str]:
    counts = outcome.counts
    would = "would be " if outcome.dry_run else ""
    inputs = [
        f"{counts[name]:,} {would * (name == 'added')}{WORDS.get(name, name)}" for name in INPUTS if counts.get(name)
    ]
    lines = [f"{counts.get('files', 0):,} files: {', '.join(inputs) or 'nothing to do'}"]
    more = [f"{counts[name]:,} {WORDS[name]}" for name in ("recaptured", "repeated_bodies") if counts.get(name)]
    if counts.get("added"):
        new = f"{counts.get('records', 0):,} new records, {counts.get('bodies', 0):,} new bodies"
        lines.append("  " + ", ".join([new, *more]))
    if counts.get("other_files"):
        lines.append(f"  {counts['other_files']:,} {WORDS['other_files']}")
    doubts = Counter(problem.code for problem in outcome.problems if not problem.failed)
    lines += [f"  {n:,} × {code}" for code, n in sorted(doubts.items())]
    if outcome.dry_run:
        lines.append("  nothing was written: a dry run")
    return lines


def show_failure(problem: Problem) -> None:
    """Write one line to stderr: which input failed and why."""
    say(f"  failed: {one_line(problem.origin or '')}: {problem.message} [{problem.code}]")
