"""The console entry, and the one place where errors become exit statuses."""

import errno
import os
import re
import sys
from collections.abc import Sequence
from contextlib import suppress
from typing import Any

from catalog.errors import CatalogError, OutputFailed, UsageError
from catalog.version import __version__

INTERRUPTED = 130
COMPLETE = "_CATALOG_COMPLETE"
OUR_WORDS = (  # for what typer says of a value
    (re.compile(r"Value error, (.*) is not one of (.*?)\.?"), r"\1 is none of \2"),
    (re.compile(r"Input should be greater than or equal to (.*)"), r"must be at least \1"),
    (re.compile(r"Input should be a valid integer, .*"), "must be a whole number"),
    (re.compile(r"Input should be a valid number, .*"), "must be a number"),
)
# Of OSError: what a stream says that takes no more, or that the shell closed.
NO_ROOM = (errno.ENOSPC, errno.EDQUOT, errno.EFBIG, errno.EIO, errno.EBADF)


def run() -> None:
    """Run the command line of this process and leave with its status."""
    _open_closed_streams()
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):  # what we write is UTF-8 whatever the locale of the machine says
            stream.reconfigure(encoding="utf-8", errors="backslashreplace")
    sys.exit(main(sys.argv[1:]))


def _open_closed_streams() -> None:
    """Put something in the place of the streams that a shell closed (>&-), before a file takes their numbers.

    Nothing comes from that stdin, that stdout takes nothing and says so, that stderr takes all and shows nobody.
    """
    for name, mode, flags in (("stdin", "r", os.O_RDONLY), ("stdout", "w", os.O_RDONLY), ("stderr", "w", os.O_WRONLY)):
        if getattr(sys, name) is None:
            setattr(sys, name, os.fdopen(os.open(os.devnull, flags), mode))


def main(argv: Sequence[str]) -> int:
    """Run one command and return its exit status; an unexpected exception passes through, with its traceback."""
    as_json = "--json" in argv
    try:
        status = _run(list(argv))
        sys.stdout.flush()
    except CatalogError as error:
        return _complain(error, as_json=as_json)
    except SystemExit as leaving:  # shell completion leaves so
        return leaving.code if isinstance(leaving.code, int) else 0
    except BrokenPipeError:
        return _close_stdout()
    except OSError as error:
        if error.errno not in NO_ROOM or error.filename is not None:
            raise
        _close_stdout()
        return _complain(OutputFailed(f"the output cannot be written: {error.strerror}"), as_json=as_json)
    except Exception as error:
        return _complain_of_words(error, as_json=as_json)
    if status == INTERRUPTED:
        print("catalog: interrupted; the catalogue is consistent, run again to go on", file=sys.stderr)
    return status


def _run(argv: list[str]) -> int:
    if argv == ["--version"]:  # answered before anything is imported that takes time
        print(f"catalog {__version__}")
        return 0
    from catalog.cli.app import PipeClosed, app

    if COMPLETE in os.environ:  # a shell asks what a word could become
        from typer.completion import get_completion_inspect_parameters

        get_completion_inspect_parameters()  # makes the shells known, as typer does where its own options are on
    try:
        return int(app(args=argv, prog_name="catalog", standalone_mode=False) or 0)
    except PipeClosed:
        raise BrokenPipeError from None


def _complain(error: CatalogError, *, as_json: bool) -> int:
    """Write the error to stderr, for people (a query with a caret) or as one line of JSON, and return its status."""
    from catalog.display.outcome import show_error
    from catalog.display.screen import say

    if as_json:
        show_error(error.code, str(error), error.facts)
    else:
        for line in f"catalog: {error}".split("\n"):
            say(line)
        if "query" in error.facts:
            from catalog.display.pointer import point_at

            for line in point_at(str(error.facts["query"]), int(error.facts["position"])):
                say(f"  {line}")
    return error.exit_status


def _complain_of_words(error: Exception, *, as_json: bool) -> int:
    """Return 2 for what typer says of the words, 130 for a question that was broken off; raise all else."""
    if type(error).__name__ == "Abort":
        print("catalog: nothing was changed", file=sys.stderr)
        return INTERRUPTED
    if not hasattr(error, "show"):  # typer's usage errors have no public class; they have this
        raise error
    usage: Any = error
    said = str(usage.message)
    for words, ours in OUR_WORDS:
        if found := words.fullmatch(said):
            usage.message = found.expand(ours).replace("'", "")
    if as_json:
        return _complain(UsageError(usage.format_message()), as_json=True)
    usage.show()
    return UsageError.exit_status


def _close_stdout() -> int:
    """Return 0, as for a reader who had enough. What is left in the buffer goes nowhere, quietly."""
    with suppress(OSError, ValueError):  # stdout may be no file
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
    return 0
