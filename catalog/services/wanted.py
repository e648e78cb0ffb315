"""What somebody wants a record to say, held against what it says: the changes that lead there."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from catalog.errors import UsageError
from catalog.model.custom import Custom, CustomType, field_names, is_many
from catalog.model.record import Record
from catalog.services.changes import FIXED, NUMBERS, Change, Sign, read_value
from catalog.services.tag import values_of


@dataclass(frozen=True, slots=True)
class Said:
    """One value as wanted. Of an agent, `label` and `kind` are None where they are to stay."""

    value: str | int
    label: str | None = None
    kind: str | None = None


def editable_names(custom: Custom) -> tuple[str, ...]:
    """Return the fields that a person can edit."""
    return tuple(name for name in field_names(custom) if name not in FIXED)


def is_number(name: str, custom: Custom) -> bool:
    """Return whether the values of a field are numbers."""
    return name in NUMBERS or (name in custom and custom[name].type is CustomType.NUMBER)


def read_said(name: str, values: Iterable[object], custom: Custom) -> tuple[Said, ...]:
    """Return values of a field as they will be kept, each once; no value for what is empty.

    Raises UsageError if one does not fit, or if there are too many.
    """
    found: dict[str | int, Said] = {}
    for value in values:
        said = value if isinstance(value, Said) else Said(_plain(name, value))
        if str(said.value).strip():
            kept = read_value(name, str(said.value), custom)
            found[kept] = Said(kept, said.label, said.kind)
    if len(found) > 1 and not is_many(name, custom):
        raise UsageError(f"{name} has one value, not {len(found)}")
    return tuple(found.values())


def is_said(record: Record, name: str, values: Sequence[object]) -> bool:
    """Return whether the record says just this of a name."""
    plain = tuple(value.value if isinstance(value, Said) else value for value in values)
    return plain == values_of(record, name) and not _is_other_agent(record, name, values)


def changes_to(record: Record, name: str, wanted: Sequence[Said]) -> list[Change]:
    """Return the changes after which the record says this of a name; none if it does already."""
    if is_said(record, name, wanted):
        return []
    if not wanted:
        return [Change(name, Sign.CLEAR, None)]
    return [Change(name, Sign.SET, said.value, said.label, said.kind) for said in wanted]


def _is_other_agent(record: Record, name: str, values: Sequence[object]) -> bool:
    """Return whether a label or kind is wanted that one of these agents does not have."""
    known = {agent.name: agent for agent in record.agents if agent.role == name}
    said = [(value, known[str(value.value)]) for value in values if isinstance(value, Said) and known]
    return any((one.label or agent.label, one.kind or agent.kind) != (agent.label, agent.kind) for one, agent in said)


def _plain(name: str, value: object) -> str | int:
    if isinstance(value, str) or (isinstance(value, int) and not isinstance(value, bool)):
        return value
    raise UsageError(f"{name}: a value is a text or a whole number, not {value!r}")
