import pytest
from rich.cells import cell_len

from catalog.display.bars import MOST_SPARKS, draw_bar, draw_chart, draw_parts, draw_sparkline, legend_of
from catalog.model.table import Chart, ChartKind, Column, Table


@pytest.mark.parametrize(
    ("value", "bar"),
    [(80, "██████████"), (40, "█████"), (36, "████▌"), (1, "▏"), (0.001, "▏"), (0, ""), (None, ""), (-3, "")],
)
def test_a_bar_is_as_long_as_its_value(value: float | None, bar: str) -> None:
    assert draw_bar(value, 80, 10) == bar


def test_parts_fill_the_whole() -> None:
    assert draw_parts([5, 2, None, 3], 10, 10) == "█████▓▓░░░"
    assert draw_parts([1, 1, 1], 3, 10) == "███▓▓▓▓▒▒▒"
    assert draw_parts([0], 0, 10) == ""


@pytest.mark.parametrize(
    ("values", "line"),
    [
        ([0, 1, 2, 3, 4, 5, 6, 7], "▁▂▃▄▅▆▇█"),
        ([7, None, 0], "█·▁"),
        ([5, 5], "▄▄"),
        ([None, None], "··"),
        ([], ""),
    ],
)
def test_a_sparkline_has_a_column_a_value(values: list[float | None], line: str) -> None:
    assert draw_sparkline(values) == line


def test_a_long_series_keeps_its_ends_and_its_gaps() -> None:
    values: list[float | None] = [*range(100), *[None] * 100, 300]
    line = draw_sparkline(values)

    assert len(line) == MOST_SPARKS
    assert (line[0], line[-1]) == ("▁", "█")
    assert "·" in line


COLUMNS = (Column("site"), Column("a", is_number=True), Column("b", is_number=True))
ROWS = (("青禾", 4, 4), ("雁鸣", 2, None))


def test_each_row_has_its_bar() -> None:
    table = Table("", COLUMNS, ROWS, chart=Chart(ChartKind.BARS, ("a",), ("site",)))

    assert draw_chart(table, 8) == ["████████", "████"]
    assert legend_of(table) is None


def test_each_row_has_its_parts_and_the_table_a_legend() -> None:
    table = Table("", COLUMNS, ROWS, chart=Chart(ChartKind.PARTS, ("a", "b"), ("site",)))

    assert draw_chart(table, 8) == ["████▓▓▓▓", "██"]
    assert legend_of(table) == "█ a   ▓ b"
    assert all(cell_len(bar) <= 8 for bar in draw_chart(table, 8) or [])


def test_a_table_without_a_chart_is_not_drawn() -> None:
    assert draw_chart(Table("", COLUMNS, ROWS), 8) is None
