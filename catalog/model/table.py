from dataclasses import dataclass
from enum import StrEnum

Cell = str | int | float | None


class TableFormat(StrEnum):
    """How a table is shown: `table` for eyes, the others for programs and pages."""

    TABLE = "table"
    TSV = "tsv"
    CSV = "csv"
    JSON = "json"
    JSONL = "jsonl"
    MD = "md"
    HTML = "html"


@dataclass(frozen=True, slots=True)
class Column:
    """One column. `is_number` sets it to the right; `is_whole` keeps a cell on one line (ids, dates, digests)."""

    name: str
    is_number: bool = False
    is_whole: bool = False


@dataclass(frozen=True, slots=True)
class Table:
    """Rows of one shape, the one form in which lists and reports travel. A cell is None where nothing is known.

    `schema` names the JSON form ("catalog.list/1"); `total` is how many rows there would be without a limit.
    """

    title: str
    columns: tuple[Column, ...]
    rows: tuple[tuple[Cell, ...], ...]
    schema: str = "catalog.table/1"
    total: int | None = None

    def __post_init__(self) -> None:
        if any(len(row) != len(self.columns) for row in self.rows):
            raise ValueError(f"{self.title}: a row does not have {len(self.columns)} cells")
