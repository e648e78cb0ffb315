"""What design and README promise of every command, held for each: a new one fails here until it is in CASES."""

import csv
import errno
import fcntl
import io
import json
import os
import pty
import re
import shlex
import shutil
import sqlite3
import struct
import subprocess
import sys
import termios
import threading
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, NoReturn

import pytest
import typer.main
from jsonschema import Draft202012Validator
from rich.cells import cell_len

from catalog.cli.app import app
from catalog.cli.main import main
from catalog.display.safe import read_tsv
from catalog.errors import EXIT_STATUSES
from catalog.export.schema import read_schema
from catalog.model.table import TableFormat
from tests.cli.conftest import PAGES, Ran, Run
from tests.display.test_table import Screen
from tests.older import parse_as_before
from tests.pages import HARVEST, LIBRARY, dump, ingest, page, write_pages


def _all_commands(group: Any, before: str = "") -> dict[str, Any]:  # noqa: ANN401 -- typer gives the class no public name
    """Return the commands of a group and of the groups in it, by their words: "agents list"."""
    found: dict[str, Any] = {}
    for name, command in group.commands.items():
        found |= (
            _all_commands(command, f"{before}{name} ") if hasattr(command, "commands") else {before + name: command}
        )
    return found


TOP: dict[str, Any] = dict(typer.main.get_command(app).commands)  # type: ignore[attr-defined]
COMMANDS = _all_commands(typer.main.get_command(app))
TEXT_FORMATS = [one for one in TableFormat if one is not TableFormat.TABLE]
COLOUR = re.compile(r"\x1b\[[0-9;]*?\b(?:3[0-8]|4[0-8]|9[0-7]|10[0-7])(?:;[0-9;]*)?m")
STEERING = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]")


@dataclass(frozen=True)
class Case:
    """One line that ends with 0 and shows something. It is run beside a catalogue of four records and their pages."""

    words: str
    schema: str | None = None  # of each document that --json gives; None: what comes is no such document
    is_table: bool = True  # TSV in a pipe, something for eyes on a terminal
    ends: dict[int, str] = field(default_factory=dict)  # what makes the command end with this status

    @property
    def command(self) -> str:
        first, *more = self.words.split()
        return first if first in COMMANDS else f"{first} {more[0]}"


NO_ID, NO_MATCH = "999", "source:没有这个来源"
CASES = [
    Case("ingest pages/a.txt", "catalog.ingest/1", is_table=False, ends={3: "ingest nothing.txt"}),
    Case("parse pages/a.txt", "catalog.record/1", is_table=False, ends={3: "parse nothing.txt"}),
    Case("show 1 3", ends={4: f"show {NO_ID}"}),
    Case("show 1 3 --json", "catalog.record/1", is_table=False),
    Case("show 1 3 --why", "catalog.evidence/1"),
    Case("show 1 3 --captures", "catalog.captures/1"),
    Case("show 1 --diff", "catalog.capture-diff/1"),
    Case("show 1 --reprints", "catalog.list/1"),
    Case("show 3 --history", "catalog.history/1"),
    Case("show 3 --body", is_table=False),
    Case("list", "catalog.list/1", ends={4: f"list {NO_MATCH}"}),
    Case("search 图书馆", "catalog.list/1", ends={4: "search 没有这个词"}),
    Case("queries", "catalog.queries/1", ends={4: "queries --forget nothing"}),
    Case("queries --save spring 春耕", "catalog.queries/1", is_table=False),
    Case("report", "catalog.reports/1", ends={4: f"report --by-source {NO_MATCH}"}),
    Case("report --by-source", "catalog.report/1"),
    Case("report --by-source --by-year", "catalog.report/1"),
    Case("report completeness", "catalog.report/1"),
    Case("dedupe", "catalog.repeated/1", ends={4: f"dedupe {NO_MATCH}"}),
    Case("dedupe --again", "catalog.dedupe/1", is_table=False, ends={4: f"dedupe --join 1 {NO_ID} -y"}),
    Case("dedupe --split 1 3 -y", "catalog.dedupe/1", is_table=False),
    Case("reprints 1", "catalog.reprints/1", ends={4: f"reprints {NO_ID}"}),
    Case("tag 1 2 +要闻 views=7 -y", "catalog.tag/1", is_table=False, ends={4: f"tag {NO_MATCH} +x -y"}),
    Case("review", "catalog.review/1", ends={4: f"review {NO_MATCH}"}),
    Case("review --apply pages/verdicts.jsonl", "catalog.decision/1", is_table=False),
    Case("agents list", "catalog.agents/1"),
    Case("agents list --proposals", "catalog.agent-pairs/1"),
    Case("agents show 1", "catalog.agent/1", ends={4: f"agents show {NO_ID}"}),
    Case("agents merge 雁鸣日报 青禾县融媒体中心 -y", "catalog.decision/1", False, {4: f"agents merge {NO_ID} 1 -y"}),
    Case("agents split 雁鸣日报 青禾县融媒体中心 -y", "catalog.decision/1", False, {4: f"agents split {NO_ID} -y"}),
    Case("agents alias 雁鸣日报 雁鸣报 -y", "catalog.decision/1", False, {4: f"agents alias {NO_ID} x -y"}),
    Case("tags list", "catalog.tags/1"),
    Case("tags import pages/tags.csv -y", "catalog.decision/1", is_table=False),
    Case("tags rename 秋粮 农业/秋粮 -y", "catalog.decision/1", is_table=False),
    Case("tags merge 秋粮 测产 -y", "catalog.decision/1", is_table=False),
    Case("merge 2 1 -y", "catalog.decision/1", False, {4: f"merge {NO_ID} 1 -y"}),
    Case("split 1 a_later.txt -y", "catalog.decision/1", False, {4: f"split {NO_ID} abcdef -y"}),
    Case("edit 1 -y", "catalog.edit/1", is_table=False, ends={4: f"edit {NO_ID} -y"}),
    Case("reparse --diff", "catalog.reparse-diff/1", ends={4: f"reparse {NO_MATCH}"}),
    Case("reparse 4 -y", "catalog.reparse/1", is_table=False),
    Case("import --edits edits.csv -y", "catalog.import/1", is_table=False),
    Case("withdraw 2 -m 个人信息 -y", "catalog.withdraw/1", is_table=False, ends={4: f"withdraw {NO_MATCH} -m x -y"}),
    Case("log", "catalog.log/1"),
    Case("log 2", "catalog.changes/1"),
    Case("undo -y", "catalog.undo/1", is_table=False),
    Case("redo -y", "catalog.redo/1", is_table=False),
    Case("verify", "catalog.verify/1", is_table=False, ends={5: "verify --db damaged.db"}),
    Case("doctor", "catalog.doctor/1"),
    Case("backup copy.db", "catalog.backup/1", is_table=False),
    Case("backup damaged.db -y", "catalog.backup/1", is_table=False),
    Case("rebuild new.db", "catalog.rebuild/1", is_table=False),
    Case("rescue catalog.db new.db", "catalog.rescue/1", is_table=False),
    Case("export --to jsonl", is_table=False, ends={4: f"export {NO_MATCH}"}),
    Case("schema", "catalog.schemas/1"),
    Case("schema record", is_table=False),
    Case("completion bash", is_table=False),
    Case("help", "catalog.topics/1"),
    Case("help query", is_table=False),
    Case("help --man", is_table=False),
]  # fmt: skip
FIRST = list({case.command: case for case in reversed(CASES)}.values())  # of each command the first
WITH_JSON = [case for case in CASES if case.schema]
TABLES = [case for case in CASES if case.is_table]
# what decides the status of a command, by a word that its arguments or options have
MUST_END: dict[int, tuple[str, ...]] = {3: ("PATH", "FILE"), 4: ("ID", "QUERY")}


def has(command: str, option: str) -> bool:
    return any(option in param.opts for param in COMMANDS[command].params)


def takes(command: str) -> set[str]:
    """Return the words for the arguments of a command: ID, QUERY …"""
    return {
        word
        for param in COMMANDS[command].params
        if param.param_type_name == "argument"
        for word in re.findall(r"[A-Z]+", param.metavar or "")
    }


@pytest.fixture(scope="module")
def stocked(filled: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a catalogue of PAGES with a saved query, a page read by older rules and something to redo; beside it
    damaged.db, in which an original was altered.
    """
    db = tmp_path_factory.mktemp("stocked") / "catalog.db"
    shutil.copy(filled, db)
    later = write_pages(db.parent / "pages", {"a_later.txt": page(views=340)})
    ingest(db, [later / "a_later.txt"])
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("catalog.services.reading.parse_capture", parse_as_before)
        main(["reparse", "4", "-y", "--quiet", "--db", str(db)])
    for words in (
        ["queries", "--save", "autumn", "秋粮"],
        ["tag", "2", "+秋粮", "-y"],
        ["tag", "1", "+误", "-y"],
        ["undo", "-y"],
    ):
        main([*words, "--quiet", "--db", str(db)])
    damaged = sqlite3.connect(shutil.copy(db, db.with_name("damaged.db")))
    with damaged:
        damaged.execute("UPDATE sqlar SET data = zeroblob(length(data)) WHERE rowid = 1")
    damaged.close()
    return db


@pytest.fixture(autouse=True)
def _home(stocked: Path, tmp_path: Path, _elsewhere: None, monkeypatch: pytest.MonkeyPatch) -> None:
    """Give each test a catalogue of its own where it runs, the pages that it was made of, edits and an editor."""
    monkeypatch.delenv("VISUAL", raising=False)
    monkeypatch.setenv("EDITOR", "sed -i 's/^views = .*/views = 7/'")
    (tmp_path / "edits.csv").write_text("id,source\n1,雁鸣晚报\n", "utf-8")
    shutil.copy(stocked, tmp_path / "catalog.db")
    shutil.copy(stocked.with_name("damaged.db"), tmp_path)
    write_pages(tmp_path / "pages", PAGES)
    (tmp_path / "pages" / "tags.csv").write_text("tag,also\n主题/扶贫,脱贫\n", "utf-8")
    verdict = {"item": "agent:7:8", "verdict": "accept"}
    (tmp_path / "pages" / "verdicts.jsonl").write_text(json.dumps(verdict) + "\n", "utf-8")


def words_of(case: Case, *more: str) -> list[str]:
    return [*case.words.split(), *more]


def by_words(cases: list[Case]) -> pytest.MarkDecorator:
    return pytest.mark.parametrize("case", cases, ids=lambda case: case.words)


def test_every_command_has_a_case() -> None:
    assert {case.command for case in CASES} == set(COMMANDS)


@by_words(FIRST)
def test_every_way_to_end_that_a_command_has_is_tried(case: Case) -> None:
    tried = {status for one in CASES if one.command == case.command for status in one.ends}

    expected = {status for status, words in MUST_END.items() if takes(case.command) & set(words)}
    assert tried == expected | ({5} if case.command == "verify" else set())  # "verify --db damaged.db"


# --- stdout is data, stderr is talk


@by_words(CASES)
def test_a_case_ends_with_0_and_has_something_to_say(case: Case, run: Run) -> None:
    done = run(*words_of(case))

    assert done.status == 0, done.err
    assert done.out or done.err


@by_words([case for case in CASES if has(case.command, "--quiet")])
def test_quiet_is_silent_on_stderr_and_changes_no_data(case: Case, run: Run, tmp_path: Path, stocked: Path) -> None:
    loud = run(*words_of(case))
    shutil.copy(stocked, tmp_path / "catalog.db")
    for made in ("copy.db", "new.db"):
        (tmp_path / made).unlink(missing_ok=True)
    quiet = run(*words_of(case, "--quiet"))

    assert (quiet.status, quiet.err) == (0, "")
    assert quiet.out == loud.out


@by_words([case for case in CASES if not has(case.command, "--quiet")])
def test_a_command_without_quiet_does_not_talk(case: Case, run: Run) -> None:
    assert run(*words_of(case)).err == ""


@by_words(TABLES)
def test_a_pipe_gets_tsv_with_a_head_that_is_never_cut_and_steers_nothing(case: Case, run: Run) -> None:
    shown = run(*words_of(case)).out
    head, *lines = shown.removesuffix("\n").split("\n")
    rows = [[read_tsv(value) for value in line.split("\t")] for line in lines]
    whole = [json.loads(line) for line in run(*words_of(case, "--format", "jsonl")).out.splitlines()]

    assert shown.endswith("\n")
    assert not STEERING.search(shown)
    assert all(head.split("\t") == list(row) for row in whole)
    assert rows == [["" if cell is None else str(cell) for cell in row.values()] for row in whole]


@by_words(TABLES)
def test_every_format_says_the_same_on_a_terminal_and_in_a_pipe(case: Case, run: Run) -> None:
    for format_ in TEXT_FORMATS:
        words = words_of(case, "--format", format_)
        piped = run(*words).out

        assert piped
        assert on_terminal(words) == piped
        assert not STEERING.search(piped)
    assert run(*words_of(case, "--format", "tsv")).out == run(*words_of(case)).out
    rows = list(csv.reader(io.StringIO(run(*words_of(case, "--format", "csv")).out)))
    assert len({len(row) for row in rows}) == 1


# --- --json


@by_words(WITH_JSON)
def test_json_gives_documents_that_keep_to_their_schema(case: Case, run: Run) -> None:
    done = run(*words_of(case, "--json"))
    documents = [json.loads(line) for line in done.out.splitlines()]

    assert done.status == 0
    assert len(documents) == (2 if case.words.startswith("show 1 3 --json") else 1)
    for document in documents:
        assert document["schema"] == case.schema
        Draft202012Validator(read_schema(case.schema or "")).validate(document)


def test_every_command_with_json_has_a_case_for_it() -> None:
    assert {case.command for case in WITH_JSON} == {name for name in COMMANDS if has(name, "--json")}


@by_words([case for case in FIRST if has(case.command, "--json")])
def test_with_json_a_wrong_word_is_one_line_on_stderr(case: Case, run: Run) -> None:
    done = run(*words_of(case, "--nope", "--json"))

    assert (done.status, done.out) == (2, "")
    assert error_of(done)["code"] == "usage"


ENDS = [(status, words) for case in CASES for status, words in case.ends.items()]


@pytest.mark.parametrize(("status", "words"), ENDS, ids=[words for _, words in ENDS])
def test_a_status_is_reached_and_told(status: int, words: str, run: Run) -> None:
    done = run(*shlex.split(words))

    assert done.status == status
    assert status in EXIT_STATUSES
    assert done.out == ""
    assert done.err


@pytest.mark.parametrize(("status", "words"), [end for end in ENDS if has(Case(end[1]).command, "--json")], ids=str)
def test_with_json_it_is_told_as_json(status: int, words: str, run: Run) -> None:
    done = run(*shlex.split(words), "--json")

    assert done.status == status
    if words.startswith(("ingest", "verify")):  # an outcome: what failed is in it
        assert {problem["failed"] for problem in done.json["problems"]} == {True}
        assert done.err == ""
    else:
        assert done.out == ""
        assert error_of(done)["code"]


def error_of(done: Ran) -> dict[str, Any]:
    """Return the error that was told: one line that keeps to its schema."""
    assert done.err.count("\n") == 1
    error: dict[str, Any] = json.loads(done.err)
    Draft202012Validator(read_schema("error")).validate(error)
    return error


# --- exit statuses that do not depend on the words


@pytest.mark.parametrize("command", COMMANDS)
def test_an_option_that_is_not_there_is_2(command: str, run: Run) -> None:
    done = run(*command.split(), "--nope")

    assert (done.status, done.out) == (2, "")
    assert done.err


OPENING = [case for case in FIRST if has(case.command, "--db") and case.words != "report"]
OPENING.append(Case("report --by-source"))


@by_words(OPENING)
def test_what_is_no_catalogue_is_6(case: Case, run: Run, tmp_path: Path) -> None:
    (tmp_path / "catalog.db").write_bytes(b"no catalogue, but long enough to be looked at" * 20)
    done = run(*words_of(case))

    assert (done.status, done.out) == (6, "")
    assert "catalog.db" in done.err


WRITING = [case for case in CASES if has(case.command, "--message") and not case.is_table]


@by_words(WRITING)
def test_a_catalogue_that_another_process_writes_is_6(
    case: Case, run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("catalog.store.open.WAIT_SECONDS", 0.05)
    other = sqlite3.connect(tmp_path / "catalog.db", isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    done = run(*words_of(case, "--json"))
    other.close()

    assert (done.status, done.out) == (6, "")
    assert error_of(done)["code"] == "catalogue.locked"


@by_words([case for case in CASES if case.words.endswith(" -y")])
def test_without_yes_and_without_a_terminal_nothing_is_changed_and_it_is_2(
    case: Case, run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sys, "stdin", io.StringIO("y\n"))
    before = dump(tmp_path / "catalog.db")
    done = run(*case.words.removesuffix(" -y").split())

    assert (done.status, done.out) == (2, "")
    assert dump(tmp_path / "catalog.db") == before


def test_every_command_that_asks_has_a_case_that_says_yes() -> None:
    assert {case.command for case in CASES if case.words.endswith(" -y")} == {
        name for name in COMMANDS if has(name, "--yes")
    }


def _raise(error: BaseException) -> Callable[..., NoReturn]:
    def fail(*_: object, **__: object) -> NoReturn:
        raise error

    return fail


class Full(io.StringIO):
    """A stream that fails when it is written to."""

    def __init__(self, error: BaseException) -> None:
        super().__init__()
        self.write = _raise(error)  # type: ignore[method-assign]


PRINTING = [case for case in CASES if case.is_table or case.schema is None or case.command in ("parse", "show")]


@by_words(OPENING)
def test_an_interrupt_is_130_and_says_how_to_go_on(case: Case, run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sqlite3, "connect", _raise(KeyboardInterrupt()))
    done = run(*words_of(case))

    assert (done.status, done.out) == (130, "")
    assert "run again" in done.err


@by_words(PRINTING)
def test_an_interrupt_while_it_prints_is_130_too(case: Case, run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "stdout", Full(KeyboardInterrupt()))

    assert run(*words_of(case)).status == 130


@by_words(OPENING)
def test_a_bug_keeps_its_traceback(case: Case, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sqlite3, "connect", _raise(ZeroDivisionError()))

    with pytest.raises(ZeroDivisionError):
        main(words_of(case))


@by_words(PRINTING)
def test_a_full_disk_behind_stdout_is_6(case: Case, run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "stdout", Full(OSError(errno.ENOSPC, "No space left on device")))
    done = run(*words_of(case))

    assert done.status == 6
    assert done.err.count("\n") == 1
    assert "the output cannot be written: No space left on device" in done.err


@by_words(PRINTING)
def test_a_reader_who_had_enough_is_0(case: Case, run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "stdout", Full(BrokenPipeError(errno.EPIPE, "Broken pipe")))

    assert run(*words_of(case)).status == 0


# --- on a terminal


def on_terminal(words: list[str], **environment: str) -> str:
    """Return what a terminal of 100 columns shows of a command that ends with 0."""
    ours, theirs = pty.openpty()
    attributes = termios.tcgetattr(theirs)
    attributes[1] &= ~termios.OPOST  # line ends as they were written
    termios.tcsetattr(theirs, termios.TCSANOW, attributes)
    fcntl.ioctl(theirs, termios.TIOCSWINSZ, struct.pack("HHHH", 40, 100, 0, 0))
    pieces: list[bytes] = []
    reader = threading.Thread(target=lambda: pieces.extend(_read_all(ours)))
    reader.start()
    with pytest.MonkeyPatch.context() as patch, os.fdopen(theirs, "w", encoding="utf-8") as screen:
        patch.setattr(sys, "stdout", screen)
        for name, value in {"TERM": "xterm-256color", "COLUMNS": "100", **environment}.items():
            patch.setenv(name, value)
        status = main(words)
    reader.join()
    os.close(ours)
    assert status == 0
    return b"".join(pieces).decode("utf-8")


def _read_all(screen: int) -> Iterator[bytes]:
    """Yield what is written to a terminal until its last writer leaves, which Linux reports as an error."""
    while True:
        try:
            piece = os.read(screen, 65536)
        except OSError:
            return
        if not piece:
            return
        yield piece


@by_words(TABLES)
def test_a_terminal_gets_something_for_eyes(case: Case, run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("NO_COLOR", raising=False)
    seen, piped = on_terminal(words_of(case)), run(*words_of(case)).out

    assert seen != piped
    assert "\t" not in seen
    assert "\x1b[" in seen


@by_words(CASES)
def test_no_color_has_no_colour(case: Case) -> None:
    assert not COLOUR.search(on_terminal(words_of(case), NO_COLOR="1"))


# --- ids that are passed on


FROM_STDIN = ["show -", "show", "show --captures", "tag - +要闻 -y", "tag +要闻 -y", "export -", "list -"]


@pytest.mark.parametrize("between", ["\n", "\0"], ids=["lines", "NUL"])
@pytest.mark.parametrize("words", FROM_STDIN)
def test_ids_come_in_on_stdin(words: str, between: str, run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    ids = run("list", "id:1", "OR", "id:3", "--ids", *(["-0"] if between == "\0" else [])).out
    monkeypatch.setattr(sys, "stdin", io.StringIO(ids))
    done = run(*words.split(), *([] if words.startswith("export") else ["--json"]))
    said = [json.loads(line) for line in done.out.splitlines()]
    records = said if "id" in said[0] else said[0]["data"]

    assert done.status == 0
    assert ids == f"1{between}3{between}"
    assert {row["id"] for row in (records if isinstance(records, list) else records["changes"])} == {1, 3}


@pytest.mark.parametrize("words", ["show -", "tag - +x -y", "export -", "list -"])
def test_no_ids_on_stdin_mean_none_and_not_all(words: str, run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "stdin", io.StringIO(""))
    done = run(*words.split())

    assert (done.status, done.out) == (2, "")
    assert "no ids came in" in done.err


def test_a_zero_byte_stands_between_entries(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(b"pages/a.txt\0pages/b.txt\0")))

    assert {name for name in COMMANDS if has(name, "--null")} == {"list", "search", "ingest"}
    assert run("list", "-0").out == "1\0002\0003\0004\0"
    assert run("search", "图书馆", "--ids", "-0").out == run("search", "图书馆", "--ids").out.replace("\n", "\0") != ""
    assert run("ingest", "-", "-0", "--json").json["data"]["counts"]["files"] == 2


# --- help


def examples() -> list[tuple[str, str]]:
    """Return every example in the help of every command, without the remark behind it."""
    return [
        (name, re.split(r"\s{3,}", line.strip())[0])
        for name, command in COMMANDS.items()
        for line in (command.help or "").partition("Examples:")[2].splitlines()
        if line.strip()
    ]


def test_every_command_has_an_example_of_itself() -> None:
    assert {name for name, line in examples() if f"catalog {name}" in line} == set(COMMANDS)


@pytest.mark.parametrize("words", [[], *(name.split() for name in (*TOP, *COMMANDS))], ids=" ".join)
def test_help_is_data_fits_80_columns_and_has_a_short_name(words: list[str], run: Run) -> None:
    shown = run(*words, "--help")

    assert (shown.status, shown.err) == (0, "")
    assert [line for line in shown.out.splitlines() if cell_len(line) > 80] == []
    assert run(*words, "-h").out == shown.out


def test_help_names_every_command(run: Run) -> None:
    shown = run("--help").out

    assert [name for name in TOP if f"\n  {name} " in shown] == list(TOP)


@pytest.fixture(scope="module")
def world(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a folder in which the examples find what they speak of: pages, records 1 to 14, and 14 change sets."""
    folder = tmp_path_factory.mktemp("world")
    pages = {
        f"{n:02}.txt": page(title=f"青禾县春耕第{n}天", published=f"2020-04-{n:02}", views=n) for n in range(1, 15)
    }
    tale = (*HARVEST, *LIBRARY, "　　当天没有下雨。")
    pages["07.txt"] = page(
        title="春耕备耕与乡村振兴", published="2020-03-05", source="新华网", body=tale, editor="李娜", site="青禾新闻网"
    )
    pages["08.txt"] = page(title="春耕备耕忙", published="2020-03-06", body=tale[:-1])
    pages["12.txt"] = page(body=LIBRARY, published="2021-01-01").replace("来源：青禾县融媒体中心", "")
    pages["12.txt"] = pages["12.txt"].replace("青禾县人民政府", "青禾新闻网")
    pages["13.txt"] = pages["13.txt"].replace("来源：青禾县融媒体中心", "")
    pages["07_later.txt"] = pages["07.txt"].replace("浏览次数：12", "浏览次数：34")
    pages["01_later.txt"] = pages["01.txt"].replace("浏览次数：1", "浏览次数：99")
    write_pages(folder / "pages", dict(pages))
    (folder / "pages" / "manifest.csv").write_text("path,url\n01.txt,https://qinghe.example.org/1.htm\n", "utf-8")
    shutil.copy(folder / "pages" / "07.txt", folder / "page.txt")
    (folder / "q.jsonl").write_text(json.dumps({"item": "8:title", "verdict": None}) + "\n", "utf-8")
    (folder / "tags.csv").write_text("tag,also\n主题,\n主题/扶贫,脱贫;扶贫攻坚\n备耕,\n", "utf-8")
    (folder / "edits.csv").write_text("id,source\n7,新华社\n", "utf-8")
    (folder / "home/.config/fish/completions").mkdir(parents=True)
    (folder / "home/.zfunc").mkdir()
    ingest(folder / "catalog.db", [folder / "pages" / name for name in sorted(pages)])
    lines = [["queries", "--save", "unsourced", "missing:source"]]
    lines += [["tag", str(n), "+备耕", "-y"] for n in range(1, 13)]
    for words in (*lines, ["undo", "13", "-y"]):  # of 14 change sets
        main([*words, "--quiet", "--db", str(folder / "catalog.db")])
    shutil.copy(folder / "catalog.db", folder / "damaged.db")
    return folder


@pytest.mark.parametrize("line", [line for _, line in examples()])
def test_an_example_runs_as_printed(
    line: str, world: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, run: Run
) -> None:
    here = tmp_path / "here"
    shutil.copytree(world, here)
    if line.startswith("catalog ") and not set("|<>;*~$") & set(
        re.sub(r"'[^']*'", "", line)
    ):  # nothing that needs a shell
        monkeypatch.chdir(here)
        monkeypatch.setattr(sys, "stdin", Screen("y\n"))  # whoever typed the example says yes
        assert run(*shlex.split(line)[1:]).status == 0
        return
    ours, theirs = pty.openpty()
    os.write(ours, b"y\n")
    path = f"{Path(sys.executable).parent}:{os.environ['PATH']}"
    done = subprocess.run(
        ["bash", "-o", "pipefail", "-c", line], cwd=here, stdin=theirs, capture_output=True, text=True,
        env={**os.environ, "PATH": path, "HOME": str(here / "home")}, check=False,
    )  # fmt: skip
    os.close(theirs)
    os.close(ours)

    assert done.returncode == 0, done.stderr
