"""What a command did: a summary for people on stderr, one JSON document for programs on stdout."""

import sys
from collections import Counter
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from catalog.display.formats import as_objects
from catalog.display.safe import one_line
from catalog.display.screen import counted, say
from catalog.export.json_text import write_json
from catalog.export.jsonl import problem_as_plain
from catalog.model.outcome import Outcome
from catalog.model.problem import Problem
from catalog.model.table import Table

SHOWN = 20  # failed inputs named in a summary: a screen of them; --json has all
INPUTS = ("added", "observed", "updated", "unchanged", "withdrawn", "failed")
WORDS = {
    "observed": "met again elsewhere or later",
    "updated": "given a value",
}
MORE = {
    "recaptured": "capture of a record that was there/captures of records that were there",
    "repeated_bodies": "with a body that was there/with a body that was there",
}

DECIDED = {
    "agents": "agent", "apart": "apart/apart", "captures": "capture", "records": "record", "terms": "term",
    "values": "value",
}  # fmt: skip
LINKS = {
    "near": "pair of bodies nearly the same/pairs of bodies nearly the same",
    "contained": "body inside a longer one/bodies inside longer ones",
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


def show_changes(outcome: Outcome, changes: Table, *, as_json: bool = False, quiet: bool = False) -> None:
    """Show what a command changed by hand: a document on stdout with every change in it, or one line on stderr."""
    if as_json:
        document = outcome_as_plain(outcome)
        document["data"] = {**document["data"], "changes": list(as_objects(changes))}
        sys.stdout.write(write_json(document) + "\n")
        return
    counts = outcome.counts
    if not outcome.change_set:
        say(
            "nothing was written: a dry run" if changes.rows else "nothing to change: it is said so already",
            quiet=quiet,
        )
        return
    unchanged = f", {counts['unchanged']:,} said so already" if counts.get("unchanged") else ""
    changed = f"{counted(counts.get('values', 0), 'value')} changed in {counted(counts.get('records', 0), 'record')}"
    say(f"{changed}{unchanged} (change set {outcome.change_set})", quiet=quiet)


def show_comparison(outcome: Outcome, *, as_json: bool = False, quiet: bool = False) -> None:
    """Show what a comparison of bodies or a verdict on two did: a document on stdout, or one line on stderr."""
    counts = outcome.counts
    if as_json:
        sys.stdout.write(write_json(outcome_as_plain(outcome)) + "\n")
    elif "compared" in counts:
        linked = ", ".join(counted(counts[name], noun) for name, noun in LINKS.items())
        say(f"{counted(counts['compared'], 'body/bodies')} compared: {linked}", quiet=quiet)
    elif outcome.change_set is None:
        say("nothing to change: it is said so already", quiet=quiet)
    else:
        moved = counted(counts["records"], "record is in another group/records are in other groups")
        say(f"noted; {moved} now (change set {outcome.change_set})", quiet=quiet)


def show_saved(outcome: Outcome, name: str, *, quiet: bool = False) -> None:
    """Show on stderr that a query was kept under a name or forgotten."""
    if outcome.change_set is None:
        say("nothing to change: it is kept so already", quiet=quiet)
    elif outcome.counts["forgotten"]:
        say(f"{name} is forgotten (change set {outcome.change_set})", quiet=quiet)
    else:
        say(f"kept: saved:{name} stands for it (change set {outcome.change_set})", quiet=quiet)


def show_turn(outcome: Outcome, change_sets: Table, *, as_json: bool = False, quiet: bool = False) -> None:
    """Show what an undo or a redo did: a document on stdout with the change sets in it, or one line on stderr."""
    if as_json:
        _write_changes(outcome, change_sets)
    elif outcome.dry_run:
        say("nothing was written: a dry run", quiet=quiet)
    else:
        done = counted(outcome.counts["change_sets"], "change set")
        changed = counted(outcome.counts["records"], "record")
        verb = "undone" if outcome.command == "undo" else "brought again"
        say(f"{done} {verb}, {changed} touched (change set {outcome.change_set})", quiet=quiet)


def show_withdrawal(outcome: Outcome, records: Table, *, as_json: bool = False, quiet: bool = False) -> None:
    """Show what was withdrawn: a document on stdout with the records in it, or one line on stderr."""
    if as_json:
        _write_changes(outcome, records)
    elif outcome.dry_run:
        say("nothing was written: a dry run", quiet=quiet)
    else:
        gone = counted(outcome.counts["records"], "record")
        captures = counted(outcome.counts["captures"], "capture")
        say(f"{gone} withdrawn with {captures} (change set {outcome.change_set}); undo brings back", quiet=quiet)


def show_decision(outcome: Outcome, changes: Table, *, as_json: bool = False, quiet: bool = False) -> None:
    """Show what was decided: a document on stdout with every change in it, or one line on stderr."""
    if as_json:
        document = outcome_as_plain(outcome)
        document["data"] = {**document["data"], "changes": list(as_objects(changes))}
        sys.stdout.write(write_json({**document, "schema": "catalog.decision/1"}) + "\n")
    elif outcome.change_set is None:
        say(
            "nothing was written: a dry run" if changes.rows else "nothing to change: it is said so already",
            quiet=quiet,
        )
    else:
        done = ", ".join(counted(n, DECIDED.get(name, name)) for name, n in outcome.counts.items() if n)
        say(f"kept: {done} (change set {outcome.change_set}); undo takes it back", quiet=quiet)


def show_review(outcome: Outcome, *, quiet: bool = False) -> None:
    """Show on stderr what a review came to."""
    done = ", ".join(f"{count:,} {name}" for name, count in outcome.counts.items() if count and name != "gone")
    gone = outcome.counts.get("gone", 0)
    say(f"{gone:,} not asked any more: decided, or read otherwise, meanwhile", quiet=quiet or not gone)
    if outcome.change_set is None:
        say(f"nothing was written{': a dry run of ' + done if outcome.dry_run and done else ''}", quiet=quiet)
    else:
        say(f"{done} (change set {outcome.change_set}); undo takes it back", quiet=quiet)


def show_reparse(outcome: Outcome, changes: Table, *, as_json: bool = False, quiet: bool = False) -> None:
    """Show what newer rules changed: a document on stdout with every change in it, or lines on stderr."""
    if as_json:
        _write_changes(outcome, changes)
        return
    counts = outcome.counts
    looked = f"{counted(counts['captures'], 'capture')} read again"
    if not counts["otherwise"]:
        say(f"{looked}: all as before", quiet=quiet)
    else:
        done = "nothing was written" if outcome.change_set is None else f"change set {outcome.change_set}"
        values = f"{counted(counts['values'], 'value')} in {counted(counts['records'], 'record')}"
        say(f"{looked}, {counts['otherwise']:,} otherwise: {values} ({done})", quiet=quiet)
    for problem in outcome.problems:
        show_failure(problem)


def show_verification(outcome: Outcome, head: str, *, as_json: bool = False, quiet: bool = False) -> None:
    """Show whether all is as it was: a document on stdout with the hash of the log's last row, or lines on stderr."""
    if as_json:
        document = outcome_as_plain(outcome)
        document["data"] = {"counts": outcome.counts, "head": head}
        sys.stdout.write(write_json(document) + "\n")
        return
    for problem in outcome.problems:
        say(f"  {problem.code.removeprefix('verify.')} {one_line(problem.origin or '')}: {problem.message}")
    if outcome.problems:
        differ = counted(len(outcome.problems), "difference")
        say(f"{differ}: restore a backup, or let `catalog rescue` save what is whole into a new file")
        return
    change_sets = counted(outcome.counts["change_sets"], "change set")
    notes, originals = counted(outcome.counts["notes"], "row"), counted(outcome.counts["originals"], "original")
    say(f"as it was: {originals}, and the log with {change_sets} in {notes}; the hash of the last one is", quiet=quiet)
    say(head, quiet=quiet)
    if outcome.counts["unvouched"]:
        say(f"not compared: {counted(outcome.counts['unvouched'], 'capture')} that an older program kept", quiet=quiet)


def show_new_file(outcome: Outcome, path: Path, *, as_json: bool = False, quiet: bool = False) -> None:
    """Show that a file was made: a document on stdout, or its counts and what failed on stderr."""
    if as_json:
        sys.stdout.write(write_json(outcome_as_plain(outcome)) + "\n")
        return
    counts = ", ".join(f"{count:,} {name.replace('_', ' ')}" for name, count in outcome.counts.items() if count)
    say(f"{one_line(str(path))}: {counts or 'empty'}", quiet=quiet)
    for problem in outcome.problems[:SHOWN]:
        show_failure(problem)
    if len(outcome.problems) > SHOWN:
        say(f"… and {len(outcome.problems) - SHOWN:,} more: --json lists them all")


def _write_changes(outcome: Outcome, changes: Table) -> None:
    """Write the outcome as a document with a table in it."""
    document = outcome_as_plain(outcome)
    document["data"] = {**document["data"], "changes": list(as_objects(changes))}
    sys.stdout.write(write_json(document) + "\n")


def outcome_as_plain(outcome: Outcome) -> dict[str, Any]:
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
    lines = [f"{counted(counts.get('files', 0), 'file')}: {', '.join(inputs) or 'nothing to do'}"]
    more = [counted(counts[name], noun) for name, noun in MORE.items() if counts.get(name)]
    if counts.get("added"):
        records, bodies = counts.get("records", 0), counts.get("bodies", 0)
        lines.append("  " + ", ".join([counted(records, "new record"), counted(bodies, "new body/new bodies"), *more]))
    linked = [counted(counts[name], noun) for name, noun in LINKS.items() if counts.get(name)]
    if linked:
        lines.append("  " + ", ".join(linked))
    if counts.get("other_files"):
        lines.append(f"  {counted(counts['other_files'], 'other file')} passed over")
    doubts = Counter(problem.code for problem in outcome.problems if not problem.failed)
    lines += [f"  {n:,} × {code}" for code, n in sorted(doubts.items())]
    if outcome.dry_run:
        lines.append("  nothing was written: a dry run")
    return lines


def show_failure(problem: Problem, *, as_json: bool = False) -> None:
    """Write one line to stderr: which input failed and why; as JSON in the form of every error."""
    if as_json:
        show_error(problem.code, problem.message, {"origin": problem.origin} if problem.origin else {})
    else:
        say(f"  failed: {one_line(problem.origin or '')}: {problem.message} [{problem.code}]")


def show_error(code: str, message: str, facts: Mapping[str, str | int]) -> None:
    """Write one line of JSON to stderr, of schema catalog.error/1."""
    sys.stderr.write(write_json({"code": code, "message": message, "facts": dict(facts)}) + "\n")
