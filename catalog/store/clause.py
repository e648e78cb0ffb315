"""A piece of SQL with the values for its question marks, so that the two never part."""

from collections.abc import Iterable
from dataclasses import dataclass

Bound = str | int | float


@dataclass(frozen=True, slots=True)
class Clause:
    """A condition or expression; what people type is in `params`, never in `sql`."""

    sql: str
    params: tuple[Bound, ...] = ()

    def within(self, template: str) -> "Clause":
        """Return the template with this in the place of its {}."""
        return Clause(template.format(self.sql), self.params)


def join(clauses: Iterable[Clause], operator: str) -> Clause:
    """Return the clauses with the operator between them, in brackets where there are several."""
    parts = tuple(clauses)
    if len(parts) == 1:
        return parts[0]
    return Clause(
        "(" + f" {operator} ".join(part.sql for part in parts) + ")", tuple(p for part in parts for p in part.params)
    )
