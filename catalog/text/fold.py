"""Two foldings: one that keeps every place (for matching), one that forgets print (for comparing)."""

import hashlib
import re
import unicodedata

SPACES = "\t\v\f\r \u00a0\u1680\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a\u202f\u205f\u3000"
# what shows nothing: marks of direction and width, and control characters, which no page means
INVISIBLE = "\u00ad\u061c\u180e\u200b\u200c\u200d\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2060\u2061\u2062\u2063\u2064\u2066\u2067\u2068\u2069\ufeff"
INVISIBLE += "".join(chr(n) for n in (*range(0x20), 0x7F, *range(0x80, 0xA0)) if chr(n) not in SPACES + "\n\x85")


def _view_table() -> dict[str, str]:
    """Return what each character becomes that is not matched on as it is printed."""
    table = {code: chr(code - 0xFEE0) for code in range(0xFF01, 0xFF5F)}
    table |= dict.fromkeys(map(ord, SPACES + INVISIBLE), " ")
    del table[0x00AD]  # a soft hyphen stands inside words
    table |= dict.fromkeys(map(ord, "：﹕∶︰꞉ː"), ":")
    table |= dict.fromkeys(map(ord, "｜︱│┃∣▏"), "|")
    table |= dict.fromkeys(map(ord, "【〔［﹝〖"), "[") | dict.fromkeys(map(ord, "】〕］﹞〗"), "]")
    table |= dict.fromkeys(map(ord, "（﹙"), "(") | dict.fromkeys(map(ord, "）﹚"), ")")
    table |= dict.fromkeys(map(ord, "•‧・∙●▪◆■"), "·")
    table |= dict.fromkeys(map(ord, "〇○"), "〇")
    return {chr(code): character for code, character in table.items() if chr(code) != character}


_VIEW = _view_table()
_FOLDED = re.compile(f"[{re.escape(''.join(_VIEW))}]")
_CLEAN = dict.fromkeys(map(ord, SPACES), " ") | dict.fromkeys(map(ord, INVISIBLE))
_BLANKS = re.compile(" {2,}")
_DIRTY = re.compile(f"[{SPACES.replace(' ', '')}{INVISIBLE}]")
_WORDS = re.compile(r"\w+")
_POINT, _NEGATIVE = "ꓸ", "ꓻ"  # two letters of a script that no news page uses stand for the marks while others go
# What each mark of a number is kept as. It is looked for before what stands left of it, and each alone: many times as
# fast as the other way round or all at once.
_KEPT = (
    *((mark, re.compile(rf"{re.escape(mark)}(?<=\d.)(?=\d)"), _POINT) for mark in ".．"),
    *((mark, re.compile(rf"{re.escape(mark)}(?=\d)(?<![\w.)）].)"), _NEGATIVE) for mark in "-−－"),
)


def fold_view(text: str) -> str:
    """Return the text as labels are matched on it: half-width, plain spaces, one form of each mark; the same length.

    A page holds some six of the characters; to replace each is three times as fast as str.translate.
    """
    m = _FOLDED.search(text)
    while m:
        text = text.replace(m[0], _VIEW[m[0]])
        m = _FOLDED.search(text, m.end())
    return text


def is_clean(text: str) -> bool:
    """Return whether a text holds neither two blanks side by side nor anything that is to be a plain blank or nothing."""
    return "  " not in text and _DIRTY.search(text) is None


def clean_value(text: str) -> str:
    """Return a printed value as a cataloguer writes it: plain single spaces, no soft hyphens or other invisible marks."""
    if is_clean(text):
        return text.strip(" ")
    return _BLANKS.sub(" ", text.translate(_CLEAN)).strip()


def fold_body(text: str) -> str:
    """Return the text as bodies are compared: NFKC, without white space, punctuation and marks, lower case.

    Figures with their decimal points and signs, letters and Han characters stay, so two bulletins that differ in one
    number differ here. The point and the minus are written as two Lisu letters, so that the folded text is one run.
    """
    for mark, in_number, kept in _KEPT:
        if mark in text:
            text = in_number.sub(kept, text)
    text = _words(text)
    if not unicodedata.is_normalized("NFKC", text):  # rare once the marks are gone: full-width figures, ligatures
        text = _words(unicodedata.normalize("NFKC", text))
    return text.casefold()


def _words(text: str) -> str:
    text = text.replace(" ", "").replace("，", "")  # the commonest: what is left falls into a third as many pieces
    return "".join(_WORDS.findall(text)).replace("_", "")


def body_digest(text: str) -> str:
    """Return the SHA-256 (hex) of the folded text. A text of marks alone is taken as printed."""
    return hashlib.sha256((fold_body(text) or text.strip()).encode("utf-8", "surrogatepass")).hexdigest()
