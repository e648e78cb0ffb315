import html
import json
from pathlib import Path

import pytest

from catalog.model.capture import Capture
from catalog.model.field import Confidence, Field
from catalog.model.record import Parsed, Record
from catalog.rules.load import load_rules
from catalog.text.parse import parse_capture
from catalog.text.record import build_record, main_reading
from catalog.text.witnesses import read_witnesses

RULES = load_rules()
PAGES = sorted((Path(__file__).parents[3] / "shared" / "captures" / "html").glob("*.html"))
TITLE = "青禾县举办秋粮测产观摩会"
BODY = (
    "10月7日上午，青禾县在北塬镇河湾村举办秋粮测产观摩会，全县十二个乡镇的种粮大户和农技人员到田间看苗情、算产量。",
    "观摩会上，农技站的技术员按照五点取样的办法现场收割、脱粒、称重，并把每一块田的结果写在公示板上。",
)


def page(head: str, *, title: str = TITLE, line: str = "发布时间：2024-10-08　来源：青禾日报") -> str:
    text = "".join(f"<p>{paragraph}</p>" for paragraph in BODY)
    body = f"<h1>{title}</h1><div>{line}</div>{text}<p>责任编辑：欧阳娜</p>"
    return f"<!doctype html><html><head>{head}</head><body>{body}</body></html>"


def meta(**said: str) -> str:
    return "".join(f'<meta name="{name}" content="{html.escape(value)}">' for name, value in said.items())


def json_ld(**said: object) -> str:
    item = json.dumps({"@type": "NewsArticle", **said}, ensure_ascii=False)
    return f'<script type="application/ld+json">{item}</script>'


def parse(source: str) -> Parsed:
    return parse_capture(Capture.of(source.encode(), "html"), RULES)


def record(source: str) -> Record:
    parsed = parse(source)
    return build_record(parsed.fields, [], {parsed.body.sha256: parsed.body} if parsed.body else {})


def declared(source: str, name: str) -> list[tuple[str | int | None, str]]:
    return [(f.value, f.evidence[0].witness) for f in read_witnesses(source, RULES, "0" * 64) if f.name == name]


def field(parsed: Parsed, name: str) -> Field:
    return next(f for f in parsed.fields if f.name == name)


ZONED = "2024-10-08T09:30:00+08:00"
LIKES = "https://schema.org/LikeAction"
DECLARED = [
    ('<META NAME="ArticleTitle" CONTENT="秋粮">', "title", "秋粮", "meta"),
    ("<meta content='秋&amp;粮' property=og:title>", "title", "秋&粮", "opengraph"),
    ("<title>\n 秋　粮\n</title>", "title", "秋 粮", "title"),
    (meta(PubDate="2024-10-08 09:30:05"), "published", "2024-10-08T09:30:05", "meta"),
    (meta(publishdate="2024-10-08 00:00:00"), "published", "2024-10-08", "meta"),
    (meta(firstpublishedtime="2024-10-08-23:59:59"), "published", "2024-10-08", "meta"),
    (f'<meta property="article:published_time" content="{ZONED}">', "published", ZONED, "opengraph"),
    ('<meta itemprop="datePublished" content="2024/10/08 09:30">', "published", "2024-10-08T09:30", "meta"),
    (meta(ContentSource="青禾日报"), "source", "青禾日报", "meta"),
    (meta(SiteName="青禾县人民政府"), "site_name", "青禾县人民政府", "meta"),
    (meta(SiteIDCode="9903270001"), "site_code", "9903270001", "meta"),
    (meta(ColumnName="县区动态"), "section", "县区动态", "meta"),
    (json_ld(headline="秋粮"), "title", "秋粮", "json-ld"),
    (json_ld(author=[{"@type": "Person", "name": "阿依古丽·买买提江"}]), "author", "阿依古丽·买买提江", "json-ld"),
    (json_ld(publisher={"@type": "Organization", "name": "青禾日报"}), "site_name", "青禾日报", "json-ld"),
    (json_ld(interactionStatistic={"interactionType": LIKES, "userInteractionCount": 12}), "likes", 12, "json-ld"),
]  # fmt: skip


@pytest.mark.parametrize(("head", "name", "value", "witness"), DECLARED)
def test_a_declaration_speaks_of_its_field(head: str, name: str, value: str | int, witness: str) -> None:
    assert declared(page(head), name) == [(value, witness)]


SILENT = [
    ('<!-- <meta name="PubDate" content="2024-10-08"> -->', "published"),
    ("<script>'<meta name=PubDate content=2024-10-08>'</script>", "published"),
    (meta(PubDate=""), "published"),
    (meta(PubDate="08/10/2024"), "published"),  # day and month may be swapped
    (meta(author="https://example.org/people/7"), "author"),
    (meta(SiteIDCode="undefined"), "site_code"),
    ('<script type="application/ld+json">{"@type": "WebSite", "headline": "秋粮"}</script>', "title"),
    ('<script type="application/ld+json">{"@type": "NewsArticle", "headline": "秋粮"</script>', "title"),
    (json_ld(author={"@type": "Organization", "name": "青禾日报"}), "author"),
    ("<scrıpt>秋粮</scrıpt>", "title"),  # a letter whose large form is that of i
]


@pytest.mark.parametrize(("head", "name"), SILENT)
def test_what_declares_nothing_is_passed_over(head: str, name: str) -> None:
    assert declared(page(head), name) == []


def test_a_title_that_declarations_repeat_is_sure_and_no_conflict() -> None:
    read = parse(page(f"<title>{TITLE}_青禾县人民政府</title>" + meta(ArticleTitle=TITLE)))
    title = field(read, "title")

    assert (title.value, title.confidence) == (TITLE, Confidence.HIGH)
    assert {"title", "meta", "text"} == {e.witness for e in title.evidence}
    assert build_record(read.fields, [], {}).conflicts == ()


def test_a_declared_time_makes_the_printed_date_precise() -> None:
    assert record(page(meta(PubDate="2024-10-08 09:30"))).values["published"] == "2024-10-08T09:30"


@pytest.mark.parametrize(
    "said", ["2024-10-08", "2024-10-08 00:00:00", "2024-10-08T01:30:00Z", "2024-10-08T09:30:00+08:00"]
)
def test_one_moment_in_two_forms_is_no_conflict(said: str) -> None:
    read = parse(page(meta(PubDate=said), line="发布时间：2024-10-08 09:30　来源：青禾日报"))

    assert str(field(read, "published").value).startswith("2024-10-08T09:30")
    assert len([f for f in read.fields if f.name == "published"]) == 1


def test_where_they_differ_the_printed_value_stands_and_both_are_kept() -> None:
    read = parse(page(meta(PubDate="2023-01-02 10:00", ContentSource="雁鸣电视台")))
    values = build_record(read.fields, [], {}).values

    assert (values["published"], values["source"]) == ("2024-10-08", "青禾日报")
    assert {f.value for f in read.fields if f.name == "source"} == {"青禾日报", "雁鸣电视台"}


def test_a_printed_site_name_stands_against_the_same_with_another_ending() -> None:
    printed = page(meta(SiteName="青禾县人民政府门户网站")).replace("欧阳娜", "欧阳娜</p><p>版权所有：青禾县人民政府网")

    assert record(printed).values["site_name"] == "青禾县人民政府网"


def test_what_the_page_does_not_print_is_taken_from_its_declarations() -> None:
    made = record(page(meta(ContentSource="青禾日报", SiteName="青禾县人民政府"), line="发布时间：2024-10-08"))

    assert (made.values["source"], made.values["site_name"]) == ("青禾日报", "青禾县人民政府")


def test_whoever_filled_in_the_form_confirms_a_printed_name_and_is_no_author() -> None:
    read = parse(page(meta(author="欧阳娜")))

    assert [a.name for a in build_record(read.fields, [], {}).agents if a.role == "author"] == []
    assert "meta" in {e.witness for e in field(read, "responsible_editor").evidence}


def test_keywords_count_where_the_page_prints_them() -> None:
    assert record(page(meta(keywords="农技站,阿里巴巴；河湾村"))).tags == ("农技站", "河湾村")
    assert record(page(json_ld(keywords="农技站, 阿里巴巴"))).tags == ("农技站",)
    assert record(page(json_ld(keywords=["河湾村"]))).tags == ("河湾村",)


def test_of_a_page_that_is_no_article_only_the_site_is_known() -> None:
    head = "<title>出错了_青禾网</title>" + meta(SiteName="青禾网", PubDate="2024-10-08")
    read = record(f"<html><head>{head}</head><body><p>页面不存在</p></body></html>")

    assert (read.kind, read.values) == ("other", {"site_name": "青禾网", "publisher": "青禾网"})


@pytest.mark.skipif(not PAGES, reason="the real captures are not here")
@pytest.mark.parametrize("path", PAGES, ids=lambda path: path.stem)
def test_every_span_of_every_witness_reads_back_what_is_written_there(path: Path) -> None:
    read = parse_capture(Capture.of(path.read_bytes(), "html"), RULES)
    source = next(reading for reading in read.readings if reading.extractor == "source")

    for one in (*read.fields, *read_witnesses(source.text, RULES, read.capture)):
        for evidence in one.evidence:
            text = main_reading(read.readings).text if evidence.witness == "text" else source.text

            assert text[evidence.span.start : evidence.span.end] == evidence.raw
