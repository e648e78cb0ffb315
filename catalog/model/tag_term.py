from dataclasses import dataclass

BELOW = "/"  # stands between a term and the narrower one behind it


@dataclass(frozen=True, slots=True, order=True)
class TagTerm:
    """A term of a controlled list. `tag` has broader terms before it (主题/扶贫), `also` are words that lead to it."""

    tag: str
    uri: str | None = None
    note: str | None = None
    also: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        if not all(part.strip() for part in self.tag.split(BELOW)):
            raise ValueError(f"{self.tag!r}: a term is missing")


def is_within(tag: str, broader: str) -> bool:
    """Return whether a tag is this one or stands below it."""
    return tag == broader or tag.startswith(broader + BELOW)
