from catalog.model.rule import RuleSet
from catalog.text.classify import classify
from catalog.text.lines import split_lines
from catalog.text.segments import find_zones
from catalog.text.site_frame import Frame

ARTICLE = [
    "Deich am Nordufer wird im Herbst erhöht",
    "06.05.2022",
    "Der Deich am Nordufer wird im Herbst auf einer Länge von vier Kilometern erhöht, teilte das Amt am Freitag mit. "
    "Die Arbeiten sollen im September beginnen und bis zum Frühjahr dauern.",
    "In dieser Zeit bleibt der Weg auf der Krone gesperrt. Eine Umleitung für Radfahrer wird ausgeschildert. "
    "Die Nordufer Wacht hat mit Anwohnern gesprochen.",
]


def frame_of(above: list[str], below: list[str], rules: RuleSet) -> Frame:
    text = "\n".join([*above, *ARTICLE, *below])
    return Frame.of(find_zones([classify(line, rules) for line in split_lines(text)]))


def test_lines_around_the_article_are_found_by_their_number(rules: RuleSet) -> None:
    frame = frame_of(["Nordufer Wacht"], ["Impressum", "Über die Nordufer Wacht"], rules)

    assert list(frame.find("Nordufer Wacht")) == [(0, "Nordufer Wacht"), (6, "Über die Nordufer Wacht")]
    assert frame.closing()[0] == frame.body.start


def test_a_name_counts_as_a_word_of_its_own_in_whatever_case(rules: RuleSet) -> None:
    frame = frame_of(["İ Wacht"], ["Impressum", "Wachturm, WACHT", "Nachtwacht"], rules)

    assert list(frame.find_lowered("wacht")) == [(0, 2), (6, 10)]


def test_a_very_long_line_is_not_looked_at_and_counts_as_one(rules: RuleSet) -> None:
    frame = frame_of(["Wacht " * 60, "Wacht"], [], rules)

    assert list(frame.find("Wacht")) == [(1, "Wacht")]
