import pytest

from catalog.model.rule import RuleSet
from catalog.text.classify import Seen, classify
from catalog.text.lines import split_lines
from catalog.text.repeats import Printings, find_printings
from tests.known import wrong

A = "观摩会在河湾村举行，十二个乡镇的农技人员到田间看苗情。"
B = "技术员按照五点取样的办法现场收割、脱粒、称重。"
C = "每一块田的结果都写在公示板上，供大家核对。"
D = "图书馆新馆十二月三日开馆，首日接待读者一千余人。"
CHROME = "打印"


def seen(lines: list[str], rules: RuleSet) -> list[Seen]:
    return [classify(line, rules) for line in split_lines("\n".join(lines))]


def printings(lines: list[str], body: list[int], rules: RuleSet) -> Printings:
    return find_printings(seen(lines, rules), body)


@pytest.mark.parametrize(
    ("lines", "body", "spans"),
    [
        ([A, B, C], [0, 1, 2], [(0, 2)]),
        ([A, B, C, A, B, C], [0, 1, 2, 3, 4, 5], [(0, 2), (3, 5)]),  # block after block, both taken for body
        ([A, B, C, CHROME, A, B, C], [0, 1, 2], [(0, 2), (4, 6)]),  # the second one further down
        ([A, B, A, B, A, B], [0, 1, 2, 3, 4, 5], [(0, 1), (2, 3), (4, 5)]),
        ([A, B, C, A], [0, 1, 2, 3], [(0, 3)]),  # one sentence said again is no second printing
        ([A, B, C, D], [0, 1, 2, 3], [(0, 3)]),
        ([A], [0], [(0, 0)]),
        ([A, A], [0, 1], [(0, 0), (1, 1)]),
    ],
)
def test_a_body_is_printed_at_these_lines(
    lines: list[str], body: list[int], spans: list[tuple[int, int]], rules: RuleSet
) -> None:
    assert list(printings(lines, body, rules).spans) == spans


@pytest.mark.parametrize(
    ("lines", "kept"),
    [
        ([A, B, C, A, B, C], (0, 1, 2)),
        ([A, A, B, B, C, C], (0, 2, 4)),  # interleaved: each paragraph followed by its copy
        ([A, B, C], (0, 1, 2)),
        wrong([A, B, "附件", A, B, "附件"], (0, 1, 2), why="a short last line is lost where the body is printed twice"),
    ],
)
def test_the_first_printing_is_kept(lines: list[str], kept: tuple[int, ...], rules: RuleSet) -> None:
    assert printings(lines, list(range(len(lines))), rules).body == kept


def test_an_interleaved_body_is_printed_twice(rules: RuleSet) -> None:
    assert len(printings([A, A, B, B, C, C], list(range(6)), rules).spans) == 2


def test_copies_in_full_and_half_width_are_the_same_printing(rules: RuleSet) -> None:
    copies = [A, B, C, A.replace("，", ","), B.replace("、", "､"), C]

    assert printings(copies, list(range(6)), rules).differences == ()


def test_copies_that_differ_further_on_are_printings_that_differ(rules: RuleSet) -> None:
    found = printings([A, B, C, A, B, C.replace("核对", "比较")], list(range(6)), rules)

    assert len(found.spans) == 2
    assert [(d.here, d.there) for d in found.differences] == [(2, 5)]


def test_a_machine_cut_summary_is_no_printing(rules: RuleSet) -> None:
    lines = ["摘要：" + A[:20] + " ...", A, B, C]

    assert len(printings(lines, [1, 2, 3], rules).spans) == 1


def test_a_page_without_a_body_has_no_printing() -> None:
    assert find_printings([], []) == Printings((), ())
