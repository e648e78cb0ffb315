import pytest

from catalog.dedupe.sentences import compare_sentences, split_sentences
from catalog.text.fold import fold_body

SPLIT = [
    ("甲来了。乙走了！丙呢？", ["甲来了。", "乙走了！", "丙呢？"]),
    ("他说：“好。”然后走了。", ["他说：“好。”", "然后走了。"]),
    ("　　第一段\n　　第二段。", ["第一段", "第二段。"]),
    ("合格率98.33%，共3.5吨。", ["合格率98.33%，共3.5吨。"]),
    ("He left. She stayed.", ["He left.", "She stayed."]),
    ("甲；乙；丙", ["甲；", "乙；", "丙"]),
    ("", []),
    ("。", ["。"]),
]


@pytest.mark.parametrize(("text", "sentences"), SPLIT)
def test_a_text_is_split_at_its_closing_marks(text: str, sentences: list[str]) -> None:
    assert split_sentences(text) == sentences


CHANGES = [
    ("甲来了。乙走了。", "甲来了。乙走了。", []),
    ("甲来了。乙走了。", "甲来了，乙走了。",
     [("cut", 1, "甲来了。"), ("cut", 2, "乙走了。"), ("added", 1, "甲来了，乙走了。")]),
    ("甲来了。乙走了。", "乙走了。", [("cut", 1, "甲来了。")]),
    ("乙走了。", "本网讯。乙走了。", [("added", 1, "本网讯。")]),
    ("甲１２人。\n乙走了。", "甲12人。乙走了!", []),
    ("甲来了。乙走了。", "甲来了。丙走了。", [("cut", 2, "乙走了。"), ("added", 2, "丙走了。")]),
    ("甲。——乙。", "甲。乙。", []),
]  # fmt: skip


@pytest.mark.parametrize(("earlier", "later", "changes"), CHANGES)
def test_what_was_cut_and_added_is_told_in_reading_order(
    earlier: str, later: str, changes: list[tuple[str, int, str]]
) -> None:
    assert [(c.kind, c.place, c.text) for c in compare_sentences(earlier, later, fold_body)] == changes
