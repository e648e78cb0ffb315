from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, slots=True)
class Selection:
    """Which records a person means: those that match the query and, where ids were given, are among them.

    `today` is the day from which -30d and yesterday are counted. An empty query with ids means these records in the
    order given.
    """

    query: str
    today: date
    ids: tuple[int, ...] | None = None
