import pytest

from catalog.model.rule import RuleSet
from catalog.text.classify import classify
from catalog.text.lines import split_lines
from catalog.text.outline import Outline
from catalog.text.regions import find_regions

PROSE = "观摩会在河湾村举行，十二个乡镇的农技人员到田间看苗情，大家都说今年的收成比去年好，来年还要再办。"
SHORT, END = "一、田间", "相关阅读"


@pytest.mark.parametrize(
    ("lines", "runs"),
    [
        ([PROSE, PROSE], [(0, 1)]),
        ([SHORT, PROSE, PROSE, SHORT], [(1, 2)]),
        ([PROSE, SHORT, PROSE], [(0, 2)]),  # a subhead is bridged
        ([PROSE, *[SHORT] * 30, PROSE], [(0, 0), (31, 31)]),  # a long list is not
        ([PROSE, END, END, END, PROSE], [(0, 0), (4, 4)]),
        ([SHORT, SHORT], []),
        ([], []),
    ],
)
def test_a_run_of_prose_goes_on_as_long_as_it_gains(
    lines: list[str], runs: list[tuple[int, int]], rules: RuleSet
) -> None:
    seen = [classify(line, rules) for line in split_lines("\n".join(lines))]

    assert [(r.first, r.last) for r in find_regions(Outline(seen))] == runs


def test_a_run_counts_its_prose_alone(rules: RuleSet) -> None:
    seen = [classify(line, rules) for line in split_lines("\n".join([PROSE, SHORT, PROSE]))]

    assert [r.prose for r in find_regions(Outline(seen))] == [2 * len(PROSE)]
