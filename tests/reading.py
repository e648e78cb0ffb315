"""What the parser makes of one file, as `catalog parse` prints it."""

from pathlib import Path
from typing import Any

from catalog.export.jsonl import record_as_plain
from catalog.model.capture import Capture
from catalog.model.field import Evidence
from catalog.model.record import CaptureFacts, Parsed
from catalog.model.rule import RuleSet
from catalog.sources.kind import extension_of
from catalog.text.parse import parse_capture
from catalog.text.record import main_reading, record_of

ROOT = Path(__file__).parents[1]
SAMPLES = ROOT / "samples"
CAPTURES = ROOT.parent / "shared" / "captures"  # real pages; they lie beside the project and are not part of it


def parse_file(path: Path, rules: RuleSet) -> Parsed:
    """Return what is read from the bytes of a file."""
    data = path.read_bytes()
    return parse_capture(Capture.of(data, extension_of(data)), rules)


def record_of_file(path: Path, rules: RuleSet, folder: Path) -> dict[str, Any]:
    """Return the record as JSON gives it. `origin` is the path in `folder`, so that no machine shows in it."""
    parsed = parse_file(path, rules)
    encoding = main_reading(parsed.readings).encoding
    origin = path.relative_to(folder).as_posix()
    return record_as_plain(
        record_of(parsed, CaptureFacts(parsed.capture, origin, None, path.stat().st_size, encoding, None, None))
    )


def misread(parsed: Parsed) -> list[tuple[str, Evidence]]:
    """Return the evidence that does not read back: "text" counts in the visible text, other witnesses in the source."""
    visible = main_reading(parsed.readings).text
    source = next((r.text for r in parsed.readings if r.extractor == "source"), visible)
    return [
        (f.name, e)
        for f in parsed.fields
        for e in f.evidence
        if (visible if e.witness == "text" else source)[e.span.start : e.span.end] != e.raw
    ]
