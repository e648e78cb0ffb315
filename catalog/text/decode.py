"""From bytes to text: which encoding, and why. What does not fit is refused or told, never passed over."""

import codecs
import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

from catalog.errors import UnreadableCapture
from catalog.model.problem import Problem
from catalog.text.likeness import LEAST, find_mojibake, likeness, n_usual

_BOMS = (
    (codecs.BOM_UTF8, "utf-8"), (codecs.BOM_UTF32_LE, "utf-32-le"), (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"), (codecs.BOM_UTF16_BE, "utf-16-be"),
)  # fmt: skip
_DECLARED = re.compile(
    rb"""<(?:meta|\?xml)\b[^<>]{0,400}?(?:charset|encoding)\s{0,4}=\s{0,4}["']?\s{0,4}([A-Za-z0-9_:.-]{2,20})""",
    re.IGNORECASE,
)
_HEAD = 4096  # bytes in which HTML asks for the declaration: 1024; real pages put it later
# Each name in the larger set that contains it: pages that say gb2312 use gbk, those that say iso-8859-1 cp1252.
_NAMES = {
    "gb2312": "gb18030", "gb_2312-80": "gb18030", "gbk": "gb18030", "x-gbk": "gb18030", "cp936": "gb18030",
    "big5": "big5hkscs", "big5-hkscs": "big5hkscs", "x-x-big5": "big5hkscs", "cp950": "big5hkscs",
    "shift_jis": "cp932", "shift-jis": "cp932", "sjis": "cp932", "x-sjis": "cp932", "windows-31j": "cp932",
    "euc-kr": "cp949", "ks_c_5601-1987": "cp949", "uhc": "cp949", "x-windows-949": "cp949", "johab": "cp949",
    "iso-8859-1": "cp1252", "latin1": "cp1252", "ascii": "cp1252", "us-ascii": "cp1252", "iso-8859-9": "cp1254",
    "iso-8859-11": "cp874", "tis-620": "cp874", "unicode": "utf-16", "utf8": "utf-8",
}  # fmt: skip
_CONTROL = re.compile(r"[\x00-\x08\x0e-\x1a\x1c-\x1f\x7f\ufffe\uffff]")
_CONTROL_BYTES = bytes([*range(9), *range(14, 27), *range(28, 32), 127])
_MOST_CONTROL = 0.005  # share of control characters above which bytes are no text; binary files have 5 % and more
_BINARY = (
    (b"\x89PNG\r\n", "a PNG picture"), (b"GIF8", "a GIF picture"), (b"\xff\xd8\xff", "a JPEG picture"),
    (b"%PDF-", "a PDF document"), (b"PK\x03\x04", "a zip archive or office document"),
    (b"\x1f\x8b\x08", "a gzip archive"),
    (b"BZh", "a bzip2 archive"), (b"\xfd7zXZ\x00", "an xz archive"), (b"7z\xbc\xaf", "a 7z archive"),
    (b"Rar!\x1a", "a rar archive"), (b"\xd0\xcf\x11\xe0", "an old office document"), (b"{\\rtf", "an RTF document"),
    (b"SQLite format 3\x00", "an SQLite database"), (b"\x7fELF", "a program"),
)  # fmt: skip
_LEGACY = (
    "gb18030", "big5hkscs", "cp932", "cp949", "euc_jp", "cp1251", "koi8_r", "cp1252", "cp1250", "cp1253", "cp1256",
)  # fmt: skip
SAMPLE_BYTES = 65_536  # by which text of two or four bytes a character is known
_WIDE = ("utf-16-le", "utf-16-be", "utf-32-le", "utf-32-be")
# What a witness is worth beside likeness (0.5 to 2.8). By trial on the samples in each encoding, 60 characters and up.
_FOR_DECLARED = 0.6
_FOR_DETECTOR = 0.8
_FOR_FEW = 30.0  # by the number of bytes that are not ASCII: of a few characters likeness knows little
_USUAL = "gb18030"  # in captures of this field that are not UTF-8
_ENOUGH = 24  # bytes that are not ASCII, with fewer of which any other encoding that fits is a rival
_CLEAR = 0.35  # likeness by which an encoding must lead
_FOR_EACH_BROKEN = 40.0  # against, by share of broken places among all characters that are not ASCII
_LEAST_SOUND = 50  # sound characters outside ASCII for each broken place, so that UTF-8 is believed
_FAR_BYTE = re.compile(rb"[\x80-\xff]")
_PAIR = re.compile(rb"[\x80-\xff]{2}")
_PLAUSIBLE = re.compile(  # blocks of the scripts that pages are written in
    "[\t\n\r -~\u00a0-\u024f\u0370-\u052f\u0590-\u06ff\u2010-\u203b\u2100-\u22ff\u2500-\u26ff"
    "\u3000-\u30ff\u3400-\u9fff\uac00-\ud7a3\uf900-\ufaff\uff00-\uffef]"
)


@dataclass(frozen=True, slots=True)
class Decoded:
    """Text with plain newlines, the encoding it was read with, and why that one.

    `basis` is "option" (a person said so), "bom", "valid" (it is UTF-8), "declared" (the page says so and nothing
    speaks against it) or "detected". `problems` do not name the capture yet.
    """

    text: str
    encoding: str
    basis: str
    problems: tuple[Problem, ...] = ()


def decode(data: bytes, told: str | None = None, *, declares: bool = False) -> Decoded:
    """Return the text of bytes. `told` is what a person said and is obeyed; `declares` looks for an HTML declaration.

    A few broken places are replaced by U+FFFD and told as the problem `encoding.replaced`; where two encodings fit
    about as well, `encoding.doubtful` names both. Raises UnreadableCapture if no encoding fits, the one told does
    not, or the bytes are no text.
    """
    kind = next((name for magic, name in _BINARY if data.startswith(magic)), None)
    if kind:
        raise UnreadableCapture(f"no text: {kind}")
    decoded = _decoded(data, told, declares=declares)
    # Bytes are looked through many times as fast as text, and in UTF-8 a control character is a byte.
    is_clean = decoded.encoding == "utf-8" and len(data.translate(None, _CONTROL_BYTES)) == len(data)
    return _checked(decoded, may_hold_control=not is_clean)


def _decoded(data: bytes, told: str | None, *, declares: bool) -> Decoded:
    if told is not None:
        return _as_told(data, told)
    for bom, encoding in _BOMS:
        if data.startswith(bom):
            return _tolerant(data[len(bom) :], encoding, "bom") or _impossible(encoding)
    if b"\x00" in data:
        wide = _wide(data)
        if wide:
            return wide
    if b"\x1b$" in data[:SAMPLE_BYTES] and data.isascii():
        return _as_told(data, "iso2022_jp", "detected")
    return _tolerant(data, "utf-8", "valid") or _most_likely(data, _declared(data) if declares else None)


def _as_told(data: bytes, told: str, basis: str = "option") -> Decoded:
    try:
        name = codecs.lookup(_NAMES.get(told.strip().lower(), told.strip())).name
        return Decoded(_plain(data.decode(name)), name, basis)
    except (LookupError, ValueError) as error:
        if isinstance(error, UnicodeDecodeError):
            where = f"byte {error.start} ({data[error.start]:#04x}) does not fit"
            raise UnreadableCapture(f"not {told}: {where}", encoding=told, byte=error.start) from None
        raise UnreadableCapture(f"no such encoding: {told}", encoding=told) from None


def _impossible(encoding: str) -> Decoded:
    raise UnreadableCapture(f"it begins with the mark of {encoding} and is not in it", encoding=encoding)


def _plain(text: str) -> str:
    text = text.lstrip("\ufeff") if text.startswith("\ufeff") else text
    return text.replace("\r\n", "\n").replace("\r", "\n") if "\r" in text else text


def _checked(decoded: Decoded, *, may_hold_control: bool) -> Decoded:
    """Return the same, or raise UnreadableCapture if the text holds so many control characters that it is none."""
    control = len(_CONTROL.findall(decoded.text)) if may_hold_control else 0
    if control > 8 and control > _MOST_CONTROL * len(decoded.text):
        raise UnreadableCapture(f"no text: {control} control characters in {len(decoded.text)}", control=control)
    return decoded


def find_misread(text: str) -> tuple[Problem, ...]:
    """Return the problem `encoding.mojibake` if characters were misread before the page was captured; they are kept."""
    found = find_mojibake(text)
    if found is None:
        return ()
    message = f"{found[0]} characters were misread before the page was captured, the first at character {found[1]}"
    return (Problem("encoding.mojibake", message),)


def _tolerant(data: bytes, encoding: str, basis: str) -> Decoded | None:
    """Return the text, a few broken places replaced; None if so many are broken that the encoding is another."""
    try:
        return Decoded(_plain(data.decode(encoding)), encoding, basis)
    except UnicodeDecodeError as error:
        first = error.start
    text, n_broken = _replaced(data, encoding)
    n_sound = sum(c > "\x7f" for c in text) - n_broken
    is_cut_off = first >= len(data) - 3 and n_sound >= 4  # a download that ended in the middle of a character
    if n_broken > n_sound // _LEAST_SOUND + is_cut_off:
        return None
    return Decoded(_plain(text), encoding, basis, (_broken(encoding, n_broken, first),))


def _replaced(data: bytes, encoding: str) -> tuple[str, int]:
    """Return the text with U+FFFD for what is broken, and how many of them were not there before."""
    text = data.decode(encoding, "replace")
    there = data.count("\ufffd".encode(encoding)) if encoding.startswith(("utf", "gb18030")) else 0
    return text, max(1, text.count("\ufffd") - there)


def _broken(encoding: str, n: int, first: int) -> Problem:
    places = "1 place is" if n == 1 else f"{n} places are"
    return Problem("encoding.replaced", f"{places} not {encoding} and replaced by U+FFFD, the first at byte {first}")


def _declared(data: bytes) -> str | None:
    m = _DECLARED.search(data, 0, _HEAD)
    if m is None:
        return None
    said = m[1].decode("ascii").lower()
    try:
        return codecs.lookup(_NAMES.get(said, said)).name
    except LookupError:
        return None


def _wide(data: bytes) -> Decoded | None:
    """Return text of two or four bytes a character without a mark: in the right order its characters are usual ones."""
    best: tuple[int, str] | None = None
    for encoding in _WIDE:
        usable = len(data) - len(data) % (4 if "32" in encoding else 2)
        sample = data[: min(usable, SAMPLE_BYTES)].decode(encoding, "ignore")
        n_expected = min(usable, SAMPLE_BYTES) // (4 if "32" in encoding else 2)
        if 10 * len(_PLAUSIBLE.findall(sample)) >= 9 * n_expected > 0 and (best is None or n_usual(sample) > best[0]):
            best = n_usual(sample), encoding
    return _tolerant(data, best[1], "detected") if best else None


def _most_likely(data: bytes, declared: str | None) -> Decoded:
    """Return the decoding that most speaks for: likely characters, the declaration, a detector, few broken places."""
    found: list[tuple[float, Decoded]] = []
    detected = _ask_detector(data)
    n_far = len(_FAR_BYTE.findall(data, 0, SAMPLE_BYTES))
    few = _FOR_FEW / max(1, n_far)
    is_paired = 5 * len(_PAIR.findall(data, 0, SAMPLE_BYTES)) >= 2 * n_far  # accents of Latin letters stand alone
    for encoding in dict.fromkeys((*_LEGACY, *filter(None, (declared, detected)))):
        said = (_FOR_DECLARED + few) * (encoding == declared) + _FOR_DETECTOR * (encoding == detected)
        usual = few / 2 * (encoding == _USUAL and declared is None and is_paired)
        basis = "declared" if encoding == declared else "detected"
        for text, problems, points in _attempts(data, encoding):
            found.append((likeness(text) + points + said + usual, Decoded(_plain(text), encoding, basis, problems)))
    found.sort(key=lambda pair: -pair[0])
    if not found or found[0][0] < LEAST:
        raise UnreadableCapture("no encoding fits: say which with --encoding, or the file is no text")
    score, best = found[0]
    clear = _CLEAR if n_far >= _ENOUGH or not is_paired else score
    rival = next((other for points, other in found[1:] if points > score - clear and other.text != best.text), None)
    if rival is None or best.basis == "declared":
        return best
    message = f"read as {best.encoding}, but {rival.encoding} fits about as well: say which with --encoding"
    return replace(best, problems=(*best.problems, Problem("encoding.doubtful", message)))


def _attempts(data: bytes, encoding: str) -> Iterator[tuple[str, tuple[Problem, ...], float]]:
    """Yield the text in an encoding, what is broken in it, and what that counts; nothing if too much is."""
    try:
        yield data.decode(encoding), (), 0.0
    except UnicodeDecodeError as error:
        text, n_broken = _replaced(data, encoding)
        n_far = sum(c > "\x7f" for c in text)
        if n_broken * _LEAST_SOUND <= n_far:
            yield text, (_broken(encoding, n_broken, error.start),), -_FOR_EACH_BROKEN * n_broken / n_far
    except (LookupError, ValueError):
        return


def _ask_detector(data: bytes) -> str | None:
    """Return the encoding that uchardet takes the bytes for, in the larger set that contains it."""
    from resiliparse.parse.encoding import detect_encoding  # loads a compiled library, for what is not UTF-8 alone

    said = detect_encoding(data, html5_compatible=False)
    try:
        name = codecs.lookup(_NAMES.get(said.lower(), said)).name if said else None
    except LookupError:
        return None
    return None if name is None or name.startswith("utf") else name
