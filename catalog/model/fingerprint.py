from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Fingerprint:
    """What a body is compared by before its text is. `characters` of the folded text, `n_grams` distinct 5-grams.

    `sketch` and `samples` are arrays of catalog/dedupe/fingerprint.py as bytes, so that they travel between processes.
    A text of marks alone has no grams, and empty ones.
    """

    characters: int
    n_grams: int
    sketch: bytes
    samples: bytes
