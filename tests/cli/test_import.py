"""Records that were changed in a spreadsheet or by a program come back as one change set, or not at all."""

import csv
import io
import json
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.cli.conftest import HOSTILE, Ran, Run
from tests.pages import dump, rows

Row = dict[str, str]


def exported(run: Run, own: Path) -> list[Row]:
    return list(csv.DictReader(io.StringIO(run("export", "id:1..", "--to", "csv", "--db", own).out, newline="")))


def sheet(table: list[Row], *, delimiter: str = ",", line_end: str = "\r\n") -> str:
    out = io.StringIO()
    writer = csv.DictWriter(out, list(table[0]), delimiter=delimiter, lineterminator=line_end)
    writer.writeheader()
    writer.writerows(table)
    return out.getvalue()


def bring(run: Run, own: Path, data: str | bytes, *words: str) -> Ran:
    Path("edits").write_bytes(data.encode() if isinstance(data, str) else data)
    return run("import", "--edits", "edits", "-y", *words, "--db", own)


def record(run: Run, own: Path, id_: int = 1) -> dict[str, object]:
    return dict(run("show", str(id_), "--json", "--db", own).json)


@pytest.mark.parametrize("to", ["csv", "jsonl"])
def test_an_export_that_nobody_changed_holds_no_edit(to: str, run: Run, own: Path) -> None:
    run("tag", "3", f"title={HOSTILE}", "source==1+1", "-y", "--db", own)
    before = dump(own)
    done = bring(run, own, run("export", "id:1..", "--to", to, "--db", own).out, "--json")

    assert done.status == 0, done.err
    assert done.json["data"] == {
        "counts": {"records": 0, "values": 0, "unchanged": 4}, "change_set": None, "dry_run": False, "changes": [],
    }  # fmt: skip
    assert dump(own) == before


AS_SAVED: list[tuple[str, Callable[[list[Row]], bytes]]] = [
    ("UTF-8 with BOM", lambda table: ("\ufeff" + sheet(table)).encode()),
    ("GB18030", lambda table: sheet(table).encode("gb18030")),
    ("UTF-16 and tabs", lambda table: ("\ufeff" + sheet(table, delimiter="\t")).encode("utf-16-le")),
    ("semicolons", lambda table: sheet(table, delimiter=";").encode()),
    ("sep= line", lambda table: ("sep=;\r\n" + sheet(table, delimiter=";")).encode()),
    ("columns turned round", lambda table: sheet([dict(reversed(row.items())) for row in table]).encode()),
    ("empty columns behind", lambda table: sheet(table).replace("\r\n", ",,\r\n").encode()),
]


@pytest.mark.parametrize("save", [save for _, save in AS_SAVED], ids=[how for how, _ in AS_SAVED])
def test_a_sheet_is_read_however_it_was_saved(save: Callable[[list[Row]], bytes], run: Run, own: Path) -> None:
    table = [
        {name: row[name] for name in ("id", "title", "source", "responsible_editor")} for row in exported(run, own)
    ]
    table[0]["source"], table[1]["responsible_editor"] = "雁鸣晚报", "李娜; 白玉堂"
    done = bring(run, own, save(table), "--json")

    assert [(c["id"], c["field"], c["new"]) for c in done.json["data"]["changes"]] == [
        (1, "source", "雁鸣晚报"), (2, "responsible_editor", "李娜; 白玉堂"),
    ]  # fmt: skip
    assert record(run, own)["source"] == "雁鸣晚报"


def test_every_kind_of_cell_can_be_changed_and_it_is_undone_exactly(run: Run, own: Path) -> None:
    Path("catalog.toml").write_text('[fields.shelfmark]\ntype = "text"\n[fields.seen]\ntype = "date"', "utf-8")
    before = dump(own)
    table = exported(run, own)
    table[0] |= {
        "views": "1,999", "tags": "甲；乙", "published": "2024/10/9 8:05", "responsible_editor": "",
        "contact": "telephone: 0937-1; telephone: 0937-2", "shelfmark": "'=A1", "seen": "2026/1/2",
        "breadcrumb": "首页; 要闻", "icp": "陇ICP备99号",
    }  # fmt: skip
    assert bring(run, own, sheet(table)).status == 0

    after = record(run, own)
    assert after["counters"] == {"views": 1999}
    assert (after["tags"], after["published"], after["breadcrumb"]) == (
        ["甲", "乙"],
        "2024-10-09T08:05",
        ["首页", "要闻"],
    )
    assert after["custom"] == {"shelfmark": "=A1", "seen": "2026-01-02"}
    assert [a["role"] for a in after["agents"] if a["role"] == "responsible_editor"] == []  # type: ignore[attr-defined]
    assert after["contact"] == [{"type": "telephone", "value": v} for v in ("0937-1", "0937-2")]
    assert after["identifiers"] == [{"type": "icp", "value": "陇ICP备99号"}]
    assert bring(run, own, sheet(exported(run, own)), "--json").json["data"]["changes"] == []
    run("undo", "-y", "--db", own)
    assert dump(own) == before


def test_an_empty_cell_says_nothing_where_there_is_nothing(run: Run, own: Path) -> None:
    done = bring(run, own, "id,subtitle,source\n1,,\n", "--json")

    assert [(c["field"], c["new"]) for c in done.json["data"]["changes"]] == [("source", None)]
    assert rows(own, "SELECT name FROM fields WHERE capture_id IS NULL") == [("source",)]


def test_numbers_that_a_program_made_fractions_of_are_whole(run: Run, own: Path) -> None:
    assert bring(run, own, "id,views\n1.0,12.0\n", "--json").json["data"]["changes"] == []


def test_a_record_can_be_named_by_its_key(run: Run, own: Path) -> None:
    key = rows(own, "SELECT key FROM records WHERE id = 2")[0][0]
    bring(run, own, f"key,source\n{key},甲\n")

    assert record(run, own, 2)["source"] == "甲"


def test_all_faults_are_told_with_line_and_column_and_nothing_is_changed(run: Run, own: Path) -> None:
    key = rows(own, "SELECT key FROM records WHERE id = 2")[0][0]
    body = exported(run, own)[0]["body"] + "\n添"
    text = sheet([
        {"id": "1", "key": key, "views": "1", "publised": "", "body": "", "source": "甲", "contact": ""},
        {"id": "1", "key": "", "views": "many", "publised": "", "body": body, "source": "", "contact": "0937"},
        {"id": "99", "key": "", "views": "", "publised": "x", "body": "", "source": "乙", "contact": ""},
        {"id": "x", "key": "", "views": "", "publised": "", "body": "", "source": "", "contact": ""},
        {"id": "", "key": "", "views": "3", "publised": "", "body": "", "source": "", "contact": ""},
        {"id": "1", "key": "", "views": "3", "publised": "", "body": "", "source": "", "contact": ""},
    ])  # fmt: skip
    before = dump(own)
    done = bring(run, own, text + "2,,7,,,,,too much\r\n3\r\n")

    assert (done.status, done.out) == (2, "")
    for line in (
        "line 1, D (publised): there is no field 'publised'; did you mean published?",
        "line 2, B (key): record 1 has another key",
        "line 3, C (views): views is a number",
        "line 3, E (body): the text is read from the page",
        "line 3, G (contact): '0937' is not NAME: VALUE",
        "A (id): there is no record 99",
        "A (id): there is no record x",
        "A (id): neither id nor key",
        "A (id): record 1 has a row already, line 3",
        "H: there is no column above this cell",
        "C (views): the row ends before this cell",
    ):
        assert line in done.err
    assert dump(own) == before


def test_with_json_the_faults_are_one_document(run: Run, own: Path) -> None:
    done = bring(run, own, "id,views\n1,x\n2,y\n", "--json")
    error = json.loads(done.err)

    assert (error["code"], error["facts"]) == ("edits.bad", {"file": "edits", "faults": 2, "line": 2})


@pytest.mark.parametrize(
    ("data", "why"),
    [(b"\xff\xfe\x00", "line 1"), (b"\x00\xff\xff\xfe", "is no text"), (b"", "no column says which record"),
     (b'id,source\n1,"a', "cannot be read on"), (b'{"id": 1, "souce": "x"}', "did you mean source?"),
     (b'{"id": 1,', "no JSON"), (b'{"id": 1}\n[1]', "line 2, character 1: no JSON object"),
     (b'{"id": 1, "title": {"a": 1}}', "a value is a text"),
     (b'{"id": 1, "agents": [{"role": "editr", "name": "x"}]}', "editr"),
     (b'{"id": 1, "counters": {"vews": 1}}', "did you mean views?"),
     (b'{"id": 1, "body": {"text": "x"}}', "read from the page"),
     (b'{"id": 1, "agents": [{"role": "editor", "name": "x", "kind": "robot"}]}', "robot"),
     (b'{"title": "x"}', "neither id nor key"), (b"id,id\n1,1\n", "stands there twice")],
)  # fmt: skip
def test_a_file_that_cannot_be_used_is_2(data: bytes, why: str, run: Run, own: Path) -> None:
    done = bring(run, own, data)

    assert done.status == 2
    assert why in done.err


def test_json_lines_change_agents_with_label_and_kind(run: Run, own: Path) -> None:
    said = json.loads(run("export", "1", "--db", own).out)
    said["agents"][0] |= {"kind": "account"}
    said["agents"].append({"role": "reporter", "label": "记者", "name": "白玉堂", "kind": "person"})
    said["counters"] = {"views": 5, "likes": 0}
    said["tags"] = ["秋粮"]
    text = json.dumps({name: said[name] for name in ("id", "agents", "counters", "tags", "title")}, ensure_ascii=False)
    assert bring(run, own, text).status == 0

    after = record(run, own)
    assert sorted(map(str, after["agents"])) == sorted(map(str, said["agents"]))  # type: ignore[call-overload]
    assert (after["counters"], after["tags"]) == ({"views": 5, "likes": 0}, ["秋粮"])
    assert bring(run, own, text, "--json").json["data"]["change_set"] is None


def test_a_dry_run_and_a_pipe_without_yes_change_nothing(run: Run, own: Path) -> None:
    Path("edits").write_text("id,views\n1,7\n", "utf-8")
    before = dump(own)
    dry = run("import", "--edits", "edits", "--dry-run", "--db", own)
    asked = run("import", "--edits", "edits", "--db", own)

    assert (dry.status, asked.status) == (0, 2)
    assert "views\t12\t7" in dry.err
    assert dump(own) == before


def test_edits_come_in_on_stdin(run: Run, own: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(b"id,views\n1,7\n")))
    run("import", "--edits", "-", "-y", "--db", own)

    assert record(run, own)["counters"] == {"views": 7}


def test_a_long_article_may_be_cut_by_a_spreadsheet(run: Run, own: Path, tmp_path: Path) -> None:
    from tests.pages import ingest, page

    (tmp_path / "long.txt").write_text(page(title="长文", body=["　　一句话说了很久。" * 8_000]), "utf-8")
    ingest(own, [tmp_path / "long.txt"])
    row = exported(run, own)[-1]
    assert len(row["body"]) > 32_767
    row |= {"body": row["body"][:32_767], "source": "甲"}

    assert bring(run, own, sheet([row])).status == 0
    assert record(run, own, 5)["source"] == "甲"
