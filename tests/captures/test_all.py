from pathlib import Path

import pytest

from catalog.model.field import State
from catalog.model.record import CaptureFacts
from catalog.model.rule import RuleSet
from catalog.text.record import record_of
from catalog.text.repeats import MOST_PRINTINGS
from tests.reading import CAPTURES, misread, parse_file

PAGES = sorted([*CAPTURES.glob("text/*.txt"), *CAPTURES.glob("html/*.html")])

pytestmark = pytest.mark.skipif(not PAGES, reason="the real captures are not beside the project")


@pytest.mark.parametrize("page", PAGES, ids=lambda path: path.name)
def test_a_real_page_gives_a_record_that_holds_together(page: Path, rules: RuleSet) -> None:
    parsed = parse_file(page, rules)
    record = record_of(parsed, CaptureFacts(parsed.capture, page.name, None, 1, None, None, None))
    stated = [(f.name, f.value) for f in parsed.fields if f.state is State.STATED]
    people = [(agent.role, agent.name) for agent in record.agents]

    assert misread(parsed) == []
    assert [f.name for f in parsed.fields if f.state is State.STATED and not f.evidence] == []
    assert len(stated) == len(set(stated)), "one value, several places: one field with several pieces of evidence"
    assert len(people) == len(set(people))
    assert record.repeats <= MOST_PRINTINGS
