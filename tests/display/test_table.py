import csv
import io
import json
import re
from collections import Counter

import pytest
from rich.cells import cell_len

from catalog.display.formats import WRITERS, as_text
from catalog.display.safe import read_tsv
from catalog.display.table import show_table
from catalog.model.table import Cell, Column, Table, TableFormat

HOSTILE = "[bold]红字[/bold] \x1b[31m:warning: \u202e倒\t列\n行 \\n <b>|`*"
TITLE = "全省“巾帼行动”暨基层妇联组织改革现场推进会在青禾县召开"
COLUMNS = (Column("id", is_number=True, is_whole=True), Column("title"), Column("published", is_whole=True),
           Column("views", is_number=True))  # fmt: skip
ROWS: tuple[tuple[Cell, ...], ...] = ((1, TITLE, "2016-11-06T15:20", 1999), (123456, HOSTILE, None, 0))
TABLE = Table("记录", COLUMNS, ROWS, schema="catalog.list/1")


class Screen(io.StringIO):
    """A stream that says it is a terminal."""

    def isatty(self) -> bool:
        return True


def _shown(table: Table, width: int, monkeypatch: pytest.MonkeyPatch) -> str:
    monkeypatch.setenv("COLUMNS", str(width))
    monkeypatch.setenv("NO_COLOR", "1")
    monkeypatch.setenv("TERM", "xterm")
    screen = Screen()
    show_table(table, out=screen)
    return screen.getvalue()


def test_a_row_of_another_length_is_no_row() -> None:
    with pytest.raises(ValueError, match="2 cells"):
        Table("", COLUMNS[:2], ((1,),))


def test_a_pipe_gets_tsv_with_a_head_and_everything_in_it() -> None:
    pipe = io.StringIO()
    show_table(TABLE, out=pipe)

    head, *lines = pipe.getvalue().splitlines()
    assert head.split("\t") == ["id", "title", "published", "views"]
    assert [[read_tsv(value) for value in line.split("\t")] for line in lines] == [
        ["1", TITLE, "2016-11-06T15:20", "1999"],
        ["123456", HOSTILE, "", "0"],
    ]


@pytest.mark.parametrize("format_", [*WRITERS, TableFormat.TABLE])
def test_no_format_lets_a_page_steer_the_screen(format_: TableFormat) -> None:
    out = io.StringIO()
    show_table(TABLE, format_, out)

    assert not set(out.getvalue()) & set("\x1b\u202e\x9b")


@pytest.mark.parametrize("width", [20, 40, 60, 80, 200])
def test_a_terminal_reads_no_markup_and_is_not_steered(width: int, monkeypatch: pytest.MonkeyPatch) -> None:
    shown = _shown(TABLE, width, monkeypatch).replace("\x1b[1m", "").replace("\x1b[2m", "").replace("\x1b[0m", "")

    assert not set(shown) & set("\x1b\u202e\x9b⚠")
    assert "[bold]" in shown
    assert "\\x1b" in shown


@pytest.mark.parametrize("width", [40, 60, 80, 200])
def test_a_terminal_cuts_no_id_no_date_and_no_title(width: int, monkeypatch: pytest.MonkeyPatch) -> None:
    shown = _shown(TABLE, width, monkeypatch)

    assert "123456" in shown
    assert "2016-11-06T15:20" in shown
    assert "…" not in shown
    assert all(character in shown for character in TITLE)


STEERED = Table(
    "", (Column("source"), Column(HOSTILE, is_number=True), Column("\x1b[31m=1+1", is_number=True)), (("云陵社", 1, 2),)
)


@pytest.mark.parametrize("width", [20, 50, 80, 200])
def test_a_value_that_heads_a_column_steers_no_screen(width: int, monkeypatch: pytest.MonkeyPatch) -> None:
    shown = "\n".join(without_style(_shown(STEERED, width, monkeypatch)))

    assert not set(shown) & set("\x1b\u202e\x9b")
    assert "=1+1" in shown


def test_a_value_that_heads_a_column_is_no_formula_in_csv() -> None:
    table = Table("", (Column("source"), Column("=1+1", is_number=True)), (("云陵社", 1),))

    assert "'=1+1" in as_text(table, TableFormat.CSV).splitlines()[0]


WIDE = Table(
    "",
    (Column("id", is_number=True), Column("captured_at", is_whole=True), Column("captured_at_basis"), Column("title"),
     Column("reprints", is_number=True), Column("views", is_number=True), Column("sha256", is_whole=True)),
    ((7, "2016-11-06T15:20:33Z", "manifest", TITLE, 12, 123456, "0123456789abcdef" * 4),),
)  # fmt: skip


@pytest.mark.parametrize(
    ("width", "head", "time", "digest"),
    [
        (200, "captured_at", "2016-11-06T15:20:33Z", "0123456789abcdef" * 4),
        (130, "captured_", "2016-11-06T15:20:33Z", "0123456789abcdef" * 4),
        (80, "captured_ ", "2016-11-06 ", "0123456789ab"),
        (64, "capt", "2016-11-06 ", "01234567"),
    ],
)
def test_what_does_not_fit_is_set_closer_and_then_folded(
    width: int, head: str, time: str, digest: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    shown = _shown(WIDE, width, monkeypatch)

    assert "───" in shown
    assert head in shown.split("───")[0]
    assert time in shown
    assert digest in shown
    assert all(cell_len(line) <= width for line in without_style(shown))
    assert letters("7manifest12123456", TITLE, "2016-11-06T15:20:33Z", "0123456789abcdef" * 4) <= letters(shown)


def test_below_50_columns_rows_that_do_not_fit_are_lines(monkeypatch: pytest.MonkeyPatch) -> None:
    shown = _shown(WIDE, 49, monkeypatch)

    assert "───" not in shown
    assert "captured_at: 2016-11-06T15:20:33Z" in shown


def without_style(shown: str) -> list[str]:
    return re.sub(r"\x1b\[\d*m", "", shown).splitlines()


def letters(*texts: str) -> Counter[str]:
    return Counter(character for text in texts for character in text if character.isalnum())


def test_on_a_terminal_unknown_is_a_dash_and_zero_is_zero(monkeypatch: pytest.MonkeyPatch) -> None:
    last = _shown(Table("", COLUMNS, ((5, "渠县", None, 0), (6, "渠县", "2020", None))), 80, monkeypatch).splitlines()

    assert last[-2].split() == ["5", "渠县", "—", "0"]
    assert last[-1].split() == ["6", "渠县", "2020", "—"]


def test_a_table_in_a_file_is_never_cut() -> None:
    out = io.StringIO()
    show_table(Table("", COLUMNS, ((1, "长" * 3000, "2020", 1),)), TableFormat.TABLE, out)

    assert "长" * 3000 in out.getvalue()


def test_json_names_its_schema_and_keeps_null() -> None:
    document = json.loads(as_text(TABLE, TableFormat.JSON))

    assert document["schema"] == "catalog.list/1"
    assert document["data"][1] == {"id": 123456, "title": HOSTILE, "published": None, "views": 0}


def test_json_lines_are_the_rows() -> None:
    lines = as_text(TABLE, TableFormat.JSONL).splitlines()

    assert [json.loads(line) for line in lines] == json.loads(as_text(TABLE, TableFormat.JSON))["data"]


def test_csv_reads_back_with_line_ends_inside_a_cell() -> None:
    rows = list(csv.reader(io.StringIO(as_text(TABLE, TableFormat.CSV), newline="")))

    assert rows[0] == ["id", "title", "published", "views"]
    assert rows[2][1] == HOSTILE.replace("\x1b", "\\x1b").replace("\u202e", "\\u202e")


def test_html_shows_marks_as_text() -> None:
    page = as_text(TABLE, TableFormat.HTML)

    assert "<b>" not in page
    assert "&lt;b&gt;" in page


def test_a_markdown_cell_cannot_end_its_row() -> None:
    lines = as_text(TABLE, TableFormat.MD).splitlines()

    assert len(lines) == 4
    assert "\\|" in lines[3]
    assert "\\[bold\\]" in lines[3]
