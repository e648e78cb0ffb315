from datetime import date
from pathlib import Path

import pytest

from catalog.errors import NothingMatched
from catalog.model.selection import Selection
from catalog.services.changes import read_change
from catalog.services.ingest import MOST_PATHS
from catalog.services.log import find_logged, list_change_sets
from catalog.services.tag import apply_changes
from catalog.services.undo import apply_undo, plan_undo
from catalog.services.withdraw import apply_withdrawal
from catalog.store.open import open_reader, open_writer
from tests.pages import ingest, page, ports, write_pages


@pytest.fixture
def db(tmp_path: Path) -> Path:
    write_pages(tmp_path / "页", {"一.txt": page()})
    ingest(tmp_path / "c.db", [tmp_path / "页"])
    return tmp_path / "c.db"


def whats(db: Path) -> list[str]:
    with open_reader(db) as store:
        return [str(row[4]) for row in list_change_sets(store).rows]


def test_the_log_says_what_was_told_and_what_came_of_it(db: Path, tmp_path: Path) -> None:
    changes = [change for word in ("source=青禾日报", "+春耕") if (change := read_change(word))]
    with open_writer(db) as store:
        apply_changes(store, [1], changes, ports())
        apply_undo(store, plan_undo(store), ports())

    found = whats(db)

    assert found[0] == "undo of 2; change_sets 1, records 1"
    assert found[1] == "source=青禾日报, tag+=春耕; records 1, values 2"
    assert found[2].startswith(f"paths {tmp_path}/页; added 1, ")


def test_the_log_of_a_withdrawn_record_is_that_of_the_record(db: Path) -> None:
    """Out of view is not out of the log; an id that no record ever had is still told."""
    with open_writer(db) as store:
        apply_changes(store, [1], [change for change in (read_change("source=青禾日报"),) if change], ports())
        apply_withdrawal(store, [1], ports(), "个人信息")
    with open_reader(db) as store:
        found = list_change_sets(store, find_logged(store, Selection("", date(2024, 5, 1), (1,)))).rows
        with pytest.raises(NothingMatched, match="no record 9"):
            find_logged(store, Selection("", date(2024, 5, 1), (1, 9)))

    assert [(row[3], row[4]) for row in found[:2]] == [
        ("withdraw", "captures 1, records 1"),
        ("tag", "source=青禾日报; records 1, values 1"),
    ]
    assert len(found) == 3


def test_of_a_long_command_line_the_log_repeats_the_beginning(tmp_path: Path) -> None:
    pages = {f"{n}.txt": page(title=f"青禾县春耕第{n}期") for n in range(MOST_PATHS + 3)}
    write_pages(tmp_path / "页", dict(pages))
    ingest(tmp_path / "c.db", [tmp_path / "页" / name for name in pages])

    (what,) = whats(tmp_path / "c.db")

    assert what.count(".txt") == MOST_PATHS
    assert "and 3 more" in what
