from catalog.model.table import Cell, ChartKind, Column, Table
from catalog.services.cross import cross

COLUMNS = (
    Column("source"), Column("tag"), Column("records", is_number=True), Column("views", is_number=True),
)  # fmt: skip
ROWS: tuple[tuple[Cell, ...], ...] = (
    ("云陵社", "要闻", 2, 70), ("云陵社", "通知", 2, None), ("霞岭日报", "要闻", 1, 5), (None, None, 4, None),
)  # fmt: skip
LONG = Table("Records by source, tag", COLUMNS, ROWS)


def test_values_of_the_second_stand_across_in_their_order() -> None:
    table = cross(LONG, {"云陵社": 3, "霞岭日报": 1, None: 4}, {"要闻": 3, "通知": 2, None: 4}, "records")

    assert [column.name for column in table.columns] == ["source", "records", "要闻", "通知", "(none)"]
    assert table.rows == (("云陵社", 3, 2, 2, 0), ("霞岭日报", 1, 1, 0, 0), (None, 4, 0, 0, 4))
    assert (table.title, table.long) == ("Records by source and tag", LONG)


def test_views_of_no_record_are_not_known() -> None:
    table = cross(LONG, {"霞岭日报": 5}, {"要闻": 75, "通知": None}, "views")

    assert table.rows == (("霞岭日报", 5, 5, None),)


def test_a_value_that_is_named_like_a_column_gets_another_name() -> None:
    values: dict[Cell, Cell] = {"source": 1, "records": 1, "(none)": 1, None: 1}
    table = cross(LONG, {}, values, "records")

    assert [column.name for column in table.columns] == [
        "source", "records", "source (2)", "records (2)", "(none)", "(none) (2)",
    ]  # fmt: skip


def test_many_values_are_drawn_as_their_total() -> None:
    few: dict[Cell, Cell] = {f"值{n}": n for n in range(8)}
    charts = [cross(LONG, {}, values, "records").chart for values in (few, few | {"多": 1})]

    assert [chart and chart.kind for chart in charts] == [ChartKind.PARTS, ChartKind.BARS]


def test_times_that_have_no_room_are_a_series() -> None:
    head = (COLUMNS[0], Column("month"), *COLUMNS[2:])
    long = Table("", head, (("云陵社", "2024-01", 2, 70), ("云陵社", "2024-03", 1, None), ("云陵社", None, 1, None)))
    across: dict[Cell, Cell] = {"2024-01": 2, "2024-02": 1, "2024-03": 1, None: 1}
    narrow = cross(long, {"云陵社": 4}, across, "records", is_time=True).long

    assert narrow is not None
    assert narrow.columns[2] == Column("2024-01 … 2024-03", is_whole=True, is_series=True)
    assert narrow.rows == (("云陵社", 4, "[2, 0, 1]"),)


def test_without_any_time_there_is_no_series() -> None:
    table = cross(LONG, {"云陵社": 3}, {None: 3}, "records", is_time=True)

    assert table.long is not None
    assert [column.name for column in table.long.columns] == ["source", "records", "(none)"]
