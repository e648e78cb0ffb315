import zipfile
from pathlib import Path

import pytest

from tests.cli.conftest import Run
from tests.pages import page


@pytest.fixture
def archive(tmp_path: Path) -> Path:
    with zipfile.ZipFile(tmp_path / "页.zip", "w") as file:
        for number in range(3):
            file.writestr(f"{number}.txt", page(title=f"青禾县春耕第{number}期"))
    return tmp_path / "页.zip"


@pytest.mark.parametrize("verb", ["ingest", "parse"])
@pytest.mark.parametrize(
    ("words", "code"),
    [
        (["--max-file", "100"], "capture.too_large"),
        (["--max-members", "2"], "archive.too_large"),
        (["--max-archive", "1k"], "archive.too_large"),
    ],
)
def test_a_limit_can_be_set_and_what_is_beyond_it_is_a_problem(
    verb: str, words: list[str], code: str, archive: Path, run: Run
) -> None:
    usual, limited = run(verb, archive), run(verb, archive, *words)

    assert (usual.status, limited.status) == (0, 3)
    assert code in limited.err


@pytest.mark.parametrize("size", ["0", "-1", "10T", "一兆", "1.5M", "", "９"])
def test_what_is_no_size_is_refused(size: str, archive: Path, run: Run) -> None:
    ran = run("ingest", archive, f"--max-file={size}")

    assert ran.status == 2
    assert "no size in bytes" in ran.err
