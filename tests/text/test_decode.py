import pytest

from catalog.errors import UnreadableCapture
from catalog.text.decode import decode, find_misread

HANS = "青禾县10月7日在北塬镇河湾村举办秋粮测产观摩会，大户看苗情。\n责任编辑：阿依古丽·买买提江　浏览次数：１２３\n"
HANT = "縣政府今天召開記者會，說明秋季防汛演習的規劃。參加的有衛生局與鄉鎮公所。\n發布日期：2024-10-08 瀏覽人次：315\n"
JAPANESE = "令和五年度の防潮堤の補修工事は、三月末までに完了する見込みです。県は住民への説明会を四月に開く予定です。\n"
KOREAN = (
    "군은 올해 가을 벼 수확을 앞두고 농업인 교육을 실시했다고 밝혔다. 주민 120여 명이 참석했다.\n등록일 2024-10-08\n"
)
RUSSIAN = "Администрация района сообщает о начале ремонта моста через реку. Дата публикации: 08.10.2024\n"
FRENCH = "Le conseil a décidé de prolonger l’opération jusqu’à l’été. Les élèves recevront un courrier à la rentrée.\n"
GERMAN = "Die Behörde für Häfen und Küsten prüft jährlich alle Deiche. Größere Schäden wurden nicht gefunden.\n"
POLISH = (
    "Urząd gminy informuje, że prace przy moście zakończą się w październiku. Mieszkańcy zgłaszają uwagi do środy.\n"
)
GREEK = "Η περιφέρεια ανακοίνωσε ότι τα έργα στο λιμάνι θα ολοκληρωθούν τον Οκτώβριο.\n"
WIDE = ("utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "utf-32")
TEXTS = [
    (HANS, ("gb18030", "gbk", *WIDE)),
    (HANT, ("big5", "big5hkscs", "gb18030", *WIDE)),
    (JAPANESE, ("cp932", "euc_jp", "iso2022_jp", *WIDE)),
    (KOREAN, ("cp949", "euc_kr", *WIDE)),
    (RUSSIAN, ("cp1251", "koi8_r", *WIDE)),
    (FRENCH, ("cp1252", *WIDE)),
    (GERMAN, ("cp1252", "latin-1", *WIDE)),
    (POLISH, ("cp1250", "iso8859_2", *WIDE)),
    (GREEK, ("cp1253", *WIDE)),
]
CASES = [(text, encoding) for text, encodings in TEXTS for encoding in encodings]


def codes(data: bytes, *, declares: bool = False) -> list[str]:
    return [problem.code for problem in decode(data, declares=declares).problems]


@pytest.mark.parametrize(("text", "encoding"), CASES)
@pytest.mark.parametrize("length", [60, 1000])
def test_a_text_is_read_in_the_encoding_it_was_written_in(text: str, encoding: str, length: int) -> None:
    written = text[:length]

    assert decode(written.encode(encoding)).text == written


@pytest.mark.parametrize("said", ["gb2312", "big5", "shift_jis", "klingon", "utf-16"])
def test_a_declaration_that_is_stale_does_not_outweigh_the_bytes(said: str) -> None:
    page = f'<meta charset="{said}"><p>{HANS * 3}</p>'

    assert decode(page.encode(), declares=True).text == page
    assert decode(page.encode("gb18030"), declares=True).text == page


def test_of_a_few_characters_the_declaration_decides() -> None:
    page = '<meta http-equiv=Content-Type content="text/html; charset={}"><title>縣</title>'

    big5 = decode(page.format("big5").encode("big5"), declares=True)
    gbk = decode(page.format("gb2312").encode("gbk"), declares=True)

    assert (big5.encoding, big5.basis, gbk.encoding, gbk.basis) == ("big5hkscs", "declared", "gb18030", "declared")
    assert "縣" in big5.text
    assert "縣" in gbk.text


def test_what_stands_in_the_text_is_no_declaration() -> None:
    page = "<p>charset=big5</p>" + HANS

    assert decode(page.encode("gb18030"), declares=True).basis == "detected"


def test_short_text_that_fits_two_encodings_is_read_and_doubted() -> None:
    assert codes("縣政府".encode("big5")) == ["encoding.doubtful"]
    assert codes((HANT * 2).encode("big5")) == []


@pytest.mark.parametrize("encoding", ["utf-8", "gb18030"])
def test_a_broken_byte_is_replaced_and_told(encoding: str) -> None:
    data = bytearray((HANS * 4).encode(encoding))
    data[data.index("，".encode(encoding))] = 0xFF

    decoded = decode(bytes(data))

    assert decoded.encoding == encoding
    assert [problem.code for problem in decoded.problems] == ["encoding.replaced"]
    assert decoded.text.endswith(HANS)
    assert "\ufffd" in decoded.text


def test_a_file_cut_off_in_a_character_keeps_the_rest() -> None:
    decoded = decode("青禾县举办秋粮测产".encode()[:-1])

    assert decoded.text == "青禾县举办秋粮测\ufffd"
    assert [problem.code for problem in decoded.problems] == ["encoding.replaced"]


@pytest.mark.parametrize("text", [HANS, HANT])
def test_text_that_was_misread_before_it_was_published_is_told(text: str) -> None:
    misread = text.encode().decode("gb18030", "replace")

    assert [problem.code for problem in find_misread(misread)] == ["encoding.mojibake"]
    assert find_misread(text) == ()


@pytest.mark.parametrize("text", ["新闻锟斤拷报道", "lâ€™Ã©tÃ©", "青禾\ufffd县"])
def test_a_trace_of_misreading_is_told(text: str) -> None:
    assert find_misread(text)


@pytest.mark.parametrize("text", [text for text, _ in TEXTS] + ["château, naïf, SÃO", "他在鈥字旁"])
def test_sound_text_is_not_suspected(text: str) -> None:
    assert find_misread(text) == ()


@pytest.mark.parametrize(
    ("data", "told"),
    [(HANS.encode(), "gb2312"), (HANS.encode("gbk"), "utf-8"), (HANS.encode(), "klingon"), (b"a", "rot13")],
)
def test_an_encoding_that_was_told_is_obeyed_or_refused(data: bytes, told: str) -> None:
    with pytest.raises(UnreadableCapture):
        decode(data, told)


def test_what_was_told_is_the_basis() -> None:
    decoded = decode(HANT.encode("big5"), "Big5")

    assert (decoded.text, decoded.encoding, decoded.basis) == (HANT, "big5hkscs", "option")


@pytest.mark.parametrize(
    "data",
    [
        b"\x89PNG\r\n\x1a\n" + bytes(90),
        b"%PDF-1.7\n%\xe2\xe3",
        b"PK\x03\x04" + bytes(90),
        bytes(100),
        bytes(range(256)) * 9,
    ],
)
def test_what_is_no_text_is_refused(data: bytes) -> None:
    with pytest.raises(UnreadableCapture):
        decode(data)


def test_newlines_become_plain_and_a_mark_at_the_start_is_no_text() -> None:
    assert decode("\ufeff\ufeff一\r\n二\r三\n".encode()).text == "一\n二\n三\n"
