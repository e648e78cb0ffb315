"""One record as a form in TOML, and what a person made of it."""

import re
import tomllib
from collections.abc import Iterator, Mapping
from datetime import date, datetime
from io import StringIO

from catalog.errors import UsageError, suggest
from catalog.export.toml import Value, write_form
from catalog.model.custom import Custom, is_many
from catalog.model.edits import Fault
from catalog.model.field import Confidence, State
from catalog.model.record import Record
from catalog.services.changes import Change
from catalog.services.custom import known_fields
from catalog.services.edits import bad_edits
from catalog.services.tag import values_of
from catalog.services.wanted import changes_to, editable_names, is_number, is_said, read_said
from catalog.store.open import Store

ALIASES = {"tags": "tag"}  # the form says `tags`, as JSON and CSV do
_KEY = re.compile(r'\s*(?:"([^"]+)"|([A-Za-z0-9_-]+))\s*=')
_AT_LINE = re.compile(r" \(at line (\d+), column (\d+)\)$")


def form_of(store: Store, record: Record) -> str:
    """Return the record as a form: every field that a person can edit, with who says it where there is doubt."""
    custom = known_fields(store)
    names = {name: _shown(name) for name in editable_names(custom)}
    said = {name: values_of(record, name) for name in names}
    values = {names[name]: _value(name, found, custom) for name, found in said.items() if found}
    empty = {names[name]: _value(name, found, custom) for name, found in said.items() if not found}
    head = [
        f"Record {record.id}  {record.key}",
        *(f"captured: {facts.url or facts.origin}" for facts in record.captures),
    ]
    stream = StringIO()
    write_form(stream, head, values, dict(_notes(record, names)), empty)
    return stream.getvalue()


def read_form(store: Store, record: Record, text: str, name: str) -> list[Change]:
    """Return the changes that a form asks for, none if it says what the record says.

    Raises BadEdits with everything that is wrong, by line.
    """
    custom = known_fields(store)
    try:
        said = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        at = _AT_LINE.search(str(error))
        line, column = (at[1], at[2]) if at else (text.count("\n") + 1, "1")
        why = _AT_LINE.sub("", str(error))
        raise bad_edits(name, [Fault(int(line), f"character {column}", f"{why}: {_line(text, int(line))}")]) from None
    changes, faults = [], []
    wanted = {ALIASES.get(key, key): (key, value) for key, value in said.items()}
    known = editable_names(custom)
    faults += [
        Fault(_line_of(text, key), key, f"there is no field {key!r}{suggest(key, map(_shown, known))}")
        for field, (key, _) in wanted.items()
        if field not in known
    ]
    for field in known:
        key, value = wanted.get(field, (field, []))
        try:
            values = list(_values(field, value))
            if not is_said(record, field, values):
                changes += changes_to(record, field, read_said(field, values, custom))
        except UsageError as error:
            faults.append(Fault(_line_of(text, key), key, str(error)))
    if faults:
        raise bad_edits(name, faults)
    return changes


def _shown(name: str) -> str:
    return next((shown for shown, field in ALIASES.items() if field == name), name)


def _value(name: str, values: tuple[str | int, ...], custom: Custom) -> Value:
    if is_many(name, custom):
        return [str(value) for value in values]
    return values[0] if values else 0 if is_number(name, custom) else ""


def _notes(record: Record, names: Mapping[str, str]) -> Iterator[tuple[str, str]]:
    """Yield what a person should know of a value: that it is in doubt, what else is stated, who set it by hand."""
    for name, shown in names.items():
        values = values_of(record, name)
        said = [field for field in record.fields if field.name == name]
        others = dict.fromkeys(str(f.value) for f in said if f.state is State.STATED and f.value not in values)
        winning = [field for field in said if field.value in values]
        notes = [field.asserted_by for field in winning[-1:] if not field.asserted_by.startswith(("rules/", "layout/"))]
        if winning and all(field.confidence is Confidence.LOW for field in winning):
            notes.append("low confidence")
        if others and (name in record.conflicts or notes):
            notes.append(f"also stated: {' / '.join(others)}")
        yield shown, ", ".join(notes)


def _values(name: str, value: object) -> Iterator[object]:
    """Yield the values that a key says; "" is none."""
    for one in value if isinstance(value, list) else [value]:
        if isinstance(one, datetime | date):
            yield one.isoformat()
        elif isinstance(one, str | int) and not isinstance(one, bool):
            if one != "":
                yield one
        else:
            raise UsageError(f"{name}: a value is a text, a whole number, or a list of texts")


def _line_of(text: str, key: str) -> int:
    """Return the number of the line on which a key stands, outside texts that run over several lines."""
    lines = text.split("\n")
    for number, line in enumerate(lines, 1):
        found = _KEY.match(line)
        if found and key in (found[1], found[2]) and _is_whole("\n".join(lines[: number - 1])):
            return number
    return next((number for number, line in enumerate(lines, 1) if line.strip().startswith(f"[{key}")), 1)


def _is_whole(text: str) -> bool:
    try:
        tomllib.loads(text)
    except tomllib.TOMLDecodeError:
        return False
    return True


def _line(text: str, number: int) -> str:
    return text.split("\n")[number - 1].strip() if 0 < number <= text.count("\n") + 1 else ""
