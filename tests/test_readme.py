"""The README's pictures are what the commands print on a terminal now; `pytest --accept` takes them again."""

import os
import pty
import re
import shutil
import subprocess
import sys
from collections.abc import Callable
from io import FileIO
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
README = ROOT / "README.md"
COLUMNS = 120  # wide enough for the reports, narrow enough for a page
PICTURE = re.compile(r"(?<=^```console\n)(?P<text>.*?)(?=^```$)", re.DOTALL | re.MULTILINE)
STYLE = re.compile(r"\x1b\[[0-9;?]*[A-Za-z]")
MORE = "…"  # alone on the last line of a command's output: the rest is left out

Type = Callable[[str], list[str]]


@pytest.fixture(scope="module")
def type_(tmp_path_factory: pytest.TempPathFactory) -> Type:
    """Return a function that types a command in a folder with the samples and returns the lines that come back."""
    folder = tmp_path_factory.mktemp("readme")
    shutil.copytree(ROOT / "samples", folder / "samples")
    kept = {name: value for name, value in os.environ.items() if not name.startswith("CATALOG_")}
    here = {"PATH": f"{Path(sys.executable).parent}:{os.environ['PATH']}", "TERM": "xterm", "COLUMNS": str(COLUMNS)}

    def type_command(command: str) -> list[str]:
        ours, theirs = pty.openpty()
        with os.fdopen(ours, "rb", buffering=0) as screen:
            done = subprocess.Popen(
                ["bash", "-c", command], cwd=folder, env=kept | here | {"NO_COLOR": "1"}, stdin=subprocess.DEVNULL,
                stdout=theirs, stderr=subprocess.PIPE, text=True,
            )  # fmt: skip
            os.close(theirs)
            shown = _read_all(screen)
            talk = done.communicate()[1]
        assert done.returncode == 0, talk
        return [line.rstrip() for line in (STYLE.sub("", shown) + talk).splitlines()]

    return type_command


def test_the_pictures_are_what_the_commands_print(type_: Type, accept: bool) -> None:
    printed = README.read_text("utf-8")
    taken = PICTURE.sub(lambda picture: _take_again(picture["text"], type_), printed)
    if accept:
        README.write_text(taken, "utf-8")

    assert PICTURE.search(printed)
    assert README.read_text("utf-8") == taken


def _take_again(picture: str, type_: Type) -> str:
    """Return the picture with the commands' output of today, left out where it was left out."""
    taken = []
    for step in re.split(r"^\$ ", picture, flags=re.MULTILINE)[1:]:
        command, *before = step.rstrip("\n").split("\n")
        output = type_(command)
        if before and before[-1] == MORE:
            output = [*output[: len(before) - 1], MORE]
        taken.append("\n".join([f"$ {command}", *output]) + "\n")
    return "\n".join(taken)


def _read_all(screen: FileIO) -> str:
    """Return all that is written to a terminal until its last writer leaves, which Linux reports as an error."""
    pieces = []
    try:
        while piece := screen.read(4096):
            pieces.append(piece)
    except OSError:
        pass
    return b"".join(pieces).decode("utf-8").replace("\r\n", "\n")
