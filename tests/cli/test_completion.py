"""What a shell offers for a word that is begun: as our answer, and in real bash, zsh and fish behind a terminal."""

import fcntl
import os
import pty
import re
import select
import shutil
import struct
import subprocess
import sys
import termios
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from catalog.cli.completion import SCRIPTS, Shell
from catalog.model.table import TableFormat
from catalog.services.report_words import option
from catalog.store.query_report import find_reports
from tests.cli.conftest import Run

PATIENCE = 30  # seconds until a shell must have answered; it takes one
ASK = {"_CATALOG_COMPLETE": "complete_fish", "_TYPER_COMPLETE_FISH_ACTION": "get-args", "COLUMNS": "1000"}
STEERING = re.compile(r"\x1b(\[[0-9;?]*[A-Za-z]|[()=>][B0]?)|[\x07\x0f]")


Offered = Callable[[str], list[str]]


@pytest.fixture
def offered(run: Run, monkeypatch: pytest.MonkeyPatch) -> Offered:
    """Return a function that gives what our command offers for a line, as the shells ask for it."""

    def ask(line: str) -> list[str]:
        for name, value in {**ASK, "_TYPER_COMPLETE_ARGS": line}.items():
            monkeypatch.setenv(name, value)
        done = run()
        assert (done.status, done.err) == (0, "")
        return [answer.partition("\t")[0] for answer in done.out.splitlines() if answer]

    return ask


ANSWERS = [
    ("catalog rep", ["report", "reprints", "reparse"]),
    ("catalog list sou", ["source:"]),
    ("catalog list 春耕 ^sou", ["^source:"]),
    ("catalog list 来", ["来源:"]),
    ("catalog list kind:", ["kind:article", "kind:listing", "kind:other"]),
    ("catalog list confidence:l", ["confidence:low"]),
    ("catalog list missing:sour", ["missing:source"]),
    ("catalog show sort:view", ["sort:views"]),
    ("catalog list sort:t", ["sort:title"]),
    ("catalog list --columns id,titl", ["id,title"]),
    ("catalog list --format ", list(TableFormat)),
    ("catalog report --by-sou", ["--by-source"]),
    ("catalog report editors --pe", ["--per"]),
    ("catalog report timeline --per ", ["month", "year", "day"]),
    ("catalog report timeline --per y", ["year"]),
    ("catalog report reprints --le", ["--least"]),
    ("catalog tag 7 publisher", ["publisher=", "publisher:"]),
    ("catalog ingest --set secti", ["section="]),
    ("catalog export --to js", ["jsonl"]),
    ("catalog completion ", list(Shell)),
    ("catalog schema catalog.rec", ["catalog.record/1"]),
    ("catalog ingest page", []),
]


@pytest.mark.parametrize(("line", "answers"), ANSWERS, ids=[line for line, _ in ANSWERS])
def test_a_word_is_completed(line: str, answers: list[str], offered: Offered) -> None:
    assert offered(line) == answers


def test_every_report_is_offered(offered: Offered) -> None:
    names = {option(name) for name in find_reports()}

    assert {*offered("catalog report --"), *offered("catalog report ")} >= names
    assert "editors" in names


@pytest.mark.parametrize("line", ["catalog list sou", "catalog report --by-", "catalog export --to ", "catalog show "])
def test_an_answer_loads_nothing_slow(line: str) -> None:
    code = (
        "import atexit, sys; from catalog.cli.main import run;"
        "atexit.register(lambda: print('LOADED', [one for one in ('sqlite_utils', 'numpy') if one in sys.modules]));"
        "run()"
    )
    env = {**os.environ, **ASK, "_TYPER_COMPLETE_ARGS": line}
    done = subprocess.run([sys.executable, "-c", code], env=env, capture_output=True, text=True, check=True)

    assert done.stdout.splitlines()[-1] == "LOADED []"


@pytest.mark.parametrize("shell", list(Shell))
def test_the_script_is_written_as_it_is(shell: Shell, run: Run) -> None:
    assert run("completion", shell).out == (SCRIPTS / f"catalog.{shell}").read_text("utf-8")


def test_a_shell_that_is_not_there_is_named(run: Run) -> None:
    done = run("completion", "ksh")

    assert (done.status, done.out) == (2, "")
    assert "ksh is none of bash, zsh, fish" in done.err


def _environment() -> dict[str, str]:
    """Return an environment in which `catalog` is the one under test."""
    path = f"{Path(sys.executable).parent}:{os.environ['PATH']}"
    return {**os.environ, "PATH": path, "TERM": "xterm", "PS1": "> ", "PROMPT": "> ", "LC_ALL": "C.UTF-8"}


def completed(words: list[str], setup: str, line: str, wanted: str, folder: Path) -> str:
    """Return what a terminal shows of a shell in which the line was typed, then TAB, until `wanted` stands there."""
    ours, theirs = pty.openpty()
    fcntl.ioctl(theirs, termios.TIOCSWINSZ, struct.pack("HHHH", 40, 200, 0, 0))
    shell = subprocess.Popen(
        words, stdin=theirs, stdout=theirs, stderr=theirs, env=_environment(), cwd=folder, start_new_session=True
    )
    os.close(theirs)
    try:
        os.write(ours, f"{setup}; echo rea''dy\n".encode())
        _read_until(ours, "ready")
        os.write(ours, f"{line}\t".encode())
        return _read_until(ours, wanted)
    finally:
        shell.kill()
        shell.wait()
        os.close(ours)


def _read_until(screen: int, wanted: str) -> str:
    shown, end = b"", time.monotonic() + PATIENCE
    while wanted not in (text := STEERING.sub("", shown.decode("utf-8", "replace"))) and time.monotonic() < end:
        if select.select([screen], [], [], 0.1)[0]:
            shown += os.read(screen, 4096)
    return text


TYPED = [
    ("catalog repr", "catalog reprints "),
    ("catalog list sou", "catalog list source:"),
    ("catalog list kind:ar", "catalog list kind:article"),
    ("catalog report --by-sou", "catalog report --by-source"),
    ("catalog parse pag", "catalog parse page.txt"),
]
BASH = (["bash", "--norc", "--noprofile", "-i"], "source <(catalog completion bash)")
ZSH = (["zsh", "-f", "-i"], "autoload -Uz compinit; compinit -u -D; source <(catalog completion zsh)")


@pytest.mark.skipif(not shutil.which("bash"), reason="there is no bash here")
@pytest.mark.parametrize(("line", "wanted"), TYPED)
def test_tab_completes_in_bash(line: str, wanted: str, tmp_path: Path) -> None:
    (tmp_path / "page.txt").touch()

    assert wanted in completed(*BASH, line, wanted, tmp_path)


@pytest.mark.skipif(not shutil.which("zsh"), reason="there is no zsh here")
@pytest.mark.parametrize(("line", "wanted"), TYPED)
def test_tab_completes_in_zsh(line: str, wanted: str, tmp_path: Path) -> None:
    (tmp_path / "page.txt").touch()

    assert wanted in completed(*ZSH, line, wanted, tmp_path)


@pytest.mark.skipif(not shutil.which("fish"), reason="there is no fish here")
@pytest.mark.parametrize(("line", "wanted"), TYPED)
def test_fish_completes(line: str, wanted: str, tmp_path: Path) -> None:
    (tmp_path / "page.txt").touch()
    command = f"catalog completion fish | source; complete --do-complete '{line}'"
    done = subprocess.run(
        ["fish", "--no-config", "-c", command], cwd=tmp_path, env=_environment(), capture_output=True, text=True,
        check=True,
    )  # fmt: skip

    assert wanted.rsplit(maxsplit=1)[-1] in [answer.partition("\t")[0] for answer in done.stdout.splitlines()]
