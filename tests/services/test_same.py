"""The same input gives the same catalogue: whatever the order, the number of runs, jobs or batches."""

from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.archives import response, revisit, warc_gz, zip_of
from tests.pages import LIBRARY, dump, ingest, page, rows, write_pages

TEXT_HEAD = b"HTTP/1.1 200 OK\r\nContent-Type: text/plain\r\n"
HTML = f"<html><title>雁鸣县图书馆新馆开馆</title><pre>{page(body=LIBRARY)}</pre></html>".encode()
PAGES: dict[str, str | bytes] = {
    "青禾/一.txt": page(),
    "青禾/同.txt": page(),  # the same bytes under another name
    "青禾/再采.txt": page(views=340),  # the same item, captured again
    "雁鸣/馆.txt": page(title="雁鸣县图书馆新馆开馆", site="雁鸣县人民政府", body=LIBRARY, published="2023-12-04"),
    "雁鸣/轉載.txt": page(title="秋糧測產觀摩會舉行", site="雁鳴縣人民政府", source="青禾县融媒体中心"),
    "雁鸣/无.txt": "页面不存在\n返回首页",
    "雁鸣/坏.txt": b"\x00\x01\xff\xfe\x80" * 40,
    "雁鸣/空.txt": b"",
    "卷/县.zip": zip_of({"同.txt": page().encode(), "页.html": HTML, "坏.txt": b"\x00\xff" * 90}),
    "卷/网.warc.gz": warc_gz(
        response("https://news.example.org/yanming/2.html", HTML),
        revisit("https://news.example.org/yanming/2.html", HTML, WARC_Date="2024-12-01T00:00:00Z"),
        response("https://news.example.org/qinghe/1.html", page(views=900).encode("gb18030"), TEXT_HEAD),
        response("https://news.example.org/x.html", HTML + b"<!-- -->", WARC_Payload_Digest="sha1:" + "0" * 40),
    ),
}
URL = "https://news.example.org/qinghe/1.html"
MANIFESTS: dict[str, str | bytes] = {
    "later.csv": f"path,url,captured_at,collector\n青禾/再采.txt,{URL},2024-11-02T08:00:00+08:00,李四\n",
    "both.csv": f"path,url,captured_at\n青禾/一.txt,{URL},2024-10-09T01:02:03Z\n雁鸣/馆.txt,{URL}?id=2,2024-01-01\n",
}
COMMANDS = [*((name,) for name in PAGES), *((manifest, "--manifest") for manifest in MANIFESTS)]


def run(db: Path, folder: Path, commands: list[tuple[str, ...]]) -> None:
    for words in commands:
        if len(words) == 2:
            ingest(db, [], manifest=folder / words[0])
        else:
            ingest(db, [folder / words[0]])


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return write_pages(tmp_path_factory.mktemp("pages"), PAGES | MANIFESTS)


@pytest.fixture(scope="module")
def expected(folder: Path, tmp_path_factory: pytest.TempPathFactory) -> str:
    db = tmp_path_factory.mktemp("first") / "c.db"
    run(db, folder, COMMANDS)
    return dump(db)


@settings(max_examples=6, deadline=None)
@given(order=st.permutations(COMMANDS))
def test_the_order_of_ingest_does_not_matter(order: list[tuple[str, ...]], folder: Path, expected: str) -> None:
    with TemporaryDirectory() as place:
        run(Path(place) / "c.db", folder, order)

        assert dump(Path(place) / "c.db") == expected


@pytest.mark.parametrize("options", [{"batch": 1}, {"batch": 3}, {"jobs": 2}, {"jobs": 3, "batch": 2}])
def test_jobs_and_batches_do_not_matter(options: dict[str, int], folder: Path, tmp_path: Path) -> None:
    ingest(tmp_path / "plain.db", [folder])
    ingest(tmp_path / "other.db", [folder], **options)

    assert dump(tmp_path / "other.db") == dump(tmp_path / "plain.db")


def test_the_same_folder_again_changes_nothing_and_leaves_no_change_set(folder: Path, tmp_path: Path) -> None:
    db = tmp_path / "c.db"
    first = ingest(db, [folder])
    before, n_change_sets = dump(db), rows(db, "SELECT count(*) FROM change_sets")

    second = ingest(db, [folder])

    assert dump(db) == before
    assert (first.change_set, second.change_set) == (1, None)
    assert second.counts["unchanged"] == first.counts["added"] + first.counts["observed"]
    assert rows(db, "SELECT count(*) FROM change_sets") == n_change_sets


def test_what_each_run_set_of_its_captures_wins_by_capture_and_not_by_run(folder: Path, tmp_path: Path) -> None:
    runs = [("青禾/一.txt", "source=甲报"), ("青禾/再采.txt", "source=乙报")]
    for name, order in (("one.db", runs), ("other.db", runs[::-1])):
        for path, setting in order:
            ingest(tmp_path / name, [folder / path], settings=(setting,))

    assert rows(tmp_path / "one.db", "SELECT count(*) FROM records") == [(1,)]
    assert dump(tmp_path / "one.db") == dump(tmp_path / "other.db")


def test_a_time_that_becomes_known_later_orders_the_captures(folder: Path, tmp_path: Path) -> None:
    one, again = str(folder / "青禾/一.txt"), str(folder / "青禾/再采.txt")
    views: list[list[tuple[int]]] = []
    for first, second in ((one, again), (again, one)):
        db = tmp_path / f"{len(views)}.db"
        ingest(db, [one, again])
        ingest(db, [first], captured_at="2024-10-09")
        ingest(db, [second], captured_at="2024-11-02")
        views.append(rows(db, "SELECT views FROM records"))

    assert views == [[(340,)], [(12,)]]


def test_a_copied_folder_gives_the_same_catalogue(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("here", "there"):
        write_pages(tmp_path / name / "p", PAGES)
        monkeypatch.chdir(tmp_path / name)
        ingest(Path("c.db"), ["p"])

    assert dump(tmp_path / "here" / "c.db") == dump(tmp_path / "there" / "c.db")


def test_the_dump_tells_two_catalogues_apart(folder: Path, tmp_path: Path) -> None:
    ingest(tmp_path / "one.db", [folder / "青禾" / "一.txt"])
    ingest(tmp_path / "two.db", [folder / "青禾" / "再采.txt"])

    assert dump(tmp_path / "one.db") != dump(tmp_path / "two.db")


def test_what_was_retired_or_solved_is_no_part_of_the_dump(tmp_path: Path) -> None:
    empty = write_pages(tmp_path, {"空.txt": b""}) / "空.txt"
    ingest(tmp_path / "long.db", [empty])
    empty.write_text(page(), "utf-8")
    for setting in ("source=甲报", "source=乙报"):
        ingest(tmp_path / "long.db", [empty], settings=(setting,))
    ingest(tmp_path / "short.db", [empty], settings=("source=乙报",))

    assert dump(tmp_path / "long.db") == dump(tmp_path / "short.db")


def test_the_dump_speaks_of_no_moment_and_no_number_of_a_row(folder: Path, tmp_path: Path) -> None:
    ingest(tmp_path / "c.db", [folder])

    said = dump(tmp_path / "c.db")

    assert "2026-11-22" not in said
    assert '"id"' not in said
    assert "change_set" not in said
