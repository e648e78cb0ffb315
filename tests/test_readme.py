"""The README says what there is; its pictures are what a terminal shows now: `pytest --accept` takes them again."""

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

from catalog.cli.main import main
from catalog.export.jsonl import record_as_plain
from catalog.model.record import Record

ROOT = Path(__file__).parents[1]
README = ROOT / "README.md"
CHINESE = ROOT / "README.zh-CN.md"
COLUMNS = 120  # wide enough for the reports, narrow enough for a page
PICTURE = re.compile(r"(?<=^```console\n)(?P<text>.*?)(?=^```$)", re.DOTALL | re.MULTILINE)
STYLE = re.compile(r"\x1b\[[0-9;?]*[A-Za-z]")
ROW = re.compile(r"^\| (?P<first>.*?) \| (?P<rest>.*) \|$", re.MULTILINE)
NOTHING = Record("other", None, {}, (), (), (), (), (), None, 0, (), ())
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
        pictures = PICTURE.finditer(taken)
        CHINESE.write_text(PICTURE.sub(lambda _: next(pictures)["text"], CHINESE.read_text("utf-8")), "utf-8")

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


EXAMPLES: list[str] = re.findall(r"^```sh\n(.*?)^```$", README.read_text("utf-8"), re.DOTALL | re.MULTILINE)


@pytest.fixture(scope="module")
def clone(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a folder with what the examples speak of, and a catalogue of the samples."""
    folder = tmp_path_factory.mktemp("clone")
    shutil.copytree(ROOT / "samples", folder / "samples")
    shutil.copytree(ROOT / "db", folder / "db")
    with pytest.MonkeyPatch.context() as patch:
        patch.chdir(folder)
        main(["ingest", "samples", "--manifest", "samples/manifest.csv", "--quiet"])
    return folder


@pytest.mark.parametrize("block", [block for block in EXAMPLES if "venv" not in block], ids=lambda block: block[:60])
def test_an_example_runs_as_printed(block: str, clone: Path) -> None:
    """Each line of it: the two that set up a clone are those that .ci/run begins with."""
    for program in ("sqlite3", "jq"):
        if f"{program} " in block and not shutil.which(program):
            pytest.skip(f"there is no {program} here")
    path = f"{Path(sys.executable).parent}:{os.environ['PATH']}"
    for line in (line for line in block.splitlines() if not line.startswith("#")):
        done = subprocess.run(
            ["bash", "-euo", "pipefail", "-c", line], cwd=clone, env={**os.environ, "PATH": path}, check=False,
            stdin=subprocess.DEVNULL, capture_output=True, text=True,
        )  # fmt: skip

        assert done.returncode == 0, f"{line}\n{done.stderr}"
        assert done.stdout or ">" in line


HEADINGS = {"Commands": "命令", "The record": "记录"}


def _table(heading: str, readme: Path = README) -> list[tuple[str, str]]:
    """Return the rows of the first table under a heading: the first cell and the rest of the row, without the head."""
    named = heading if readme is README else HEADINGS[heading]
    section = readme.read_text("utf-8").split(f"\n## {named}\n")[1].split("\n## ")[0]
    table = next(part for part in section.split("\n\n") if part.lstrip().startswith("|"))
    return [(row["first"], row["rest"]) for row in ROW.finditer(table)][1:]


@pytest.mark.parametrize("readme", [README, CHINESE], ids=lambda path: path.name)
def test_the_command_table_lists_every_command(readme: Path, capsys: pytest.CaptureFixture[str]) -> None:
    main(["--help"])
    commands = re.findall(r"^  ([a-z]+)  ", capsys.readouterr().out.split("Commands:")[1], re.MULTILINE)

    assert [first.split()[1].strip("`") for first, _ in _table("Commands", readme)] == commands


@pytest.mark.parametrize("readme", [README, CHINESE], ids=lambda path: path.name)
def test_the_options_in_the_command_table_exist(readme: Path, capsys: pytest.CaptureFixture[str]) -> None:
    unknown = []
    for first, rest in _table("Commands", readme):
        command = first.split()[1].strip("`")
        main([command, "--help"])
        shown = capsys.readouterr().out
        unknown += [f"{command} {option}" for option in re.findall(r"`(--[a-z-]+[a-z])", rest) if option not in shown]

    assert unknown == []


@pytest.mark.parametrize("readme", [README, CHINESE], ids=lambda path: path.name)
def test_the_record_table_lists_every_key_of_the_record(readme: Path) -> None:
    listed = [key for first, _ in _table("The record", readme) for key in re.findall(r"`(\w+)`", first)]

    assert sorted(listed) == sorted(record_as_plain(NOTHING))


def _blocks(readme: Path) -> list[str]:
    """Return what stands between fences, without remarks; in the drawing of the folders only the paths."""
    blocks = re.findall(r"^```(\w*)\n(.*?)^```$", readme.read_text("utf-8"), re.DOTALL | re.MULTILINE)
    return [
        re.sub(r"^# .*\n", "", text, flags=re.MULTILINE) if kind else "\n".join(re.findall(r"\S+/(?=\s)", text))
        for kind, text in blocks
    ]


def test_both_readmes_have_the_same_examples() -> None:
    assert _blocks(CHINESE) == _blocks(README)
    assert len(_blocks(README)) > 8


def _prose(readme: Path) -> str:
    return re.sub(r"^```.*?^```$", "", readme.read_text("utf-8"), flags=re.DOTALL | re.MULTILINE)


def test_both_readmes_have_the_same_sections_tables_and_lists() -> None:
    shape = [re.findall(r"^(#+|\||- )", _prose(readme), re.MULTILINE) for readme in (README, CHINESE)]

    assert shape[0] == shape[1]


def test_both_readmes_speak_of_the_same_things() -> None:
    english, chinese = ({*re.findall(r"`([^`\n]+)`", _prose(readme))} for readme in (README, CHINESE))

    assert english ^ chinese == set()


@pytest.mark.parametrize("readme", [README, CHINESE], ids=lambda path: path.name)
def test_a_link_leads_somewhere(readme: Path) -> None:
    links = re.findall(r"\]\(([^)]+)\)", _prose(readme))
    headings = {
        f"#{heading.lower().replace(' ', '-')}" for heading in re.findall(r"^## (.+)$", _prose(readme), re.MULTILINE)
    }
    lost = [one for one in links if not (one.startswith("https:") or one in headings or (ROOT / one).exists())]

    assert (README if readme is CHINESE else CHINESE).name in links
    assert lost == []
