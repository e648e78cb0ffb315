import io
import json

import pytest

from catalog.export.json_text import write_json
from catalog.export.jsonl import record_as_plain, write_records
from catalog.model.field import Confidence, Evidence, Field, State
from catalog.model.problem import Problem
from catalog.model.record import Agent, Body, CaptureFacts, Record, Reprints
from catalog.model.span import Span

SHA = "ab" * 32
SOURCE = Field(
    "source", State.STATED, "青禾县融媒体中心", Confidence.HIGH, "rules/2026-11.3",
    (Evidence(Span(61, 69), "青禾县融媒体中心", "zh.source"),), label="来源", capture=SHA,
)  # fmt: skip
EMPTY_AUTHOR = Field("author", State.PRINTED_EMPTY, None, Confidence.HIGH, "rules/2026-11.3", capture=SHA)
FULL = Record(
    kind="article",
    language="zh-Hans",
    values={
        "title": "春耕",
        "published": "2024-03-05T09:30",
        "source": "青禾县融媒体中心",
        "views": 1999,
        "comments": 0,
    },
    breadcrumb=("首页", "要闻"),
    agents=(Agent("responsible_editor", "责任编辑", "阿依古丽·买买提江", "person"),),
    tags=("农业",),
    identifiers=(("icp", "青ICP备00000001号"),),
    contact=(("postcode", "000001"),),
    body=Body("第一段。\n第二段。", "cd" * 32),
    repeats=2,
    fields=(SOURCE, EMPTY_AUTHOR),
    conflicts=("host_body",),
    captures=(CaptureFacts(SHA, "pages/%FF.txt", None, 7137, "gb18030", "2024-05-01T08:00:00Z", "manifest"),),
    problems=(Problem("body.copies_differ", "the copies differ", "pages/%FF.txt", SHA),),
    id=7,
    key="item:00",
    reprints=Reprints("cd" * 32, 12, 5),
)
BARE = Record("other", None, {}, (), (), (), (), (), None, 0, (), ())
KEYS = [
    "schema", "id", "key", "kind", "language", "title", "subtitle", "summary", "published", "modified",
    "source", "publisher", "site_name", "section", "breadcrumb", "agents", "counters", "tags", "identifiers",
    "contact", "body", "captures", "reprints", "fields", "conflicts", "problems",
]  # fmt: skip


@pytest.mark.parametrize("record", [FULL, BARE])
def test_a_record_has_every_documented_key_in_its_order(record: Record) -> None:
    assert list(record_as_plain(record)) == KEYS


def test_what_the_page_does_not_say_is_null_or_an_empty_list() -> None:
    plain = record_as_plain(BARE)

    for key in ("id", "key", "language", "title", "source", "publisher", "body", "reprints"):
        assert plain[key] is None, key
    for key in (
        "breadcrumb",
        "agents",
        "tags",
        "identifiers",
        "contact",
        "captures",
        "fields",
        "conflicts",
        "problems",
    ):
        assert plain[key] == [], key
    assert plain["counters"] == {}


def test_a_printed_zero_is_a_count_and_an_unprinted_count_is_no_key() -> None:
    assert record_as_plain(FULL)["counters"] == {"views": 1999, "comments": 0}


def test_a_field_says_its_label_and_which_capture_its_span_counts_in() -> None:
    stated, empty = record_as_plain(FULL)["fields"]

    assert stated == {
        "name": "source", "state": "stated", "value": "青禾县融媒体中心", "label": "来源", "confidence": "high",
        "asserted_by": "rules/2026-11.3",
        "evidence": [
            {"capture": SHA, "start": 61, "end": 69, "raw": "青禾县融媒体中心", "rule": "zh.source", "witness": "text"},
        ],
    }  # fmt: skip
    assert (empty["state"], empty["value"], empty["evidence"]) == ("printed_empty", None, [])


def test_the_body_counts_its_characters_and_printings() -> None:
    assert record_as_plain(FULL)["body"] == {
        "text": "第一段。\n第二段。", "sha256": "cd" * 32, "characters": 8, "repeats": 2,
    }  # fmt: skip


def test_a_record_is_one_line_and_reads_back() -> None:
    out = io.StringIO()
    write_records([FULL, BARE], out)

    assert [json.loads(line) for line in out.getvalue().splitlines()] == [record_as_plain(FULL), record_as_plain(BARE)]


STEERING = ["\x1b[31m红", "a\x7fb", "\x9b31m", "甲\u202e乙", "\u2028", "\u2066", "\udcff", "\x00"]


@pytest.mark.parametrize("text", STEERING)
def test_json_steers_no_terminal_and_loses_nothing(text: str) -> None:
    written = write_json({"title": text})

    assert written.isprintable()
    assert json.loads(written) == {"title": text}


def test_json_keeps_chinese_as_it_is() -> None:
    assert write_json(["渠县·發布日期：“１２”"]) == '["渠县·發布日期：“１２”"]'
