"""What the tree promises of itself: who imports whom, what each room and error says, what no file names."""

import ast
import pkgutil
import re
import subprocess
import sys
import tomllib
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pytest

import catalog
from catalog.errors import EXIT_STATUSES, CatalogError
from catalog.version import __version__

ROOT = Path(__file__).parents[1]
MODULES = sorted(one.name for one in pkgutil.walk_packages(catalog.__path__, "catalog."))
ROOMS = sorted(path.parent for path in (ROOT / "catalog").glob("*/__init__.py"))
NO_SUBJECT = {"utils", "util", "helpers", "common", "core", "misc"}

# a new environment for each: what a module needs it has to import itself, not find because another was there first
IMPORT_EACH_ALONE = """
import importlib, sys
for name in sys.argv[1:]:
    for loaded in [one for one in sys.modules if one == "catalog" or one.startswith("catalog.")]:
        del sys.modules[loaded]
    try:
        importlib.import_module(name)
    except Exception as error:
        print(f"{name}: {error!r}")
"""


def _tracked() -> Iterator[Path]:
    """Yield the files of the project: those git knows, or all but caches where there is no git."""
    listed = subprocess.run(["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, check=False)
    if listed.returncode == 0:
        yield from (ROOT / name for name in listed.stdout.decode("utf-8").split("\0") if name)
        return
    skipped = {".venv", "__pycache__", "dist", "build"}
    for path in ROOT.rglob("*"):
        if path.is_file() and not any(part in skipped or part.endswith("_cache") for part in path.parts):
            yield path


def _errors(base: type[CatalogError] = CatalogError) -> Iterator[type[CatalogError]]:
    yield base
    for below in base.__subclasses__():
        yield from _errors(below)


def test_the_import_contracts_hold() -> None:
    code = "from importlinter.cli import lint_imports_command as run; run()"
    checked = subprocess.run(
        [sys.executable, "-c", code, "--no-cache"], cwd=ROOT, capture_output=True, text=True, check=False
    )

    assert (checked.returncode, checked.stderr) == (0, ""), checked.stdout


def test_each_module_imports_alone() -> None:
    done = subprocess.run(
        [sys.executable, "-c", IMPORT_EACH_ALONE, *MODULES], cwd=ROOT, capture_output=True, text=True, check=False
    )

    assert len(MODULES) > 50
    assert (done.stdout, done.stderr) == ("", "")


ONLY_THERE = [
    ({"typer", "click"}, {"cli"}),
    ({"rich"}, {"display"}),
    ({"sqlite_utils"}, {"store"}),
    ({"os.environ", "os.getenv"}, {"cli"}),
    ({"datetime.now", "time.time"}, {"cli"}),
    ({"print", "sys.stdout", "sys.stderr"}, {"cli", "display"}),
]


@pytest.mark.parametrize(("names", "rooms"), ONLY_THERE, ids=lambda names: " ".join(sorted(names)))
def test_only_these_rooms_use(names: set[str], rooms: set[str]) -> None:
    users = {
        path.relative_to(ROOT).parts[1]
        for path in (ROOT / "catalog").rglob("*.py")
        if names & (set(_imported(path)) | set(_used(path)))
    }

    assert users == rooms


def _imported(path: Path) -> Iterator[str]:
    """Yield the top-level names that a file imports, at any depth."""
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.Import):
            yield from (alias.name.split(".")[0] for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            yield (node.module or "").split(".")[0]


def _used(path: Path) -> Iterator[str]:
    """Yield every plain name of a file and every attribute of one, as "module.attribute"."""
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.Name):
            yield node.id
        elif isinstance(node, ast.Attribute) and isinstance(node.value, ast.Name):
            yield f"{node.value.id}.{node.attr}"


@pytest.mark.parametrize("room", ROOMS, ids=lambda room: room.name)
def test_a_room_says_what_it_is_for_and_holds_nothing_else(room: Path) -> None:
    tree = ast.parse((room / "__init__.py").read_text("utf-8"))

    assert len(ast.get_docstring(tree) or "") > 100
    assert len(tree.body) == 1


def test_no_module_goes_without_a_subject() -> None:
    assert [name for name in MODULES if NO_SUBJECT & set(name.split("."))] == []


def test_the_codes_of_errors_are_unique() -> None:
    counts = Counter(error.code for error in _errors())

    assert [code for code, n in counts.items() if n > 1] == []


@pytest.mark.parametrize("error", list(_errors()), ids=lambda error: error.code)
def test_an_error_ends_with_a_listed_status_that_is_not_that_of_a_bug(error: type[CatalogError]) -> None:
    assert error.exit_status in EXIT_STATUSES
    assert error.exit_status not in (0, 1)
    assert error.__doc__


def test_the_readme_lists_every_exit_status_and_no_other() -> None:
    listed = re.findall(r"^\| (\d+) \|", (ROOT / "README.md").read_text("utf-8"), re.MULTILINE)

    assert [int(status) for status in listed] == list(EXIT_STATUSES)


def test_the_version_is_written_in_one_place() -> None:
    literal = f'"{__version__}"'
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]

    assert "version" in project["dynamic"]
    assert [path.name for path in (ROOT / "catalog").rglob("*.py") if literal in path.read_text("utf-8")] == [
        "version.py"
    ]


def test_no_file_names_a_registry_or_a_folder_of_one_machine() -> None:
    # spelt in pieces, so that this file does not name them either
    named = [
        "pypi" + ".org",
        "python" + "hosted",
        "anaconda" + ".org",
        "/ho" + "me/",
        "/ro" + "ot/",
        "/Us" + "ers/",
        f"{ROOT}/",
    ]
    found = [
        f"{path.relative_to(ROOT)}: {name}"
        for path in _tracked()
        if path.is_file()
        for name in named
        if name.encode() in path.read_bytes()
    ]

    assert found == []


def test_no_lock_file_is_kept() -> None:
    assert [
        path.name for path in _tracked() if path.name in {"uv.lock", "poetry.lock", "pdm.lock", "Pipfile.lock"}
    ] == []


def test_sql_files_are_in_db_and_nothing_but_sql_runs_there() -> None:
    assert [path for path in _tracked() if path.suffix == ".sql" and path.relative_to(ROOT).parts[0] != "db"] == []
    assert [path for path in _tracked() if path.suffix == ".py" and path.relative_to(ROOT).parts[0] == "db"] == []
