from itertools import cycle
from pathlib import Path

import pytest
from hypothesis import HealthCheck, assume, example, given, settings
from hypothesis import strategies as st

from catalog.errors import UnreadableCapture
from catalog.model.capture import Capture
from catalog.model.field import State
from catalog.model.record import Parsed
from catalog.model.rule import RuleSet
from catalog.rules.load import load_rules
from catalog.text.fold import fold_view
from catalog.text.parse import parse_capture
from catalog.text.record import main_reading
from tests.properties.pages import CHROME, Made, pages
from tests.reading import SAMPLES, misread, parse_file

PAGES = sorted(path for path in SAMPLES.glob("*/*") if path.suffix in (".txt", ".html"))
RULES = load_rules()  # hypothesis calls a test many times over: a fixture would be the same, but it warns
# The same examples each time, so that a red run is a change of ours; raise the number to look for new ones.
SOME = settings(max_examples=60, deadline=None, derandomize=True, suppress_health_check=[HealthCheck.too_slow])
# Pieces that meet in real label lines, and characters that break naive readers: full width, blanks of all kinds, marks
# that turn the direction of writing, combining marks, letters whose small form is longer, rare planes.
PIECES = (
    "来源", "：", ":", "作者", "责任编辑", "总监审", "监 审", "浏览次数", "发布时间", "时间", "主办",
    "版权所有", "摘要：", "标签", "记者", "（", "）", "【", "】", "[", "]", "、", "和", "|", "丨", "｜", ">",
    ">>", "/", "-", "—", "#", "©", "。", "2024-05-11", "2024年5月11日", "20:34", "二〇二〇年",
    "民國109年12月16日", "109/12/16", "99999年", "2023-02-30", "12", "1,999", "1.2万", "10万+", "0", "张三",
    "阿依古丽·买买提", "李\u3000娜", "等", "首页", "正文", "，", "网站标识码", "京ICP备12345678号-1",
    "观摩会在河湾村举行，十二个乡镇的农技人员到田间看苗情、算产量。", "By ", "Published: ", "\n", "\n\n", " ",
    "\t", "\xa0", "\u3000", "\u200b", "\ufeff", "\xad", "\u202e", "\u2066", "\u2028", "\x0c", "\x85", "\r",
    "\x00", "\x1b[31m", "e\u0301", "İ", "ß", "ﬁ", "㈱", "½", "Ａ", "９", "𠀀", "👍🏽", "한국", "ニュース",
    "Опубликовано",
)  # fmt: skip
WIDE = {code: code + 0xFEE0 for code in range(ord("!"), ord("~") + 1)}
nasty = st.lists(st.sampled_from(PIECES), max_size=60).map("".join)


def parse(text: str, rules: RuleSet = RULES) -> Parsed:
    return parse_capture(Capture.of(text.encode()), rules)


def first(parsed: Parsed, name: str) -> str | int | None:
    return next((f.value for f in parsed.fields if f.name == name and f.value is not None), None)


def said(parsed: Parsed) -> set[tuple[str, str | int | None]]:
    """Return what was read, wherever it stands."""
    return {(f.name, f.value) for f in parsed.fields}


def readable(text: str) -> bool:
    """Return whether the bytes of a text are taken for text at all: control characters say no."""
    try:
        parse(text)
    except UnreadableCapture:
        return False
    return True


@SOME
@given(nasty | st.text(max_size=200))
@example("İ来源：甲")
@example("来源：" * 50)
@example("\ufeff\n\n：")
def test_no_text_makes_the_parser_fail(text: str) -> None:
    assume(readable(text))
    parsed = parse(text)

    assert [f.name for f in parsed.fields if f.state is State.STATED and not f.evidence] == []


@SOME
@given(
    st.binary(max_size=300)
    | nasty.map(lambda text: text.encode("gb18030"))
    | nasty.map(lambda text: text.encode("utf-16"))
)
def test_any_bytes_are_read_or_refused_and_nothing_else(data: bytes) -> None:
    try:
        parsed = parse_capture(Capture.of(data), RULES)
    except UnreadableCapture:
        return

    assert parsed.readings


@SOME
@given(nasty)
def test_every_span_reads_back_its_raw(text: str) -> None:
    assume(readable(text))

    assert misread(parse(text)) == []


@pytest.mark.parametrize("sample", PAGES, ids=lambda path: f"{path.parent.name}/{path.name}")
def test_every_span_of_a_sample_reads_back_its_raw(sample: Path, rules: RuleSet) -> None:
    assert misread(parse_file(sample, rules)) == []


@pytest.mark.parametrize("sample", PAGES, ids=lambda path: f"{path.parent.name}/{path.name}")
def test_every_stated_value_of_a_sample_has_evidence(sample: Path, rules: RuleSet) -> None:
    parsed = parse_file(sample, rules)

    assert [f.name for f in parsed.fields if f.state is State.STATED and not f.evidence] == []


@SOME
@given(nasty)
def test_the_same_text_gives_the_same_record(text: str) -> None:
    assume(readable(text))

    assert parse(text) == parse(text)


@SOME
@given(nasty)
def test_a_value_is_stated_once_a_name(text: str) -> None:
    """Two places that say the same are two pieces of evidence of one field."""
    assume(readable(text))
    stated = [(f.name, f.value) for f in parse(text).fields if f.state is State.STATED]

    assert sorted({pair for pair in stated if stated.count(pair) > 1}, key=str) == []


@SOME
@given(st.text(max_size=200))
def test_the_view_is_as_long_as_the_text(text: str) -> None:
    assert len(fold_view(text)) == len(text)


@SOME
@given(pages())
def test_a_made_page_reads_as_it_was_made(made: Made) -> None:
    parsed = parse("\n".join(made.lines()))

    assert first(parsed, "title") == made.title
    assert first(parsed, "published") == made.day
    assert first(parsed, "source") == made.source
    assert first(parsed, "responsible_editor") == made.editor.replace("　", "")
    assert parsed.body is not None
    assert parsed.body.text == "\n".join(p.strip("　") for p in made.paragraphs)


@SOME
@given(pages(), st.lists(st.sampled_from(CHROME), max_size=8), st.lists(st.sampled_from(CHROME), max_size=8))
def test_tools_around_an_article_change_nothing(made: Made, above: list[str], below: list[str]) -> None:
    plain = parse("\n".join(made.lines()))
    framed = parse("\n".join([*above, *made.lines(), *below]))

    assert [first(framed, n) for n in ("title", "published", "source")] == [
        first(plain, n) for n in ("title", "published", "source")
    ]
    assert framed.body == plain.body


@SOME
@given(pages(), st.booleans())
def test_a_body_printed_twice_is_the_same_body(made: Made, interleaved: bool) -> None:
    once = parse("\n".join(made.lines()))
    twice = [p for p in made.paragraphs for _ in range(2)] if interleaved else [*made.paragraphs, *made.paragraphs]
    printed = parse("\n".join(made.lines(twice)))

    assert printed.body == once.body
    assert [len(f.evidence) for f in printed.fields if f.name == "body"] == [2]


@SOME
@given(pages())
def test_a_page_printed_for_desktop_and_mobile_is_one_article(made: Made) -> None:
    block = made.lines()[1:-2]
    parsed = parse("\n".join([made.site, *block, *block, *made.lines()[-2:]]))

    assert parsed.body == parse("\n".join(made.lines())).body
    assert [len(f.evidence) for f in parsed.fields if f.name == "body"] == [2]
    assert [len(f.evidence) for f in parsed.fields if f.name == "published"] == [2]


@SOME
@given(pages(), st.lists(st.sampled_from(["", " ", "　　", "\t", "\u00a0\u00a0"]), min_size=12, max_size=12))
def test_blank_lines_and_padding_change_nothing(made: Made, blanks: list[str]) -> None:
    plain = parse("\n".join(made.lines()))
    padded = parse(
        "\n".join(f"{blank}\n{blank}{line}{blank}" for line, blank in zip(made.lines(), cycle(blanks), strict=False))
    )

    assert padded.body == plain.body
    assert said(padded) == said(plain)


@SOME
@given(pages())
def test_the_width_of_figures_and_marks_changes_no_value(made: Made) -> None:
    head = made.head[-1]
    wide = parse("\n".join(made.lines()).replace(head, head.translate(WIDE)))

    assert said(wide) == said(parse("\n".join(made.lines())))


@SOME
@given(st.sampled_from(PAGES), st.floats(0, 1))
def test_a_page_that_is_cut_off_is_read_as_far_as_it_goes(sample: Path, share: float) -> None:
    text = main_reading(parse_file(sample, RULES).readings).text

    assert misread(parse(text[: int(share * len(text))])) == []


@SOME
@given(pages(), st.sampled_from(["gb18030", "utf-16", "utf-8-sig"]))
def test_the_encoding_changes_nothing(made: Made, encoding: str) -> None:
    text = "\n".join(made.lines())
    parsed = parse_capture(Capture.of(text.encode(encoding)), RULES)

    assert main_reading(parsed.readings).text == text
    assert [(f.name, f.value) for f in parsed.fields] == [(f.name, f.value) for f in parse(text).fields]
