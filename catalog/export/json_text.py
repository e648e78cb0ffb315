r"""JSON as this project writes it: Chinese as it is, nothing that a terminal would obey or UTF-8 could not carry."""

import json
import re

# JSON escapes C0 itself. Left are DEL, C1, the marks that turn the writing direction, line and paragraph separators,
# and lone surrogates: each has a \u form that reads back as the same character.
_UNSAFE = re.compile("[\u007f-\u009f\u061c\u200e\u200f\u2028-\u202e\u2066-\u206f\ud800-\udfff]")


def write_json(value: object, *, indent: int | None = None) -> str:
    """Return the value as JSON text, on one line unless `indent` is given, without a final newline."""
    separators = None if indent else (", ", ": ")
    text = json.dumps(value, ensure_ascii=False, indent=indent, separators=separators)
    return _UNSAFE.sub(lambda found: f"\\u{ord(found[0]):04x}", text)
