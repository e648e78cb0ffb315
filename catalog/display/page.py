"""A report as one page that needs nothing else: no network, no script; for the screen, light or dark, and for print."""

import re
from collections.abc import Iterator
from typing import TextIO

from catalog.display.bars import draw_sparkline
from catalog.display.formats import html_text, read_series
from catalog.display.labels import NONE
from catalog.display.screen import counted
from catalog.display.svg import draw_svg
from catalog.model.table import Cell, Column, Subject, Table

DATE_AND_TIME = re.compile(r"(\d{4}-\d\d-\d\d)(T\S+)")  # where there is no room it takes two lines
# eight colours that those who see red and green alike can tell apart, light enough for letters beside them
STYLE = """
:root { color-scheme: light dark; --paper: #fff; --ink: #1c1e21; --soft: #62666d; --rule: #d8dade; --stripe: #f5f6f8;
  --part1: #2f6690; --part2: #e39b2d; --part3: #7aa95c; --part4: #a34a6b; --part5: #c9ccd1; --part6: #5fb4c9;
  --part7: #8b6fb3; --part8: #6b5b4b; }
@media (prefers-color-scheme: dark) { :root { --paper: #17191c; --ink: #e6e7e9; --soft: #9aa0a8; --rule: #3a3e44;
  --stripe: #1f2226; --part1: #6ba6d6; --part2: #e8ad52; --part3: #94c475; --part4: #d27d9f; --part5: #4b5058;
  --part6: #7cc7d9; --part7: #ae95d6; --part8: #b09a83; } }
* { box-sizing: border-box; }
body { margin: 2.5rem auto; max-width: 76rem; padding: 0 1.5rem; background: var(--paper); color: var(--ink);
  font: 15px/1.55 system-ui, "Noto Sans CJK SC", "Source Han Sans SC", "PingFang SC", "Microsoft YaHei", sans-serif; }
h1 { font-size: 1.6rem; line-height: 1.3; margin: 0 0 .4rem; }
.about { color: var(--soft); margin: 0 0 1.6rem; }
.about b { color: var(--ink); font-weight: 600; }
figure { margin: 0 0 2rem; max-width: 54rem; }
svg { display: block; width: 100%; height: auto; }
svg text { fill: var(--ink); }
svg .figure { fill: var(--soft); font-variant-numeric: tabular-nums; }
svg .end { text-anchor: end; }
svg .middle { text-anchor: middle; }
svg .axis { stroke: var(--rule); stroke-width: 1; }
svg .line { fill: none; stroke: var(--part1); stroke-width: 1.6; }
.wide { overflow-x: auto; }
table { border-collapse: collapse; font-size: .93rem; }
th, td { padding: .3rem .8rem .3rem 0; text-align: left; vertical-align: top; border-bottom: 1px solid var(--rule);
  overflow-wrap: anywhere; }
th { border-bottom: 2px solid var(--ink); vertical-align: bottom; white-space: nowrap; }
tbody tr:nth-child(even) { background: var(--stripe); }
.n { text-align: right; font-variant-numeric: tabular-nums; white-space: nowrap; }
.w { white-space: nowrap; }
.text { min-width: 9em; }
.none { color: var(--soft); }
.notes { color: var(--soft); font-size: .87rem; max-width: 48rem; margin-top: 1.5rem; }
@media print { body { margin: 0; max-width: none; padding: 0; font-size: 10pt; } thead { display: table-header-group; }
  tr, figure { break-inside: avoid; } svg { width: auto; max-width: 100%; max-height: 215mm; }
  .wide { overflow: visible; } table { font-size: 8.5pt; }
  rect, circle { print-color-adjust: exact; -webkit-print-color-adjust: exact; } }
@media print and (prefers-color-scheme: dark) { :root { --paper: #fff; --ink: #000; --soft: #555; --rule: #bbb;
  --stripe: #fff; --part5: #c9ccd1; } }
""" + "".join(f"svg .part{n} {{ fill: var(--part{n}); }}\n" for n in range(1, 9))


def write_page(table: Table, subject: Subject, out: TextIO) -> None:
    """Write the page. All text is escaped; whatever it says, the page loads nothing and runs nothing."""
    out.write("\n".join(_page(table, subject)) + "\n")


def _page(table: Table, subject: Subject) -> Iterator[str]:
    title = html_text(table.title)
    yield "<!doctype html>"
    yield '<html lang="en">\n<head>\n<meta charset="utf-8">'
    yield '<meta name="viewport" content="width=device-width, initial-scale=1">'
    yield "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src 'unsafe-inline'\">"
    yield f"<title>{title}</title>\n<style>{STYLE}</style>\n</head>\n<body>"
    yield f"<h1>{title}</h1>"
    yield f'<p class="about">{_about(subject)}</p>'
    drawing = draw_svg(table)
    if drawing:
        yield f"<figure>\n{drawing}\n</figure>"
    yield from _table(table) if table.rows else ["<p>Nothing to list.</p>"]
    if table.notes:
        yield f'<p class="notes">{html_text(" ".join(table.notes))}</p>'
    yield "</body>\n</html>"


def _about(subject: Subject) -> str:
    over = counted(subject.n_records, "record")
    asked = f"{over} that match <b>{html_text(subject.query)}</b>" if subject.query else f"All {over}"
    when = f", as of {html_text(subject.changed_at)}" if subject.changed_at else ""
    return f"{asked} in {html_text(subject.catalogue)}{when}"


def _table(table: Table) -> Iterator[str]:
    yield '<div class="wide">\n<table>\n<thead>\n<tr>'
    for column in table.columns:
        style = ' class="n"' if column.is_number else ""
        yield f'<th scope="col"{style}>{html_text(column.name.replace("_", " "))}</th>'
    yield "</tr>\n</thead>\n<tbody>"
    for row in table.rows:
        yield "<tr>" + "".join(map(_cell, row, table.columns)) + "</tr>"
    yield "</tbody>\n</table>\n</div>"


def _cell(cell: Cell, column: Column) -> str:
    style = "n" if column.is_number else "w" if column.is_whole or column.is_series else "text"
    if cell is None:
        return f'<td class="{style} none">{NONE}</td>'
    if column.is_series:
        figures = ", ".join(NONE if value is None else f"{value:g}" for value in read_series(cell))
        return f'<td class="{style}" title="{html_text(figures)}">{draw_sparkline(read_series(cell))}</td>'
    time = DATE_AND_TIME.fullmatch(str(cell)) if column.is_whole else None
    if time:
        return f'<td><span class="w">{html_text(time[1])}</span><wbr><span class="w">{html_text(time[2])}</span></td>'
    return f'<td class="{style}">{html_text(str(cell))}</td>'
