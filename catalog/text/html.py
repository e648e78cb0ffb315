"""From the source of a page to the text that a browser shows, in the order of the document."""

from functools import cache
from importlib.metadata import version

from catalog.model.capture import Reading
from catalog.model.problem import Problem
from catalog.text.decode import Decoded
from catalog.text.swollen import without_swollen_tags

# Characters of source whose visible text is read: 70 times the largest page of the learning set. Beyond it the
# extractor needs time by the square of the number of lines (17 s for 50 million characters of <br>).
LONGEST_SOURCE = 8_000_000


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
        without_swollen_tags(source[:longest]), preserve_formatting=True, list_bullets=False, alt_texts=False
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


@cache
def _extractor() -> str:
    """Return the extractor with its version: a constant of the installation that is dear to look up on each page."""
    return f"resiliparse {version('resiliparse')}"


SOURCE_VERSION = "1"
