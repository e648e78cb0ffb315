"""What is recorded beside a sample must be right: `--accept` records what is read, an archivist noted what is there."""

import json
from pathlib import Path

import pytest

from catalog.model.rule import RuleSet
from catalog.text.record import main_reading
from tests.known import wrong
from tests.quality.pages import sample_notes
from tests.quality.score import FIELDS, Note, Tally, score_page
from tests.reading import parse_file
from tests.samples.test_samples import expected_of, name_of

LEAST = {"body": 0.97}  # of the 5-grams of a body; a signature's date more or less
WRONG = {
    ("orchard-notes.txt", "site_name"): "the account's name in a line without labels",
    ("pomegranate-week.txt", "site_name"): "nobody says it twice",
}
NOTES = [(note, page) for note, page in sample_notes()]
ROWS = [
    wrong(note, page, field, why=why) if (why := WRONG.get((page.name, field))) else pytest.param(note, page, field)
    for note, page in NOTES
    for field in FIELDS
    if note["is_article"] or field == "is_article"
]


def name_row(value: object) -> str:
    return name_of(value) if isinstance(value, Path) else str(value) if isinstance(value, str) else ""


@pytest.mark.parametrize(("note", "page", "field"), ROWS, ids=name_row)
def test_what_is_recorded_is_what_an_archivist_noted(note: Note, page: Path, field: str, rules: RuleSet) -> None:
    record = json.loads(expected_of(page).read_text("utf-8"))
    text = main_reading(parse_file(page, rules).readings).text

    assert score_page(note, record, text).get(field, Tally()).f1 >= LEAST.get(field, 1.0)


SINGLE = ("modified", "subtitle", "section", "poster", "release_number")


def more_of(note: Note) -> dict[str, list[str]]:
    """Return what a note says beyond the fields that are scored: name -> values."""
    more = {name: [str(note[name]).lstrip("—")] for name in SINGLE if name in note}
    more |= {name: [value] for name, value in note.get("document", {}).items()}
    more |= {"issuing_body": note["issuing_body"]} if "issuing_body" in note else {}
    hosts = [name for label, names in note.get("hosts", {}).items() if "主办" in label for name in names]
    return more | ({"host_body": hosts} if hosts else {})


MORE_WRONG = {
    ("strawberries-reprint.txt", "host_body"): "its line is taken for running text above the footer",
}
MORE = [
    wrong(page, name, values, why=why)
    if (why := MORE_WRONG.get((page.name, name)))
    else pytest.param(page, name, values)
    for note, page in NOTES
    for name, values in more_of(note).items()
]


@pytest.mark.parametrize(("page", "name", "values"), MORE, ids=name_row)
def test_what_only_some_notes_say_is_recorded_too(page: Path, name: str, values: list[str]) -> None:
    record = json.loads(expected_of(page).read_text("utf-8"))
    read = [f["value"] for f in record["fields"] if f["name"] == name and f["state"] == "stated"]

    assert read == values


@pytest.mark.parametrize(("note", "page"), NOTES, ids=name_row)
def test_a_counter_that_was_not_rendered_is_recorded_as_that(note: Note, page: Path) -> None:
    record = json.loads(expected_of(page).read_text("utf-8"))
    states = [f["state"] for f in record["fields"] if f["name"] == "views"]

    assert ("not_rendered" in states) is (note.get("views_state") == "not_rendered")


@pytest.mark.parametrize(("note", "page"), NOTES, ids=name_row)
def test_a_record_names_no_machine(note: Note, page: Path) -> None:
    record = json.loads(expected_of(page).read_text("utf-8"))

    assert [c["origin"] for c in record["captures"]] == [name_of(page)]
    assert (record["id"], record["key"], record["captures"][0]["captured_at"]) == (None, None, None)
    assert note["id"] == page.stem
