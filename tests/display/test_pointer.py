import pytest

from catalog.display.pointer import point_at

PLACES = [
    ("sorce:x", 0, "sorce:x", "^"),
    ("春耕 pubished:2020", 3, "春耕 pubished:2020", "     ^"),
    ("源：新 views:many", 10, "源：新 views:many", "             ^"),
    ('"未完', 3, '"未完', "     ^"),
    ("a\n\tb:", 3, "a b:", "  ^"),
    ("\x1b[31m b:x", 6, "\\x1b[31m b:x", "         ^"),
    ("", 0, "", "^"),
]  # fmt: skip


@pytest.mark.parametrize(("text", "position", "line", "caret"), PLACES)
def test_the_caret_stands_under_the_character_also_behind_wide_ones(
    text: str, position: int, line: str, caret: str
) -> None:
    assert point_at(text, position) == (line, caret)


def test_of_a_long_text_the_surroundings_are_shown() -> None:
    line, caret = point_at("春" * 100 + "?" + "秋" * 100, 100)

    assert line == "…" + "春" * 30 + "?" + "秋" * 29 + "…"
    assert caret == " " * 61 + "^"
