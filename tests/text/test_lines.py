import pytest

from catalog.text.lines import join_broken_dates, split_lines


def joined(text: str) -> list[str]:
    return [line.view for line in join_broken_dates(split_lines(text), text)]


@pytest.mark.parametrize(
    ("text", "views"),
    [
        ("", []),
        ("\n\n", []),
        (" \u3000\u00a0\n\t\n", []),
        ("甲\n乙", ["甲", "乙"]),
        ("　　甲　　\n\n乙", ["甲", "乙"]),
        ("甲\u2028乙\x0c丙\x85丁", ["甲\u2028乙 丙\x85丁"]),  # only a newline ends a line
        ("\ufeff来源：甲", ["来源:甲"]),
    ],
)
def test_lines_are_those_that_say_something(text: str, views: list[str]) -> None:
    assert [line.view for line in split_lines(text)] == views


def test_a_line_knows_where_it_stands() -> None:
    text = "\n\n　　来源：甲报  \n\n\n乙\n"
    first, second = split_lines(text)

    assert (first.number, first.gap, text[first.start : first.end]) == (3, 2, "来源：甲报")
    assert (second.number, second.gap, text[second.start : second.end]) == (6, 2, "乙")


@pytest.mark.parametrize(
    ("text", "views"),
    [
        ("2019\n09/07\n19:02", ["2019 09/07 19:02"]),
        ("2019年\n9月7日", ["2019年 9月7日"]),
        ("21\n2024年02月", ["21 2024年02月"]),
        ("08-19\n2023", ["08-19 2023"]),
        ("2019\n\n09-07\n\n19:02:30", ["2019  09-07  19:02:30"]),
        ("2019\n07\n报告", ["2019", "07", "报告"]),
        ("2019\n13-07", ["2019", "13-07"]),
        ("2019\n全年总结", ["2019", "全年总结"]),
        ("19:02\n2019", ["19:02", "2019"]),
        ("2019", ["2019"]),
    ],
)
def test_a_date_over_several_lines_is_one_line(text: str, views: list[str]) -> None:
    assert joined(text) == views


def test_a_joined_date_still_stands_where_it_stood() -> None:
    text = "甲\n2019\n\n09/07\n19:02\n乙"
    line = join_broken_dates(split_lines(text), text)[1]

    assert text[line.start : line.end] == "2019\n\n09/07\n19:02"
