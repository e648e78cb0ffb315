"""The console entry, and the one place where errors become exit statuses."""

import os
import sys
from collections.abc import Sequence
from contextlib import suppress

from catalog.errors import CatalogError
from catalog.version import __version__


def run() -> None:
    """Run the command line of this process and leave with its status."""
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):  # what we write is UTF-8 whatever the locale of the machine says
            stream.reconfigure(encoding="utf-8", errors="backslashreplace")
    sys.exit(main(sys.argv[1:]))


def main(argv: Sequence[str]) -> int:
    """Run one command and return its exit status; an unexpected exception passes through, with its traceback."""
    if list(argv) == ["--version"]:  # answered before anything is imported that takes time
        print(f"catalog {__version__}")
        return 0
    from catalog.cli.app import PipeClosed, app

    try:
        app(args=list(argv), prog_name="catalog")
    except SystemExit as leaving:
        status = leaving.code if isinstance(leaving.code, int) else int(leaving.code is not None)
    except CatalogError as error:
        status = _complain(error, as_json="--json" in argv)
    except KeyboardInterrupt:
        status = 130
    except PipeClosed:
        return _close_pipe()
    else:
        status = 0
    if status == 130:
        print("catalog: interrupted; the catalogue is consistent, run again to go on", file=sys.stderr)
    try:
        sys.stdout.flush()
    except BrokenPipeError:
        return _close_pipe()
    return status


def _complain(error: CatalogError, *, as_json: bool) -> int:
    """Write the error to stderr as one line, for people or as JSON, and return its status."""
    from catalog.display.screen import say
    from catalog.export.json_text import write_json

    if as_json:
        print(write_json({"code": error.code, "message": str(error), "facts": error.facts}), file=sys.stderr)
    else:
        where = f" (at character {error.facts['position']})" if "position" in error.facts else ""
        say(f"catalog: {error}{where}")
    return error.exit_status


def _close_pipe() -> int:
    """Return 0: who read us had enough. What is left in the buffer goes nowhere, quietly."""
    with suppress(OSError, ValueError):  # stdout may be no file
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
    return 0
