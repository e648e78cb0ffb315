import pytest

from catalog.model.capture import Capture
from catalog.rules.load import load_rules
from catalog.text.decode import decode
from catalog.text.html import read_html
from catalog.text.parse import parse_capture

PAGE = """<!DOCTYPE html><html><head><title>标题栏</title><style>p{}</style><script>var 脚本=1</script></head>
<body><!-- 注释 --><h1>青禾县举办&nbsp;观摩会</h1><ul><li>一</li><li>二</li></ul><p>第一段<b>粗</b>体。</p>
<img alt="图注"><p>第二段<br>换行。</p><noscript>请打开脚本</noscript></body></html>"""


def visible(source: str) -> list[str]:
    reading, _, _ = read_html(decode(source.encode()), "0" * 64)
    return [line.strip() for line in reading.text.split("\n") if line.strip()]


def test_the_visible_text_comes_in_document_order_without_what_is_not_shown() -> None:
    assert visible(PAGE) == ["青禾县举办\u00a0观摩会", "一", "二", "第一段粗体。", "第二段", "换行。"]


def test_a_page_has_two_readings_and_the_source_is_whole() -> None:
    shown, source, problems = read_html(decode(PAGE.replace("\n", "\r\n").encode("gb18030")), "0" * 64)

    assert (shown.extractor, source.extractor, source.text, problems) == ("visible", "source", PAGE, ())
    assert (shown.encoding, source.encoding) == ("gb18030", "gb18030")
    assert shown.extractor_version.startswith("resiliparse ")


def test_a_source_that_is_too_long_is_cut_for_reading_and_told() -> None:
    shown, source, problems = read_html(decode(PAGE.encode()), "0" * 64, longest=PAGE.index("<p>第二段"))

    assert "第一段" in shown.text
    assert "第二段" not in shown.text
    assert source.text == PAGE
    assert [problem.code for problem in problems] == ["html.cut"]


HOSTILE = {
    "nested": "<div>" * 100_000,
    "open comments": "<!--" * 100_000,
    "open quotes": '<meta name=a content="' * 20_000,
    "blanks": "<meta a" + " " * 500_000,
    "titles": "<title>" * 50_000,
    "nested JSON": '<script type="application/ld+json">' + "[" * 200_000,
    "cut-off JSON": '<script type="application/ld+json">{"@type":"NewsArticle","headline":"青',
    "keywords": ('<meta name="keywords" content="' + "青禾,县区," * 900 + '">') * 100,
    "references": "<title>" + "&" * 500_000,
    "brackets": "<" * 200_000,
}


@pytest.mark.parametrize("hostile", HOSTILE.values(), ids=HOSTILE)
def test_a_hostile_page_is_read_to_its_end(hostile: str) -> None:
    source = "<html><head><title>青禾县</title></head>" + hostile

    parsed = parse_capture(Capture.of(source.encode(), "html"), load_rules())

    assert [reading.extractor for reading in parsed.readings] == ["visible", "source"]
    assert len(parsed.fields) < 200
