"""Reading takes time in proportion to the text, whatever it is made of: hostile pages are met too."""

import signal
from collections.abc import Iterator
from contextlib import contextmanager
from types import FrameType

import pytest

from catalog.model.capture import Capture
from catalog.model.rule import RuleSet
from catalog.text.parse import parse_capture

LIMIT = 5.0  # seconds; on a quiet machine each takes less than one
SIZE_BYTES = 1_000_000
UNITS = (
    "a", "来", "1", ":", "：", " ", "　", "(", "（", "[", ">", "/", "-", "#", "年", "。", "、", "·", "|", "丨", ".",
    "@",     "<div>", "12:", "2024年", "http://", " 来", "1 ",
)  # fmt: skip
PROSE = "观摩会在河湾村举行，十二个乡镇的农技人员到田间看苗情。\n"

pytestmark = pytest.mark.skipif(not hasattr(signal, "SIGALRM"), reason="this system has no alarm clock for a process")


class TooSlow(Exception):
    """Raised in a test that took too long, so that a bad case costs seconds and not minutes."""


@contextmanager
def within(seconds: float) -> Iterator[None]:
    """Raise TooSlow when the block has run for this long."""

    def stop(_: int, __: FrameType | None) -> None:
        raise TooSlow(f"more than {seconds} s")

    before = signal.signal(signal.SIGALRM, stop)
    signal.setitimer(signal.ITIMER_REAL, seconds)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)
        signal.signal(signal.SIGALRM, before)


@pytest.mark.parametrize("unit", UNITS)
def test_a_megabyte_of_one_thing_is_read_in_seconds(unit: str, rules: RuleSet) -> None:
    text = unit * (SIZE_BYTES // len(unit.encode()))

    with within(LIMIT):
        parse_capture(Capture.of(text.encode()), rules)


@pytest.mark.parametrize(
    ("unit", "times"),
    [
        (":", 100_000),
        ("来源：\n", 100_000),
        ("2024-05-11 20:34\n", 50_000),
        ("\n", 500_000),
        ("首页 > 甲 > 乙\n", 20_000),
        ("青禾县举办秋粮测产观摩会\n", 20_000),
        ("（责编：张三", 30_000),
        (PROSE, 30_000),
        ("版权所有：甲 © 2024\n", 20_000),
        ("来源：甲 作者：乙 ", 30_000),
        ("© Ebba Sund\n", 40_000),
        ("甲 乙 丙 正文\n", 40_000),
        ("Von Ebba Sund, ", 50_000),
        ("Ebba Sund\n", 40_000),
        ("杭州网站 | ", 50_000),
        ("民國百", 100_000),
    ],
    ids=lambda value: str(value).strip()[:12],
)
def test_many_lines_of_one_kind_are_read_in_seconds(unit: str, times: int, rules: RuleSet) -> None:
    with within(LIMIT):
        parse_capture(Capture.of((unit * times).encode()), rules)


def test_many_different_paragraphs_are_read_in_seconds(rules: RuleSet) -> None:
    text = "".join(f"第{n}场" + PROSE for n in range(20_000))

    with within(LIMIT):
        parse_capture(Capture.of(text.encode()), rules)


def test_many_different_names_are_read_in_seconds(rules: RuleSet) -> None:
    text = "".join(f"© X{n}\n" for n in range(20_000))

    with within(LIMIT):
        parse_capture(Capture.of(text.encode()), rules)
