import csv
import io

from catalog.export.csv import COLUMNS, write_records
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
