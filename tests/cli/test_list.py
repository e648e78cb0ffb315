import csv
import io
import json
from datetime import date
from pathlib import Path

import pytest

from tests.cli.conftest import HOSTILE, PAGES, TRADITIONAL, Run


def test_a_list_in_a_pipe_is_every_record_as_tsv(run: Run, filled: Path) -> None:
    done = run("list", "--db", filled)

    assert done.status == 0
    assert [row["id"] for row in done.rows] == ["1", "2", "3", "4"]
    assert {row["title"] for row in done.rows} >= {"青禾县举办秋粮测产观摩会", TRADITIONAL, HOSTILE}
    assert done.err == ""


def test_a_hostile_title_never_reaches_a_stream_raw(run: Run, filled: Path) -> None:
    for format_ in ("table", "tsv", "csv", "json", "jsonl", "md", "html"):
        done = run("list", "--db", filled, "--format", format_)

        assert "红字" in done.out, format_
        assert not set(done.out + done.err) & set("\x1b\u202e⚠"), format_
        assert "<script>" not in done.out or format_ != "html"


def test_a_hostile_title_reads_back_whole_from_json_and_tsv(run: Run, filled: Path) -> None:
    of_json = run("list", "id:3", "--db", filled, "--json").json["data"][0]["title"]
    of_tsv = run("list", "id:3", "--db", filled).rows[0]["title"]

    assert of_json == of_tsv == HOSTILE


def test_ids_are_one_a_line_without_a_head(run: Run, filled: Path) -> None:
    assert run("list", "--ids", "--db", filled).out == "1\n2\n3\n4\n"
    assert run("list", "--ids", "-0", "sort:published-", "--db", filled).out == "4\0002\0001\0003\0"


def test_a_limit_is_kept_and_json_names_its_schema(run: Run, filled: Path) -> None:
    document = run("list", "--limit", "2", "--json", "--db", filled).json

    assert document["schema"] == "catalog.list/1"
    assert [row["id"] for row in document["data"]] == [1, 2]
    assert document["problems"] == []


def test_columns_come_in_the_order_asked_for(run: Run, filled: Path) -> None:
    done = run("list", "id:2", "--columns", "editors,views,id,reprints", "--db", filled)

    assert done.out.splitlines()[0] == "editors\tviews\tid\treprints"
    assert done.rows[0] == {"editors": "李娜", "views": "300", "id": "2", "reprints": "2"} or done.rows[0] == {
        "editors": "李　娜", "views": "300", "id": "2", "reprints": "2",
    }  # fmt: skip


def test_a_role_and_a_number_of_a_page_are_columns_and_so_are_labels(run: Run, filled: Path) -> None:
    done = run("list", "id:2", "--columns", "id,责任编辑,来源,icp,telephone", "--db", filled)

    assert done.rows == [
        {"id": "2", "responsible_editor": "李娜", "source": "雁鸣日报", "icp": "陇ICP备12345678号-1", "telephone": ""}
    ]


def test_a_misspelt_column_and_a_misspelt_field_name_the_near_one(run: Run, filled: Path) -> None:
    column = run("list", "--columns", "titel", "--db", filled)
    field = run("list", "sorce:x", "--db", filled)

    assert (column.status, field.status) == (2, 2)
    assert "did you mean title" in column.err
    assert 'did you mean "source:"' in field.err


@pytest.mark.parametrize("command", ["list", "search"])
def test_no_match_is_status_4_with_nothing_on_stdout(command: str, run: Run, filled: Path) -> None:
    done = run(command, "没有这样的词", "--db", filled)

    assert (done.status, done.out) == (4, "")
    assert "没有这样的词" in done.err


def test_search_needs_a_query(run: Run, filled: Path) -> None:
    assert run("search", "--db", filled).status == 2
    assert run("search", "图书馆", "--db", filled).status == 0


def test_csv_and_json_lines_hold_the_same_rows(run: Run, filled: Path) -> None:
    of_csv = list(csv.DictReader(io.StringIO(run("list", "id:1..2", "--format", "csv", "--db", filled).out)))
    of_lines = [
        json.loads(line) for line in run("list", "id:1..2", "--format", "jsonl", "--db", filled).out.splitlines()
    ]

    assert [row["title"] for row in of_csv] == [row["title"] for row in of_lines]
    assert len(of_csv) == 2


def test_the_catalogue_comes_from_flag_then_variable_then_file(
    run: Run, filled: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "catalog.toml").write_text(f'db = "{filled}"\n', "utf-8")
    of_file = run("list", "--ids")
    monkeypatch.setenv("CATALOG_DB", "nowhere.db")
    of_variable = run("list", "--ids")
    of_flag = run("list", "--ids", "--db", filled)

    assert (of_file.status, of_variable.status, of_flag.status) == (0, 6, 0)


def test_there_are_as_many_records_as_pages(run: Run, filled: Path) -> None:
    assert len(run("list", "--ids", "--db", filled).out.splitlines()) == len(PAGES)


@pytest.mark.parametrize("query", ['""', '^""', '秋粮 "  "', '"" OR 秋粮'])
def test_an_empty_phrase_is_a_slip(query: str, run: Run, filled: Path) -> None:
    done = run("list", query, "--db", filled)

    assert (done.status, done.out) == (2, "")
    assert "nothing to look for" in done.err


def test_a_field_that_holds_a_number_is_asked_for_as_text(run: Run, own: Path) -> None:
    run("tag", "1", "unlabelled_count=51", "-y", "--db", own)

    assert [row["id"] for row in run("list", "unlabelled_count:５", "--db", own).rows] == ["1"]


def test_an_error_shows_the_query_with_a_caret_under_the_character(run: Run, filled: Path) -> None:
    plain = run("list", "春耕", "pubished:2020", "--db", filled)
    as_json = run("list", "春耕", "pubished:2020", "--json", "--db", filled)

    assert plain.err.splitlines()[1:] == ["  春耕 pubished:2020", "       ^"]
    assert json.loads(as_json.err)["facts"] == {"query": "春耕 pubished:2020", "position": 3, "name": "pubished"}


def test_a_search_puts_the_word_in_a_title_first_and_shows_where_it_stands(run: Run, filled: Path) -> None:
    done = run("search", "读者", "OR", "图书馆", "--db", filled)
    of_list = run("list", "图书馆", "--columns", "id,snippet", "--db", filled)

    assert [row["id"] for row in done.rows] == [
        row["id"] for row in run("list", "读者 OR 图书馆 sort:rank", "--db", filled).rows
    ]
    assert all("⟦读者⟧" in row["snippet"] or "⟦图书馆⟧" in row["snippet"] for row in done.rows)
    assert all("⟦图书馆⟧" in row["snippet"] for row in of_list.rows)
    assert run("search", "图书馆 sort:id-", "--ids", "--db", filled).out == "4\n3\n"


def test_a_search_in_any_script_marks_the_text_as_printed(run: Run, filled: Path) -> None:
    done = run("list", "圖书馆 script:any", "--columns", "id,title,snippet", "--db", filled)

    assert [row["id"] for row in done.rows] == ["3", "4"]
    assert "⟦图书馆⟧" in done.rows[0]["snippet"]
    assert run("search", "新馆开馆 script:any", "--columns", "snippet", "--db", filled).rows[-1]["snippet"] == (
        "青禾縣圖書館⟦新館開館⟧"
    )


def test_a_day_ago_counts_from_today(run: Run, own: Path) -> None:
    run("tag", "1", f"published={date.today().isoformat()}", "-y", "--db", own)

    assert run("list", "published:-2d..today", "--ids", "--db", own).out == "1\n"
