"""The whole way of one capture: bytes in, fields with evidence out."""

from catalog.model.capture import Capture, Reading
from catalog.model.field import Confidence, Evidence, Field, State
from catalog.model.record import Body, Parsed
from catalog.model.rule import RuleSet
from catalog.model.span import Span
from catalog.text.fold import body_digest


def parse_capture(capture: Capture, rules: RuleSet, *, encoding: str | None = None) -> Parsed:
    """Return what a cataloguer would write down of this capture.

    `encoding` is what a person told, None to find out. Never raises for what the text says; raises
    errors.UnreadableCapture if no encoding fits the bytes.
    """
    # STUB while the parser is written: first line = title, longest run of lines = body
    text = capture.data.decode(encoding or "utf-8").replace("\r\n", "\n").replace("\r", "\n")
    reading = Reading(capture.sha256, text, "utf-8", "valid", "plain", "1")
    lines = [l for l in text.split("\n") if l.strip()]
    body_text = "\n".join(l.strip() for l in lines if len(l) > 40)
    by = f"rules/{rules.version}"
    fields = [Field("kind", State.INFERRED, "article", Confidence.LOW, by, capture=capture.sha256)]
    if lines:
        at = text.find(lines[0].strip())
        raw = lines[0].strip()
        fields.append(Field("title", State.STATED, raw, Confidence.LOW, by, (Evidence(Span(at, at + len(raw)), raw, "stub"),), capture=capture.sha256))
    body = None
    if body_text:
        body = Body(body_text, body_digest(body_text))
        first = body_text.split("\n")[0]
        at = text.find(first)
        fields.append(Field("body", State.STATED, body.sha256, Confidence.LOW, by, (Evidence(Span(at, at + len(first)), first, "stub"),), capture=capture.sha256))
    return Parsed(capture.sha256, (reading,), tuple(fields), body, ())
