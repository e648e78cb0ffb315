"""What services need of the world, handed in so that tests can hand in something fixed."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime


@dataclass(frozen=True, slots=True)
class Progress:
    """How far a run is: `done` of `total` inputs, the counts so far, the origin of the input just done."""

    done: int
    total: int
    counts: Mapping[str, int]
    origin: str


def _silent(_: Progress) -> None:
    pass


@dataclass(frozen=True, slots=True)
class Ports:
    """`now` gives an aware time; `who` names the person or account that works ("zhang.san"); `progress` may draw."""

    now: Callable[[], datetime]
    who: str
    progress: Callable[[Progress], None] = _silent

    def timestamp(self) -> str:
        """Return the present second in UTC, ISO 8601."""
        return self.now().astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
