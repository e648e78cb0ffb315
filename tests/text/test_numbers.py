import pytest

from catalog.text.fold import fold_view
from catalog.text.numbers import read_count

COUNTS = [
    ("0", 0),
    ("1999", 1999),
    ("1,999", 1999),
    ("1 999", 1999),
    ("1，999", 1999),
    ("12,345,678", 12_345_678),
    ("1\u00a0999", 1999),
    ("１９９９", 1999),
    ("1.2万", 12_000),
    ("1.25万", 12_500),
    ("42万", 420_000),
    ("3 万", 30_000),
    ("2.5萬", 25_000),
    ("1.5亿", 150_000_000),
    ("2億", 200_000_000),
    ("1000000000000000", 10**15),  # the largest; more figures are a serial number
    ("3千", 3_000),
    ("1.2k", 1_200),
    ("1.2w", 12_000),
    ("10万+", 100_000),
    ("１０万＋", 100_000),
    ("1999次", 1999),
    ("1999人次", 1999),
    ("007", 7),
    ("0.3万", 3_000),
    ("1.2万次", 12_000),
    ("999 12", 999),  # two numbers: a thousands mark is followed by three figures
    ("1999 2024-05-01", 1999),
    ("100 000", 100_000),
    ("5 1181", 5),
    ("1999 123", 1999),
]

NO_COUNTS = [
    "",
    "次",
    "--",
    "加载中",
    "万",
    "+",
    "一千",
    ".5",
    "-3",
    ",123",
    "3.14",
    "1000000000000001",
    "12345678901234567890",
]


@pytest.mark.parametrize(("printed", "value"), COUNTS)
def test_a_count_is_read_as_a_number(printed: str, value: int) -> None:
    count = read_count(fold_view(printed))

    assert count is not None
    assert count.value == value


@pytest.mark.parametrize("printed", NO_COUNTS)
def test_what_does_not_begin_with_a_count_gives_none(printed: str) -> None:
    assert read_count(fold_view(printed)) is None


@pytest.mark.parametrize(
    ("printed", "at_least"), [("10万+", True), ("1999+", True), ("10万", False), ("10万 +", False)]
)
def test_a_plus_makes_a_lower_bound(printed: str, at_least: bool) -> None:
    count = read_count(printed)

    assert count is not None
    assert count.at_least is at_least


@pytest.mark.parametrize(
    ("printed", "start", "raw"),
    [
        ("浏览:1,999次", 3, "1,999"),
        ("阅读 1.2万 点赞", 3, "1.2万"),
        ("1999 2024-05-01", 0, "1999"),
        ("10万+阅读", 0, "10万+"),
    ],
)
def test_a_count_ends_before_what_is_no_part_of_it(printed: str, start: int, raw: str) -> None:
    count = read_count(printed, start)

    assert count is not None
    assert printed[count.start : count.end] == raw
