"""From the catalogue's rows to records: introduces the store to the function that decides which value wins."""

from collections.abc import Iterable, Iterator
from dataclasses import replace

from catalog.errors import NothingMatched
from catalog.model.record import Record
from catalog.store.find import RecordParts, load_parts
from catalog.store.open import Store
from catalog.text.record import build_record


def build(parts: RecordParts) -> Record:
    """Return the record that these parts make."""
    record = build_record(
        parts.fields,
        parts.captures,
        parts.bodies,
        problems=parts.problems,
        id=parts.id,
        key=parts.key,
        custom=parts.custom,
    )
    return replace(record, reprints=parts.reprints)


def load_records(store: Store, ids: Iterable[int]) -> Iterator[Record]:
    """Yield these records in the order given; an id that names none is passed over."""
    return map(build, load_parts(store.connection, ids))


def load_record(store: Store, id: int) -> Record:
    """Return one record. Raises NothingMatched."""
    for record in load_records(store, [id]):
        return record
    raise NothingMatched(f"there is no record {id}", id=id)
