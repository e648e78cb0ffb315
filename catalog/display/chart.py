"""Charts as files of their own, drawn by Altair, which is an extra: it and what draws for it weigh 96 MB."""

import io
from collections import Counter
from collections.abc import Sequence
from typing import TYPE_CHECKING

from catalog.display.formats import read_series
from catalog.display.labels import label_rows
from catalog.errors import ExtraMissing, UsageError
from catalog.export.plain_text import spell_controls
from catalog.model.table import Chart, ChartKind, Table

if TYPE_CHECKING:
    import altair as alt

FORMATS = {".svg": "svg", ".png": "png"}
INSTALL = "pip install 'govnews-catalog[chart]'"
MOST_ROWS = 60  # a picture that is longer is no picture
FONT = "Noto Sans CJK SC, Source Han Sans SC, PingFang SC, Microsoft YaHei, sans-serif"
WIDTH = 620


def draw_file(table: Table, suffix: str) -> bytes:
    """Return the table's chart as the bytes of a picture, its kind by the end of its name.

    Raises UsageError for a table or a name of which there is no chart, ExtraMissing.
    """
    if suffix not in FORMATS:
        raise UsageError(f"--chart: a chart is drawn into a file that ends in {' or '.join(FORMATS)}")
    if table.chart is None:
        raise UsageError("--chart: this report has no chart; one grouping, or two, have")
    if not table.rows:
        raise UsageError("--chart: there is nothing to draw")
    try:
        import altair  # noqa: F401
        import vl_convert  # noqa: F401 -- altair asks for it by itself, and late
    except ImportError as error:
        raise ExtraMissing(
            f"--chart needs an extra that is not installed: {INSTALL}", missing=str(error.name)
        ) from error
    drawn = _draw(table, table.chart).properties(title=table.title).configure(font=FONT)
    drawn = drawn.configure_view(stroke=None).configure_axis(labelLimit=260)
    if FORMATS[suffix] == "svg":
        text = io.StringIO()
        drawn.save(text, format="svg")
        return text.getvalue().encode()
    picture = io.BytesIO()
    drawn.save(picture, format="png", scale_factor=2)
    return picture.getvalue()


def _draw(table: Table, chart: Chart) -> "alt.Chart | alt.LayerChart":
    import altair as alt

    labels = _labels(table, chart)
    if chart.kind is ChartKind.SERIES:
        return _draw_series(labels, [read_series(cell) for cell in table.column(chart.values[0])])
    figures = {name: table.column(name) for name in chart.values}
    rows = [
        {"label": label, "part": spell_controls(name), "figure": cells[at], "order": order}
        for at, label in enumerate(labels)
        for order, (name, cells) in enumerate(figures.items())
    ]
    data = alt.Data(values=rows)
    ticks = alt.Axis(tickMinStep=1)
    amount = alt.X("figure:Q", title=chart.values[0] if len(figures) == 1 else None, axis=ticks)
    if chart.kind is ChartKind.TIME:
        upright = alt.Y("figure:Q", title=chart.values[0], axis=ticks)
        along = alt.X("label:N", sort=labels, title=None, axis=alt.Axis(labelAngle=-45, labelOverlap=True))
        return alt.Chart(data, width=WIDTH, height=280).mark_bar().encode(x=along, y=upright)
    down = alt.Y("label:N", sort=labels, title=None)
    bars = alt.Chart(data, width=WIDTH).mark_bar().encode(x=amount, y=down)
    if chart.kind is ChartKind.PARTS:
        names = [spell_controls(name) for name in figures]
        parts = alt.Color("part:N", sort=names, title=None, legend=alt.Legend(orient="top"))
        return bars.encode(color=parts, order="order:O")
    return bars + bars.mark_text(align="left", dx=4).encode(text=alt.Text("figure:Q", format=","))


def _draw_series(labels: Sequence[str], series: Sequence[list[float | None]]) -> "alt.Chart":
    import altair as alt

    rows = [
        {"label": label, "capture": at, "figure": value}
        for label, values in zip(labels, series, strict=False)
        for at, value in enumerate(values, 1)
    ]
    lines = alt.Chart(alt.Data(values=rows), width=WIDTH, height=320).mark_line(point=True)
    return lines.encode(
        x=alt.X("capture:Q", title="capture", axis=alt.Axis(tickMinStep=1)),
        y=alt.Y("figure:Q", title=None),
        color=alt.Color("label:N", sort=list(labels), title=None, legend=alt.Legend(orient="bottom", columns=1)),
    )


def _labels(table: Table, chart: Chart) -> list[str]:
    """Return a label for each of the rows that are drawn, none of them twice: Altair would lay one over the other."""
    met: Counter[str] = Counter()
    labels = []
    for label in map(spell_controls, label_rows(table, chart)[: None if chart.kind is ChartKind.TIME else MOST_ROWS]):
        met[label] += 1
        labels.append(label if met[label] == 1 else f"{label} ({met[label]})")
    return labels
