from pathlib import Path

from tests.cli.conftest import Run
from tests.pages import HARVEST, page


def test_a_body_in_two_records_is_listed_once_with_the_earliest(run: Run, filled: Path) -> None:
    row = run("dedupe", "--across", "--db", filled).rows[0]

    assert (row["found"], row["records"], row["sites"], row["earliest"]) == ("across records", "2", "2", "1")


def test_a_page_that_prints_its_body_again_is_listed(run: Run, own: Path, tmp_path: Path) -> None:
    (tmp_path / "twice.txt").write_text(
        page(title="秋粮测产会两栏刊登", body=(*HARVEST, "", "秋粮测产会两栏刊登", *HARVEST)), "utf-8"
    )
    run("ingest", tmp_path / "twice.txt", "--db", own, "--jobs", "1")
    rows = run("dedupe", "--in-pages", "--db", own).rows

    assert [(row["found"], row["printed"]) for row in rows] == [("in a page", "2")]


def test_a_query_narrows_to_bodies_of_matching_records(run: Run, filled: Path) -> None:
    assert len(run("dedupe", "雁鸣县图书馆", "--db", filled).rows) == 0
    assert len(run("dedupe", "source:雁鸣日报", "--db", filled).rows) == 1


def test_json_names_its_schema(run: Run, filled: Path) -> None:
    assert run("dedupe", "--json", "--db", filled).json["schema"] == "catalog.repeated/1"


def test_to_compare_again_cannot_be_rehearsed_and_changes_nothing_then(run: Run, own: Path) -> None:
    before = run("export", "--to", "dump", "--db", own).out
    done = run("dedupe", "--again", "--threshold", "0.9", "--dry-run", "--db", own)

    assert (done.status, "--threshold" in done.err) == (2, True)
    assert run("export", "--to", "dump", "--db", own).out == before


def test_a_verdict_stands_in_the_history_of_the_records_that_print_either_text(run: Run, own: Path) -> None:
    ids = [row["id"] for row in run("list", "--columns", "id,body_sha256", "--db", own).rows if row["body_sha256"]]
    bodies = {run("show", id, "--json", "--db", own).json["body"]["sha256"]: id for id in ids}
    one, other, third = list(bodies.values())[:3]
    run("dedupe", "--join", one, other, "-y", "--db", own)
    run("dedupe", "--forget", other, one, "-y", "--db", own)

    def said(id: str) -> list[tuple[str, str]]:
        rows = run("show", id, "--history", "--db", own).rows
        return [(row["old"], row["new"]) for row in rows if row["name"].startswith("verdict:")]

    assert said(one) == said(other) == [("", '"same"'), ('"same"', "")]
    assert said(third) == []
