"""What `ingest` would read, without a catalogue."""

from collections.abc import Iterable, Iterator

from catalog.model.capture import Capture
from catalog.model.problem import Problem
from catalog.model.record import CaptureFacts, Parsed, Record
from catalog.model.rule import RuleSet
from catalog.services.reading import Failure, Task, parse_in_order
from catalog.sources.folder import Found, find_files, read_file
from catalog.text.record import main_reading, record_of


def parse_paths(
    paths: Iterable[str], rules: RuleSet, *, encoding: str | None = None, jobs: int = 1
) -> Iterator[Record | Problem]:
    """Yield the record of each file in the order given, or the problem for what could not be read.

    Folders are walked as `ingest` walks them; other files in them are passed over.
    """
    task = Task(_keep, encoding)
    for found, answer in parse_in_order(_questions(paths), task, rules, jobs):
        if isinstance(found, Problem):
            yield found
        elif isinstance(answer, Failure):
            yield answer.at(found.origin)
        elif answer is not None:
            parsed, size_bytes = answer
            yield record_of(parsed, _facts(parsed, found.origin, size_bytes))


def _questions(paths: Iterable[str]) -> Iterator[tuple[Found | Problem, Capture | None]]:
    for found in find_files(paths):
        if isinstance(found, Problem):
            yield found, None
        elif isinstance(found, Found):
            capture = read_file(found)
            yield (capture, None) if isinstance(capture, Problem) else (found, capture)


def _keep(capture: Capture, parsed: Parsed, _: RuleSet) -> tuple[Parsed, int]:
    return parsed, len(capture.data)


def _facts(parsed: Parsed, origin: str, size_bytes: int) -> CaptureFacts:
    encoding = main_reading(parsed.readings).encoding if parsed.readings else None
    return CaptureFacts(parsed.capture, origin, None, size_bytes, encoding, None, None)
