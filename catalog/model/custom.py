from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from types import MappingProxyType

from catalog.model.vocabulary import FIELDS, MANY


class CustomType(StrEnum):
    """What a field of one's own holds: one text, whole number or date, or a list of texts."""

    TEXT = "text"
    NUMBER = "number"
    DATE = "date"
    LIST = "list"


@dataclass(frozen=True, slots=True)
class CustomField:
    """A field that an archive declares for itself. Pages never state it; people and --set do."""

    name: str
    type: CustomType
    label: str


Custom = Mapping[str, CustomField]
NO_CUSTOM: Custom = MappingProxyType({})


def is_many(name: str, custom: Custom = NO_CUSTOM) -> bool:
    """Return whether a field of this name can have several values."""
    return name in MANY or (name in custom and custom[name].type is CustomType.LIST)


def field_names(custom: Custom = NO_CUSTOM) -> tuple[str, ...]:
    """Return the names of all fields, those of one's own last."""
    return (*FIELDS, *custom)
