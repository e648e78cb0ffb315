"""What the words behind `catalog report` mean."""

from pathlib import Path

import pytest

from catalog.errors import UsageError
from catalog.services.report_words import read_words


def names(words: list[str]) -> tuple[list[str], tuple[str, ...]]:
    asked = read_words(words)
    assert asked is not None
    return [report.name for report in asked.reports], asked.query


@pytest.mark.parametrize(
    ("words", "reports", "query"),
    [
        (["--by-source"], ["by-source"], ()),
        (["春耕", "--by-source", "published:2020.."], ["by-source"], ("春耕", "published:2020..")),
        (["--by-source", "--by-year", "--by-source"], ["by-source", "by-year"], ()),
        (["editors"], ["editors"], ()),
        (["editors", "源", "^tag:x"], ["editors"], ("源", "^tag:x")),
        (["editors", "counters"], ["editors"], ("counters",)),
    ],
)
def test_words_name_reports_or_are_the_query(words: list[str], reports: list[str], query: tuple[str, ...]) -> None:
    assert names(words) == (reports, query)


def test_without_words_no_report_is_asked_for() -> None:
    assert read_words([]) is None


@pytest.mark.parametrize(
    ("words", "params"),
    [
        (["editors", "--per", "year"], []),
        (["editors", "--per=year", "春耕"], []),
        (["editors", "春耕", "--per", "year"], []),
        (["editors"], ["per=year"]),
    ],
)
def test_a_parameter_is_given_either_way(words: list[str], params: list[str]) -> None:
    asked = read_words(words, params)

    assert asked is not None
    assert asked.params == {"per": "year"}
    assert asked.query in ((), ("春耕",))


@pytest.mark.parametrize(
    ("value", "read"), [("3", 3), ("-3", -3), ("03", "03"), ("٣", "٣"), ("", ""), ("9" * 19, "9" * 19)]
)
def test_a_whole_number_is_compared_as_one(value: str, read: int | str) -> None:
    asked = read_words(["reprints"], [f"least={value}"])

    assert asked is not None
    assert asked.params == {"least": read}


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["--by-sorce"], "did you mean --by-source"),
        (["edtors"], "did you mean editors"),
        (["春耕"], "there is no report 春耕; there are --by-editor"),
        (["source"], "did you mean --by-source"),
        (["by-source"], "did you mean --by-source"),
        (["--editors"], "catalog report editors"),
        (["--xyz", "1"], "there is no report --xyz"),
        (["editors", "--by-source"], "not crossed with --by-source"),
        (["editors", "--counters"], "one report at a time"),
        (["editors", "--pre", "year"], "did you mean --per"),
        (["editors", "--per"], "--per needs a value"),
        (["editors", "--per", "--x"], "--per needs a value"),
        (["editors", "--per", "week"], "one of all, month, year"),
        (["editors", "--ids", "[1]"], "no parameter --ids"),
        (["--by-source", "--per", "year"], "takes no parameters"),
    ],
)
def test_words_that_mean_nothing_are_answered(words: list[str], said: str) -> None:
    with pytest.raises(UsageError, match=said):
        read_words(words)


@pytest.mark.parametrize(
    ("words", "param", "said"),
    [
        (["editors"], "per", "name=value"),
        (["editors"], "when=2020", "no parameter --when"),
        ([], "per=year", "say which report"),
    ],
)
def test_a_parameter_that_fits_nothing_is_answered(words: list[str], param: str, said: str) -> None:
    with pytest.raises(UsageError, match=said):
        read_words(words, [param])


def test_a_report_of_a_folder_is_found_by_name(tmp_path: Path) -> None:
    (tmp_path / "mine.sql").write_text("-- title: Mine\n-- columns: a\nSELECT 1 AS a;", "utf-8")
    asked = read_words(["mine", "春耕"], folder=tmp_path)

    assert asked is not None
    assert (asked.reports[0].name, asked.query) == ("mine", ("春耕",))
