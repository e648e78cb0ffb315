import io
import json
import sys
from pathlib import Path

import pytest

from tests.cli.conftest import Run
from tests.cli.test_screen import on_screen
from tests.display.test_table import Screen
from tests.pages import rows


def _record(run: Run, own: Path, id_: int = 1) -> dict[str, object]:
    return dict(json.loads(run("show", str(id_), "--json", "--db", own).out))


def test_a_value_set_by_hand_wins_and_says_who_set_it(run: Run, own: Path) -> None:
    assert run("tag", "1", "publisher=雁鸣日报社", "views=7", "+秋粮", "-y", "--db", own).status == 0

    record = _record(run, own)
    assert (record["publisher"], record["counters"], record["tags"]) == ("雁鸣日报社", {"views": 7}, ["秋粮"])
    assert "cataloguer:zhang.san" in {f["asserted_by"] for f in record["fields"]}  # type: ignore[attr-defined]


def test_a_value_set_by_hand_survives_a_second_ingest(run: Run, own: Path, tmp_path: Path) -> None:
    run("tag", "1", "source=手工", "-y", "--db", own)
    run("ingest", tmp_path / "pages", "--db", own, "--jobs", "1")

    assert _record(run, own)["source"] == "手工"


def test_without_a_terminal_and_without_y_nothing_changes(run: Run, own: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "stdin", io.StringIO("y\n"))
    before = _record(run, own)
    done = run("tag", "1", "publisher=x", "--db", own)

    assert done.status == 2
    assert done.out == ""
    assert _record(run, own) == before


@pytest.mark.parametrize(("answer", "status"), [("y\n", 0), ("n\n", 2), ("", 130)])
def test_on_a_terminal_only_yes_changes(
    answer: str, status: int, run: Run, own: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sys, "stdin", Screen(answer))

    assert run("tag", "1", "publisher=新", "--db", own).status == status
    assert (_record(run, own)["publisher"] == "新") is (status == 0)


def test_a_dry_run_shows_old_and_new_and_changes_nothing(run: Run, own: Path) -> None:
    before = _record(run, own)
    done = run("tag", "source:雁鸣日报", "source=雁鸣晚报", "--dry-run", "--db", own)

    assert done.status == 0
    assert "雁鸣日报\t雁鸣晚报" in done.err
    assert _record(run, own) == before


def test_what_is_said_already_is_no_change(run: Run, own: Path) -> None:
    run("tag", "1", "+秋粮", "-y", "--db", own)
    again = run("tag", "1", "+秋粮", "-y", "--json", "--db", own)

    assert again.json["data"]["change_set"] is None
    assert again.json["data"]["changes"] == []


def test_json_lists_every_change(run: Run, own: Path) -> None:
    document = run("tag", "1", "2", "+秋粮", "-y", "--json", "--db", own).json

    assert document["schema"] == "catalog.tag/1"
    assert [(c["id"], c["field"], c["old"], c["new"]) for c in document["data"]["changes"]] == [
        (1, "tag", None, "秋粮"), (2, "tag", None, "秋粮"),
    ]  # fmt: skip


def test_a_tag_is_taken_off_again(run: Run, own: Path) -> None:
    run("tag", "1", "+秋粮", "+测产", "-y", "--db", own)
    run("tag", "1", "--untag", "秋粮", "-y", "--db", own)

    assert _record(run, own)["tags"] == ["测产"]


WRONG = [["1"], ["+秋粮"], ["1", "publishr=x"], ["1", "views=many"], ["1", "title+=x"], ["1", "published=x"]]


@pytest.mark.parametrize("words", WRONG)
def test_a_change_that_cannot_be_meant_is_refused(words: list[str], run: Run, own: Path) -> None:
    assert run("tag", *words, "-y", "--db", own).status == 2


def test_no_record_to_change_is_status_4(run: Run, own: Path) -> None:
    assert run("tag", "source:没有", "+x", "-y", "--db", own).status == 4
    assert run("tag", "99", "+x", "-y", "--db", own).status == 4


def test_all_records_of_a_query_are_changed_at_once(run: Run, own: Path) -> None:
    run("tag", "has:views", "+有浏览", "-y", "--db", own)

    assert run("list", "tag:有浏览", "--ids", "--db", own).out == "1\n2\n3\n4\n"


@pytest.mark.parametrize("value", ["xx", "zh_CN", "chinese", "汉语"])
def test_a_language_that_is_none_is_refused(value: str, run: Run, own: Path) -> None:
    done = run("tag", "1", f"language={value}", "-y", "--db", own)

    assert done.status == 2
    assert value in done.err


@pytest.mark.parametrize("change", ["language=ug", "language=zh-Hans-CN", "language=yue", "kind=listing"])
def test_who_set_kind_or_language_is_shown(change: str, run: Run, own: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    run("tag", "1", change, "-y", "--db", own)
    name, value = change.split("=")
    row = next(row for row in run("show", "1", "--db", own).rows if row["field"] == name)

    assert (row["value"], row["note"]) == (value, "cataloguer:zhang.san")
    card = on_screen(["show", "1", "--db", str(own)], 100, monkeypatch)
    assert any(name in line and "cataloguer:zhang.san" in line for line in card.splitlines())


def test_a_value_with_line_breaks_is_kept_as_one_line(run: Run, own: Path) -> None:
    run("tag", "1", "title=秋粮\n 测产\u2028观摩", "-y", "--db", own)

    assert _record(run, own)["title"] == "秋粮 测产 观摩"


@pytest.mark.parametrize(("policy", "status"), [("warn", 0), ("free", 0), ("refuse", 2)])
def test_a_tag_that_is_not_in_the_list_is_warned_of_or_refused(
    policy: str, status: int, own: Path, run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    Path("tags.csv").write_text("tag,also\n扶贫,脱贫\n", "utf-8")
    run("tags", "import", "tags.csv", "-y", "--db", str(own))
    monkeypatch.setenv("CATALOG_TAGS", policy)
    done = run("tag", "1", "+脱贫", "-y", "--db", str(own))

    assert done.status == status
    assert ("did you mean 扶贫?" in done.err) is (policy != "free")
    assert rows(own, "SELECT count(*) FROM tags WHERE tag = '脱贫'") == [(int(status == 0),)]
