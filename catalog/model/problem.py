from dataclasses import dataclass


@dataclass(frozen=True, slots=True, order=True)
class Problem:
    """Something odd about one input, kept with it; the run goes on.

    `code` is for scripts ("capture.unreadable", "body.copies_differ"), `message` for people.
    `origin` is the input as given; `capture` the SHA-256, None if the bytes could not be read.
    `failed` is True where the input could not be read or catalogued (exit status 3).
    """

    code: str
    message: str
    origin: str | None = None
    capture: str | None = None
    failed: bool = False
