"""Reparses by older and newer rules among random commands: undone step by step, and all of it verifies."""

from pathlib import Path

import pytest

from catalog.model.outcome import Outcome
from catalog.services.reparse import apply_reparse, plan_reparse
from catalog.store.open import open_writer
from tests.older import parse_as_before
from tests.pages import dump, ports, write_pages
from tests.properties.test_undo import MANIFESTS, PAGES, Ledger, Player, must_be_verified, play


class Reader(Player):
    """Reads pages again too, by the rules of today and by older ones."""

    def __init__(self, seed: int, folder: Path, db: Path) -> None:
        super().__init__(seed, folder, db)
        self.moves += [self.reparse, self.reparse, self.reparse_as_before, self.reparse_as_before]

    def reparse(self) -> Outcome:
        with open_writer(self.db) as store:
            plan = plan_reparse(store, self.some(store, 4), ports(), 1)
            if not plan.otherwise:
                return Outcome("reparse")
            return apply_reparse(store, plan, ports())

    def reparse_as_before(self) -> Outcome:
        with pytest.MonkeyPatch.context() as patch:
            patch.setattr("catalog.services.reading.parse_capture", parse_as_before)
            return self.reparse()


@pytest.mark.parametrize("seed", range(1))
def test_what_reparses_did_is_undone_among_other_commands(seed: int, tmp_path: Path) -> None:
    folder = write_pages(tmp_path / "pages", PAGES | MANIFESTS)
    open_writer(tmp_path / "c.db", create=True).close()
    reader, ledger = Reader(seed, folder, tmp_path / "c.db"), Ledger()
    empty = dump(reader.db)
    for _ in range(40):
        play(reader, ledger)
    must_be_verified(reader.db)
    while ledger.holding:
        play(reader, ledger, reader.undo)

    assert dump(reader.db) == empty
