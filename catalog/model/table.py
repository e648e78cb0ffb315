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
    """One column. `is_number` sets it to the right; `is_whole` keeps a cell on one line (ids, dates, digests).

    Cells of a column that `is_series` are JSON arrays of numbers and null, in the order of time; in one that
    `is_marked` what was looked for stands between ⟦ and ⟧.
    """

    name: str
    is_number: bool = False
    is_whole: bool = False
    is_series: bool = False
    is_marked: bool = False


class ChartKind(StrEnum):
    """How figures are drawn: `bars` one a row, `time` upright, a row each, `parts` of a whole, `series` as lines."""

    BARS = "bars"
    TIME = "time"
    PARTS = "parts"
    SERIES = "series"


@dataclass(frozen=True, slots=True)
class Chart:
    """What of a table is drawn: the columns with the figures, and those whose cells name a row."""

    kind: ChartKind
    values: tuple[str, ...]
    labels: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Table:
    """Rows of one shape, the one form in which lists and reports travel. A cell is None where nothing is known.

    `schema` names the JSON form ("catalog.list/1"); `total` is how many rows there would be without a limit; `notes`
    say what the columns mean; `long` is the same in fewer columns and more rows, for where this is too wide.
    """

    title: str
    columns: tuple[Column, ...]
    rows: tuple[tuple[Cell, ...], ...]
    schema: str = "catalog.table/1"
    total: int | None = None
    chart: Chart | None = None
    notes: tuple[str, ...] = ()
    long: "Table | None" = None

    def __post_init__(self) -> None:
        if any(len(row) != len(self.columns) for row in self.rows):
            raise ValueError(f"{self.title}: a row does not have {len(self.columns)} cells")

    def column(self, name: str) -> list[Cell]:
        """Return the cells of a column from top to bottom."""
        at = [column.name for column in self.columns].index(name)
        return [row[at] for row in self.rows]


@dataclass(frozen=True, slots=True)
class Subject:
    """What a report is about: the catalogue, when it last changed (UTC), the query and how many records match it."""

    catalogue: str
    changed_at: str | None
    query: str
    n_records: int
