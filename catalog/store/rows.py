"""One parsed capture as the rows that will be written: made beside the parser, so that a worker can do it."""

import json
from collections.abc import Sequence
from dataclasses import dataclass

from catalog.model.capture import Capture, Reading
from catalog.model.field import Evidence, Field, State
from catalog.model.fingerprint import Fingerprint
from catalog.model.problem import Problem
from catalog.model.record import Body, Parsed, Record
from catalog.model.vocabulary import AGENT_KINDS, COUNTERS
from catalog.store.fulltext import bigrams
from catalog.store.known import known_json
from catalog.store.originals import pack
from catalog.store.state import FieldRow, digest_page
from catalog.store.winners import Winners, winners_of

LARGEST = 2**63 - 1  # SQLite's largest integer
_write_json = json.JSONEncoder(ensure_ascii=False, separators=(",", ":")).encode  # json.dumps makes one at each call


@dataclass(frozen=True, slots=True)
class CaptureRows:
    """A capture ready to be written. `own_key` is the record key it has as long as no URL is known.

    `body_tokens` is what the full-text index takes of the body, "" where there is none; `fingerprint` what the body is
    compared by, None where it has none or nobody made it. `digest` vouches for the rows of the page, `winners` is what
    follows for a record that has this capture alone.
    """

    sha256: str
    size_bytes: int
    extension: str
    packed: bytes
    own_key: str
    readings: tuple[Reading, ...]
    fields: tuple[FieldRow, ...]
    body: Body | None
    body_tokens: str
    problems: tuple[Problem, ...]
    parsed_with: str
    winners: Winners
    digest: str
    fingerprint: Fingerprint | None = None


def rows_of(capture: Capture, parsed: Parsed, record: Record, own_key: str, parsed_with: str) -> CaptureRows:
    """Return the rows of one capture; `record` is the one that it makes alone.

    Raises ValueError for what SQLite could not keep as it is.
    """
    for reading in parsed.readings:
        _must_be_text(reading.text)
    facts = (capture.sha256, len(capture.data), capture.extension, own_key, parsed_with)
    fields = tuple(field_row(field) for field in parsed.fields)
    return CaptureRows(
        capture.sha256,
        len(capture.data),
        capture.extension,
        pack(capture.data),
        own_key,
        parsed.readings,
        fields,
        parsed.body,
        bigrams(parsed.body.text) if parsed.body else "",
        parsed.problems,
        parsed_with,
        winners_of(record),
        digest_page(facts, (parsed.body.sha256, parsed.body.text) if parsed.body else None, parsed.readings, fields),
    )


def field_row(field: Field) -> FieldRow:
    """Return (name, label, kind, state, value, confidence, asserted_by, evidence as JSON) of an assertion."""
    if isinstance(field.value, int) and abs(field.value) > LARGEST:
        raise ValueError(f"{field.name}: {field.value} is too large to be kept")
    if field.name in COUNTERS and field.state is State.STATED and not isinstance(field.value, int):
        raise ValueError(f"{field.name}: {field.value!r} is no count")
    if field.kind not in (None, *AGENT_KINDS):
        raise ValueError(f"{field.name}: {field.kind!r} is no kind of agent")
    if field.known is None:
        evidence = evidence_json(field.evidence, without_raw=field.name == "body")
    else:  # of a decision: it was read nowhere
        evidence = known_json(field.known)
    _must_be_text(f"{field.value}{field.label}{evidence}")
    return (
        field.name, field.label, field.kind, field.state.value, field.value,
        field.confidence.value, field.asserted_by, evidence,
    )  # fmt: skip


def evidence_json(evidence: Sequence[Evidence], *, without_raw: bool) -> str:
    """Return the evidence as it is stored. The raw of a body is not kept twice: it is a piece of the reading."""
    if not evidence:
        return "[]"
    items = []
    for one in evidence:
        raw = "" if without_raw else f'"raw":{_write_json(one.raw)},'
        said = f'"rule":{_write_json(one.rule)},"witness":{_write_json(one.witness)}'
        items.append(f'{{"start":{one.span.start},"end":{one.span.end},{raw}{said}}}')
    return f"[{','.join(items)}]"


def _must_be_text(text: str) -> None:
    """Refuse half a surrogate pair: no encoding can write it, so no file could hold it."""
    text.encode("utf-8")
