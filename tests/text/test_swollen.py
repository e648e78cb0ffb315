import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from catalog.text.swollen import MOST_ATTRIBUTES, without_swollen_tags
from tests.properties.test_time import within

N = MOST_ATTRIBUTES + 1
LIMIT = 5.0  # seconds; each takes less than 0.3
PAGE = "<p>青禾县春耕备耕</p>"


@pytest.mark.parametrize(
    "tag",
    [
        "<body " + " ".join(f"a{n}=1" for n in range(N)) + ">",
        "<body/" + "/".join(f"a{n}" for n in range(N)) + ">",
        '<a x=">" ' + " ".join(f"b{n}" for n in range(N)) + ">",
        "<a " + " ".join(f'b{n}="><a \'"' for n in range(N)) + ">",
        "<a " + " ".join(f"x<b{n}" for n in range(N)) + ">",
        "<td " + "".join(f"c{n}='>'" for n in range(N)) + ">",
        "<SCRIPT " + " ".join(f"a{n}" for n in range(N)) + ">",
    ],
    ids=["blanks", "slashes", "a bracket in quotes", "a tag in quotes", "brackets in names", "no blanks", "a script"],
)
def test_a_swollen_tag_loses_its_attributes_however_they_are_written(tag: str) -> None:
    name = re.match(r"<\w+", tag)
    assert name

    assert without_swollen_tags(f"<html>{tag}{PAGE}") == f"<html>{name[0]}>{PAGE}"


def test_a_swollen_tag_is_found_behind_a_name_with_a_quote_in_it() -> None:
    swollen = "<b " + " ".join(f"a{n}" for n in range(N)) + ">"

    assert without_swollen_tags(f'<a=">{swollen}">{PAGE}') == f'<a="><b>">{PAGE}'


@pytest.mark.parametrize(
    "source",
    [
        "<body " + " ".join(f"a{n}=1" for n in range(MOST_ATTRIBUTES)) + ">" + PAGE,
        f"<script>for(i=0;i<n;i++){{{' x' * N}}}</script>" + PAGE,
        f"<!-- <a {'x ' * N}> -->" + PAGE,
        f"<title>a<b {'x ' * N}</title>" + PAGE,
        f'<svg><path d="{"M 0 1 " * N}"/></svg>' + PAGE,
        "1 < 2 " * N + PAGE,
        "<p title='“=”' class = x>" + PAGE,
    ],
    ids=["just below", "a script", "a comment", "a title", "one long value", "no tags", "usual"],
)
def test_what_is_no_swollen_tag_is_left_as_it_is(source: str) -> None:
    assert without_swollen_tags(source) is source


UNITS = ("<a ", '<a x="', "<a x='\"", "<script>", "<!--", "<", "</", "<a=", "<a/", "<s", "<title ", '="', "<a b=c\n")


@pytest.mark.parametrize("unit", UNITS)
def test_it_takes_time_in_proportion_to_the_source(unit: str) -> None:
    with within(LIMIT):
        without_swollen_tags(unit * 500_000)


@given(st.text(st.sampled_from("<>/!-=\"' abs春\n")))
def test_a_page_without_swollen_tags_is_left_as_it_is(source: str) -> None:
    assert without_swollen_tags(source) == source
