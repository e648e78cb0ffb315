"""What can stop a command. Each has a code for scripts and an exit status from the list in the README."""

import difflib
from collections.abc import Iterable
from typing import ClassVar

EXIT_STATUSES = {
    0: "done",
    1: "a bug: please report the traceback",
    2: "usage",
    3: "done, but some inputs could not be read or catalogued",
    4: "nothing matched the ID or QUERY",
    5: "verification failed",
    6: "catalogue locked, unreadable or not a catalogue; or the output cannot be written",
    130: "interrupted; the catalogue is consistent, run again to go on",
}


class CatalogError(Exception):
    """An expected failure: `code` for scripts, the message for people, `facts` for both."""

    code: ClassVar[str] = "failed"
    exit_status: ClassVar[int] = 2

    def __init__(self, message: str, **facts: str | int) -> None:
        super().__init__(message)
        self.facts = facts


class UsageError(CatalogError):
    """The words of a command do not fit."""

    code = "usage"


class UnreadableCapture(CatalogError):
    """No encoding fits the bytes of a capture, or they are no text at all."""

    code = "capture.unreadable"
    exit_status = 3


class BadManifest(CatalogError):
    """A manifest that cannot be used as a whole."""

    code = "manifest.bad"


class BadEdits(CatalogError):
    """Edits of which some cannot be used; so none is."""

    code = "edits.bad"


class BadDump(CatalogError):
    """A file that is no dump of a catalogue, or one that is not as it was written; the fact `line` counts from 1."""

    code = "dump.bad"


class BadRules(CatalogError):
    """A rule file that does not say what a rule needs."""

    code = "rules.bad"


class BadReport(CatalogError):
    """A report's file that does not say what a report needs, or SQL that does not run."""

    code = "report.bad"


class ReportStopped(CatalogError):
    """A report that ran for longer, or gave more rows, than it may."""

    code = "report.stopped"


class ExtraMissing(CatalogError):
    """A part of the program that is installed only where it is wanted."""

    code = "extra.missing"


class QueryError(CatalogError):
    """A query that cannot be read; the fact `position` counts characters from 0."""

    code = "query.bad"


class NothingMatched(CatalogError):
    """No record has this ID or matches this QUERY."""

    code = "nothing.matched"
    exit_status = 4


class VerificationFailed(CatalogError):
    """The catalogue does not hold any more what was written into it."""

    code = "verification.failed"
    exit_status = 5


class CatalogueUnusable(CatalogError):
    """The catalogue cannot be opened: missing, no catalogue, newer than this program, or not writable."""

    code = "catalogue.unusable"
    exit_status = 6


class CatalogueLocked(CatalogueUnusable):
    """Another process holds the catalogue for longer than the time-out."""

    code = "catalogue.locked"


class OutputFailed(CatalogError):
    """What was to be shown or exported cannot be written: the disk behind stdout is full."""

    code = "output.failed"
    exit_status = 6


def suggest(name: str, known: Iterable[str]) -> str:
    """Return how a message about a name that is not there goes on: "; did you mean …?", "" where none is near."""
    near = difflib.get_close_matches(name, list(known), n=1)
    return f"; did you mean {near[0]}?" if near else ""
