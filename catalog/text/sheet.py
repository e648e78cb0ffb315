from dataclasses import dataclass

from catalog.model.field import Confidence, Evidence, Field, State
from catalog.model.rule import RuleSet
from catalog.model.span import Span
from catalog.text.fold import clean_value
from catalog.text.lines import Line
from catalog.text.readers import Found


@dataclass(slots=True)
class Claim:
    """What a place of the page says: the field's name, the rule that says so, and how far it is trusted."""

    name: str
    rule: str
    trust: Confidence
    label: str | None = None


@dataclass(frozen=True, slots=True)
class Sheet:
    """The text of a reading with the rules it is read by and the SHA-256 of its capture: what every step reads from."""

    text: str
    rules: RuleSet
    capture: str

    def field(self, line: Line, found: Found, claim: Claim) -> Field:
        """Return the field of what was found in a line. A value that is the line's own text is taken as printed, not as folded."""
        span = Span(line.start + found.start, line.start + found.end)
        evidence = Evidence(span, self.text[span.start : span.end], claim.rule)
        value = found.value
        if isinstance(value, str) and value == line.view[found.start : found.end]:
            value = clean_value(evidence.raw)
        by = f"rules/{self.rules.version}"
        kind, capture = found.kind, self.capture
        return Field(claim.name, found.state, value, claim.trust, by, (evidence,), claim.label, kind, capture)

    def printed(self, line: Line, start: int, end: int, claim: Claim) -> Field:
        """Return the field whose value is line.view[start:end] as printed."""
        return self.field(line, Found(start, end, line.view[start:end]), claim)

    def inferred(self, name: str, value: str, trust: Confidence) -> Field:
        """Return a field that follows from the text as a whole and so has no place in it."""
        return Field(name, State.INFERRED, value, trust, f"rules/{self.rules.version}", capture=self.capture)
