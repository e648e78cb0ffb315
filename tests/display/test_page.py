"""The page of a report: whole, self-contained, and safe whatever a captured page printed."""

import io
import re
from html.parser import HTMLParser
from xml.etree import ElementTree

import pytest

from catalog.display.page import write_page
from catalog.display.svg import MOST_BARS, draw_svg
from catalog.model.table import Cell, Chart, ChartKind, Column, Subject, Table

HOSTILE = "</text><script>alert(1)</script>\x1b[31m\u202e&\"' ]]> <img src=http://x/>"
COLUMNS = (
    Column("site"), Column("records", is_number=True), Column("views", is_number=True),
    Column("first", is_whole=True), Column("history", is_whole=True, is_series=True),
)  # fmt: skip
ROWS: tuple[tuple[Cell, ...], ...] = (
    ("青禾县人民政府", 12, None, "2024-10-08T09:30", "[1,null,3]"), (HOSTILE, 3, 40, "2024-10-08", None),
    (None, 1, 0, None, "[5,5]"),
)  # fmt: skip
CHARTS = [
    Chart(ChartKind.BARS, ("records",), ("site",)),
    Chart(ChartKind.TIME, ("records",), ("site",)),
    Chart(ChartKind.PARTS, ("records", "views"), ("site",)),
    Chart(ChartKind.SERIES, ("history",), ("site",)),
]
EVERY_CHART = pytest.mark.parametrize("chart", CHARTS, ids=lambda chart: chart.kind)
SUBJECT = Subject("catalog.db", "2026-11-22T08:00:00Z", f"源 {HOSTILE}", 16)


def page_of(table: Table, subject: Subject = SUBJECT) -> str:
    out = io.StringIO()
    write_page(table, subject, out)
    return out.getvalue()


def table_with(chart: Chart | None) -> Table:
    return Table("Records by site", COLUMNS, ROWS, chart=chart, notes=("What it means & more.",))


class Tags(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.met: list[tuple[str, dict[str, str | None]]] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.met.append((tag, dict(attrs)))


@EVERY_CHART
def test_a_page_loads_and_runs_nothing(chart: Chart) -> None:
    page = page_of(table_with(chart))
    tags = Tags()
    tags.feed(page)

    assert not {tag for tag, _ in tags.met} & {"script", "img", "link", "iframe", "object", "image", "use", "a"}
    assert not [attrs for _, attrs in tags.met if {"src", "href", "xlink:href"} & set(attrs)]
    assert not [name for _, attrs in tags.met for name in attrs if name.startswith("on")]
    assert "url(" not in page
    assert "@import" not in page
    assert not set(page) & set("\x1b\u202e")


@EVERY_CHART
def test_a_chart_is_sound_xml_with_all_its_text_in_it(chart: Chart) -> None:
    drawing = draw_svg(table_with(chart))
    root = ElementTree.fromstring(drawing)  # noqa: S314 -- our own

    assert root.tag == "svg"
    assert "青禾县人民政府" in "".join(root.itertext())
    assert not re.search(r"\bnan\b|\binf\b", drawing)


def test_a_page_says_what_it_is_about() -> None:
    page = page_of(table_with(None))

    assert "<title>Records by site</title>" in page
    assert "16 records that match <b>源 &lt;/text&gt;" in page
    assert "in catalog.db, as of 2026-11-22T08:00:00Z" in page
    assert "What it means &amp; more." in page
    assert "<svg" not in page


def test_what_is_not_known_is_a_dash_and_zero_is_zero() -> None:
    page = page_of(table_with(None))

    assert '<td class="n none">—</td>' in page
    assert '<td class="n">0</td>' in page


def test_a_time_can_break_before_its_hour_and_a_series_is_drawn() -> None:
    page = page_of(table_with(None))

    assert '<span class="w">2024-10-08</span><wbr><span class="w">T09:30</span>' in page
    assert 'title="1, —, 3">▁·█</td>' in page


def test_a_report_without_rows_is_a_page() -> None:
    page = page_of(Table("Records by site", COLUMNS, (), chart=CHARTS[0]), Subject("c.db", None, "", 0))

    assert "All 0 records in c.db</p>" in page
    assert "Nothing to list" in page


def test_long_labels_are_cut_in_the_chart_alone_and_many_rows_are_counted() -> None:
    long = "长" * 60
    rows = tuple((long + str(n), n + 1) for n in range(MOST_BARS[ChartKind.BARS] + 7))
    table = Table("", COLUMNS[:2], rows, chart=CHARTS[0])
    drawing = draw_svg(table)

    assert "…</text>" in drawing
    assert f"<title>{long}0</title>" in drawing
    assert "and 7 more in the table" in drawing
    assert page_of(table).count(f">{long}") > MOST_BARS[ChartKind.BARS]


def test_nothing_but_unknown_figures_is_not_drawn() -> None:
    table = Table("", COLUMNS[:2], (("青禾", None),), chart=CHARTS[0])

    assert draw_svg(table) == ""


@pytest.mark.parametrize("kind", [ChartKind.BARS, ChartKind.TIME])
def test_a_figure_below_nothing_has_no_bar(kind: ChartKind) -> None:
    rows = (("青禾", -5), ("雁鸣", -10), ("竹林", 4))
    drawing = draw_svg(Table("", COLUMNS[:2], rows, chart=Chart(kind, ("records",), ("site",))))

    assert drawing.count("<rect") == 1
    assert "竹林: 4 records" in drawing
    assert draw_svg(Table("", COLUMNS[:2], rows[:2], chart=Chart(kind, ("records",), ("site",)))) == ""


@pytest.mark.parametrize(
    ("most", "end"), [(1, "1"), (3, "4"), (7, "8"), (893, "1,000"), (1200, "2,000"), (5000, "6,000")]
)
def test_an_axis_ends_in_a_plain_number(most: int, end: str) -> None:
    table = Table("", COLUMNS[:2], (("2024", most),), chart=CHARTS[1])

    assert f">{end}</text>" in draw_svg(table)
