r"""Text from pages made harmless: what would steer a terminal is spelt out, everything else stays as printed."""

import re

# C0 and C1 controls, DEL, line and paragraph separators, marks that turn the writing direction, invisible tags, and
# lone surrogates (file names that are no UTF-8), which no stream could encode.
_STEERING = re.compile(
    "[\u0000-\u001f\u007f-\u009f\u061c\u200e\u200f\u2028-\u202e\u2066-\u206f\ufff9-\ufffb\U000e0000-\U000e007f\ud800-\udfff]"
)
_SHORT = {"\t": "\\t", "\n": "\\n", "\r": "\\r"}
_SPELT = re.compile(r"\\(?:([\\tnr])|x([0-9a-f]{2})|u([0-9a-f]{4})|U([0-9a-f]{8}))")
_MEANT = {"\\": "\\", "t": "\t", "n": "\n", "r": "\r"}


def _spell(found: re.Match[str]) -> str:
    character = found[0]
    if character in _SHORT:
        return _SHORT[character]
    code = ord(character)
    if code < 0x100:
        return f"\\x{code:02x}"
    return f"\\u{code:04x}" if code < 0x10000 else f"\\U{code:08x}"


def spell_controls(text: str, *, keep: str = "") -> str:
    r"""Return the text with steering characters spelt out (\x1b, \u202e); those in `keep` ("\n\t") stay."""
    return _STEERING.sub(lambda found: found[0] if found[0] in keep else _spell(found), text)


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
