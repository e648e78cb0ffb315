"""Every report runs on an empty and on a filled catalogue, has the columns it declares, and writes nothing."""

import re
from pathlib import Path

import pytest

from catalog.model.vocabulary import EDITOR_ROLES
from catalog.store.files import read_query, report_files
from catalog.store.grouping import count_groups
from catalog.store.open import Store, open_memory, open_reader, open_writer
from catalog.store.query_report import Report, load_report, run_report
from tests.pages import LIBRARY, ingest, page, write_pages

REPORTS = [load_report(path) for path in report_files()]
GROUPINGS = [report for report in REPORTS if report.group]
OTHERS = [report for report in REPORTS if not report.group]
EVERY_REPORT = pytest.mark.parametrize("report", REPORTS, ids=lambda report: report.name)
EVERY_CHOICE = [
    (report, {name: choice}) for report in OTHERS for name, param in report.params.items() for choice in param.choices
]


@pytest.fixture(scope="module")
def filled(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("reports")
    chain = page(
        title="雁鸣县图书馆又办读书会", body=[*LIBRARY, *LIBRARY[:1]], editor="李娜\n监 审：白玉堂\n总监审：吴守田"
    )
    pages: dict[str, str | bytes] = {
        "a.txt": page(),
        "b.txt": page(title="北塬镇观摩秋粮测产", site="雁鸣新闻网", published="2024-10-11"),
        "c.txt": page(title="雁鸣县图书馆新馆开馆", body=LIBRARY, source=""),
        "d.txt": chain,
        "later/a.txt": page(views=99),
    }
    write_pages(folder / "pages", pages)
    manifest = folder / "pages" / "manifest.csv"
    times = {"a.txt": "2024-10-08T10:00:00Z", "later/a.txt": "2024-10-10T10:00:00Z"}
    said = [f"{name},http://www.qinghe.example.org/1.html,{time}" for name, time in times.items()]
    manifest.write_text("\n".join(["path,url,captured_at", *said]) + "\n", "utf-8")
    ingest(folder / "catalog.db", [folder / "pages" / name for name in pages], manifest=manifest)
    return folder / "catalog.db"


def rows(store: Store, report: Report, **values: str | int | None) -> list[dict[str, object]]:
    table = count_groups(store, [report], values) if report.group else run_report(store, report, values)
    return [dict(zip([column.name for column in table.columns], row, strict=True)) for row in table.rows]


def named(name: str) -> Report:
    return next(report for report in REPORTS if report.name == name)


@EVERY_REPORT
def test_a_report_is_empty_on_an_empty_catalogue(report: Report) -> None:
    with open_memory() as store:
        assert rows(store, report) == []


@EVERY_REPORT
def test_a_report_is_the_same_twice(report: Report, filled: Path) -> None:
    with open_reader(filled) as store:
        assert rows(store, report) == rows(store, report)


@pytest.mark.parametrize(("report", "values"), EVERY_CHOICE, ids=lambda one: str(getattr(one, "name", one)))
def test_a_report_takes_each_choice_of_its_parameters(report: Report, values: dict[str, str], filled: Path) -> None:
    with open_reader(filled) as store:
        assert isinstance(rows(store, report, **values), list)


@pytest.mark.parametrize("report", [one for one in REPORTS if one.group or one.name in ("editors", "timeline")],
                         ids=lambda report: report.name)  # fmt: skip
def test_a_report_counts_each_record_and_a_query_narrows_it(report: Report, filled: Path) -> None:
    with open_reader(filled) as store:
        expected = {"by-editor": 6}.get(report.name, 4)  # one record has three editors

        assert sum(int(str(row["records"])) for row in rows(store, report)) == expected
        assert sum(int(str(row["records"])) for row in rows(store, report, ids="[1]")) == 1


@pytest.mark.parametrize("report", OTHERS, ids=lambda report: report.name)
def test_a_query_that_matches_nothing_leaves_nothing_of_a_report(report: Report, filled: Path) -> None:
    with open_reader(filled) as store:
        assert rows(store, report, ids="[]") == []


@EVERY_REPORT
def test_a_report_ends_in_a_full_order(report: Report) -> None:
    sql = read_query("grouped") if report.group else report.sql

    assert (re.search(r"ORDER BY [^;]+;\s*\Z", sql)) is not None


@EVERY_REPORT
def test_no_report_is_more_than_one_statement_that_reads(report: Report) -> None:
    sql = re.sub(r"--.*", "", report.sql).strip()

    assert sql.count(";") == 1
    assert sql.startswith(("SELECT", "WITH"))


def test_by_editor_knows_all_editors_of_the_vocabulary() -> None:
    listed = re.search(r"role IN \(([^)]*)\)", named("by-editor").sql)

    assert listed is not None
    assert sorted(re.findall(r"'(\w+)'", listed[1])) == sorted(EDITOR_ROLES)


def test_a_chain_of_review_is_one_row(filled: Path) -> None:
    with open_reader(filled) as store:
        chain = next(row for row in rows(store, named("editors")) if row["steps"] == 3)

    assert (chain["editor"], chain["reviewer"], chain["chief_reviewer"]) == ("李娜", "白玉堂", "吴守田")
    assert (chain["period"], chain["records"]) == ("2024-10", 1)


def test_reprints_and_copies_tell_of_the_earliest(filled: Path) -> None:
    with open_reader(filled) as store:
        text = rows(store, named("reprints"))[0]
        copy = rows(store, named("copies"))[0]

    assert (text["records"], text["sites"], text["days"], text["site"]) == (2, 2, 3, "青禾县人民政府")
    assert (copy["site"], copy["earliest_site"], copy["records"], copy["days"]) == (
        "雁鸣新闻网",
        "青禾县人民政府",
        1,
        3,
    )
    assert copy["agrees"] == "yes"


def test_completeness_tells_empty_from_absent(filled: Path) -> None:
    with open_reader(filled) as store:
        fields = {row["field"]: row for row in rows(store, named("completeness"))}
        of_site = [row for row in rows(store, named("completeness"), per="site") if row["site"] == "雁鸣新闻网"]

    assert (fields["source"]["stated"], fields["source"]["printed_empty"], fields["source"]["absent"]) == (3, 1, 0)
    assert (fields["supervising_reviewer"]["stated"], fields["supervising_reviewer"]["absent"]) == (1, 3)
    assert fields["kind"]["inferred"] == 4
    assert {row["records"] for row in of_site} == {1}


def test_counts_over_time_come_from_every_capture(filled: Path) -> None:
    with open_reader(filled) as store:
        (row,) = rows(store, named("counters"))

    assert (row["series"], row["count"], row["gained"], row["per_day"]) == ("[12,99]", 99, 87, 43.5)
    assert (row["resets"], row["gaps"], row["captures"]) == (0, 0, 2)


def series(tmp_path: Path, counts: list[int | None]) -> dict[str, object]:
    """Return the row of a record that was captured once a day with these counts."""
    pages: dict[str, str | bytes] = {
        f"{day}.txt": page(views=count or 0).replace("　浏览次数：0", "" if count is None else "　浏览次数：0")
        for day, count in enumerate(counts, 1)
    }
    write_pages(tmp_path / "pages", pages)
    lines = [f"pages/{name},http://www.qinghe.example.org/1.html,2024-11-{int(name[:-4]):02}" for name in pages]
    (tmp_path / "manifest.csv").write_text("\n".join(["path,url,captured_at", *lines]) + "\n", "utf-8")
    files = [tmp_path / "pages" / name for name in pages]
    ingest(tmp_path / "c.db", files, manifest=tmp_path / "manifest.csv")
    with open_reader(tmp_path / "c.db") as store:
        return rows(store, named("counters"))[0]


def test_a_lower_count_is_a_reset_and_a_missing_one_a_gap(tmp_path: Path) -> None:
    row = series(tmp_path, [10, 30, None, 4, 9])

    assert row["series"] == "[10,30,null,4,9]"
    assert (row["resets"], row["gaps"], row["gained"], row["per_day"]) == (1, 1, 25, 12.5)


def test_a_timeline_has_the_empty_months_too(tmp_path: Path) -> None:
    write_pages(
        tmp_path,
        {"a.txt": page(published="2023-11-05"), "b.txt": page(title="北塬镇再办观摩会", published="2024-02-01")},
    )
    ingest(tmp_path / "c.db", [tmp_path / "a.txt", tmp_path / "b.txt"])
    with open_reader(tmp_path / "c.db") as store:
        months = rows(store, named("timeline"))
        n_days = len(rows(store, named("timeline"), per="day"))

    assert [(row["period"], row["records"]) for row in months] == [
        ("2023-11", 1), ("2023-12", 0), ("2024-01", 0), ("2024-02", 1),
    ]  # fmt: skip
    assert (months[1]["views"], months[-1]["total"]) == (None, 2)
    assert n_days == 89


def test_sources_that_differ_in_width_and_spaces_are_one(tmp_path: Path) -> None:
    spellings = ["云陵社", "云陵社", "《云陵社》", "云 陵 社", "ＡＢ网", "ab网"]
    pages: dict[str, str | bytes] = {
        f"{n}.txt": page(title=f"北塬镇第{n}次观摩秋粮测产", source=source) for n, source in enumerate(spellings)
    }
    write_pages(tmp_path, pages)
    ingest(tmp_path / "c.db", [tmp_path / name for name in pages])
    with open_reader(tmp_path / "c.db") as store:
        found = {row["printed"]: (row["authority"], row["basis"]) for row in rows(store, named("sources"))}

    assert found["云陵社"] == ("云陵社", "printed")
    assert {authority for printed, (authority, _) in found.items() if "云" in str(printed)} == {"云陵社"}
    assert len({authority for printed, (authority, _) in found.items() if "网" in str(printed)}) == 1


def test_a_source_that_a_cataloguer_merged_goes_under_that_name(tmp_path: Path) -> None:
    write_pages(tmp_path, {"a.txt": page(source="云陵社")})
    ingest(tmp_path / "c.db", [tmp_path / "a.txt"])
    with open_writer(tmp_path / "c.db") as store, store.transaction() as connection:
        into = connection.execute("INSERT INTO agents (site, name, kind) VALUES ('', '云陵通讯社', 'source')").lastrowid
        connection.execute("UPDATE agents SET merged_into = ? WHERE name = '云陵社' AND kind = 'source'", (into,))
    with open_reader(tmp_path / "c.db") as store:
        (row,) = rows(store, named("sources"))

    assert (row["authority"], row["printed"], row["basis"]) == ("云陵通讯社", "云陵社", "merged")


def test_problems_are_counted_by_code(tmp_path: Path) -> None:
    write_pages(tmp_path, {"empty.txt": b"", "a.txt": page()})
    ingest(tmp_path / "c.db", [tmp_path / "empty.txt", tmp_path / "a.txt"])
    with open_reader(tmp_path / "c.db") as store:
        found = rows(store, named("problems"))

    assert [row["problems"] for row in found] == [1]
    assert str(found[0]["example"]).endswith("empty.txt")


def test_a_writer_is_not_what_reports_get(filled: Path) -> None:
    with open_writer(filled) as writer, open_reader(filled) as reader:
        assert (writer.writable, reader.writable) == (True, False)
