import csv
import io

import pytest
from hypothesis import given
from hypothesis import strategies as st

from catalog.export.csv import COLUMNS, csv_cell, read_csv_cell, write_records
from catalog.model.record import Agent, Body, Record


def _record(**said: object) -> Record:
    blank: dict[str, object] = {
        "kind": "article", "language": None, "values": {}, "breadcrumb": (), "agents": (), "tags": (),
        "identifiers": (), "contact": (), "body": None, "repeats": 0, "fields": (), "conflicts": (),
    }  # fmt: skip
    return Record(**(blank | said))  # type: ignore[arg-type]


def _rows(*records: Record) -> list[dict[str, str]]:
    out = io.StringIO()
    write_records(records, out)
    return list(csv.DictReader(io.StringIO(out.getvalue(), newline="")))


def test_no_column_is_named_twice() -> None:
    assert len(set(COLUMNS)) == len(COLUMNS)


def test_several_names_in_one_role_stand_in_one_cell() -> None:
    agents = tuple(Agent("editor", "编辑", name, "person") for name in ("李　娜", "阿依古丽·买买提江"))

    assert _rows(_record(agents=agents))[0]["editor"] == "李　娜; 阿依古丽·买买提江"


def test_unknown_views_are_empty_and_printed_zero_is_zero() -> None:
    unknown, zero = _rows(_record(), _record(values={"views": 0}))

    assert (unknown["views"], zero["views"]) == ("", "0")


def test_paragraphs_quotes_and_commas_survive_a_cell() -> None:
    text = '第一段，"引"\n第二段,'

    assert _rows(_record(body=Body(text, "00")))[0]["body"] == text


def test_an_escape_sequence_is_spelt_out() -> None:
    assert _rows(_record(values={"title": "\x1b[31m红\u202e"}))[0]["title"] == "\\x1b[31m红\\u202e"


@pytest.mark.parametrize(
    "text",
    ["=1+1", "+86", "-2", "@SUM(A1)", "\t=1", " =1", "＝1", "－5℃ 寒潮", "　@青禾发布", "\n=1", "'=1", "''=1"],
)
def test_no_cell_is_a_formula_and_the_guard_comes_off(text: str) -> None:
    guarded = _rows(_record(values={"title": text}))[0]["title"]

    assert guarded == f"'{text}"
    assert read_csv_cell(guarded) == text


@pytest.mark.parametrize("text", ["青禾县=好", "'一带一路'", "“＝”", "2024-05-01", "'"])
def test_what_is_no_formula_is_left_alone(text: str) -> None:
    assert csv_cell(text) == text


def test_a_carriage_return_does_not_end_the_row() -> None:
    """Python's writer quotes a newline, but no carriage return unless rows end with one."""
    assert _rows(_record(values={"title": "青禾县\r=1"}))[0]["title"] == "青禾县\\r=1"


@given(st.text(st.sampled_from("'=+-@\t\n 青1")))
def test_the_guard_comes_off_whatever_stands_behind_it(text: str) -> None:
    assert read_csv_cell(str(csv_cell(text))) == text
