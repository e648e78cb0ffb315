import io
import json
import os
import sqlite3
import subprocess
import sys
from pathlib import Path

import pytest

from catalog.cli.main import main
from catalog.errors import EXIT_STATUSES
from catalog.version import __version__
from tests.cli.conftest import Run

SLOW = (
    "sqlite_utils",
    "rich.table",
    "rich.console",
    "catalog.store",
    "catalog.services",
    "catalog.display",
    "dateutil",
)
SHOWING = ("catalog.display",)  # the room itself is quick: it loads rich for a terminal alone


def loaded(words: str, names: tuple[str, ...]) -> str:
    """Return which of these modules a command loads in a fresh interpreter, and its status."""
    code = (
        "import sys; from catalog.cli.main import main; status = main(sys.argv[1:]);"
        f"print('LOADED', [name for name in {names!r} if name in sys.modules], status)"
    )
    done = subprocess.run([sys.executable, "-c", code, *words.split()], capture_output=True, text=True, check=True)
    return done.stdout.splitlines()[-1]


@pytest.mark.parametrize("words", ["--help", "list --help", "ingest --help", "--version"])
def test_help_and_version_load_nothing_slow(words: str) -> None:
    assert loaded(words, SLOW) == "LOADED [] 0"


@pytest.mark.parametrize("words", ["schema", "schema record", "help", "help query", "help --man", "completion bash"])
def test_what_only_explains_loads_no_store_and_no_rich(words: str) -> None:
    assert loaded(words, tuple(name for name in SLOW if name not in SHOWING)) == "LOADED [] 0"


def test_the_version_is_told_before_typer_is_loaded() -> None:
    code = "import sys; from catalog.cli.main import main; main(['--version']); print('typer' in sys.modules)"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)

    assert done.stdout.splitlines() == [f"catalog {__version__}", "False"]


WRONG = [
    (["--nope"], 2), (["nope"], 2), (["list", "--nope"], 2), (["show"], 2), (["list", "--format", "xml"], 2),
    (["show", "1"], 6), (["list"], 6), (["report", "--by-source"], 6), (["tag", "1", "+x", "-y"], 6), (["export"], 6),
    (["tag", "1", "+x"], 6), (["report", "--by-sauce"], 2), (["ingest"], 2), (["parse", "nothing.txt"], 3),
    (["ingest", "nothing.txt"], 3),
]  # fmt: skip


@pytest.mark.parametrize(("words", "status"), WRONG)
def test_what_is_wrong_has_a_status_and_says_so_on_stderr_alone(words: list[str], status: int, run: Run) -> None:
    done = run(*words)

    assert done.status == status
    assert status in EXIT_STATUSES
    assert done.out == ""
    assert done.err


def test_a_bug_keeps_its_traceback(monkeypatch: pytest.MonkeyPatch, filled: Path) -> None:
    def break_down(*_: object, **__: object) -> None:
        raise ZeroDivisionError

    monkeypatch.setattr("catalog.services.find.list_records", break_down)

    with pytest.raises(ZeroDivisionError):
        main(["list", "--db", str(filled)])


def test_an_interrupt_ends_with_130_and_says_how_to_go_on(
    monkeypatch: pytest.MonkeyPatch, run: Run, filled: Path
) -> None:
    def interrupt(*_: object, **__: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr("catalog.services.find.list_records", interrupt)
    done = run("list", "--db", filled)

    assert done.status == 130
    assert "run again" in done.err


def test_a_reader_who_had_enough_is_no_failure(filled: Path) -> None:
    code = "from catalog.cli.main import run; run()"
    words = f"import sys; sys.argv = ['catalog', 'export', '--db', {str(filled)!r}, '--to', 'jsonl']; {code}"
    shell = f'set -o pipefail; {sys.executable} -c "$0" | head -c 1'
    done = subprocess.run(["bash", "-c", shell, words], capture_output=True, text=True, check=False)

    assert (done.returncode, done.stdout, done.stderr) == (0, "{", "")


@pytest.fixture
def _no_reading(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let nobody read any file as far as os.access says: root, as whom tests may run, can read all."""
    access = os.access

    def forbid(path: str, mode: int, **more: bool) -> bool:
        return not mode & os.R_OK and access(path, mode, **more)

    monkeypatch.setattr(os, "access", forbid)


@pytest.mark.usefixtures("_no_reading")
@pytest.mark.parametrize("way", ["--db", "CATALOG_DB"])
def test_a_catalogue_that_cannot_be_read_is_6_however_it_is_named(
    way: str, filled: Path, run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*_: object, **__: object) -> None:
        error = sqlite3.OperationalError("unable to open database file")
        error.sqlite_errorcode = sqlite3.SQLITE_CANTOPEN
        raise error

    monkeypatch.setattr(sqlite3, "connect", fail)
    monkeypatch.setenv("CATALOG_DB", str(filled))
    done = run("list", *(["--db", filled] if way == "--db" else []))

    assert done.status == 6
    assert done.err.startswith(f"catalog: {filled}")
    assert "Usage" not in done.err


@pytest.mark.usefixtures("_no_reading")
@pytest.mark.parametrize("option", ["--manifest", "--from-log"])
def test_a_file_of_settings_that_cannot_be_read_is_named_in_our_words(
    option: str, run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "secret.csv").write_text("path,url\n", "utf-8")
    read_bytes = Path.read_bytes

    def forbid(path: Path) -> bytes:
        if path.name == "secret.csv":
            raise PermissionError(13, "Permission denied", str(path))
        return read_bytes(path)

    monkeypatch.setattr(Path, "read_bytes", forbid)
    monkeypatch.setattr(Path, "read_text", lambda path, *_: forbid(path).decode())
    done = run("ingest", ".", option, "secret.csv")

    assert done.status == 2
    assert "secret.csv" in done.err
    assert "ermission denied" in done.err
    assert "Usage" not in done.err


FULL = Path("/dev/full")  # a device on which every write finds the disk full


@pytest.mark.skipif(not FULL.exists(), reason="no /dev/full here")
@pytest.mark.parametrize(
    "words",
    [
        "list", "list --ids", "list --format table", "show 1", "show 1 --original", "show 1 --body", "export",
        "export --to dump", "report --by-source", "dedupe", "reprints 1", "parse {page}", "--help", "--version",
    ],
)  # fmt: skip
def test_a_full_disk_behind_stdout_is_one_line_and_no_bug(words: str, filled: Path) -> None:
    page = filled.parent / "pages" / "a.txt"
    code = "from catalog.cli.main import run; run()"
    env = {**os.environ, "CATALOG_DB": str(filled)}
    with FULL.open("w") as full:
        done = subprocess.run(
            [sys.executable, "-c", code, *words.format(page=page).split()],
            stdout=full, stderr=subprocess.PIPE, text=True, env=env, check=False,
        )  # fmt: skip

    assert done.returncode == 6
    assert done.stderr == "catalog: the output cannot be written: No space left on device\n"


@pytest.mark.parametrize(
    ("words", "status", "err"),
    [
        ("list >&-", 6, "catalog: the output cannot be written: Bad file descriptor\n"),
        ("--version >&-", 6, "catalog: the output cannot be written: Bad file descriptor\n"),
        ("list - <&-", 2, "catalog: no ids came in\n"),
        ("list nothing:here 2>&-", 2, ""),
        ("list nothing:here <&- >&- 2>&-", 2, ""),
    ],
)
def test_a_stream_that_the_shell_closed_is_no_bug(words: str, status: int, err: str, filled: Path) -> None:
    code = "from catalog.cli.main import run; run()"
    done = subprocess.run(
        ["bash", "-c", f'{sys.executable} -c "$0" {words}', code],
        capture_output=True, text=True, env={**os.environ, "CATALOG_DB": str(filled)}, check=False,
    )  # fmt: skip

    assert (done.returncode, done.stdout, done.stderr) == (status, "", err)


OUR_WORDS = [
    (["list", "--format", "xml"], "xml is none of table, tsv, csv, json, jsonl, md, html"),
    (["list", "--limit", "-1"], "must be at least 0"),
    (["reprints", "seven"], "must be a whole number"),
    (["dedupe", "--threshold", "near"], "must be a number"),
    (["search"], "Missing argument 'QUERY'"),
]


@pytest.mark.parametrize(("words", "said"), OUR_WORDS)
def test_what_is_wrong_with_a_word_is_said_in_plain_words(words: list[str], said: str, run: Run) -> None:
    assert said in run(*words).err
    assert said in json.loads(run(*words, "--json").err)["message"]


TWO_FORMATS = [
    ["list"], ["search", "秋粮"], ["show", "1"], ["report", "--by-source"], ["dedupe"], ["reprints", "1"],
]  # fmt: skip


@pytest.mark.parametrize("words", TWO_FORMATS, ids=lambda words: words[0])
def test_json_and_another_format_are_one_too_many(words: list[str], run: Run, filled: Path) -> None:
    done = run(*words, "--json", "--format", "csv", "--db", filled)

    assert (done.status, done.out) == (2, "")
    assert "two formats" in json.loads(done.err)["message"]
    assert run(*words, "--json", "--format", "json", "--db", filled).status == 0


def test_parse_gives_json_with_json_and_without(run: Run, filled: Path) -> None:
    page = filled.parent / "pages" / "a.txt"

    assert run("parse", page, "--json").out == run("parse", page).out != ""


def test_a_value_that_set_lacks_is_told_in_the_words_of_set(run: Run) -> None:
    done = run("ingest", ".", "--set", "title=")

    assert done.status == 2
    assert "title!" not in done.err
    assert "--set title" in done.err


def test_a_list_with_line_ends_of_windows_is_read(run: Run, filled: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    page = filled.parent / "pages" / "a.txt"
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(f"{page}\r\n".encode())))

    assert run("ingest", "-", "--db", "c.db").status == 0
