import pytest

from catalog.model.field import Confidence, Evidence, Field, State
from catalog.model.record import Body, CaptureFacts
from catalog.model.span import Span
from catalog.text.record import build_record, choose_many, choose_one, find_conflicts, level, order_captures

OLD, NEW = "a" * 64, "b" * 64
BODY = Body("正文", "c" * 64)
RULES = "rules/2026-11.3"


def said(
    name: str,
    value: str | int | None,
    by: str = RULES,
    *,
    state: State | None = None,
    at: int | tuple[int, ...] = 0,
    trust: Confidence = Confidence.HIGH,
    capture: str | None = OLD,
    witness: str = "text",
) -> Field:
    """Return an assertion; from a page if `by` is a rule or a layout, else without capture and evidence."""
    read = by.startswith(("rules", "layout"))
    raw = str(value or name)
    places = (at,) if isinstance(at, int) else at
    evidence = tuple(Evidence(Span(n, n + len(raw)), raw, "test", witness) for n in places) if read else ()
    kind = (
        "body"
        if name in ("host_body", "supervising_body")
        else "person"
        if name in ("editor", "author", "responsible_editor")
        else None
    )
    return Field(name, state or State.STATED, value, trust, by, evidence, kind=kind, capture=capture if read else None)


def facts(sha256: str, captured_at: str | None = None) -> CaptureFacts:
    return CaptureFacts(sha256, "甲/乙.txt", None, 10, "utf-8", captured_at, "manifest" if captured_at else None)


CATALOGUER = "cataloguer:zhang.san"
ABSENT = State.ABSENT


@pytest.mark.parametrize(
    ("by", "rank"),
    [
        ("rules/2026-11.3", 0),
        ("layout/qinghe-gov", 1),
        ("set:ingest", 2),
        ("cataloguer:li.si", 3),
        ("cataloguer:a/b:c", 3),
    ],
)
def test_who_says_it_has_a_rank(by: str, rank: int) -> None:
    assert level(said("source", "甲", by)) == rank


@pytest.mark.parametrize(
    ("fields", "value"),
    [
        ([said("source", "甲")], "甲"),
        ([said("source", "甲"), said("source", "乙", "layout/x")], "乙"),
        ([said("source", "甲", "set:ingest"), said("source", "乙", "layout/x")], "甲"),
        ([said("source", "甲", CATALOGUER), said("source", "乙", "set:ingest")], "甲"),
        ([said("source", "甲", CATALOGUER), said("source", "乙", "cataloguer:li.si")], "乙"),
        ([said("source", "甲"), said("source", None, CATALOGUER, state=ABSENT)], None),
        ([said("source", None, CATALOGUER, state=ABSENT), said("source", "乙", CATALOGUER)], "乙"),
        ([said("source", "甲", trust=Confidence.LOW), said("source", "乙", trust=Confidence.MEDIUM)], "乙"),
        ([said("source", "甲", trust=Confidence.LOW), said("source", "乙", trust=Confidence.LOW)], "甲"),
        ([said("source", "甲", trust=Confidence.LOW, by="layout/x"), said("source", "乙")], "甲"),
        ([said("source", None, state=State.PRINTED_EMPTY)], None),
        ([said("source", None, state=State.PRINTED_EMPTY), said("source", "乙", trust=Confidence.LOW)], "乙"),
        ([said("views", None, state=State.NOT_RENDERED)], None),
        ([said("source", "甲"), said("source", None, "set:ingest", state=ABSENT)], None),
        ([said("views", 0), said("views", 12, trust=Confidence.LOW)], 0),
        ([said("views", 0, CATALOGUER), said("views", 12)], 0),
        ([said("language", "zh-Hans", state=State.INFERRED)], "zh-Hans"),
        ([], None),
    ],
)
def test_of_several_single_values_this_one_wins(fields: list[Field], value: str | int | None) -> None:
    winner = choose_one(fields, [OLD])

    assert (winner.value if winner else None) == value


@pytest.mark.parametrize(
    ("fields", "values"),
    [
        ([said("editor", "甲", at=9), said("editor", "乙", at=2)], ["甲", "乙"]),
        ([said("editor", "甲"), said("editor", "甲", trust=Confidence.LOW)], ["甲"]),
        ([said("editor", "甲"), said("editor", "乙", "layout/x")], ["乙"]),  # a layout replaces general rules
        ([said("editor", "甲"), said("editor", "乙", "set:ingest")], ["甲", "乙"]),  # people add
        ([said("editor", "甲"), said("editor", "乙", CATALOGUER)], ["甲", "乙"]),
        ([said("editor", "甲"), said("editor", "甲", CATALOGUER)], ["甲"]),
        ([said("editor", "甲"), said("editor", "乙"), said("editor", "甲", CATALOGUER, state=ABSENT)], ["乙"]),
        ([said("editor", "甲"), said("editor", None, CATALOGUER, state=ABSENT)], []),
        (
            [said("editor", "甲"), said("editor", None, CATALOGUER, state=ABSENT), said("editor", "丙", CATALOGUER)],
            ["丙"],
        ),
        (
            [said("editor", "甲"), said("editor", "丙", CATALOGUER), said("editor", "丙", CATALOGUER, state=ABSENT)],
            ["甲"],
        ),
        (
            [said("editor", "甲", CATALOGUER, state=ABSENT), said("editor", "甲")],
            [],
        ),  # whatever the order of lower levels
        ([said("editor", "甲", "set:ingest"), said("editor", "甲", CATALOGUER, state=ABSENT)], []),
        ([said("editor", "不在", CATALOGUER, state=ABSENT)], []),
        ([said("editor", None, state=State.PRINTED_EMPTY)], []),
        ([said("tag", "甲"), said("tag", "乙", CATALOGUER), said("tag", "丙", CATALOGUER)], ["甲", "乙", "丙"]),
        ([], []),
    ],
)
def test_of_several_many_values_these_win(fields: list[Field], values: list[str]) -> None:
    assert [f.value for f in choose_many(fields, [OLD])] == values


@pytest.mark.parametrize(
    ("captures", "order"),
    [
        ([facts(NEW, "2024-06-01T00:00:00Z"), facts(OLD, "2024-05-01T00:00:00Z")], [OLD, NEW]),
        ([facts(NEW, "2024-05-01T00:00:00Z"), facts(OLD)], [NEW, OLD]),  # without a time: last
        ([facts(NEW), facts(OLD)], [OLD, NEW]),  # without times: by SHA-256
        (
            [
                facts(OLD, "2024-06-01T00:00:00Z"),
                facts(OLD, "2024-05-01T00:00:00Z"),
                facts(NEW, "2024-05-15T00:00:00Z"),
            ],
            [OLD, NEW],
        ),
        ([facts(OLD, "2024-05-01T09:00:00Z"), facts(NEW, "2024-05-01T10:00:00Z")], [OLD, NEW]),
    ],
)
def test_captures_come_earliest_first(captures: list[CaptureFacts], order: list[str]) -> None:
    assert order_captures(captures) == order
    assert order_captures(reversed(captures)) == order


def test_the_earliest_capture_speaks_and_the_latest_counts() -> None:
    fields = [
        said("title", "旧标题", capture=OLD), said("views", 12, capture=OLD), said("editor", "甲", capture=OLD),
        said("title", "新标题", capture=NEW), said("views", 486, capture=NEW), said("editor", "乙", capture=NEW),
    ]  # fmt: skip
    record = build_record(fields, [facts(OLD, "2024-05-01T00:00:00Z"), facts(NEW, "2024-06-01T00:00:00Z")], {})

    assert (record.values["title"], record.values["views"], [a.name for a in record.agents]) == ("旧标题", 486, ["甲"])


def test_a_later_capture_fills_in_what_the_earliest_does_not_say() -> None:
    fields = [
        said("title", "标题", capture=OLD),
        said("source", "甲报", capture=NEW),
        said("editor", "乙", capture=NEW),
    ]
    record = build_record(fields, [facts(OLD, "2024-05-01T00:00:00Z"), facts(NEW, "2024-06-01T00:00:00Z")], {})

    assert (record.values["source"], [a.name for a in record.agents]) == ("甲报", ["乙"])


def test_a_count_that_was_not_rendered_does_not_hide_the_earlier_one() -> None:
    fields = [said("views", 12, capture=OLD), said("views", None, state=State.NOT_RENDERED, capture=NEW)]
    record = build_record(fields, [facts(OLD, "2024-05-01T00:00:00Z"), facts(NEW, "2024-06-01T00:00:00Z")], {})

    assert record.values["views"] == 12


def test_a_count_set_by_hand_outranks_every_capture() -> None:
    fields = [said("views", 12, capture=OLD), said("views", 486, capture=NEW), said("views", 5, CATALOGUER)]
    record = build_record(fields, [facts(OLD), facts(NEW)], {})

    assert record.values["views"] == 5


def test_the_order_in_which_captures_were_met_decides_nothing() -> None:
    one = [said("title", "旧标题", capture=OLD), said("views", 12, capture=OLD)]
    two = [said("title", "新标题", capture=NEW), said("views", 486, capture=NEW)]
    captures = [facts(OLD, "2024-05-01T00:00:00Z"), facts(NEW, "2024-06-01T00:00:00Z")]

    assert build_record(one + two, captures, {}).values == build_record(two + one, captures[::-1], {}).values


@pytest.mark.parametrize(
    ("fields", "conflicts"),
    [
        ([said("source", "甲"), said("source", "乙")], ("source",)),
        ([said("source", "甲"), said("source", "甲")], ()),
        ([said("views", 1), said("views", 2)], ("views",)),
        ([said("title", "甲"), said("title", None, state=State.PRINTED_EMPTY)], ()),
        ([said("editor", "甲", at=0), said("editor", "乙", at=50)], ()),  # several editors are several editors
        ([said("host_body", "甲", at=10), said("host_body", "乙", at=12)], ()),  # 主办：甲、乙
        ([said("host_body", "甲", at=10), said("host_body", "乙", at=13)], ()),  # 主办：甲 和乙
        ([said("host_body", "甲", at=10), said("host_body", "乙", at=14)], ()),
        ([said("host_body", "甲", at=10), said("host_body", "乙", at=15)], ("host_body",)),
        ([said("source", "甲"), said("source", "乙"), said("source", "丙", "set:ingest")], ()),
        ([said("source", "甲"), said("source", "乙"), said("source", "丙", "layout/x")], ("source",)),
        ([said("host_body", "甲", at=10), said("host_body", "乙", at=90)], ("host_body",)),
        ([said("host_body", "甲", at=(10, 90)), said("host_body", "乙", at=(12, 92))], ()),  # one list, printed twice
        ([said("host_body", "甲", at=(10, 90)), said("host_body", "乙", at=12)], ("host_body",)),
        ([said("supervising_body", "甲", at=(10, 90))], ()),
        ([said("source", "甲"), said("source", "乙"), said("source", "甲", CATALOGUER)], ()),
        ([said("source", "甲"), said("source", "乙", capture=NEW)], ()),  # two captures may differ: the page changed
        (
            [said("host_body", "甲", at=9), said("host_body", "乙", at=90), said("source", "甲"), said("source", "乙")],
            ("source", "host_body"),
        ),
        ([said("modified", "2024-05-01"), said("modified", "2024-05-02")], ()),
        ([], ()),
    ],
)
def test_two_values_of_one_name_are_a_conflict_until_a_person_decides(
    fields: list[Field], conflicts: tuple[str, ...]
) -> None:
    assert find_conflicts(fields, [OLD, NEW]) == conflicts


@pytest.mark.parametrize("witness", ["meta", "json-ld"])
def test_two_hosts_from_two_witnesses_are_a_conflict(witness: str) -> None:
    fields = [said("host_body", "甲", at=10), said("host_body", "乙", at=12, witness=witness)]

    assert find_conflicts(fields, [OLD]) == ("host_body",)


def test_agents_come_in_the_order_of_the_page_and_those_of_people_last() -> None:
    fields = [
        said("responsible_editor", "丙", at=90),
        said("editor", "乙", at=(300, 50)),
        said("author", "甲", at=60),
        said("author", "丁", CATALOGUER),
    ]
    record = build_record(fields, [facts(OLD)], {})

    assert [a.name for a in record.agents] == ["乙", "甲", "丙", "丁"]


def test_agents_that_people_added_come_in_the_order_of_roles_and_then_as_they_were_added() -> None:
    fields = [said("editor", "甲", CATALOGUER), said("author", "丙", CATALOGUER), said("author", "乙", CATALOGUER)]
    record = build_record(fields, [facts(OLD)], {})

    assert [a.name for a in record.agents] == ["丙", "乙", "甲"]


def test_one_person_in_two_roles_is_listed_in_both() -> None:
    record = build_record([said("author", "甲", at=1), said("editor", "甲", at=9)], [facts(OLD)], {})

    assert [(a.role, a.name) for a in record.agents] == [("author", "甲"), ("editor", "甲")]


@pytest.mark.parametrize(("at", "repeats"), [((10,), 1), ((10, 500), 2)])
def test_a_body_is_printed_as_often_as_it_has_evidence(at: tuple[int, ...], repeats: int) -> None:
    record = build_record([said("body", BODY.sha256, at=at)], [facts(OLD)], {BODY.sha256: BODY})

    assert (record.body, record.repeats) == (BODY, repeats)


def test_a_record_of_nothing_is_an_empty_record_and_no_error() -> None:
    record = build_record([], [], {})

    assert (record.kind, record.values, record.agents, record.body, record.repeats, record.conflicts) == (
        "other",
        {},
        (),
        None,
        0,
        (),
    )


def test_every_assertion_stays_with_the_record() -> None:
    fields = [said("source", "甲"), said("source", "乙", CATALOGUER), said("author", None, state=State.PRINTED_EMPTY)]

    assert build_record(fields, [facts(OLD)], {}).fields == tuple(fields)


def test_identifiers_and_contacts_keep_their_type() -> None:
    fields = [said("icp", "陇ICP备1号"), said("telephone", "12345"), said("site_code", "1101020002")]
    record = build_record(fields, [facts(OLD)], {})

    assert record.identifiers == (("icp", "陇ICP备1号"), ("site_code", "1101020002"))
    assert record.contact == (("telephone", "12345"),)
