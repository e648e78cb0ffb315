"""A manifest says what files cannot: the URL of a page, when and by whom it was captured."""

import csv
import io
import json
import os
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from catalog.errors import BadManifest
from catalog.sources.times import read_captured_at

COLUMNS = ("path", "url", "captured_at", "collector")


@dataclass(frozen=True, slots=True)
class Entry:
    """One row. `path` opens the file and is also its origin; None where the row says nothing."""

    path: str
    url: str | None = None
    captured_at: str | None = None
    collector: str | None = None


def load_manifest(path: Path) -> list[Entry]:
    """Return the rows of a manifest in their order. JSON Lines if the first character is {, else CSV (, ; or tab).

    A path is relative to the manifest's folder if there is such a file, else as given. Raises BadManifest, naming
    the line, if any row cannot be used: nothing of a bad manifest is used.
    """
    try:
        text = path.read_bytes().decode("utf-8-sig")
    except OSError as error:
        raise BadManifest(f"{path} cannot be read: {error.strerror}", path=str(path)) from error
    except UnicodeDecodeError as error:
        raise BadManifest(f"{path} is not UTF-8 (byte {error.start})", path=str(path)) from error
    rows = _json_rows(path, text) if text.lstrip().startswith("{") else _csv_rows(path, text)
    return [_entry(path, line, row) for line, row in rows]


def _csv_rows(path: Path, text: str) -> Iterator[tuple[int, dict[str, str]]]:
    head = text.split("\n", 1)[0]
    delimiter = next((mark for mark in "\t;" if mark in head), ",")
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
    try:
        columns = [name.strip() for name in next(reader, [])]
        _check_columns(path, 1, columns)
        for cells in reader:
            if not any(cells):
                continue
            if len(cells) != len(columns):
                raise _bad(path, reader.line_num, f"{len(cells)} cells under {len(columns)} columns")
            yield reader.line_num, dict(zip(columns, cells, strict=True))
    except csv.Error as error:
        raise _bad(path, reader.line_num, str(error)) from error


def _json_rows(path: Path, text: str) -> Iterator[tuple[int, dict[str, str]]]:
    for number, line in enumerate(text.split("\n"), 1):
        if not line.strip():
            continue
        try:
            row = json.loads(line)
        except ValueError as error:
            raise _bad(path, number, "no JSON") from error
        if not isinstance(row, dict):
            raise _bad(path, number, "no JSON object")
        _check_columns(path, number, list(row))
        wrong = [name for name, value in row.items() if not isinstance(value, str | None)]
        if wrong:
            raise _bad(path, number, f"`{wrong[0]}` is no text")
        yield number, {name: value or "" for name, value in row.items()}


def _check_columns(path: Path, line: int, columns: list[str]) -> None:
    if "path" not in columns:
        raise _bad(path, line, "there is no `path`")
    for name in columns:
        if name not in COLUMNS:
            raise _bad(path, line, f"`{name}` is not one of {', '.join(COLUMNS)}")
        if columns.count(name) > 1:
            raise _bad(path, line, f"`{name}` stands there twice")


def _entry(manifest: Path, line: int, row: dict[str, str]) -> Entry:
    given = row["path"]
    if not given or "\0" in given:
        raise _bad(manifest, line, "no path")
    said = {name: row.get(name, "").strip() or None for name in COLUMNS[1:]}
    captured_at = said["captured_at"]
    if captured_at is not None:
        said["captured_at"] = read_captured_at(captured_at)
        if said["captured_at"] is None:
            raise _bad(manifest, line, f"`captured_at` {captured_at!r} is no date and no time with a zone")
    url = said["url"]
    if url is not None and ("://" not in url or any(c.isspace() for c in url)):
        raise _bad(manifest, line, f"`url` {url!r} is no URL")
    return Entry(_resolve(manifest, given), said["url"], said["captured_at"], said["collector"])


def _resolve(manifest: Path, given: str) -> str:
    beside = os.path.join(manifest.parent, given)  # noqa: PTH118 -- origins stay as given: Path would rewrite "./"
    if str(manifest.parent) == ".":
        return given
    return beside if os.path.lexists(beside) or not os.path.lexists(given) else given


def _bad(path: Path, line: int, why: str) -> BadManifest:
    return BadManifest(f"{path}, line {line}: {why}", path=str(path), line=line)
