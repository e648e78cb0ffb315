"""Any query of the language over any small catalogue finds what a plain evaluation finds."""

import json
import re
import sqlite3
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from catalog.model.vocabulary import EDITOR_ROLES
from catalog.store.index import rebuild
from catalog.store.open import open_memory
from catalog.store.query_read import find

TODAY = date(2021, 3, 31)
LETTERS = '青禾县图圖书書aB1１Ｂ，。 "('
PIECES = ["青禾县", "图书", "圖書", "书", "圖", "，", "aB", "1Ｂ", "１b", " ", '("']  # so that words are often found
FULL = dict(zip("１ＢＡ", "1BA", strict=True))
SIMPLE = dict(zip("圖書縣", "图书县", strict=True))
ROLES = ("editor", "responsible_editor", "reporter", "host_body")


@dataclass(frozen=True)
class Item:
    """A record as the plain evaluation sees it."""

    title: str | None
    summary: str | None
    body: str | None
    source: str | None
    published: str | None
    views: int | None
    tags: frozenset[str]
    agents: frozenset[tuple[str, str]]
    conflicts: frozenset[str]
    confidence: str | None

    @property
    def texts(self) -> tuple[str | None, ...]:
        return self.title, self.summary, self.body


@dataclass(frozen=True)
class Asked:
    """A piece of a query: as typed, and whether a record holds it; the second argument says whether script:any does."""

    text: str
    holds: Callable[[Item, bool], bool] = field(repr=False)


def folded(text: str, *, any_script: bool = False) -> str:
    """Return the text with A to Z as a to z, full-width as half-width, and traditional as simplified if asked."""
    wide = "".join(FULL.get(c, c) for c in text)
    low = "".join(c.lower() if c.isascii() else c for c in wide)
    return "".join(SIMPLE.get(c, c) for c in low) if any_script else low


def has(text: str | None, word: str, any_script: bool) -> bool:
    return text is not None and folded(word, any_script=any_script) in folded(text, any_script=any_script)


def quoted(word: str) -> str:
    return '"' + word.replace("\\", "\\\\").replace('"', '\\"') + '"'


TEXTS = st.none() | st.lists(st.sampled_from(PIECES), max_size=4).map("".join)
NAMES = st.text("青禾县李a", min_size=1, max_size=3)
DATES = st.dates(date(2020, 11, 1), date(2021, 4, 30))
ITEMS = st.builds(
    Item,
    title=TEXTS,
    summary=TEXTS,
    body=TEXTS,
    source=TEXTS,
    published=st.none() | DATES.map(lambda day: day.isoformat()) | DATES.map(lambda day: f"{day}T08:30"),
    views=st.none() | st.sampled_from([0, 1, 9, 10, 11, 12000]),
    tags=st.frozensets(NAMES, max_size=2),
    agents=st.frozensets(st.tuples(st.sampled_from(ROLES), NAMES), max_size=2),
    conflicts=st.frozensets(st.sampled_from(["title", "host_body"]), max_size=1),
    confidence=st.none() | st.sampled_from(["high", "low"]),
)

WORDS = (
    st.text(LETTERS, min_size=1, max_size=4) | st.lists(st.sampled_from(PIECES), min_size=1, max_size=2).map("".join)
).filter(lambda word: word.strip() != "")


def anywhere(word: str) -> Asked:
    return Asked(quoted(word), lambda item, any_script: any(has(text, word, any_script) for text in item.texts))


def in_text(name: str, word: str) -> Asked:
    return Asked(f"{name}:{quoted(word)}", lambda item, any_script: has(getattr(item, name), word, any_script))


def exactly(name: str, word: str) -> Asked:
    return Asked(f"{name}:={quoted(word)}", lambda item, _: getattr(item, name) == word)


def by_pattern(name: str, pattern: str) -> Asked:
    compiled = re.compile(folded(pattern), re.ASCII)
    found = lambda item, _: (  # noqa: E731
        getattr(item, name) is not None and compiled.search(folded(getattr(item, name))) is not None
    )
    return Asked(f'{name}:~"{pattern}"', found)


def in_tags(word: str) -> Asked:
    return Asked(f"tag:{quoted(word)}", lambda item, any_script: any(has(tag, word, any_script) for tag in item.tags))


def by_agent(name: str, word: str) -> Asked:
    roles = EDITOR_ROLES if name == "editor" else (name,)
    found = lambda item, any_script: any(role in roles and has(one, word, any_script) for role, one in item.agents)  # noqa: E731
    return Asked(f"{name}:{quoted(word)}", found)


VIEWS = {"9": 9, "10": 10, "1.2万": 12000, "12,000": 12000, "１１": 11}


def by_views(sign: str, said: str) -> Asked:
    tests: dict[str, Callable[[int, int], bool]] = {
        "": int.__eq__, "=": int.__eq__, ">": int.__gt__, ">=": int.__ge__, "<": int.__lt__, "<=": int.__le__,
    }  # fmt: skip
    found = lambda item, _: item.views is not None and tests[sign](item.views, VIEWS[said])  # noqa: E731
    return Asked(f"views:{sign}{said}", found)


def between_views(low: int | None, more: int | None) -> Asked:
    high = None if more is None else (low or 0) + more
    if low is None and high is None:
        low = 0
    text = f"views:{'' if low is None else low}..{'' if high is None else high}"
    found = lambda item, _: (  # noqa: E731
        item.views is not None and (low is None or item.views >= low) and (high is None or item.views <= high)
    )
    return Asked(text, found)


# As typed, with the day or month that it means: 31 March less a month is the end of February.
DAYS = {
    "2021": "2021", "2020-12": "2020-12", "2021年2月": "2021-02", "2021/3/1": "2021-03-01", "-1m": "2021-02-28",
    "-30d": "2021-03-01", "-2w": "2021-03-17", "today": "2021-03-31", "yesterday": "2021-03-30",
    "2021-03-01T08:30": "2021-03-01T08:30",
}  # fmt: skip


def by_day(said: str, sign: str) -> Asked:
    """Return a date test: `..` behind it is from that day on, before it up to its end."""
    meant = DAYS[said]

    def found(item: Item, _: bool) -> bool:
        if item.published is None:
            return False
        cut = item.published[: len(meant)]
        return {"": cut == meant, "..x": cut <= meant, "x..": item.published >= meant, ">": cut > meant}[sign]

    return Asked(f"published:{sign.replace('x', said) if 'x' in sign else sign + said}", found)


KNOWN = {
    "title": lambda item: item.title is not None,
    "body": lambda item: item.body is not None,
    "views": lambda item: item.views is not None,
    "tag": lambda item: bool(item.tags),
    "editor": lambda item: any(role in EDITOR_ROLES for role, _ in item.agents),
}  # fmt: skip


def about(name: str, verb: str) -> Asked:
    return Asked(f"{verb}:{name}", lambda item, _: KNOWN[name](item) is (verb == "has"))


PATTERNS = st.sampled_from(["^青", "县$", "[图圖]书", "a.?1", "(青|禾)+县", "\\d", "", "^$", "Ｂ１?", "[^青]禾"])
TERMS = st.one_of(
    WORDS.map(anywhere),
    WORDS.map(anywhere),
    st.builds(in_text, st.sampled_from(["title", "summary", "body", "source"]), WORDS),
    st.builds(exactly, st.sampled_from(["title", "source"]), WORDS),
    st.builds(by_pattern, st.sampled_from(["title", "body", "source"]), PATTERNS.filter(bool)),
    NAMES.map(in_tags),
    st.builds(by_agent, st.sampled_from(["editor", "reporter", "host_body"]), NAMES),
    st.builds(by_views, st.sampled_from(["", "=", ">", ">=", "<", "<="]), st.sampled_from(sorted(VIEWS))),
    st.builds(between_views, st.none() | st.integers(0, 12), st.none() | st.integers(0, 12000)),
    st.builds(by_day, st.sampled_from(sorted(DAYS)), st.sampled_from(["", "..x", "x..", ">"])),
    st.builds(about, st.sampled_from(sorted(KNOWN)), st.sampled_from(["has", "missing"])),
    st.sampled_from(["title", "host_body"]).map(
        lambda name: Asked(f"conflict:{name}", lambda item, _: name in item.conflicts)
    ),
    st.just(Asked("confidence:low", lambda item, _: item.confidence == "low")),
)


def negated(part: Asked, sign: str) -> Asked:
    return Asked(sign + part.text, lambda item, any_script: not part.holds(item, any_script))


def both(parts: list[Asked]) -> Asked:
    text = " ".join(f"({part.text})" for part in parts)
    return Asked(text, lambda item, any_script: all(part.holds(item, any_script) for part in parts))


def either(parts: list[Asked]) -> Asked:
    text = " OR ".join(part.text for part in parts)
    return Asked(text, lambda item, any_script: any(part.holds(item, any_script) for part in parts))


def in_brackets(part: Asked) -> Asked:
    return Asked(f"({part.text})", part.holds)


QUERIES = st.recursive(
    TERMS | st.builds(negated, TERMS, st.sampled_from("^-")),
    lambda parts: st.one_of(
        st.lists(parts, min_size=2, max_size=3).map(both),
        st.lists(parts, min_size=2, max_size=3).map(either),
        st.builds(negated, parts.map(in_brackets), st.just("^")),
    ),
    max_leaves=6,
)


def fill(connection: sqlite3.Connection, items: list[Item]) -> None:
    for id, item in enumerate(items, 1):
        if item.body is not None:
            sql = "INSERT INTO bodies (id, sha256, text, characters, text_from) VALUES (?, ?, ?, 0, '')"
            connection.execute(sql, (id, str(id), item.body))
        connection.execute(
            "INSERT INTO records (id, key, key_basis, title, summary, source, published, views, body_id, conflicts,"
            " confidence) VALUES (?, ?, 'capture', ?, ?, ?, ?, ?, ?, ?, ?)",
            (id, str(id), item.title, item.summary, item.source, item.published, item.views,
             None if item.body is None else id, json.dumps(sorted(item.conflicts)), item.confidence),
        )  # fmt: skip
        connection.executemany("INSERT INTO tags VALUES (?, ?, 'rules/1')", [(id, tag) for tag in item.tags])
        for position, (role, name) in enumerate(sorted(item.agents)):
            connection.execute("INSERT OR IGNORE INTO agents (site, name, kind) VALUES ('', ?, 'person')", (name,))
            agent = connection.execute("SELECT id FROM agents WHERE name = ?", (name,)).fetchone()[0]
            connection.execute(
                "INSERT INTO agent_roles (record_id, agent_id, role, printed_name, position) VALUES (?, ?, ?, ?, ?)",
                (id, agent, role, name, position),
            )
    rebuild(connection)


@given(st.lists(ITEMS, min_size=1, max_size=6), st.lists(QUERIES, min_size=1, max_size=5), st.booleans())
def test_a_query_finds_what_a_plain_evaluation_finds(items: list[Item], queries: list[Asked], any_script: bool) -> None:
    with open_memory() as store:
        fill(store.connection, items)
        for query in queries:
            expected = [id for id, item in enumerate(items, 1) if query.holds(item, any_script)]
            text = query.text + (" script:any" if any_script else "")

            assert find(store.connection, text, TODAY).ids == expected, text
            assert sorted(find(store.connection, text, TODAY, ranked=True).ids) == expected, text


@given(st.integers(1, 400))
def test_days_ago_are_counted_from_today(days: int) -> None:
    day = TODAY - timedelta(days=days)
    item = Item(None, None, None, None, day.isoformat(), None, frozenset(), frozenset(), frozenset(), None)
    with open_memory() as store:
        fill(store.connection, [item])

        assert find(store.connection, f"published:-{days}d", TODAY).ids == [1]
        assert find(store.connection, f"published:-{days - 1}d.." if days > 1 else "published:today..", TODAY).ids == []
