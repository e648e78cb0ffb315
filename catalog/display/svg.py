"""Charts as SVG, written as text: no script, no font, no network; colours come from the page (--ink, --part1 …).

All places are in units of a drawing that is WIDTH wide. How wide a text is, is guessed: a Han character is as wide as
the letters are high, a Latin one a little more than half of it.
"""

from collections.abc import Iterator, Sequence

from catalog.display.bars import number_of
from catalog.display.formats import html_text, read_series
from catalog.display.labels import NONE, label_rows
from catalog.model.table import Chart, ChartKind, Table

WIDTH = 760
UNKNOWN = 5  # the colour of what has no value: grey
LETTER = 13  # height of the letters
LINE = 22  # from one bar to the next
LABELS = 250  # most of the width that labels take
MOST_BARS = {ChartKind.BARS: 30, ChartKind.PARTS: 60}  # a catalogue has some sixty fields; the table has all rows
MOST_LINES = 12
PLOT = 220  # height of what is drawn upright
Number = float | None


def draw_svg(table: Table) -> str:
    """Return the table's chart, "" where there is nothing to draw."""
    chart = table.chart
    if chart is None or not table.rows:
        return ""
    if chart.kind is ChartKind.SERIES:
        return _lines(table, chart)
    figures = [list(map(number_of, table.column(name))) for name in chart.values]
    if not any(_size(value) for column in figures for value in column):
        return ""
    labels = label_rows(table, chart)
    if chart.kind is ChartKind.TIME:
        return _time(labels, figures[0], chart.values[0])
    return _bars(labels, figures, chart)


def _bars(labels: Sequence[str], figures: Sequence[Sequence[Number]], chart: Chart) -> str:
    """Return horizontal bars, each of one part or of several."""
    rows = list(zip(labels, zip(*figures, strict=True), strict=True))[: MOST_BARS[chart.kind]]
    most = max(sum(map(_size, values)) for _, values in rows) or 1.0  # what is more may stand in the table alone
    left = min(LABELS, max(_width(label) for label, _ in rows)) + 10
    room = WIDTH - left - 70
    body, height = _legend(chart.values) if chart.kind is ChartKind.PARTS else ([], 0)
    top = height + 4
    for n, (label, values) in enumerate(rows):
        y = top + n * LINE
        body.append(_text((left - 8, y + 15), _cut(label), "label end", title=label))
        x = float(left)
        for part, value in enumerate(values, 1):
            if value and (width := _size(value) / most * room):
                told = f"{label}: {_figure(value)} {_spaced(chart.values[part - 1])}"
                colour = UNKNOWN if label == NONE and chart.kind is ChartKind.BARS else part
                body.append(_rect((x, y + 3, width, LINE - 6), colour, told))
                x += width
        if chart.kind is ChartKind.BARS:
            body.append(_text((x + 6, y + 15), NONE if values[0] is None else _figure(values[0])))
    height = top + len(rows) * LINE + 4
    if len(rows) < len(labels):
        body.append(_text((left, height + 14), f"and {len(labels) - len(rows):,} more in the table"))
        height += 22
    return _svg(height, body, f"{', '.join(chart.values)} by {', '.join(chart.labels)}")


def _time(labels: Sequence[str], figures: Sequence[Number], name: str) -> str:
    """Return upright bars from left to right, with as many labels as there is room for."""
    most = _round_up(max(map(_size, figures)))
    left, base = 62, PLOT + 10
    step = (WIDTH - left - 6) / len(labels)
    body = []
    for share in (0, 0.5, 1):
        y = base - share * PLOT
        body.append(f'<line class="axis" x1="{left}" x2="{WIDTH - 6}" y1="{y:.1f}" y2="{y:.1f}"/>')
        body.append(_text((left - 8, y + 4), _figure(share * most), "figure end"))
    every = max(1, -(-int(max(map(_width, labels)) + 14) // max(1, int(step))))
    for n, (label, value) in enumerate(zip(labels, figures, strict=True)):
        x = left + n * step
        if value and (height := _size(value) / most * PLOT):
            gap = min(2.0, step / 4)
            told = f"{label}: {_figure(value)} {name}"
            colour = UNKNOWN if label == NONE else 1
            body.append(_rect((x + gap / 2, base - height, step - gap, height), colour, told))
        if n % every == 0:
            body.append(_text((x + step / 2, base + 18), label, "figure middle"))
    return _svg(base + 28, body, f"{name} over time")


def _size(value: Number) -> float:
    """Return how much of a figure is drawn: nothing of what is not known, nor of what is below nothing."""
    return max(value or 0.0, 0.0)


def _round_up(value: float) -> float:
    """Return the next number that an axis may end with, whose half is as plain: 2, 4, 10, 20, 40, 60, 80, 100 …"""
    power = 10.0 ** (len(str(int(value))) - 1)
    return next(n * power for n in (1, 2, 4, 6, 8, 10) if n * power >= value)


def _lines(table: Table, chart: Chart) -> str:
    """Return a small line for each row, from its lowest to its highest figure; broken where nothing is known."""
    series = [read_series(cell) for cell in table.column(chart.values[0])]
    rows = [row for row in zip(label_rows(table, chart), series, strict=True) if any(v is not None for v in row[1])]
    shown = rows[:MOST_LINES]
    if not shown:
        return ""
    left = min(LABELS, max(_width(label) for label, _ in shown)) + 16
    body = []
    for n, (label, values) in enumerate(shown):
        top = n * 52 + 6
        known = [value for value in values if value is not None]
        body.append(_text((left - 14, top + 24), _cut(label), "label end", title=label))
        body += [_stretch(one) for one in _stretches(_points(values, left, top))]
        body.append(_text((WIDTH - 78, top + 12), _figure(max(known))))
        body.append(_text((WIDTH - 78, top + 40), _figure(min(known))))
    height = len(shown) * 52 + 6
    if len(shown) < len(rows):
        body.append(_text((left, height + 12), f"and {len(rows) - len(shown):,} more in the table"))
        height += 20
    return _svg(height, body, f"{chart.values[0]} by {', '.join(chart.labels)}")


Point = tuple[float, float]


def _points(values: Sequence[Number], left: float, top: float) -> list[Point | None]:
    """Return the place of each value between the lowest and the highest, None where nothing is known."""
    known = [value for value in values if value is not None]
    low, height = min(known), max(known) - min(known)
    step = (WIDTH - 92 - left) / max(1, len(values) - 1)
    return [
        None if value is None else (left + at * step, top + 38 - ((value - low) / height if height else 0.5) * 32)
        for at, value in enumerate(values)
    ]


def _stretches(points: Sequence[Point | None]) -> Iterator[list[Point]]:
    """Yield the runs of points between gaps."""
    run: list[Point] = []
    for point in [*points, None]:
        if point is not None:
            run.append(point)
        elif run:
            yield run
            run = []


def _stretch(points: Sequence[Point]) -> str:
    path = " ".join(f"{x:.1f},{y:.1f}" for x, y in points)
    dots = "".join(f'<circle class="part1" cx="{x:.1f}" cy="{y:.1f}" r="2.5"/>' for x, y in points)
    return f'<polyline class="line" points="{path}"/>{dots}'


def _legend(names: Sequence[str]) -> tuple[list[str], int]:
    """Return what the colours of these parts stand for, and how high that is."""
    drawn, x, y = [], 0.0, 0
    for part, name in enumerate(names, 1):
        width = _width(_cut(name)) + 34
        if x + width > WIDTH:
            x, y = 0.0, y + 20
        drawn += [
            _rect((x, y + 4, 12, 12), part, name),
            _text((x + 18, y + 15), _spaced(_cut(name)), title=_spaced(name)),
        ]
        x += width
    return drawn, y + 28


def _svg(height: float, body: Sequence[str], said: str) -> str:
    label = html_text(_spaced(said))
    start = f'<svg viewBox="0 0 {WIDTH} {height:.0f}" role="img" aria-label="{label}" font-size="{LETTER}">'
    return "\n".join([start, *body, "</svg>"])


def _rect(box: tuple[float, float, float, float], part: int, title: str) -> str:
    x, y, width, height = box
    place = f'x="{x:.1f}" y="{y:.1f}" width="{max(width, 0.8):.1f}" height="{height:.1f}"'
    return f'<rect class="part{part}" {place}><title>{html_text(title)}</title></rect>'


def _text(place: tuple[float, float], text: str, style: str = "figure", *, title: str = "") -> str:
    """Return a text that begins at a place, or ends there with "end" in its style; `title` is shown on pointing."""
    told = f"<title>{html_text(title)}</title>" if title and title != text else ""
    return f'<text class="{style}" x="{place[0]:.1f}" y="{place[1]:.1f}">{told}{html_text(text)}</text>'


def _width(text: str) -> float:
    """Return about how wide a text is drawn."""
    return sum(LETTER if ord(character) > 0x2E7F else LETTER * 0.58 for character in text)


def _cut(text: str) -> str:
    """Return as much of a label as there is room for; the table has all of it."""
    if _width(text) <= LABELS:
        return text
    while _width(text) > LABELS - LETTER:
        text = text[:-1]
    return text + "…"


def _figure(value: float) -> str:
    return f"{value:,.0f}" if value == int(value) else f"{value:,.1f}"


def _spaced(name: str) -> str:
    return name.replace("_", " ")
