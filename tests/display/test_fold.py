import io

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rich.cells import cell_len
from rich.console import Console

from catalog.display.fold import Folded, fold_text

FOLDS = [
    ("全省推进会在渠县召开", 8, ["全省推进", "会在渠县", "召开"]),
    ("他说：“好。”", 6, ["他说：", "“好。”"]),
    ("chief_supervising_reviewer", 12, ["chief_", "supervising_", "reviewer"]),
    ("Press Release 42", 8, ["Press", "Release", "42"]),
    ("abcdefgh", 3, ["abc", "def", "gh"]),
    ("", 10, [""]),
    ("渠县", 1, ["渠", "县"]),
]


@pytest.mark.parametrize(("text", "width", "lines"), FOLDS)
def test_text_folds_as_chinese_is_set(text: str, width: int, lines: list[str]) -> None:
    assert fold_text(text, width) == lines


@given(st.text(st.sampled_from("渠县召开推进会，。“”（）ab1 _·丨")), st.integers(2, 20))
def test_folding_loses_no_character_and_keeps_the_width(text: str, width: int) -> None:
    lines = fold_text(text, width)

    assert "".join(lines).replace(" ", "") == text.replace(" ", "")
    assert all(cell_len(line) <= width for line in lines)


def test_in_a_marked_text_what_was_looked_for_is_bold_across_lines() -> None:
    screen = Console(width=6, force_terminal=True, file=io.StringIO(), color_system="standard", legacy_windows=False)
    screen.print(Folded("甲⟦乙丙丁⟧戊", marked=True))
    marked = screen.file.getvalue()  # type: ignore[attr-defined]
    screen.print(Folded("甲⟦乙⟧"))

    assert marked == "甲\x1b[1m⟦乙\x1b[0m\n\x1b[1m丙丁⟧\x1b[0m\n戊\n"
    assert "\x1b[1m" not in screen.file.getvalue()[len(marked) :]  # type: ignore[attr-defined]
