"""What SQLite could not keep as it is costs one capture, before anything is written."""

import json

import pytest

from catalog.model.capture import Capture, Reading
from catalog.model.field import Confidence, Evidence, Field, State
from catalog.model.record import CaptureFacts, Parsed
from catalog.model.span import Span
from catalog.store.rows import field_row, rows_of
from catalog.text.record import record_of

HIGH = Confidence.HIGH
RAW = (Evidence(Span(3, 6), "新华网", "zh.source"),)
REFUSED = [
    Field("views", State.STATED, 2**63, HIGH, "rules/1"),
    Field("views", State.STATED, "1.2万", HIGH, "rules/1"),
    Field("source", State.STATED, "半\ud800", HIGH, "rules/1"),
    Field("source", State.STATED, "新华网", HIGH, "rules/1", label="来\udc80源"),
    Field("source", State.STATED, "新华网", HIGH, "rules/1", (Evidence(Span(0, 1), "\ud800", "zh.source"),)),
    Field("editor", State.STATED, "胡某", HIGH, "rules/1", kind="robot"),
]


@pytest.mark.parametrize("field", REFUSED)
def test_an_assertion_that_cannot_be_kept_is_refused(field: Field) -> None:
    with pytest.raises(ValueError, match=r".+"):
        field_row(field)


def test_a_reading_with_half_a_character_is_refused() -> None:
    capture = Capture.of(b"x")
    reading = Reading(capture.sha256, "半\ud800", "utf-8", "valid", "plain", "1")
    parsed = Parsed(capture.sha256, (reading,), (), None, ())
    facts = CaptureFacts(capture.sha256, "", None, 1, None, None, None)

    with pytest.raises(UnicodeEncodeError):
        rows_of(capture, parsed, record_of(parsed, facts), "capture:1", "1")


@pytest.mark.parametrize(("name", "keeps_raw"), [("source", True), ("body", False)])
def test_the_raw_is_kept_but_for_a_body(name: str, keeps_raw: bool) -> None:
    row = field_row(Field(name, State.STATED, "新华网", HIGH, "rules/1", RAW))

    (evidence,) = json.loads(row[-1])
    assert ("raw" in evidence) == keeps_raw
    assert (evidence["start"], evidence["end"], evidence["rule"], evidence["witness"]) == (3, 6, "zh.source", "text")


@pytest.mark.parametrize("value", [0, -1, 2**63 - 1, None, "零\0字", "𠮷"])
def test_a_value_is_kept_as_it_is(value: str | int | None) -> None:
    state = State.ABSENT if value is None else State.STATED

    assert field_row(Field("topic", state, value, HIGH, "rules/1"))[4] == value
