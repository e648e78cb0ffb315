from pathlib import Path

import pytest

from catalog.errors import NothingMatched
from catalog.services.records import load_record, load_records
from catalog.store.find import load_history, load_original, load_readings
from catalog.store.open import open_reader
from catalog.text.record import main_reading
from tests.pages import LIBRARY, ingest, page, write_pages


@pytest.fixture
def db(tmp_path: Path) -> Path:
    folder = write_pages(tmp_path / "pages", {
        "一.txt": page().encode("gb18030"),
        "再.txt": page(views=340),
        "转.txt": page(site="雁鸣县人民政府", title="秋粮观摩", published="2024-10-09"),
        "馆.txt": page(title="雁鸣县图书馆开馆", body=LIBRARY),
    })  # fmt: skip
    ingest(tmp_path / "c.db", [folder])
    return tmp_path / "c.db"


def test_every_span_reads_back_its_raw(db: Path) -> None:
    with open_reader(db) as store:
        for record in load_records(store, [1, 2, 3]):
            for field in record.fields:
                text = main_reading(load_readings(store.connection, field.capture or "")).text
                assert all(text[e.span.start : e.span.end] == e.raw for e in field.evidence)


def test_records_come_in_the_order_asked_for(db: Path) -> None:
    with open_reader(db) as store:
        assert [record.id for record in load_records(store, [3, 99, 1, 3])] == [3, 1, 3]


def test_many_records_come_in_more_than_one_chunk(db: Path) -> None:
    with open_reader(db) as store:
        assert len(list(load_records(store, [1, 2, 3] * 100))) == 300


def test_an_id_that_names_no_record_matches_nothing(db: Path) -> None:
    with pytest.raises(NothingMatched), open_reader(db) as store:
        load_record(store, 99)


def test_records_that_share_a_body_know_their_group_and_its_earliest(db: Path) -> None:
    with open_reader(db) as store:
        records = list(load_records(store, [1, 2, 3]))
    groups = [record.reprints for record in records]

    shared = [group for group in groups if group]
    assert len(shared) == 2
    earliest = next(record.id for record in records if len(record.captures) == 2)
    assert {(group.of, group.earliest) for group in shared} == {(2, earliest)}


def test_an_original_comes_back_byte_for_byte(db: Path, tmp_path: Path) -> None:
    with open_reader(db) as store:
        shas = [facts.sha256 for record in load_records(store, [1, 2, 3]) for facts in record.captures]
        found = {original.data for sha256 in shas if (original := load_original(store.connection, sha256))}

    assert found == {path.read_bytes() for path in (tmp_path / "pages").iterdir()}


def test_there_is_no_original_of_unknown_bytes(db: Path) -> None:
    with open_reader(db) as store:
        assert load_original(store.connection, "0" * 64) is None


def test_the_history_of_a_record_names_each_of_its_captures(db: Path) -> None:
    with open_reader(db) as store:
        record = next(record for record in load_records(store, [1, 2, 3]) if len(record.captures) == 2)
        history = load_history(store.connection, record.id or 0)

    assert {row["subject"] for row in history} == {f"capture:{facts.sha256}" for facts in record.captures}
    assert {(row["who"], row["command"], row["name"]) for row in history} == {("zhang.san", "ingest", "ingested")}
