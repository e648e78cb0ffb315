"""The catalogue on its way out: records in one of the formats of catalog/export, or the whole as a dump."""

import pkgutil
from collections.abc import Callable, Iterable
from contextlib import closing
from importlib import import_module
from typing import TextIO

import catalog.export
from catalog.errors import UsageError
from catalog.export import csv
from catalog.export.dump import write_dump
from catalog.model.record import Record
from catalog.services.custom import known_fields
from catalog.services.records import load_records
from catalog.store.dump import read_dump
from catalog.store.open import Store

CSV, DUMP = "csv", "dump"

Writer = Callable[[Iterable[Record], TextIO], None]


def list_formats() -> list[str]:
    """Return the names of the formats: the modules of catalog/export that write records, and the dump."""
    names = [module.name for module in pkgutil.iter_modules(catalog.export.__path__)]
    return sorted([DUMP, *(name for name in names if _writer(name) is not None)])


def export_records(store: Store, to: str, ids: Iterable[int] | None, stream: TextIO) -> None:
    """Write these records (None: all, by id) to the stream. Raises UsageError for an unknown format.

    A dump is of the whole catalogue, so it takes no ids: a part of it could not be compared or loaded.
    """
    if to == DUMP:
        if ids is not None:
            raise UsageError("a dump is of the whole catalogue: leave the query out")
        with closing(read_dump(store.connection)) as rows:  # its transaction ends even if the reader goes away
            write_dump(rows, stream)
        return
    write = _writer(to) if to in list_formats() else None
    if write is None:
        raise UsageError(f"there is no format {to}: take one of {', '.join(list_formats())}")
    if ids is None:
        ids = [row[0] for row in store.connection.execute("SELECT id FROM records ORDER BY id")]
    records = load_records(store, ids)
    if to == CSV:  # its head comes before the first record
        csv.write_records(records, stream, tuple(known_fields(store)))
    else:
        write(records, stream)


def _writer(name: str) -> Writer | None:
    return getattr(import_module(f"catalog.export.{name}"), "write_records", None)
