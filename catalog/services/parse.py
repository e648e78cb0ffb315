"""What `ingest` would read, without a catalogue."""

from collections.abc import Iterable, Iterator
from dataclasses import replace

from catalog.model.capture import Capture
from catalog.model.problem import Problem
from catalog.model.record import CaptureFacts, Parsed, Record
from catalog.model.rule import RuleSet
from catalog.services.reading import Failure, Task, parse_in_order
from catalog.sources.archive import read_archive
from catalog.sources.folder import Found, find_files, read_file
from catalog.sources.member import USUAL_LIMITS, Limits, Member
from catalog.text.record import main_reading, record_of


def parse_paths(
    paths: Iterable[str],
    rules: RuleSet,
    *,
    encoding: str | None = None,
    jobs: int = 1,
    limits: Limits = USUAL_LIMITS,
) -> Iterator[Record | Problem]:
    """Yield the record of each file in the order given, or the problem for what could not be read.

    Folders are walked as `ingest` walks them; other files in them are passed over.
    """
    task = Task(_keep, encoding)
    for given, answer in parse_in_order(_questions(paths, limits), task, rules, jobs):
        if isinstance(given, Problem):
            yield given
        elif isinstance(answer, Failure):
            yield answer.at(given.origin)
        elif answer is not None:
            parsed, size_bytes = answer
            parsed = replace(parsed, problems=given.problems + parsed.problems)
            yield record_of(parsed, _facts(parsed, given, size_bytes))


def _questions(paths: Iterable[str], limits: Limits) -> Iterator[tuple[Member | Problem, Capture | None]]:
    for found in find_files(paths):
        if isinstance(found, Problem):
            yield found, None
        elif isinstance(found, Found) and found.is_archive:
            yield from _members(found, limits)
        elif isinstance(found, Found):
            capture = read_file(found, size_limit_bytes=limits.member_bytes)
            if isinstance(capture, Problem):
                yield capture, None
            else:
                yield Member(found.origin, capture.sha256, None), capture


def _members(found: Found, limits: Limits) -> Iterator[tuple[Member | Problem, Capture | None]]:
    """Yield what an archive holds; bytes that were met again in it are no second record."""
    for item in read_archive(found, limits):
        if isinstance(item, Member):
            yield replace(item, capture=None), item.capture
        elif isinstance(item, Problem):
            yield item, None


def _keep(capture: Capture, parsed: Parsed, _: RuleSet) -> tuple[Parsed, int]:
    return parsed, len(capture.data)


def _facts(parsed: Parsed, member: Member, size_bytes: int) -> CaptureFacts:
    encoding = main_reading(parsed.readings).encoding if parsed.readings else None
    basis = "warc" if member.captured_at else None
    return CaptureFacts(parsed.capture, member.origin, member.url, size_bytes, encoding, member.captured_at, basis)
