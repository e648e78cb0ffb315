"""What an ingest would do, told without writing anything."""

from dataclasses import dataclass, field, replace

from catalog.model.capture import Observation
from catalog.services.inputs import Input
from catalog.services.intake import Meeting, Tally, trouble_of, withdrawal_of
from catalog.services.reading import Failure
from catalog.store.belonging import belongs_to
from catalog.store.identity import record_key
from catalog.store.open import Store
from catalog.store.rows import CaptureRows
from catalog.store.save import find_capture, find_record, has_body, has_observation


@dataclass(slots=True)
class Rehearsal:
    """Counts inputs against a catalogue and against those counted before; `store` is None where there is none yet.

    Not foreseen: that a URL given now moves a known capture to another record, and what --set changes of known ones.
    """

    store: Store | None
    tally: Tally = field(default_factory=Tally)
    _captures: dict[str, set[Observation]] = field(default_factory=dict)
    _keys: set[str] = field(default_factory=set)
    _bodies: set[str] = field(default_factory=set)

    def take(self, meeting: Meeting, answer: CaptureRows | Failure | None) -> None:
        """Count one input."""
        problem = trouble_of(meeting, answer)
        if problem is not None:
            self.tally.fail(problem)
            return
        assert isinstance(meeting.given, Input)  # noqa: S101 -- what is no problem is an input
        self.tally.counts["files"] += 1
        if self.store and (withdrawal := withdrawal_of(self.store.connection, meeting)):
            self.tally.leave_out(withdrawal)
            return
        seen = set(meeting.given.seen)
        if isinstance(answer, CaptureRows):
            self._add(answer, meeting.given.seen[0], meeting.origin)
            self._captures[meeting.sha256] = seen
            self.tally.counts["added"] += 1
            return
        known = self._captures.setdefault(meeting.sha256, set())
        is_news = any(one not in known and not self._is_kept(meeting.sha256, one) for one in seen)
        known |= seen
        self.tally.counts["observed" if is_news else "unchanged"] += 1

    def _add(self, rows: CaptureRows, seen: Observation, origin: str) -> None:
        counts = self.tally.counts
        key = self._key(rows, [seen.url] if seen.url else [])
        is_known = key in self._keys or (self.store and find_record(self.store.connection, key) is not None)
        counts["recaptured" if is_known else "records"] += 1
        self._keys.add(key)
        if rows.body:
            digest = rows.body.sha256
            is_known = digest in self._bodies or (self.store and has_body(self.store.connection, digest))
            counts["repeated_bodies" if is_known else "bodies"] += 1
            self._bodies.add(digest)
        self.tally.problems.extend(replace(problem, origin=origin) for problem in rows.problems)

    def _key(self, rows: CaptureRows, urls: list[str]) -> str:
        if self.store is None:
            return record_key(urls, rows.own_key)
        return belongs_to(self.store.connection, rows.sha256, urls, rows.own_key)

    def _is_kept(self, sha256: str, seen: Observation) -> bool:
        found = find_capture(self.store.connection, sha256) if self.store else None
        return bool(self.store and found and has_observation(self.store.connection, found[0], seen))
