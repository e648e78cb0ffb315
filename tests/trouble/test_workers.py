from collections.abc import Iterator

import pytest

from catalog.model.capture import Capture
from catalog.rules.load import load_rules
from catalog.services.reading import GROUP, WINDOW, Failure, Task, parse_in_order
from tests.pages import page
from tests.trouble.parsers import die_on_odd, raise_on_odd

CAPTURES = [Capture.of(page(title=f"县里办第{n}次观摩会" + ("奇" if n == 3 else "")).encode()) for n in range(8)]


@pytest.mark.parametrize("jobs", [1, 2])
def test_a_fault_of_the_parser_costs_one_capture(jobs: int) -> None:
    answers = list(parse_in_order(enumerate(CAPTURES), Task(raise_on_odd), load_rules(), jobs))

    assert [number for number, _ in answers] == list(range(8))
    assert answers[3][1] == Failure("capture.failed", "ZeroDivisionError: 第七行")
    assert [answer for n, answer in answers if n != 3] == [c.sha256 for n, c in enumerate(CAPTURES) if n != 3]


def test_a_worker_that_dies_costs_the_capture_that_killed_it_and_no_other() -> None:
    answers = list(parse_in_order(enumerate(CAPTURES), Task(die_on_odd), load_rules(), 2))

    assert answers[3][1] == Failure("capture.failed", "the process that parsed it died")
    assert [answer for n, answer in answers if n != 3] == [c.sha256 for n, c in enumerate(CAPTURES) if n != 3]


def test_questions_without_a_capture_keep_their_place() -> None:
    questions = [("甲", None), ("乙", CAPTURES[0]), ("丙", None)]

    answers = list(parse_in_order(questions, Task(raise_on_odd), load_rules(), 2))

    assert answers == [("甲", None), ("乙", CAPTURES[0].sha256), ("丙", None)]


def test_questions_are_not_drawn_far_ahead_of_the_answers() -> None:
    drawn = []

    def draw() -> Iterator[tuple[int, Capture]]:
        for n in range(5_000):
            drawn.append(n)
            yield n, CAPTURES[n % 8]

    answers = parse_in_order(draw(), Task(raise_on_odd), load_rules(), 2)
    next(answers)
    ahead = len(drawn)
    del answers

    assert ahead <= 2 * WINDOW * GROUP
