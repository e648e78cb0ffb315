"""Pictures drawn by the extra `chart`; what is said where it is not installed."""

import importlib.util
import sys

import pytest

from catalog.display.chart import draw_file
from catalog.errors import ExtraMissing, UsageError
from catalog.model.table import Chart, ChartKind, Column, Table
from tests.display.test_page import CHARTS, table_with

MISSING = [name for name in ("altair", "vl_convert") if importlib.util.find_spec(name) is None]
needs_extra = pytest.mark.skipif(
    bool(MISSING), reason=f"not installed: {', '.join(MISSING)}; pip install -e '.[chart]'"
)


@needs_extra
@pytest.mark.parametrize("chart", CHARTS, ids=lambda chart: chart.kind)
def test_a_chart_is_a_picture_with_its_text(chart: Chart) -> None:
    table = table_with(chart)
    drawn = draw_file(table, ".svg").decode()

    assert drawn.startswith("<svg")
    assert "青禾县人民政府" in drawn
    assert not set(drawn) & set("\x1b\u202e")
    assert "<script" not in drawn


@needs_extra
def test_a_picture_of_points_is_png() -> None:
    assert draw_file(table_with(CHARTS[0]), ".png").startswith(b"\x89PNG")


@needs_extra
def test_rows_of_one_label_are_drawn_apart() -> None:
    rows = (("青禾", 1), ("青禾", 2), ("青禾", 3))
    table = Table("", (Column("site"), Column("records", is_number=True)), rows, chart=CHARTS[0])

    assert "青禾 (3)" in draw_file(table, ".svg").decode()


def test_without_the_extra_it_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "vl_convert", None)
    monkeypatch.setitem(sys.modules, "altair", None)

    with pytest.raises(ExtraMissing, match=r"pip install 'govnews-catalog\[chart\]'"):
        draw_file(table_with(CHARTS[0]), ".svg")


@pytest.mark.parametrize(
    ("table", "suffix", "said"),
    [
        (table_with(CHARTS[0]), ".pdf", "ends in .svg or .png"),
        (table_with(None), ".svg", "has no chart"),
        (Table("", (Column("a"),), (), chart=Chart(ChartKind.BARS, ("a",), ("a",))), ".svg", "nothing to draw"),
    ],
)
def test_what_cannot_be_drawn_is_said(table: Table, suffix: str, said: str) -> None:
    with pytest.raises(UsageError, match=said):
        draw_file(table, suffix)
