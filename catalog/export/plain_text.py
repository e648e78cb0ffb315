r"""Text on its way to a stream that may end on a screen: what would steer a terminal is spelt out."""

import re

# C0 and C1 controls, DEL, line and paragraph separators, marks that turn the writing direction, invisible tags, and
# lone surrogates (file names that are no UTF-8), which no stream could encode.
_STEERING = re.compile(
    "[\u0000-\u001f\u007f-\u009f\u061c\u200e\u200f\u2028-\u202e\u2066-\u206f\ufff9-\ufffb\U000e0000-\U000e007f\ud800-\udfff]"
)
_SHORT = {"\t": "\\t", "\n": "\\n", "\r": "\\r"}


def spell_controls(text: str, *, keep: str = "") -> str:
    r"""Return the text with steering characters spelt out (\x1b, \u202e); those in `keep` ("\n\t") stay."""
    return _STEERING.sub(lambda found: found[0] if found[0] in keep else _spell(found[0]), text)


def _spell(character: str) -> str:
    if character in _SHORT:
        return _SHORT[character]
    code = ord(character)
    if code < 0x100:
        return f"\\x{code:02x}"
    return f"\\u{code:04x}" if code < 0x10000 else f"\\U{code:08x}"
