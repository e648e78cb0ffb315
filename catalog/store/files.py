"""Where the SQL files are: beside the package in a working copy, inside it in a wheel. Nobody else knows."""

from functools import lru_cache
from pathlib import Path


@lru_cache(maxsize=1)
def sql_folder() -> Path:
    """Return the folder that holds migrations, reports and queries."""
    package = Path(__file__).parents[1]
    installed = package / "_db"
    return installed if installed.is_dir() else package.parent / "db"


def migration_files() -> list[Path]:
    """Return the migrations in the order in which they run."""
    return sorted((sql_folder() / "migrations").glob("[0-9][0-9][0-9][0-9]_*.sql"))


def report_files(folder: Path | None = None) -> list[Path]:
    """Return the files of the reports that ship with the program, or of those in a folder, by name."""
    return sorted((folder or sql_folder() / "reports").glob("*.sql"))


def read_query(name: str) -> str:
    """Return the SQL of db/queries/<name>.sql."""
    return (sql_folder() / "queries" / f"{name}.sql").read_text("utf-8")
