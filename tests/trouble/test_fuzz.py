"""Odd bytes, queries, dates and names: a result or an error that was foreseen, never a fault. The corpus is kept."""

import random
from datetime import date
from functools import cache
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from catalog.errors import CatalogError
from catalog.model.capture import Capture
from catalog.model.record import CaptureFacts, Parsed
from catalog.rules.load import load_rules
from catalog.services.identity import own_key
from catalog.sources.kind import extension_of
from catalog.store.open import Store, open_memory
from catalog.store.query_read import find
from catalog.store.rows import rows_of
from catalog.text.parse import parse_capture
from catalog.text.record import record_of

CORPUS = Path(__file__).parent / "corpus"
PAGES = sorted(path for path in CORPUS.iterdir() if path.suffix in {".txt", ".html"})
QUERIES = (CORPUS / "queries.list").read_text("utf-8").splitlines()
RULES = load_rules()
PIECES = ["发布时间：", "来源：", "责任编辑：", "浏览次数：", "2020", "年", "1月", "-", ":", "、", "　", "\n"]
PIECES += ["\ufeff", "\u202e", "<p>", "&#", ">", "９"]


@pytest.mark.parametrize("path", PAGES, ids=lambda path: path.name)
def test_an_input_of_the_corpus_is_read_or_refused(path: Path) -> None:
    must_be_read(path.read_bytes())


@given(st.sampled_from(PAGES), st.integers(0, 2**32), st.integers(1, 6))
def test_a_changed_input_is_read_or_refused(path: Path, seed: int, n: int) -> None:
    rng = random.Random(seed)  # noqa: S311 -- a seed, no secret
    data = bytearray(path.read_bytes()[:4_000])
    for _ in range(n):
        at = rng.randrange(len(data) + 1)
        change = rng.choice(["flip", "cut", "insert", "repeat"])
        if change == "flip" and at < len(data):
            data[at] ^= 1 << rng.randrange(8)
        elif change == "cut":
            del data[at : at + rng.randrange(20)]
        elif change == "insert":
            data[at:at] = rng.choice(PIECES).encode(rng.choice(["utf-8", "utf-8", "utf-16-le"]))
        else:
            data[at:at] = data[at : at + 30] * rng.randrange(4)
    must_be_read(bytes(data))


def must_be_read(data: bytes) -> None:
    """Read a page to the rows that would be written, and hold every span to what it says; or let it be refused."""
    capture = Capture.of(data, extension_of(data) if data else "txt")
    try:
        parsed = parse_capture(capture, RULES)
    except CatalogError:
        return
    facts = CaptureFacts(capture.sha256, "", None, len(data), None, None, None)
    rows_of(capture, parsed, record_of(parsed, facts), own_key(parsed), RULES.version)
    _must_read_back(parsed)


def _must_read_back(parsed: Parsed) -> None:
    texts = {reading.extractor == "source": reading.text for reading in parsed.readings}
    for field in parsed.fields:
        for one in field.evidence:
            if field.name != "body":
                assert texts[one.witness != "text"][one.span.start : one.span.end] == one.raw


@pytest.mark.parametrize("query", QUERIES)
def test_a_query_of_the_corpus_is_answered_or_refused(query: str) -> None:
    ask(query)


@given(st.lists(st.sampled_from([*QUERIES, *PIECES, " ", "(", ")", '"', "^", "OR", "a"]), max_size=6).map("".join))
def test_a_query_made_of_pieces_is_answered_or_refused(query: str) -> None:
    ask(query)


@cache
def empty() -> Store:
    """Return a catalogue without records, the same for all."""
    return open_memory()


def ask(query: str) -> None:
    try:
        found = find(empty().connection, query, date(2026, 11, 22))
    except CatalogError:
        return
    assert found.ids == []
