"""From the source of a page to the text that a browser shows, in the order of the document."""

import re
from functools import cache
from importlib.metadata import version

from catalog.model.capture import Reading
from catalog.model.problem import Problem
from catalog.text.decode import Decoded

# Characters of source whose visible text is read: 70 times the largest page of the learning set. Beyond it the
# extractor needs time by the square of the number of lines (17 s for 50 million characters of <br>).
LONGEST_SOURCE = 8_000_000
# Attributes of one tag that the extractor is given: it compares each with all before it (3 s for 40,000). No page of
# the learning set has a tag of 100.
MOST_ATTRIBUTES = 5_000
LONG_TAG = 2 * MOST_ATTRIBUTES  # characters: an attribute takes two at least
_LONG_TAG = re.compile(rf"<[a-zA-Z][^<>]{{{LONG_TAG},}}+")
_TAG_NAME_END = re.compile(r"[\s/]")  # attributes are parted by slashes too
_ATTRIBUTE = re.compile(r"""(?<![\s/])[\s/]++[^\s/=]+(?:\s*=\s*(?:"[^"]*"|'[^']*'|[^\s"']*))?""")


def read_html(
    decoded: Decoded, capture: str, *, longest: int = LONGEST_SOURCE
) -> tuple[Reading, Reading, tuple[Problem, ...]]:
    """Return the visible text, the source, and what is odd.

    Alternative texts, list bullets, forms and scripts are no visible text. A source longer than `longest` is kept
    whole but its visible text only read so far; the problem `html.cut` says so.
    """
    from resiliparse.extract.html2text import extract_plain_text  # loads a library of 10 MB, for HTML alone

    source = decoded.text
    visible = extract_plain_text(
        _without_swollen_tags(source[:longest]), preserve_formatting=True, list_bullets=False, alt_texts=False
    )
    problems: tuple[Problem, ...] = ()
    if len(source) > longest:
        message = f"the visible text is read from the first {longest} of {len(source)} characters of source"
        problems = (Problem("html.cut", message, capture=capture),)
    return (
        Reading(capture, visible, decoded.encoding, decoded.basis, "visible", _extractor()),
        Reading(capture, source, decoded.encoding, decoded.basis, "source", SOURCE_VERSION),
        problems,
    )


def _without_swollen_tags(source: str) -> str:
    """Return the source, tags of more than MOST_ATTRIBUTES without them: no visible text is lost."""

    def shrink(tag: re.Match[str]) -> str:
        is_swollen = sum(1 for _ in _ATTRIBUTE.finditer(tag[0])) > MOST_ATTRIBUTES
        return _TAG_NAME_END.split(tag[0], maxsplit=1)[0] if is_swollen else tag[0]

    return _LONG_TAG.sub(shrink, source) if _has_long_tag(source) else source


def _has_long_tag(source: str) -> bool:
    """Return whether a tag may be as long as LONG_TAG. One that is covers a whole step, and opens in the step before.

    A few µs a page, where the pattern alone takes a few hundred.
    """
    step = LONG_TAG // 2
    for at in range(0, len(source) - step + 1, step):
        if source.find("<", at, at + step) < 0 and source.find(">", at, at + step) < 0:
            opened = source.rfind("<", max(0, at - step), at)
            if opened >= 0 and source[opened + 1].isalpha() and source.find(">", opened, at) < 0:
                return True
    return False


@cache
def _extractor() -> str:
    """Return the extractor with its version: a constant of the installation that is dear to look up on each page."""
    return f"resiliparse {version('resiliparse')}"


SOURCE_VERSION = "1"
