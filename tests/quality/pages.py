"""The pages that have an archivist's note: our samples, and the real captures where they lie beside the project.

`learn` may be looked at while rules are written, `check` only measures. The captures are there as text and as HTML.
"""

import csv
import hashlib
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from catalog.export.jsonl import record_as_plain
from catalog.model.record import CaptureFacts
from catalog.model.rule import RuleSet
from catalog.text.record import main_reading, record_of
from tests.quality.score import Note
from tests.reading import CAPTURES, SAMPLES, parse_file

TEXT_SETS, HTML_SETS = ("samples", "learn", "check"), ("learn_html", "check_html")
SETS = TEXT_SETS + HTML_SETS


def read_pages(name: str, rules: RuleSet) -> Iterator[tuple[Note, dict[str, Any], str]]:
    """Yield (note, record, visible text) of the pages of one set; nothing where the set is not there."""
    for note, path in sample_notes() if name == "samples" else capture_notes(name):
        parsed = parse_file(path, rules)
        record = record_as_plain(
            record_of(parsed, CaptureFacts(parsed.capture, path.name, None, path.stat().st_size, None, None, None))
        )
        yield note, record, main_reading(parsed.readings).text


def sample_notes() -> Iterator[tuple[Note, Path]]:
    """Yield the note and the page of each sample, in the order of their paths."""
    for noted in sorted(SAMPLES.glob("*/*.gold.json")):
        note = json.loads(noted.read_text("utf-8"))
        stem = noted.name.removesuffix(".gold.json")
        yield from ((note, page) for ending in (".txt", ".html") if (page := noted.with_name(stem + ending)).exists())


def capture_notes(name: str) -> Iterator[tuple[Note, Path]]:
    """Yield the note and the page of each real capture of one set, in the order of the notes.

    What only the source of a page says ("html_only") counts for the HTML sets alone.
    """
    if not (CAPTURES / "gold.jsonl").exists():
        return
    split, _, kind = name.partition("_")
    with (CAPTURES / "pages.tsv").open(encoding="utf-8", newline="") as stream:
        rows = csv.DictReader(stream, delimiter="\t", quoting=csv.QUOTE_NONE)
        chosen = {row["id"] for row in rows if row["split"] == split}
    for line in (CAPTURES / "gold.jsonl").read_text("utf-8").splitlines():
        note = json.loads(line)
        page = CAPTURES / (kind or "text") / f"{note['id']}.{kind or 'txt'}"
        if note["id"] in chosen and page.exists():
            yield note | (note.get("html_only", {}) if kind else {}), page


def digest_of_samples() -> str:
    """Return the SHA-256 over the samples and their notes: floors hold for the pages that they were measured on."""
    digest = hashlib.sha256()
    for note, path in sample_notes():
        digest.update(json.dumps(note, sort_keys=True).encode() + path.read_bytes())
    return digest.hexdigest()
