"""Heads of pages in other languages, in the arrangements of ministries, prefectures and papers."""

import pytest

from catalog.model.capture import Capture
from catalog.model.field import State
from catalog.model.rule import RuleSet
from catalog.text.parse import parse_capture

MENU = [
    "Direkt zum Inhalt",
    "Nordufer Ministerium",
    "Menü",
    "Themen",
    "Küstenschutz",
    "Presse",
    "Reden",
    "Kontakt",
    "Suche",
]
TITLE = "Deichinspektion am Nordufer: Land stellt zwölf Millionen Euro für die Sanierung bereit"
SUB = "Minister Hagemann: Sicherheit der Küste hat Vorrang"
BODY = [
    "Das Land Nordufer stellt in diesem Jahr zwölf Millionen Euro für die Sanierung der Deiche bereit. Das teilte"
    " Umweltminister Karl Hagemann nach der Inspektion am Mittwoch mit. Die Arbeiten sollen im Mai beginnen.",
    "„Die Sicherheit der Menschen an der Küste hat Vorrang“, sagte Hagemann. Insgesamt wurden 194 Kilometer Deich"
    " geprüft, an 17 Stellen besteht Handlungsbedarf. Der Landtag muss dem Haushalt noch zustimmen.",
]
TAIL = [
    "Seite drucken",
    "Weitere Meldungen",
    "Neue Richtlinie für Hofläden",
    "12.01.2022",
    "© 2022 Nordufer Ministerium",
]


@pytest.mark.parametrize(
    "head",
    [
        ["13.01.2022", TITLE, SUB],
        ["Pressemitteilung | 13.01.2022 | Nr. 3", TITLE],
        ["Startseite > Presse > Deichinspektion am Nordufer", TITLE, "Datum 13.01.2022"],
        [TITLE, SUB, "Erscheinungsdatum 13.01.2022"],
        ["Pressemitteilung Nr. 003/2022", "vom 13. Januar 2022", TITLE],
        [SUB, TITLE, "13. Januar 2022"],
        [TITLE, "Quelle: Nordufer Ministerium/Petersen", "13.01.2022"],
        ["Typ: Pressemitteilung , Datum: 13.01.2022", TITLE],
        ["Artikel Küstenschutz", TITLE, "Typ: Meldung , Schwerpunktthema: Küstenschutz , Datum: 13.01.2022"],
        [TITLE, TITLE, "13.01.2022"],
        ["13.01.2022", "Deichinspektion", TITLE, "Teilen", "Facebook", "Suche ein- oder ausblenden", "Vorlesen"],
        [TITLE, "Nordstadt, 13.01.2022. " + BODY[0]],
        [TITLE, "13.01.2022 - " + BODY[0]],
        ["Umweltministerium Nordufer", "Nr. 3 | 13.01.2022", TITLE, SUB],
        ["Küstenschutz", TITLE, SUB, "Veröffentlicht am 13. Januar 2022"],
        ["Presseaussendung vom 13.01.2022", TITLE],
        ["Landeskorrespondenz", "Presseaussendung vom 13.01.2022", TITLE, SUB],
        ["13.01.2022 | Ministerium für Umwelt und Küstenschutz", "Küstenschutz", TITLE],
        [TITLE, "Veröffentlicht am Donnerstag, den 13. Januar 2022"],
        ["Land Nordufer", "Folgen", "Keine Meldung vom Land Nordufer mehr verpassen.", "13.01.2022", TITLE],
        [
            "Start Presse Reden",
            "13.01.2022",
            "Vor Ort an der Küste",
            TITLE,
        ],  # a path set with blanks: two of its steps are of the menu
        ["Presse-Service", TITLE, "13.01.2022"],
        [
            TITLE,
            "13.01.2022",
            "zwölf Millionen Euro für die Sanierung der Deiche",
            "sichere Küsten für das Land Nordufer",
        ],
        ["Umwelt / Küste / Deiche / Haushalt", TITLE, "13.01.2022"],
        ["Jan 13 - Deichinspektion am Nordufer", "13.01.2022", "Ansprechpartner", "Ebba Sund", "Tel. 0999 555", TITLE],
        ["Weitere Meldungen: Land Nordufer", "12.01.2022 – 14:31", "Neue Richtlinie für Hofläden", "13.01.2022", TITLE],
        ["13.01.2022 von Ebba Sund in Küste, Haushalt", TITLE],
        ["13.01.2022", "Küstenschutz", TITLE, "© Bildwerk Nord | Petersen"],
        [f"Startseite / Presse / Meldungen / {TITLE}", "13.01.2022", TITLE],
        [
            f"Startseite > Presse > {TITLE}",
            "13.01.2022",
            "Nachfragen:",
            *["Referat K 4 der Küste", "Frau Ebba Sund", "Herr Ole Tamm"] * 3,
            TITLE,
        ],
    ],
    ids=lambda head: " / ".join(head)[:60],
)
def test_a_german_head_gives_headline_and_day(head: list[str], rules: RuleSet) -> None:
    page = "\n".join([*MENU, *head, "", "\n\n".join(BODY), "", *TAIL])
    parsed = parse_capture(Capture.of(page.encode()), rules)
    read = {f.name: f.value for f in parsed.fields}

    assert (read["title"], read["published"], read["site_name"]) == (TITLE, "2022-01-13", "Nordufer Ministerium")
    assert parsed.body is not None
    assert parsed.body.text.endswith(BODY[1])


TEXT = [
    "　汐見県は、県内の海岸堤防について実施した一斉点検の結果をまとめました。"
    "ただちに補修が必要な海岸堤防は十七か所でした。",
    "　今後は県職員と消防団員が、百九十四キロメートルを徒歩で確認します。"
    "参加を希望する方は、各事務所までお申し込みください。",
]
RESULT = "海岸堤防の点検、十七か所で補修必要"


@pytest.mark.parametrize(
    ("head", "title"),
    [
        (["ホーム > 県政情報 > 報道発表", RESULT, "更新日：2022年1月13日"], RESULT),
        ([RESULT, "2022年1月13日 10時20分", "印刷", "シェア"], RESULT),
        (["公開日：2022年1月13日", "独立行政法人汐見機構", RESULT], RESULT),
        (["ここから本文です。", RESULT, "更新日：2022年1月13日"], RESULT),
        (["更新日：2022年1月13日", "知事会見（1月13日）の概要", "資料は次のとおりです。"], "知事会見（1月13日）の概要"),
    ],
)
def test_a_japanese_head_gives_headline_and_day(head: list[str], title: str, rules: RuleSet) -> None:
    page = "\n".join(["本文へ", "汐見県", "ホーム", "くらし", *head, *TEXT, "お問い合わせ", "港湾課"])
    read = {f.name: f.value for f in parse_capture(Capture.of(page.encode()), rules).fields}

    assert (read["title"], str(read["published"])[:10]) == (title, "2022-01-13")


@pytest.mark.parametrize(
    ("line", "published"),
    [
        ("14.02.2023 – 14:05", "2023-02-14T14:05"),
        ("03.11.2021, 10.15 Uhr", "2021-11-03T10:15"),
        ("14.02.2023 (14:05)", "2023-02-14T14:05"),
        ("Publié le 14 septembre 2022 à 18h40", "2022-09-14T18:40"),
    ],
)
def test_the_hour_of_a_date_line_is_read(line: str, published: str, rules: RuleSet) -> None:
    page = "\n".join([*MENU, TITLE, line, "", *BODY, "", *TAIL])
    read = {f.name: f.value for f in parse_capture(Capture.of(page.encode()), rules).fields}

    assert (read["title"], read["published"]) == (TITLE, published)


def test_a_day_in_the_headline_is_not_the_day_of_publication(rules: RuleSet) -> None:
    title = "Bericht von der Deichinspektion vom 12. Januar 2022"
    page = "\n".join([*MENU, title, "Erschienen am 13.01.2022", "", *BODY, "", *TAIL])
    read = {f.name: f.value for f in parse_capture(Capture.of(page.encode()), rules).fields}

    assert (read["title"], read["published"]) == (title, "2022-01-13")


@pytest.mark.parametrize("kicker", ["Küstenschutz", "Sichere Deiche"])
def test_one_or_two_words_above_a_headline_are_its_kicker(kicker: str, rules: RuleSet) -> None:
    page = "\n".join([*MENU, kicker, "Land stellt zwölf Millionen bereit", "13.01.2022", "", *BODY, "", *TAIL])
    read = {f.name: f.value for f in parse_capture(Capture.of(page.encode()), rules).fields}

    assert read["title"] == "Land stellt zwölf Millionen bereit"


@pytest.mark.parametrize("head", ["Pressekontakt", "Rückfragehinweis", "Kontakt für Medien"])
def test_whom_to_ask_stands_under_the_article_and_is_kept_as_contact(head: str, rules: RuleSet) -> None:
    page = "\n".join([*MENU, TITLE, "13.01.2022", "", *BODY, head, "Ebba Sund", "Telefon: 0999 555-0160"])

    parsed = parse_capture(Capture.of(page.encode()), rules)

    assert parsed.body is not None
    assert parsed.body.text.splitlines() == BODY
    assert [(f.value, f.state) for f in parsed.fields if f.name == "telephone"] == [("0999 555-0160", State.STATED)]


@pytest.mark.parametrize(
    ("head", "foot"),
    [
        ([], ["13. Jänner 2022", "", "Teilen:"]),  # alone under the text, other articles' days below
        (["13. Januar 2022                Nordstadt                Ministerium für Küsten"], []),
        ([], ["Zusatzinformationen", "Ausgabejahr 2022", "Datum 13.01.2022"]),  # in a box beside the text
        (["Mittwoch, 12. Januar 2022, 18.42 Uhr; Möwenort", TITLE], ["Veröffentlicht: 13.01.2022"]),
        (["13.01.2022, 10:32 Uhr — Erstveröffentlichung (aktuell)"], []),
        ([], ["Artikel Nr: 28417 vom Donnerstag, 13. Januar 2022, 09:43 Uhr"]),
        ([], ["Presse", "erstellt am:", "13.01.2022"]),
    ],
)
def test_the_day_is_read_right_under_the_text_or_from_a_dateline_in_columns(
    head: list[str], foot: list[str], rules: RuleSet
) -> None:
    page = "\n".join([*MENU, TITLE, "", *head, *BODY, "", *foot, *TAIL])
    read = {f.name: f.value for f in parse_capture(Capture.of(page.encode()), rules).fields}

    assert (read["title"], str(read["published"])[:10]) == (TITLE, "2022-01-13")


@pytest.mark.parametrize(
    ("head", "names"),
    [
        (["Par :", "Claire Montferrand", "Suivre"], ["Claire Montferrand"]),
        (["Le port de Tannville au matin. © Claire Montferrand/TNV", "Par :", "Hugo Valbonne"], ["Hugo Valbonne"]),
        (["Von Ebba Sund"], ["Ebba Sund"]),
        (["Par Claire Montferrand avec Agence Rive"], ["Claire Montferrand"]),
        (["Claire Montferrand avec ats"], ["Claire Montferrand"]),
        (["Ebba Sund – Reporterin in Nordstadt"], ["Ebba Sund"]),
        (["Dipl.-Met. Ebba Sund"], ["Ebba Sund"]),
        (["Анна Северова (Заполярск)"], ["Анна Северова"]),
        (["한누리 기자"], ["한누리"]),
        (["Ort Nordstadt"], []),
        (["Von Möwenort bis Deichhusen"], []),
        (["Amt Nordufer mit dpa"], []),
        (["EBBA SUND MIT DPA"], ["EBBA SUND"]),
        (["Bald geht es weiter mit dpa"], []),
        (["Par : La Rédaction"], []),
        (["Polizei Nordstadt"], []),
    ],
)
def test_a_name_beside_the_day_is_a_person_s(head: list[str], names: list[str], rules: RuleSet) -> None:
    page = "\n".join([*MENU, TITLE, "13.01.2022", *head, "", *BODY, *TAIL])
    parsed = parse_capture(Capture.of(page.encode()), rules)

    assert [f.value for f in parsed.fields if f.name in ("author", "reporter")] == names
