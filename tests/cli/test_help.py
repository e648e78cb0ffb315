"""The topics of help are held to the truth: every name, format, status and setting that there is, and no other."""

import re
import shutil
import subprocess
from datetime import date
from pathlib import Path

import pytest
from rich.cells import cell_len

from catalog.cli.manual import FOLDER, TOPICS, list_topics, read_topic
from catalog.cli.settings import NAMES as SETTINGS
from catalog.errors import EXIT_STATUSES
from catalog.model.field import State
from catalog.model.table import TableFormat
from catalog.model.vocabulary import CONTACTS, COUNTERS, FIELDS, IDENTIFIERS, ROLES
from catalog.services.export import list_formats
from catalog.store import query as grammar
from catalog.store.query_names import ABOUT_NAMES, ALIASES, ALL_NAMES, NAMES
from catalog.store.query_sql import compile_query
from tests.cli.conftest import Run


def _words(topic: str) -> set[str]:
    """Return the words of a topic that could be names."""
    return set(re.findall(r"[\w-]+", read_topic(topic)))


def _first_words(topic: str) -> list[str]:
    """Return the word that each indented line begins with."""
    return re.findall(r"^  (\S+)", read_topic(topic), re.MULTILINE)


def test_the_folder_has_the_topics_and_nothing_else() -> None:
    assert sorted(path.stem for path in FOLDER.iterdir()) == sorted(TOPICS)


@pytest.mark.parametrize("topic", TOPICS)
def test_a_topic_fits_80_columns_and_says_what_it_is_about(topic: str, run: Run) -> None:
    text = read_topic(topic)

    assert [line for line in text.splitlines() if cell_len(line) > 80] == []
    assert run("help", topic).out == text
    assert {"topic": topic, "about": list_topics()[topic]} in run("help").rows


def test_fields_are_all_explained() -> None:
    assert {*FIELDS, *ROLES, *COUNTERS, *IDENTIFIERS, *CONTACTS, *State} - _words("fields") == set()


def test_every_name_of_the_query_language_is_explained() -> None:
    explained = _words("query") | _words("fields")

    assert {*NAMES, *ALIASES, *ABOUT_NAMES, *ALL_NAMES} - explained == set()


def test_a_label_that_explains_a_field_names_it_in_queries() -> None:
    found = re.findall(r"([a-z_]+) {2,}((?:(?:ICP)?[\u4e00-\u9fff]+(?:, )?)+)", read_topic("fields"))
    labels = {label: name for name, said in found for label in said.split(", ") if label != "许可证"}

    assert len(labels) > 30
    assert {label: ALIASES.get(label) for label in labels} == labels


def test_no_name_is_explained_that_the_query_language_lacks() -> None:
    text = read_topic("query").replace('"时间:2020"', "")
    named = re.findall(r"(\w+):(?=[^\s…])", text)
    named += re.findall(r"(\w+):", text.partition("names do too:")[2].partition("Examples")[0])
    table = text.partition("and these:")[2].partition("names do too:")[0]
    named += re.findall(r"\w+", " ".join(re.findall(r"^  ((?:\w+, )*\w+)  ", table, re.MULTILINE)))

    assert len(set(named)) > 50
    assert set(named) - ALL_NAMES == set()


def test_every_comparison_is_shown() -> None:
    shown = read_topic("query")

    assert [test for test in grammar.Test if test is not grammar.Test.CONTAINS and test.value not in shown] == []


def test_what_is_shown_as_a_query_is_one() -> None:
    text = read_topic("query")
    lines = [re.split(r"\s{2,}", line.strip())[0] for line in text.splitlines() if line.startswith("  ")]
    queries = [line for line in lines if re.match(r'[\^"]|[^\W\d_]\w*:[^ ]|春耕', line)]

    assert len(queries) > 15
    for query in queries:
        compile_query(query, date(2026, 11, 22), {"NAME": "春耕"})


def test_formats_are_all_explained() -> None:
    assert {*TableFormat, *list_formats()} <= set(_first_words("formats"))
    assert set(_first_words("formats")) - {*TableFormat, *list_formats()} == {"--json", "--ids", "-0", "NO_COLOR"}


def test_statuses_are_those_that_there_are() -> None:
    assert [word for word in _first_words("statuses") if word.isdigit()] == [str(status) for status in EXIT_STATUSES]


def test_settings_are_those_that_there_are() -> None:
    table = read_topic("settings").partition("For example")[0]

    assert re.findall(r"^  (\w+) .*CATALOG_", table, re.MULTILINE) == list(SETTINGS)
    assert re.findall(r"CATALOG_(\w+)", table) == [name.upper() for name in SETTINGS]


def test_the_name_of_a_command_shows_its_help(run: Run) -> None:
    assert run("help", "list").out == run("list", "--help").out != ""


@pytest.mark.parametrize(("word", "near"), [("qury", "query"), ("ingets", "ingest")])
def test_a_wrong_topic_suggests_the_near_one(word: str, near: str, run: Run) -> None:
    done = run("help", word)

    assert (done.status, done.out) == (2, "")
    assert f"did you mean {near}?" in done.err


RENDERERS = [["mandoc", "-T", "utf8", "-W", "error"], ["groff", "-man", "-Kutf8", "-Tutf8", "-ww"]]


@pytest.mark.parametrize("renderer", RENDERERS, ids=lambda renderer: renderer[0])
def test_the_man_page_is_rendered(renderer: list[str], run: Run, tmp_path: Path) -> None:
    if not shutil.which(renderer[0]):
        pytest.skip(f"there is no {renderer[0]} here")
    page = tmp_path / "catalog.1"
    page.write_text(run("help", "--man").out, "utf-8")
    done = subprocess.run([*renderer, page], capture_output=True, text=True, encoding="utf-8", check=False)
    shown = re.sub(r".\x08|\x1b\[[0-9;]*m", "", done.stdout)

    assert (done.returncode, done.stderr) == (0, "")
    assert "catalog ingest PATH" in shown
    assert "监审" in shown
    assert r"\t \n \r \\ and control characters as \xNN" in shown
    assert [name for name in TOPICS if name.upper() not in shown] == []
