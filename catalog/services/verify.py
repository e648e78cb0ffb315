"""Fixity: does the catalogue still hold what was written into it."""

import sqlite3
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field

from catalog.errors import CatalogueLocked
from catalog.model.outcome import Outcome
from catalog.model.problem import Problem
from catalog.services.audit import find_link_faults, find_reading_faults, find_text_faults, find_winner_faults
from catalog.services.ports import Ports, Progress
from catalog.store import audit_truth as truth
from catalog.store.audit_file import find_index_faults, find_page_faults
from catalog.store.audit_log import fault, find_log_faults
from catalog.store.fixity import find_damaged
from catalog.store.journal import head_of
from catalog.store.links import read_threshold
from catalog.store.open import Store
from catalog.store.trouble import explain

COUNTED = {
    "change_sets": "change_sets", "notes": "journal", "originals": "sqlar", "captures": "captures",
    "records": "records",
}  # fmt: skip
SAID = 200  # characters of what SQLite says: it may repeat the damaged text
MOST = 1_000  # differences that are told: past these, a backup is the answer, not a list

Found = Iterator[Problem | None]


@dataclass(frozen=True, slots=True)
class Verified:
    """What was checked; `outcome.problems` are the differences. `head` is the hash of the log's last row."""

    outcome: Outcome
    head: str

    @property
    def holds(self) -> bool:
        """Return whether all is as it was."""
        return not self.outcome.problems


def verify(store: Store, ports: Ports, *, quick: bool = False) -> Verified:
    """Return whether the catalogue is what it was, and the hash of the log's last row, which vouches for all before it.

    Whoever keeps that hash elsewhere can see later that the log was not written anew. `quick` checks pages, log and
    originals only. Counts: `change_sets`, `notes` of the log, `originals`, `captures`, `records`, and `unvouched`
    captures of older programs that nothing can be compared with.
    """
    run = _Run(store, ports, quick=quick)
    problems: list[Problem] = []
    for found in run.faults():
        problems.append(found)
        if len(problems) == MOST:
            break
    return Verified(Outcome("verify", run.counts(), tuple(problems)), run.head())


@dataclass(slots=True)
class _Run:
    """One verification: what is looked at, in order of what can be trusted, and how far it is."""

    store: Store
    ports: Ports
    quick: bool
    cover: truth.Cover = field(default_factory=truth.Cover)
    unvouched: Counter[str] = field(default_factory=Counter)
    _n_done: int = 0
    _total: int = 0

    def faults(self) -> Iterator[Problem]:
        """Yield every difference; a page that cannot be read ends what needs it, not the rest."""
        for name, look in self._stages():
            try:
                for problem in look:
                    self._tick(name)
                    if problem is not None:
                        yield problem
            except sqlite3.Error as error:
                if isinstance(explain(error, self.store.path), CatalogueLocked):
                    raise
                yield fault("file", name, f"a page of the file is damaged: {str(error)[:SAID]}")
            except (
                ValueError,
                TypeError,
                KeyError,
                OverflowError,
            ) as error:  # what is no JSON, text or number any more
                yield fault("file", name, f"rows that cannot be understood any more: {error}")

    def _stages(self) -> Iterator[tuple[str, Found]]:
        connection = self.store.connection
        self._total = self._count("captures") * 2 + self._count("records") + self._count("bodies")
        yield "pages", find_page_faults(connection, quick=self.quick)
        yield "log", find_log_faults(connection)
        yield "originals", self._originals()
        if self.quick:
            return
        yield "captures", truth.find_capture_faults(connection, self.cover)
        yield "captures of older programs", find_reading_faults(connection, self.cover.unvouched, self.unvouched)
        yield "cataloguers", truth.find_record_faults(connection)
        yield "decisions", truth.find_row_faults(connection)
        yield "bodies", truth.find_body_faults(connection)
        yield "ids", truth.find_number_faults(connection)
        yield "records", find_winner_faults(connection)
        yield "texts", find_text_faults(connection)
        yield "links", find_link_faults(connection, read_threshold(connection, self._threshold()))
        yield "index", find_index_faults(connection, self.store.path)

    def _originals(self) -> Iterator[Problem]:
        for sha256 in find_damaged(self.store.connection):
            yield fault("sqlar", sha256, "the original is missing or has other bytes")

    def counts(self) -> dict[str, int]:
        """Return how much there is of what was looked at."""
        return {name: self._count(table) for name, table in COUNTED.items()} | {"unvouched": self.unvouched["captures"]}

    def head(self) -> str:
        """Return the hash of the log's last row, "" where it cannot be read."""
        try:
            return head_of(self.store.connection)
        except sqlite3.DatabaseError:
            return ""

    def _count(self, table: str) -> int:
        try:
            return int(self.store.connection.execute(f"SELECT count(*) FROM {table}").fetchone()[0])  # noqa: S608
        except sqlite3.DatabaseError:
            return 0

    def _threshold(self) -> float:
        from catalog.dedupe.near import THRESHOLD  # loads NumPy

        return THRESHOLD

    def _tick(self, name: str) -> None:
        self._n_done += 1
        self.ports.progress(Progress(self._n_done, max(self._n_done, self._total), {}, name))
