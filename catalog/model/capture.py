import hashlib
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Capture:
    """Bytes as archived, known by their SHA-256. `extension` ("txt", "html") names the original in the catalogue."""

    sha256: str
    data: bytes
    extension: str = "txt"

    @classmethod
    def of(cls, data: bytes, extension: str = "txt") -> "Capture":
        """Return the capture of these bytes."""
        return cls(hashlib.sha256(data).hexdigest(), data, extension)


@dataclass(frozen=True, slots=True, order=True)
class Observation:
    """That a capture was met: `origin` is the path or URL as given, undecodable bytes as %XX.

    `captured_at` is ISO 8601 in UTC ("2024-05-01T08:00:00Z"), None if nobody said when;
    `captured_at_basis` is "option", "manifest", "warc" or "mtime", None exactly when `captured_at` is None.
    """

    origin: str
    url: str | None = None
    captured_at: str | None = None
    captured_at_basis: str | None = None
    collector: str | None = None

    def __post_init__(self) -> None:
        if (self.captured_at is None) != (self.captured_at_basis is None):
            raise ValueError(f"{self.origin}: captured_at and its basis come together")


@dataclass(frozen=True, slots=True)
class Reading:
    r"""The decoded text of a capture, "\n" newlines; every Span counts its characters.

    `encoding_basis` says why the encoding was chosen: "bom", "option", "declared", "valid" or "detected".
    `extractor` is "plain" (the text itself), "visible" (an HTML page's visible text) or "source" (its source).
    """

    capture: str
    text: str
    encoding: str
    encoding_basis: str
    extractor: str
    extractor_version: str
