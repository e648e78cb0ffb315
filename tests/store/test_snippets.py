import pytest

from catalog.store.query_words import Word
from catalog.store.scripts import TABLE, simplified, spellings
from catalog.store.snippets import find_snippet

LONG = "甲" * 100
SNIPPETS = [
    ("青禾县秋粮测产", ["秋粮"], "青禾县⟦秋粮⟧测产"),
    ("青禾县秋粮测产", ["春耕"], None),
    (f"{LONG}秋粮{LONG}", ["秋粮"], f"…{'甲' * 16}⟦秋粮⟧{'甲' * 46}…"),
    ("　　秋粮\n　　入库", ["入库", "秋粮"], "⟦秋粮⟧ ⟦入库⟧"),
    (f"秋粮{LONG}入库的秋粮", ["秋粮", "入库"], f"…{'甲' * 16}⟦入库⟧的⟦秋粮⟧"),
    ("秋粮秋粮", ["秋粮", "秋粮秋"], "⟦秋粮秋⟧粮"),
    ("２０２４年ＷＴＯ会议", ["2024年", "wto"], "⟦２０２４年⟧⟦ＷＴＯ⟧会议"),
    ("a\\b*c", ["\\b*"], "a⟦\\b*⟧c"),
    (f"{LONG}秋{LONG}", [f"{LONG[:3]}秋{LONG[:80]}"], f"…{'甲' * 16}⟦甲甲甲秋{'甲' * 80}⟧…"),
]  # fmt: skip


@pytest.mark.parametrize(("text", "words", "snippet"), SNIPPETS)
def test_a_snippet_is_the_piece_with_most_words_as_printed(text: str, words: list[str], snippet: str | None) -> None:
    assert find_snippet(text, [Word(word, any_script=False) for word in words]) == snippet


def test_a_word_in_the_other_script_is_marked_as_printed() -> None:
    assert find_snippet("青禾縣圖書館開館", [Word("图书馆", any_script=True)]) == "青禾縣⟦圖書館⟧開館"
    assert find_snippet("青禾县图书馆", [Word("圖書館", any_script=True)]) == "青禾县⟦图书馆⟧"
    assert find_snippet("青禾縣圖書館開館", [Word("图书馆", any_script=False)]) is None


def test_a_traditional_character_has_one_simplified_one_and_none_is_both() -> None:
    groups = TABLE.split()
    traditional = [other for group in groups for other in group[1:]]

    assert len(set(traditional)) == len(traditional) > 2400
    assert len({group[0] for group in groups}) == len(groups)
    assert not {group[0] for group in groups} & set(traditional)


@pytest.mark.parametrize(
    ("text", "folded"), [("圖書館開館", "图书馆开馆"), ("後發髮復複", "后发发复复"), ("aé々", "aé々")]
)
def test_text_is_folded_character_by_character(text: str, folded: str) -> None:
    assert simplified(text) == folded


def test_a_token_is_spelt_in_all_ways_that_fold_to_it() -> None:
    assert sorted(spellings("發後")) == sorted(["发后", "发後", "發后", "發後", "髮后", "髮後"])
    assert spellings("A青") == ["A青"]
