import json
from pathlib import Path

import pytest

from catalog.model.rule import RuleSet
from tests.reading import SAMPLES, record_of_file

PAGES = sorted(path for path in SAMPLES.glob("*/*") if path.suffix in (".txt", ".html"))


def name_of(path: Path) -> str:
    return f"{path.parent.name}/{path.name}"


def expected_of(page: Path) -> Path:
    """Return what is recorded beside a page. A page kept as text and as HTML has two records."""
    return page.with_suffix(".expected.json" if page.suffix == ".txt" else ".html.expected.json")


@pytest.mark.parametrize("page", PAGES, ids=name_of)
def test_a_sample_reads_as_recorded(page: Path, accept: bool, rules: RuleSet) -> None:
    """A sample gives exactly what is written beside it. `pytest --accept` rewrites it: read the diff."""
    got = record_of_file(page, rules, SAMPLES)
    if accept:
        expected_of(page).write_text(json.dumps(got, indent=1, ensure_ascii=False) + "\n", "utf-8")

    assert json.loads(expected_of(page).read_text("utf-8")) == got


def test_every_record_beside_a_sample_has_its_page() -> None:
    recorded = set(SAMPLES.glob("*/*.expected.json"))

    assert sorted(map(name_of, recorded - {expected_of(page) for page in PAGES})) == []


def test_every_sample_has_what_an_archivist_noted() -> None:
    noted = {path.name.removesuffix(".gold.json") for path in SAMPLES.glob("*/*.gold.json")}

    assert sorted({page.stem for page in PAGES} - noted) == []


def test_there_are_as_many_layouts_as_were_asked_for() -> None:
    assert len(PAGES) >= 12
