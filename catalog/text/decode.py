"""From bytes to text: which encoding, and why."""

import codecs
import re
from dataclasses import dataclass

from catalog.errors import UnreadableCapture

_BOMS = (
    (codecs.BOM_UTF8, "utf-8"), (codecs.BOM_UTF32_LE, "utf-32-le"), (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"), (codecs.BOM_UTF16_BE, "utf-16-be"),
)  # fmt: skip
_DECLARED = re.compile(rb"""(?:charset|encoding)\s{0,4}=\s{0,4}["']?([A-Za-z0-9_:.-]{2,20})""", re.IGNORECASE)
_HEAD = 4096  # bytes in which HTML asks for the declaration: 1024; real pages put it later
_NAMES = {"gb2312": "gb18030", "gbk": "gb18030", "x-gbk": "gb18030", "big5": "big5hkscs", "shift_jis": "cp932", "euc-kr": "cp949",
          "ks_c_5601-1987": "cp949", "iso-8859-1": "cp1252", "latin1": "cp1252", "ascii": "utf-8", "utf8": "utf-8"}  # fmt: skip
_CONTROL = re.compile(r"[\x00-\x08\x0e-\x1a\x1c-\x1f\x7f\ufffe\uffff]")
_MOST_CONTROL = 0.005  # share of control characters above which bytes are no text; binary files have 5 % and more
_LEGACY = ("gb18030", "big5hkscs", "cp932", "cp949", "euc_jp", "cp1251", "cp1252")


@dataclass(frozen=True, slots=True)
class Decoded:
    """Text with plain newlines, the encoding it was read with, and why that one ("bom", "option", "valid" …)."""

    text: str
    encoding: str
    basis: str


def decode(data: bytes, told: str | None = None, *, declares: bool = False) -> Decoded:
    """Return the text of bytes. `told` is what a person said and is obeyed; `declares` looks for an HTML declaration.

    Raises UnreadableCapture if no encoding fits, the one told does not, or the bytes are no text.
    """
    if told is not None:
        return _checked(_with(data, told, "option"))
    for bom, encoding in _BOMS:
        if data.startswith(bom):
            return _checked(_with(data[len(bom) :], encoding, "bom"))
    wide = _utf16_without_bom(data)
    if wide:
        return _checked(_with(data, wide, "detected"))
    try:
        return _checked(Decoded(_plain(data.decode("utf-8")), "utf-8", "valid"))
    except UnicodeDecodeError:
        pass
    declared = _declared(data) if declares else None
    if declared:
        try:
            return _checked(_with(data, declared, "declared"))
        except UnreadableCapture:
            pass  # a page that declares one encoding and uses another is common; the bytes decide
    return _checked(_detected(data))


def _with(data: bytes, encoding: str, basis: str) -> Decoded:
    try:
        name = codecs.lookup(_NAMES.get(encoding.lower(), encoding)).name
        return Decoded(_plain(data.decode(name)), name, basis)
    except LookupError:
        raise UnreadableCapture(f"no such encoding: {encoding}", encoding=encoding) from None
    except UnicodeDecodeError as error:
        raise UnreadableCapture(
            f"not {encoding}: byte {error.start} ({data[error.start]:#04x}) does not fit", encoding=encoding, byte=error.start
        ) from None


def _plain(text: str) -> str:
    return text.replace("\r\n", "\n").replace("\r", "\n") if "\r" in text else text


def _checked(decoded: Decoded) -> Decoded:
    """Return the same, or raise UnreadableCapture if the text holds so many control characters that it is none."""
    control = len(_CONTROL.findall(decoded.text))
    if control > 8 and control > _MOST_CONTROL * len(decoded.text):
        raise UnreadableCapture(f"no text: {control} control characters in {len(decoded.text)}", control=control)
    return decoded


def _declared(data: bytes) -> str | None:
    m = _DECLARED.search(data, 0, _HEAD)
    return m[1].decode("ascii") if m else None


def _utf16_without_bom(data: bytes) -> str | None:
    """Return the byte order of UTF-16 text without a mark: ASCII in it leaves zeros at one parity only."""
    sample = data[:4096]
    if len(sample) < 8 or len(data) % 2 or b"\x00" not in sample:
        return None
    even, odd = sample[0::2].count(0), sample[1::2].count(0)
    if odd > 2 and even == 0 and b"\n\x00" in sample:
        return "utf-16-le"
    if even > 2 and odd == 0 and b"\x00\n" in sample:
        return "utf-16-be"
    return None


def _detected(data: bytes) -> Decoded:
    """Return the decoding whose characters are those of real text: most common ideographs, fewest rare ones."""
    best: tuple[float, Decoded] | None = None
    for encoding in _LEGACY:
        try:
            text = data.decode(encoding)
        except UnicodeDecodeError:
            continue
        score = _likeness(text)
        if best is None or score > best[0]:
            best = (score, Decoded(_plain(text), encoding, "detected"))
    if best is None or best[0] < 0:
        raise UnreadableCapture("no encoding fits: say which with --encoding, or the file is no text")
    return best[1]


def _likeness(text: str) -> float:
    """Return how far a text looks written: frequent characters count for it, private and half-width ones against."""
    sample = text[:20_000]
    n = max(1, sum(c > "\x7f" for c in sample))
    common = sum(c in _COMMON for c in sample)
    kana = sum("\u3041" <= c <= "\u30fe" for c in sample)
    hangul = sum("\uac00" <= c <= "\ud7a3" for c in sample)
    cyrillic = sum("а" <= c <= "я" for c in sample)
    latin = sum(c in "äöüßéèàçñáíóúêâîôûÄÖÜ–„“”’" for c in sample)
    odd = sum("\ue000" <= c <= "\uf8ff" or "\uff61" <= c <= "\uff9f" or "\x80" <= c <= "\x9f" or c in "¤¦¨¬±¶¼½¾þðÐÞµ" for c in sample)
    return (3 * common + 2 * kana + 2 * hangul + 1.6 * cyrillic + 1.2 * latin - 4 * odd) / n - 0.25


# The ideographs and marks that make up a quarter of any Chinese or Japanese text, both scripts.
_COMMON = frozenset(
    "的一是在不了有和人这中大为上个国我以要他时来用们生到作地于出就分对成会可主发年动同工也能下过子说产种面而方后多定行学法所民得经十三之进着等部度家电力里如水化高自二理起小物现实加量都两体制机当使点从业本去把性好应开它合还因由其些然前外天政四日那社义事平形相全表间样与关各重新线内数正心反你明看原又么利比或但质气第向道命此变条只没结解问意建月公无系军很情者最立代想已通并提直题党程展五果料象员革位入常文总次品式活设及管特件长求老头基资边流路级少图山统接知较将组见计别她手角期根论运农指几九区强放决西被干做必战先回则任取据处队南给色光门即保治北造百规热领七海口东导器压志世金增争济阶油思术极交受联什认六共权收证改清己美再采转更单风切打白教速花带安场身车例真务具万每目至达走积示议声报斗完类八离华名确才科张信马节话米整空元况今集温传土许步群广石记需段研界拉林律叫且究观越织装"
    "這為個國時來們對會發動過說產種後學經進電實體機當點從業開還與關線數應無軍將農總長統組見計別處隊給領東導壓爭濟階術極聯認權證單風帶場車務達積議報鬥類離華確張馬節話況溫傳廣記戰織裝，。、：；「」『』（）《》！？“”"
)
