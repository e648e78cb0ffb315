"""The command in a process of its own, as a shell runs it: for what cannot be shown inside the process of the tests."""

import sys

COMMAND = [sys.executable, "-c", "from catalog.cli.main import run; run()"]
