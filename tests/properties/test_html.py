"""HTML from anywhere: the same article as its text, and no markup that makes the parser fail or wait."""

from html import escape

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from catalog.errors import UnreadableCapture
from catalog.model.capture import Capture
from catalog.model.record import Parsed
from catalog.model.rule import RuleSet
from catalog.rules.load import load_rules
from catalog.text.parse import parse_capture
from tests.properties.pages import Made, pages
from tests.properties.test_time import LIMIT, within
from tests.reading import misread

RULES = load_rules()
# The same examples each time, so that a red run is a change of ours; raise the number to look for new ones.
SOME = settings(max_examples=60, deadline=None, derandomize=True, suppress_health_check=[HealthCheck.too_slow])
PARAGRAPH = "<p>观摩会在河湾村举行，十二个乡镇的农技人员到田间看苗情、算产量，大家都说今年的收成比去年好。</p>"
LINKED_DATA = '<script type="application/ld+json">{}</script>'
NEWS = '{{"@type":"NewsArticle","headline":{}}}'
TAGS = (
    "<p>", "</p>", "<div>", "</div>", "<br>", "<title>", "</title>", "<h1>", "<meta ", 'name="author"', "content=", '"',
    "'", ">", "<", "<!--", "-->", "<script>", "</script>", "<style>", "<td>", "&nbsp;", "&#x3000;", "&amp;", "&#55296;",
    "&#0;", "<![CDATA[", "]]>", "<a href=", "hidden", "来源：甲报", "2024-05-11", "张三", "\n", "\u00a0", "甲" * 30,
)  # fmt: skip
HOSTILE = {
    "linked data, a deep list": LINKED_DATA.format("[" * 100_000) + PARAGRAPH,
    "linked data, a deep list, closed": LINKED_DATA.format("[" * 50_000 + "]" * 50_000) + PARAGRAPH,
    "linked data, deep objects": LINKED_DATA.format('{"a":' * 30_000 + "1" + "}" * 30_000) + PARAGRAPH,
    "linked data that is no text": LINKED_DATA.format(NEWS.format("NaN")) + PARAGRAPH,
    "linked data with half a character": LINKED_DATA.format(NEWS.format(r'"\ud800甲"')) + PARAGRAPH,
    "linked data with a number of 6,000 digits": LINKED_DATA.format(NEWS.format("9" * 6_000)) + PARAGRAPH,
    "linked data many times": LINKED_DATA.format(NEWS.format('"甲"')) * 5_000 + PARAGRAPH,
    "elements in elements": "<div>" * 100_000 + PARAGRAPH,
    "open brackets": "<" * 1_000_000,
    "open tags": "<a " * 300_000,
    "ampersands": "&" * 1_000_000,
    "open comments": "<!--" * 200_000,
    "an attribute without an end": '<a href="' + "甲" * 300_000,
    "many attributes": "<p " + "a=1 " * 200_000 + ">甲",
    "many authors": '<meta name="author" content="张三">' * 20_000,
    "many titles": "<title>甲</title>" * 50_000,
    "characters that are none": "<p>" + "&#xD800;甲&#x110000;&#0;" * 1_000,
    "tables in tables": "<table><tr><td>" * 20_000,
}


def as_html(made: Made) -> str:
    lines = "\n".join(f"<p>{escape(line)}</p>" for line in made.lines())
    return f"<!DOCTYPE html><html><head><meta charset=utf-8></head><body>{lines}</body></html>"


def parse(page: str) -> Parsed:
    return parse_capture(Capture.of(page.encode(), "html"), RULES)


@SOME
@given(pages())
def test_a_page_reads_the_same_as_html_and_as_text(made: Made) -> None:
    html, text = parse(as_html(made)), parse_capture(Capture.of("\n".join(made.lines()).encode()), RULES)

    assert html.body == text.body
    assert {(f.name, f.value) for f in html.fields} == {(f.name, f.value) for f in text.fields}
    assert misread(html) == []


@SOME
@given(pages())
def test_what_the_source_declares_too_is_one_value_with_two_witnesses(made: Made) -> None:
    declared = f'<meta property="og:title" content="{escape(made.title)}">'
    parsed = parse(as_html(made).replace("<head>", "<head>" + declared))
    titles = [f for f in parsed.fields if f.name == "title"]

    assert [f.value for f in titles] == [made.title]
    assert {e.witness for e in titles[0].evidence} > {"text"}
    assert misread(parsed) == []


@SOME
@given(st.lists(st.sampled_from(TAGS), max_size=60).map("".join))
def test_no_markup_makes_the_parser_fail_or_misread(markup: str) -> None:
    try:
        parsed = parse("<html>" + markup)
    except UnreadableCapture:
        return

    assert misread(parsed) == []


@pytest.mark.parametrize("name", HOSTILE)
def test_hostile_markup_is_read_in_seconds(name: str, rules: RuleSet) -> None:
    with within(LIMIT):
        parsed = parse_capture(Capture.of(f"<!DOCTYPE html><html>{HOSTILE[name]}".encode(), "html"), rules)

    assert misread(parsed) == []
    assert [f.value for f in parsed.fields if not str(f.value).isprintable() and "\n" not in str(f.value)] == []
