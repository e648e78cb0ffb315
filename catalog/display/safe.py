r"""Text from pages made harmless for one cell, one line, one TSV value."""

import re

from catalog.export.plain_text import spell_controls

_SPELT = re.compile(r"\\(?:([\\tnr])|x([0-9a-f]{2})|u([0-9a-f]{4})|U([0-9a-f]{8}))")
_MEANT = {"\\": "\\", "t": "\t", "n": "\n", "r": "\r"}


def one_line(text: str) -> str:
    """Return the text for one cell on a screen: what breaks a line becomes a space, what steers is spelt out."""
    return spell_controls(re.sub(r"[\t\n\r\u2028\u2029]+", " ", text))


def escape_tsv(text: str) -> str:
    r"""Return the text as one TSV value: tab, newline, backslash and steering characters escaped; nothing is lost."""
    return spell_controls(text.replace("\\", "\\\\"))


def read_tsv(value: str) -> str:
    """Return what escape_tsv was given."""
    return _SPELT.sub(
        lambda found: _MEANT[found[1]] if found[1] else chr(int(found[2] or found[3] or found[4], 16)), value
    )
