import pytest
from hypothesis import given
from hypothesis import strategies as st

from catalog.display.safe import escape_tsv, one_line, read_tsv
from catalog.export.plain_text import spell_controls

SPELT = [
    ("\x1b[31m", "\\x1b[31m"),
    ("\x9b31m", "\\x9b31m"),
    ("甲\u202e乙", "甲\\u202e乙"),
    ("\u2066x\u2069", "\\u2066x\\u2069"),
    ("\U000e0041", "\\U000e0041"),
    ("\udcff", "\\udcff"),
    ("\x07\x08\x7f", "\\x07\\x08\\x7f"),
]
AS_PRINTED = ["阿依古丽·买买提江", "發布單位：○○局", "　全角　空格", "a\u00a0b", "[bold]红[/bold]", "丨", "👩\u200d👧"]


@pytest.mark.parametrize(("text", "shown"), SPELT)
def test_what_steers_a_terminal_is_spelt_out(text: str, shown: str) -> None:
    assert spell_controls(text) == one_line(text) == shown


@pytest.mark.parametrize("text", AS_PRINTED)
def test_everything_else_stays_as_printed(text: str) -> None:
    assert spell_controls(text) == one_line(text) == text


@given(st.text())
def test_one_line_is_one_line_that_steers_nothing(text: str) -> None:
    line = one_line(text)

    assert spell_controls(line) == line
    assert len(line.splitlines()) <= 1


@given(st.text(st.one_of(st.characters(), st.sampled_from("\t\n\r\\\x1b\x9b\u202e\u2028\ud800ntxuU0123"))))
def test_a_tsv_value_reads_back_and_stays_in_its_cell(text: str) -> None:
    value = escape_tsv(text)

    assert read_tsv(value) == text
    assert not set(value) & set("\t\n\r\x1b\x9b\u202e\u2028")
