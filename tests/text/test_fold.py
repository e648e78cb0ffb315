import pytest

from catalog.text.fold import body_digest, clean_value, fold_body, fold_view


@pytest.mark.parametrize(
    ("printed", "view"),
    [
        ("来源：新华网", "来源:新华网"),
        ("来源﹕新华网", "来源:新华网"),
        ("來源︰中央社", "來源:中央社"),
        ("２０２０－１２－１６", "2020-12-16"),
        ("ＡＢＣ", "ABC"),
        ("１～９！", "1~9!"),
        ("（责编：张三、李四）", "(责编:张三、李四)"),
        ("【责任编辑：王五】", "[责任编辑:王五]"),
        ("〔記者陳某／台北報導〕", "[記者陳某/台北報導]"),
        ("甲｜乙│丙", "甲|乙|丙"),
        ("监\u3000审", "监 审"),
        ("监\u00a0审", "监 审"),
        ("来\u2003源", "来 源"),
        ("迪丽热巴•迪力木拉提", "迪丽热巴·迪力木拉提"),
        ("买买提‧艾力", "买买提·艾力"),
        ("二○二○年", "二〇二〇年"),
        ("浏览\u200b次数", "浏览 次数"),
        ("\ufeff标题", " 标题"),
        ("备案 丨 许可", "备案 丨 许可"),  # a Han character, and often a mark: both readings stay open
        ("《甲》“乙”，丙；丁。", "《甲》“乙”,丙;丁。"),
    ],
)
def test_the_view_has_one_form_of_each_mark(printed: str, view: str) -> None:
    assert fold_view(printed) == view


@pytest.mark.parametrize(
    "text", ["ﬁ", "㎡", "㈱", "½", "İ", "ß", "e\u0301", "한국", "👍🏽", "\U00020000", "a\x00b", "\u2028", "\x0b"]
)
def test_the_view_has_the_length_of_the_text(text: str) -> None:
    assert len(fold_view(text)) == len(text)


def test_the_view_keeps_every_newline_and_adds_none() -> None:
    text = "甲\n乙\u2028丙\x0c丁\x85戊\r己"

    assert [i for i, c in enumerate(fold_view(text)) if c == "\n"] == [1]


@pytest.mark.parametrize(
    ("printed", "value"),
    [
        ("  新华网  ", "新华网"),
        ("\u3000\u3000甲县　乙局\u3000", "甲县 乙局"),
        ("甲\u00a0\u00a0\u00a0乙", "甲 乙"),
        ("Bürger\u00admeister", "Bürgermeister"),
        ("\u200b甲\ufeff乙\u202e丙", "甲乙丙"),
        ("（甲）：乙", "（甲）：乙"),  # as printed, not as matched
        ("ＡＢ１２", "ＡＢ１２"),
        (" \u3000\u00a0", ""),
        ("", ""),
    ],
)
def test_a_value_is_written_as_printed_without_padding(printed: str, value: str) -> None:
    assert clean_value(printed) == value


@pytest.mark.parametrize("text", ["甲  乙", " 甲\u3000乙\u00ad丙 ", "\ufeff 甲 \ufeff", "Ａ\u200bＢ"])
def test_cleaning_twice_is_cleaning_once(text: str) -> None:
    assert clean_value(clean_value(text)) == clean_value(text)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("全县举办宣讲，受众126万人。", "全县举办宣讲,受众126万人."),
        ("全县举办宣讲，受众126万人。", "　　全县举办宣讲，\n受众126 万人。"),
        ("ＡＢＣ１２", "abc12"),
        ("“甲”乙", "「甲」乙"),
        ("一抓技能_培训", "一抓技能培训"),
        ("甲\u00a0乙\u200b丙", "甲乙丙"),
    ],
)
def test_bodies_that_differ_in_print_alone_are_one_body(one: str, other: str) -> None:
    assert body_digest(one) == body_digest(other)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("受众126万人", "受众127万人"),
        ("受众一二六万人", "受众126万人"),
        ("國家", "国家"),  # another script is another printing; dedupe may link them, identity does not
        ("甲乙", "乙甲"),
        ("。", "！"),
        ("增长1.5%", "增长15%"),
        ("-3℃", "3℃"),
    ],
)
def test_bodies_that_say_something_else_differ(one: str, other: str) -> None:
    assert body_digest(one) != body_digest(other)


def test_the_folded_body_is_made_of_letters_and_figures_alone() -> None:
    assert fold_body("　　“甲县”：1,999 人（Ｂ组）_参加！\n") == "甲县1999人b组参加"
