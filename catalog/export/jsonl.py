"""catalog.record/1, one JSON object a line: what `parse`, `show --json` and `export --to jsonl` give."""

from collections.abc import Iterable
from typing import Any, TextIO

from catalog.export.json_text import write_json
from catalog.model.capture import Observation
from catalog.model.field import Evidence, Field
from catalog.model.problem import Problem
from catalog.model.record import Body, CaptureFacts, Record, Reprints
from catalog.model.vocabulary import COUNTERS

SCHEMA = "catalog.record/1"
CAPTURE = tuple(name for name in CaptureFacts.__slots__ if name != "observations")


def record_as_plain(record: Record) -> dict[str, Any]:
    """Return the record as the JSON object of schema catalog.record/1, keys in their documented order.

    None or an empty list where the page does not say. `contact` is beside the documented keys, and so is `custom`,
    which stands there only if the record has fields of one's own.
    """
    values = record.values
    own = {name: list(value) if isinstance(value, tuple) else value for name, value in record.custom.items()}
    return {
        "schema": SCHEMA,
        "id": record.id,
        "key": record.key,
        "kind": record.kind,
        "language": record.language,
        **{name: values.get(name) for name in ("title", "subtitle", "summary", "published", "modified")},
        **{name: values.get(name) for name in ("source", "publisher", "site_name", "section")},
        "breadcrumb": list(record.breadcrumb),
        "agents": [{"role": a.role, "label": a.label, "name": a.name, "kind": a.kind} for a in record.agents],
        "counters": {name: values[name] for name in COUNTERS if name in values},
        "tags": list(record.tags),
        "identifiers": _typed(record.identifiers),
        "contact": _typed(record.contact),
        **({"custom": own} if own else {}),
        "body": _body(record.body, record.repeats),
        "captures": [_capture(facts) for facts in record.captures],
        "reprints": _reprints(record.reprints),
        "fields": [_field(field) for field in record.fields],
        "conflicts": list(record.conflicts),
        "problems": [problem_as_plain(problem) for problem in record.problems],
    }


def problem_as_plain(problem: Problem) -> dict[str, Any]:
    """Return the problem as a JSON object; `origin` and `capture` are null where they are not known."""
    return {
        "code": problem.code,
        "message": problem.message,
        "origin": problem.origin,
        "capture": problem.capture,
        "failed": problem.failed,
    }


def write_records(records: Iterable[Record], stream: TextIO) -> None:
    """Write the records, one JSON object a line."""
    for record in records:
        stream.write(write_json(record_as_plain(record)) + "\n")


def _typed(pairs: Iterable[tuple[str, str]]) -> list[dict[str, str]]:
    return [{"type": name, "value": value} for name, value in pairs]


def _body(body: Body | None, repeats: int) -> dict[str, Any] | None:
    if body is None:
        return None
    return {"text": body.text, "sha256": body.sha256, "characters": body.characters, "repeats": repeats}


def _capture(facts: CaptureFacts) -> dict[str, Any]:
    """Return a capture; `observations`, beside the documented keys, where it was met more than once."""
    plain: dict[str, Any] = {name: getattr(facts, name) for name in CAPTURE}
    if len(facts.observations) > 1:
        plain["observations"] = [
            {name: getattr(met, name) for name in Observation.__slots__} for met in facts.observations
        ]
    return plain


def _reprints(reprints: Reprints | None) -> dict[str, Any] | None:
    if reprints is None:
        return None
    return {"group": reprints.group, "of": reprints.of, "earliest": reprints.earliest}


def _field(field: Field) -> dict[str, Any]:
    plain: dict[str, Any] = {"name": field.name, "state": str(field.state), "value": field.value}
    if field.label is not None:
        plain["label"] = field.label
    if field.kind is not None:
        plain["kind"] = field.kind
    plain["confidence"] = str(field.confidence)
    plain["asserted_by"] = field.asserted_by
    if field.known is not None:
        plain["known"] = list(field.known)
    plain["evidence"] = [_evidence(one, field.capture) for one in field.evidence]
    return plain


def _evidence(evidence: Evidence, capture: str | None) -> dict[str, Any]:
    return {
        "capture": capture,
        "start": evidence.span.start,
        "end": evidence.span.end,
        "raw": evidence.raw,
        "rule": evidence.rule,
        "witness": evidence.witness,
    }
