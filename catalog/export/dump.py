"""The canonical dump, JSON Lines: two catalogues are the same exactly if their dumps are equal."""

from collections.abc import Iterable, Mapping
from typing import TextIO

from catalog.export.json_text import write_json

SCHEMA = "catalog.dump/1"


def write_dump(rows: Iterable[tuple[str, Mapping[str, object]]], stream: TextIO) -> None:
    """Write a header line with the schema's name, then a line a row: {"table": …, columns …}."""
    stream.write(write_json({"schema": SCHEMA}) + "\n")
    for table, row in rows:
        stream.write(write_json({"table": table, **row}) + "\n")
