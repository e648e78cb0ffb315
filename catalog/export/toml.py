"""One record as TOML, for a person to edit: a line a field, the fields without a value as remarks below."""

import json
from collections.abc import Iterable, Mapping, Sequence
from typing import TextIO

Value = str | int | Sequence[str]

HOW = """\
# Change, add or take out lines, save, and close the editor; what changed is shown before it is kept.
# An empty value, "" or [], says that there is none, and so does a line that is taken out.
"""
EMPTY = "\n# No value yet: take the # away and fill in.\n"


def write_form(
    stream: TextIO,
    head: Iterable[str],
    values: Mapping[str, Value],
    notes: Mapping[str, str],
    empty: Mapping[str, Value],
) -> None:
    """Write a form: remarks, `name = value` lines with a note behind, and `empty` names as remarks, "" or [] or 0."""
    stream.writelines(f"# {_remark(line)}\n" for line in head)
    stream.write(HOW + "\n")
    for name, value in values.items():
        note = f"  # {_remark(notes[name])}" if notes.get(name) else ""
        stream.write(f"{name} = {toml_value(value)}{note}\n")
    stream.write(EMPTY)
    stream.writelines(f"# {name} = {toml_value(value)}\n" for name, value in empty.items())


def toml_value(value: Value) -> str:
    """Return a value as TOML writes it; texts on one line."""
    if isinstance(value, int):
        return str(value)
    if isinstance(value, str):
        return json.dumps(value, ensure_ascii=False).replace("\x7f", "\\u007f")  # TOML escapes as JSON does, and this
    return f"[{', '.join(map(toml_value, value))}]"


def _remark(text: str) -> str:
    return json.dumps(text, ensure_ascii=False)[1:-1].replace("\x7f", "\\u007f").replace('\\"', '"')
