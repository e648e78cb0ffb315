"""The JSON Schemas (draft 2020-12) of the documents that commands give with --json, a file each."""

import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from catalog.errors import UsageError, suggest

FOLDER = Path(__file__).with_name("schemas")
PARTS = "parts.json"  # what several schemas say of the same thing
REF = "#/$defs/"


def list_schemas() -> dict[str, str]:
    """Return what each schema is about, by name ("catalog.record/1")."""
    return {name: str(_read(path)["description"]) for name, path in sorted(_files().items())}


def read_schema(name: str) -> dict[str, Any]:
    """Return one schema that stands alone. "record" and "record/1" name it too; without a number it is the latest.

    Raises UsageError with the near name if there is none.
    """
    files = _files()
    asked = name.removeprefix("catalog.")
    known = [one for one in sorted(files) if asked in (one.removeprefix("catalog."), _bare(one))]
    if not known:
        hint = suggest(asked, map(_bare, files)) or f"; there are {', '.join(sorted(files))}"
        raise UsageError(f"there is no schema {name!r}{hint}", schema=name)
    return _with_parts(_read(files[known[-1]]))


def _with_parts(schema: dict[str, Any]) -> dict[str, Any]:
    """Return the schema with the definitions that it refers to."""
    parts = _read(FOLDER / PARTS)
    used = sorted(set(_references(schema)))
    return {**schema, "$defs": {name: parts[name] for name in used}} if used else schema


def _references(schema: object) -> Iterator[str]:
    if isinstance(schema, dict):
        if "$ref" in schema:
            yield schema["$ref"].removeprefix(REF)
        for value in schema.values():
            yield from _references(value)
    elif isinstance(schema, list):
        for value in schema:
            yield from _references(value)


def _files() -> dict[str, Path]:
    """Return the files by the name of their schema: record-1.json has catalog.record/1."""
    found = ((re.fullmatch(r"(.+)-(\d+)", path.stem), path) for path in FOLDER.glob("*.json"))
    return {f"catalog.{name[1]}/{name[2]}": path for name, path in found if name}


def _bare(name: str) -> str:
    return name.removeprefix("catalog.").partition("/")[0]


def _read(path: Path) -> dict[str, Any]:
    schema: dict[str, Any] = json.loads(path.read_text("utf-8"))
    return schema
