from pathlib import Path

import pytest

from catalog.cli.settings import read_settings
from catalog.errors import UsageError
from catalog.model.table import TableFormat


def test_without_anything_said_the_defaults_hold(tmp_path: Path) -> None:
    settings = read_settings({}, {}, tmp_path / "catalog.toml")

    assert (settings.db, settings.format, settings.jobs, settings.encoding) == (Path("catalog.db"), None, None, None)
    assert settings.quiet is False
    assert settings.who


def test_a_flag_outranks_a_variable_and_a_variable_the_file(tmp_path: Path) -> None:
    file = tmp_path / "catalog.toml"
    file.write_text('db = "文件.db"\nformat = "csv"\njobs = 3\nquiet = true\n', "utf-8")

    settings = read_settings(
        {"format": TableFormat.MD, "db": None}, {"CATALOG_FORMAT": "html", "CATALOG_JOBS": "2"}, file
    )

    assert settings.db == tmp_path / "文件.db"
    assert (settings.format, settings.jobs, settings.quiet) == (TableFormat.MD, 2, True)


@pytest.mark.parametrize(
    ("toml", "said"),
    [
        ('formt = "csv"', "did you mean format"),
        ('format = "xml"', "no format"),
        ("jobs = 0", "workers"),
        ("db =", "read"),
    ],
)
def test_a_file_that_cannot_be_meant_is_a_usage_error(toml: str, said: str, tmp_path: Path) -> None:
    file = tmp_path / "catalog.toml"
    file.write_text(toml, "utf-8")

    with pytest.raises(UsageError, match=said):
        read_settings({}, {}, file)


@pytest.mark.parametrize(("value", "quiet"), [("1", True), ("yes", True), ("0", False), ("no", False), ("", False)])
def test_a_variable_can_say_no(value: str, quiet: bool, tmp_path: Path) -> None:
    assert read_settings({}, {"CATALOG_QUIET": value}, tmp_path / "none.toml").quiet is quiet
