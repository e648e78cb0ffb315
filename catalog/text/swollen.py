"""Tags of thousands of attributes, which an HTML parser takes minutes for: it compares each with all before it.

One pattern walks over the source as the tokenizer of the HTML standard (html.spec.whatwg.org, §13.2.5) does, over tags,
comments, and the text of scripts and the like, and stops at the first tag that has too many; no cheaper look is enough,
since `<` and `>` may stand in attributes. It takes 0.2 ms a page of 130 KB, and time in proportion to the source.
"""

import re

# Of one tag. 40,000 take the extractor 3 s; no page of the learning set has a tag of 100.
MOST_ATTRIBUTES = 5_000

_ATTRIBUTE = r"""[\s/]*+[^\s/>][^\s/>=]*+(?:\s*+=\s*+(?:"[^"]*+(?:"|\Z)|'[^']*+(?:'|\Z)|[^\s>"'][^\s>]*+)?+)?+"""
_ATTRIBUTES = rf"(?:{_ATTRIBUTE}){{0,{MOST_ATTRIBUTES}}}+[\s/]*+"
# Elements whose content is text, whatever stands in it, up to their own end tag; and the letters they begin with.
_TEXTS = ("script", "style", "textarea", "title", "xmp", "iframe", "noembed", "noframes", "noscript")
_FIRST = "".join(sorted({letter for name in _TEXTS for letter in (name[0], name[0].upper())}))
_TEXT = "|".join(rf"(?i:{name})(?=[\s/>]){_ATTRIBUTES}>[^<]*+(?:<(?!/(?i:{name}))[^<]*+)*+" for name in _TEXTS)
# Of a tag as nearly all are, what follows its first letter: no value but in double quotes, and few enough characters
# that it cannot be swollen. A name ends before the first value: in <a="> the mark and the quote are part of it.
_USUAL = r"""[^\s<>"'=/]*+(?![<"'=])(?:[^<>"'=]{0,99}+(?<=[^\s/"'=<>])=\s*+"[^"]*+"){0,45}+[^<>"'=]{0,99}+>"""
_SOUND = re.compile(
    rf"""[^<]*+(?:<(?:/[^<>"'=]{{0,99}}+>|(?![{_FIRST}])[a-zA-Z]{_USUAL}"""
    rf"""|(?=[{_FIRST}])(?:(?!(?i:{"|".join(_TEXTS)})[\s/>]){_USUAL}|{_TEXT})"""
    rf"""|!--[^-]*+(?:-(?!->)[^-]*+)*+|/?[a-zA-Z][^\s/>]*+{_ATTRIBUTES}(?:>|\Z)|(?!/?[a-zA-Z]))[^<]*+)*+"""
)
_SWOLLEN = re.compile(rf"(</?[a-zA-Z][^\s/>]*+)(?:{_ATTRIBUTE})*+[\s/]*+>?+")


def without_swollen_tags(source: str) -> str:
    """Return the source, tags of more than MOST_ATTRIBUTES without any: no visible text is lost."""
    kept = []
    at = 0
    while (end := _end_of(_SOUND, source, at)) < len(source):
        kept += [source[at:end], _name_of(source, end)]
        at = _end_of(_SWOLLEN, source, end)
    return "".join([*kept, source[at:]]) if kept else source


def _end_of(pattern: re.Pattern[str], source: str, at: int) -> int:
    found = pattern.match(source, at)
    return found.end() if found else len(source)


def _name_of(source: str, at: int) -> str:
    found = _SWOLLEN.match(source, at)
    return f"{found[1]}>" if found else ""
