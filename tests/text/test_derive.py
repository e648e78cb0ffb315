import pytest

from catalog.model.field import Confidence, Evidence, Field, State
from catalog.model.span import Span
from catalog.text.derive import derive_publisher, language_of, merge_same, refine_dates


def said(
    name: str, value: str | int | None, at: int = 0, trust: Confidence = Confidence.HIGH, state: State = State.STATED
) -> Field:
    raw = str(value or name)
    said = (Evidence(Span(at, at + len(raw)), raw, f"zh.{name}"),)
    return Field(name, state, value, trust, "rules/2026-11.3", said, capture="c")


EMPTY = State.PRINTED_EMPTY


@pytest.mark.parametrize(
    ("fields", "merged"),
    [
        ([said("source", "甲", 1), said("source", "甲", 9)], [("source", "甲", 2)]),
        ([said("source", "甲", 1), said("source", "甲", 1)], [("source", "甲", 1)]),  # the same place twice
        ([said("source", "甲", 1), said("source", "乙", 9)], [("source", "甲", 1), ("source", "乙", 1)]),
        ([said("author", "甲", 1), said("editor", "甲", 1)], [("author", "甲", 1), ("editor", "甲", 1)]),
        ([said("source", None, 1, state=EMPTY), said("source", "乙", 9)], [("source", "乙", 1)]),
        ([said("source", None, 1, state=EMPTY), said("source", None, 9, state=EMPTY)], [("source", None, 2)]),
        ([said("author", None, 1, state=EMPTY), said("author", "甲", 9)], [("author", None, 1), ("author", "甲", 1)]),
        ([said("views", 0, 1), said("views", None, 9, state=State.NOT_RENDERED)], [("views", 0, 1)]),
        ([], []),
    ],
)
def test_what_two_places_say_alike_is_one_field(fields: list[Field], merged: list[tuple[str, object, int]]) -> None:
    assert [(f.name, f.value, len(f.evidence)) for f in merge_same(fields)] == merged


@pytest.mark.parametrize(
    ("first", "second", "together"),
    [
        (Confidence.MEDIUM, Confidence.MEDIUM, Confidence.HIGH),
        (Confidence.MEDIUM, Confidence.HIGH, Confidence.HIGH),
        (Confidence.LOW, Confidence.MEDIUM, Confidence.HIGH),
        (Confidence.LOW, Confidence.LOW, Confidence.LOW),
    ],
)
def test_two_places_that_agree_are_trusted_more(first: Confidence, second: Confidence, together: Confidence) -> None:
    (field,) = merge_same([said("editor", "甲", 1, first), said("editor", "甲", 9, second)])

    assert field.confidence is together


@pytest.mark.parametrize(
    ("values", "kept"),
    [
        (["2024-05-11", "2024-05-11T09:30"], ["2024-05-11T09:30"]),
        (["2024-05-11T09:30", "2024-05-11T09:30:15"], ["2024-05-11T09:30:15"]),
        (["2024-05-11", "2024-05-12T09:30"], ["2024-05-11", "2024-05-12T09:30"]),
        (["2024-05-11T09:30", "2024-05-11T09:31"], ["2024-05-11T09:30", "2024-05-11T09:31"]),
        (["2024-05-11"], ["2024-05-11"]),
    ],
)
def test_a_date_is_taken_into_the_finer_one_that_repeats_it(values: list[str], kept: list[str]) -> None:
    fields = [said("published", value, 20 * n) for n, value in enumerate(values)]

    assert [f.value for f in refine_dates(fields)] == kept


def test_a_finer_date_keeps_the_evidence_of_the_coarser_one() -> None:
    (field,) = refine_dates([said("published", "2024-05-11", 0), said("published", "2024-05-11T09:30", 50)])

    assert sorted(e.raw for e in field.evidence) == ["2024-05-11", "2024-05-11T09:30"]


def test_a_modification_does_not_refine_a_publication() -> None:
    fields = [said("published", "2024-05-11", 0), said("modified", "2024-05-11T09:30", 50)]

    assert [f.value for f in refine_dates(fields)] == ["2024-05-11", "2024-05-11T09:30"]


ISSUER, POSTER = said("issuing_body", "甲局", 5), said("poster", "归来", 6)
HOST, RIGHTS, SITE = (
    said("host_body", "乙政府", 200),
    said("copyright_holder", "丙网", 220),
    said("site_name", "丁网", 0, Confidence.MEDIUM),
)


@pytest.mark.parametrize(
    ("fields", "publisher", "trust"),
    [
        ([SITE, RIGHTS, HOST, POSTER, ISSUER], "甲局", Confidence.HIGH),
        ([SITE, RIGHTS, HOST, POSTER], "归来", Confidence.LOW),
        ([SITE, RIGHTS, HOST], "乙政府", Confidence.HIGH),
        ([SITE, RIGHTS], "丙网", Confidence.HIGH),
        ([SITE], "丁网", Confidence.MEDIUM),
        ([HOST, said("host_body", "戊社", 400)], "乙政府", Confidence.LOW),  # two footers disagree
        ([said("host_body", "戊社", 400), HOST], "乙政府", Confidence.LOW),  # the first on the page, not in the list
        ([HOST, said("host_body", "戊社", 204)], "乙政府", Confidence.HIGH),  # one list: 乙政府、戊社
        ([said("issuing_body", None, 5, state=EMPTY), HOST], "乙政府", Confidence.HIGH),
        ([said("source", "甲报")], None, None),
        ([], None, None),
    ],
)
def test_the_publisher_is_the_first_of_issuer_host_owner_and_site(
    fields: list[Field], publisher: str | None, trust: Confidence | None
) -> None:
    field = derive_publisher(fields, "c")

    assert (field.value if field else None, field.confidence if field else None) == (publisher, trust)


def test_a_publisher_shows_where_it_was_read() -> None:
    field = derive_publisher([HOST], "c")

    assert field is not None
    assert [(e.raw, e.rule) for e in field.evidence] == [("乙政府", "publisher.host_body")]


@pytest.mark.parametrize(
    ("text", "tag"),
    [
        ("青禾县在北塬镇河湾村举办秋粮测产观摩会，农技人员到田间看苗情", "zh-Hans"),
        ("青禾縣在北塬鎮河灣村舉辦秋糧測產觀摩會，農技人員到田間看苗情", "zh-Hant"),
        ("県は十月七日、海岸堤防の点検を行いました。住民の皆さまにはご協力をお願いします。", "ja"),
        ("군은 시월 칠일 수확량을 측정하는 행사를 열었다. 농민들이 많이 모였다.", "ko"),
        ("Управление гавани сообщило о начале дноуглубительных работ в июне.", "ru"),
        (
            "The authority said that the dredging of the channel would begin in June, and that it is for boats.",
            "en",
        ),
        (
            "Die Behörde hat mit der Prüfung der Deiche begonnen, und das für den ganzen Kreis mit der Wehr.",
            "de",
        ),
        (
            "La mairie a ouvert les portes de la salle et des ateliers dans une rue, pour les habitants.",
            "fr",
        ),
        (
            "El puerto de la ciudad abre por la tarde con una feria que reúne a los vecinos de los barrios.",
            "es",
        ),
        ("", None),
        ("1234 5678", None),
        ("OK", None),
    ],
)
def test_a_text_is_in_this_language(text: str, tag: str | None) -> None:
    assert language_of(text) == tag
