"""From the words of `ingest` to the inputs of a run: which files, and what is known of each beyond its bytes."""

import os
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from catalog.errors import UsageError
from catalog.model.capture import Observation
from catalog.model.custom import Custom
from catalog.model.problem import Problem
from catalog.sources.archive import INSIDE, read_archive
from catalog.sources.folder import Found, OtherFile, find_files, modified_at
from catalog.sources.listing import read_log, split_listing
from catalog.sources.manifest import Entry, load_manifest
from catalog.sources.member import USUAL_LIMITS, Limits, Member
from catalog.sources.origin import origin_of
from catalog.sources.times import read_captured_at

MTIME = "mtime"


@dataclass(frozen=True, slots=True)
class IngestOptions:
    """What `ingest` was told beside the paths.

    `listing` is what stood on stdin, for the path "-" (`nul`: parted by NUL); `captured_at` a time, a date or "mtime";
    `settings` the words of --set; `fields` those of one's own that are declared; `jobs` None to choose; `from_log` an
    earlier outcome whose failed inputs are tried.
    """

    manifest: Path | None = None
    listing: bytes = b""
    nul: bool = False
    from_log: Path | None = None
    settings: tuple[str, ...] = ()
    fields: Custom = field(default_factory=dict)
    captured_at: str | None = None
    encoding: str | None = None
    jobs: int | None = 1
    dry_run: bool = False
    strict: bool = False
    message: str | None = None
    batch: int = 200  # captures a transaction: what an interrupt costs at most
    limits: Limits = USUAL_LIMITS


@dataclass(frozen=True, slots=True)
class Input:
    """A file to read, with all that is said of where and when its bytes were met (more than once in a manifest).

    Of an archive `inside` has what the manifest says of single members, by their places.
    """

    found: Found
    seen: tuple[Observation, ...]
    inside: Mapping[str, Sequence[Entry]] = field(default_factory=dict)


def open_input(given: Input, limits: Limits) -> Iterator[tuple[Input, Member] | OtherFile | Problem]:
    """Yield the members of an archive, each as an input of its own, and what in it is none.

    Of where and when a member was met the manifest's row for it speaks first, then the web archive, then what is
    said of the archive as a whole (a URL is not: it is that of one page).
    """
    for item in read_archive(given.found, limits):
        if not isinstance(item, Member):
            yield item
            continue
        found = Found(item.origin, item.origin)
        rows: Sequence[Entry | None] = given.inside.get(_place(item.origin)) or (None,)
        seen = [_met(item, row, whole) for row in rows for whole in given.seen]
        yield Input(found, tuple(dict.fromkeys(seen))), item


def _met(member: Member, row: Entry | None, whole: Observation) -> Observation:
    times = (
        (row.captured_at if row else None, "manifest"),
        (member.captured_at, "warc"),
        (whole.captured_at, whole.captured_at_basis),
    )
    captured_at, basis = next((time for time in times if time[0]), (None, None))
    url = (row.url if row else None) or member.url
    return Observation(member.origin, url, captured_at, basis, (row.collector if row else None) or whole.collector)


def gather(paths: Sequence[str], options: IngestOptions) -> tuple[list[Input | Problem], int]:
    """Return the inputs of a run in their order, and how many other files were passed over.

    Raises UsageError or BadManifest before anything is written.
    """
    entries = load_manifest(options.manifest) if options.manifest else []
    named = _named(paths, options)
    if not named and not paths and not options.from_log:
        if not options.manifest:
            raise UsageError("nothing to ingest: name a file or a folder, or a manifest")
        named = list(dict.fromkeys(entry.path for entry in entries))
    captured_at = _option_time(options.captured_at)
    by_place: dict[str, list[Entry]] = {}
    for entry in entries:
        by_place.setdefault(_place(entry.path), []).append(entry)
    inputs: list[Input | Problem] = []
    unmatched = set(by_place) if paths or options.from_log else set()
    n_others = 0
    for found in find_files(named):
        if isinstance(found, OtherFile):
            n_others += 1
        elif isinstance(found, Problem):
            inputs.append(found)
        else:
            place = _place(found.path)
            unmatched.discard(place)
            said = by_place.get(place) or [Entry(found.path)]
            seen = tuple(_observation(found, entry, captured_at) for entry in said)
            within = (place + INSIDE, place + "#") if found.is_archive else ()
            inside = {other: rows for other, rows in by_place.items() if other.startswith(within)}
            unmatched.difference_update(inside)
            inputs.append(Input(found, seen, inside))
    inputs += [_unmatched(entries[0]) for place, entries in by_place.items() if place in unmatched]
    return inputs, n_others


def _named(paths: Sequence[str], options: IngestOptions) -> list[str]:
    """Return the paths in their order, "-" replaced by the list on stdin."""
    named: list[str] = []
    for path in paths:
        named.extend(split_listing(options.listing, nul=options.nul) if path == "-" else [path])
    if options.from_log:
        try:
            named += read_log(options.from_log.read_text("utf-8-sig"))
        except (OSError, UnicodeDecodeError) as error:
            raise UsageError(f"{options.from_log} cannot be read as a log: {error}") from error
    return named


def _place(path: str) -> str:
    return os.path.abspath(path)  # noqa: PTH100 -- a path with undecodable bytes stays a str


def _option_time(said: str | None) -> str | None:
    if said is None or said == MTIME:
        return said
    captured_at = read_captured_at(said)
    if captured_at is None:
        raise UsageError(f"--captured-at {said}: write a date, a time with its zone (2024-05-01T08:00Z) or mtime")
    return captured_at


def _observation(found: Found, entry: Entry, option: str | None) -> Observation:
    """Return what is known of a meeting: the manifest speaks first, then the option."""
    captured_at, basis = entry.captured_at, "manifest"
    if captured_at is None and option is not None:
        captured_at, basis = (modified_at(found), MTIME) if option == MTIME else (option, "option")
    return Observation(found.origin, entry.url, captured_at, basis if captured_at else None, entry.collector)


def _unmatched(entry: Entry) -> Problem:
    message = "the manifest names it, but it is not among the inputs"
    return Problem("manifest.unmatched", message, origin_of(entry.path))
