"""What the source of a page declares about it: title, meta, JSON-LD, each with its place in the source."""

import html
import re
from collections.abc import Iterator
from dataclasses import dataclass

from catalog.text.json_places import Node, find_objects, read_json

MOST_METAS = 1000  # pages have up to 90; what has more is no page that declares something
MOST_SCRIPTS = 50
LONGEST_TAG = 20_000  # characters of one meta
LONGEST_SCRIPT = 1_000_000
# Between these tags nothing is markup, so a <meta> there is only text.
_WHOLE = ("title", "script", "style", "textarea", "xmp", "iframe", "noembed", "svg", "template")
_NAME = rf"(?ai:meta|{'|'.join(_WHOLE)})(?=[\s/>])"
_COMMENT = r"!(?=--)(?:[^-]++|-(?!->))*+(?:-->|\Z)"
# Nearly all that stands whole: attributes in double quotes, few enough to be no tag that is cut, and no + or &,
# of which each sign of JSON-LD holds one.
_USUAL = r"""[^<>&+"']{0,99}+(?:"[^<>&+"]{0,999}+"[^<>&+"']{0,99}+){0,15}+>"""
_PASSED = "|".join(
    rf"(?ai:{name})(?=[\s/>]){_USUAL}[^<]*+(?:<(?!/(?ai:{name})[\s/>])[^<]*+)*+" for name in _WHOLE if name != "title"
)
# One match goes over all that declares nothing, up to the next tag that must be looked at. By far most tags are told by
# their first letter, nearly all others by the second.
_FIRST = "".join(sorted({name[0] + name[0].upper() for name in ("meta", *_WHOLE)}))
_SECOND = "|".join(sorted({f"(?ai:{name[:2]})" for name in ("meta", *_WHOLE)}))
_TO_NEXT = re.compile(rf"[^<]*+(?:<(?:[^!<{_FIRST}]|{_COMMENT}|(?!{_SECOND})|{_PASSED}|(?!{_NAME}))[^<]*+)*+")
_TAG = re.compile(rf"<(?P<name>{_NAME})")
_ATTRIBUTE = re.compile(
    r"""[\s/]*+([^\s"'<>/=]++)(?:\s*+=\s*+(?:"([^"]*+)"|'([^']*+)'|([^\s"'<>`]++)))?"""  # name; value in one of three forms
)
_ATTRIBUTES = re.compile(rf"(?:{_ATTRIBUTE.pattern})*+[^>]*+>?")
_CLOSED = {name: re.compile(rf"<(?=/(?ai:{name})[\s/>])") for name in _WHOLE}
_KEYS = ("name", "property", "itemprop", "http-equiv")
# A meta as most are: a key, then a value, nothing else. To read its attributes one by one takes six times as long.
_USUAL_META = re.compile(rf"""\s++(?:{"|".join(_KEYS)})="([^"]*+)"\s++content="([^"]*+)"\s*+/?>""")
_JSON_LD = "application/ld+json"


@dataclass(frozen=True, slots=True)
class Declared:
    """One declaration: `key` in lower case, `value` with its entities resolved, source[start:end] as written."""

    witness: str  # "title", "meta" or "opengraph"
    key: str
    value: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Declarations:
    """All that a source declares: the title and metas in their order, and the objects of its JSON-LD."""

    said: tuple[Declared, ...]
    objects: tuple[dict[str, Node], ...]


def find_declarations(source: str) -> Declarations:
    """Return what the source declares; of several titles only the first, as browsers do.

    Comments, scripts and drawings are passed over. Time grows with the length of the source alone.
    """
    said: list[Declared] = []
    objects: list[dict[str, Node]] = []
    n_scripts = at = 0
    while len(said) < MOST_METAS and (m := _next_tag(source, at)):
        at = m.end()
        name = m["name"].lower()
        if name == "meta" and (usual := _USUAL_META.match(source, at, at + LONGEST_TAG)):
            said.append(_declared(usual[1], usual[2], *usual.span(2)))
            at = usual.end()
            continue
        start = _end_of_tag(source, at)
        if name == "meta":
            said.extend(_meta(_attributes(source, at, start)))
            at = start
            continue
        tag = source[at:start]
        closed = _CLOSED[name].search(source, start)
        at = end = closed.start() if closed else len(source)
        if name == "title" and not any(d.witness == "title" for d in said):
            said.append(Declared("title", "title", html.unescape(source[start:end]), start, end))
        elif name == "script" and _is_json_ld(tag) and n_scripts < MOST_SCRIPTS and end - start <= LONGEST_SCRIPT:
            n_scripts += 1
            objects.extend(find_objects(read_json(source, start, end)))
    return Declarations(tuple(said), tuple(objects))


def _next_tag(source: str, at: int) -> re.Match[str] | None:
    """Return the tag that may declare something, or holds what is no markup, at or behind this place."""
    passed = _TO_NEXT.match(source, at)
    return _TAG.match(source, passed.end()) if passed else None


def _end_of_tag(source: str, at: int) -> int:
    """Return where the content begins of the tag whose attributes begin here."""
    m = _ATTRIBUTES.match(source, at, at + LONGEST_TAG)
    return m.end() if m else at


def _attributes(source: str, at: int, end: int) -> dict[str, tuple[int, int, str]]:
    """Return {name: (start, end, value as written)} of the attributes that stand here."""
    found: dict[str, tuple[int, int, str]] = {}
    while m := _ATTRIBUTE.match(source, at, end):
        group = m.lastindex or 1
        if group > 1:
            found.setdefault(m[1].lower(), (*m.span(group), m[group]))
        at = m.end()
    return found


def _meta(attributes: dict[str, tuple[int, int, str]]) -> Iterator[Declared]:
    if "content" not in attributes:
        return
    start, end, value = attributes["content"]
    for name in _KEYS:
        if name in attributes:
            yield _declared(attributes[name][2], value, start, end)
            return


def _declared(key: str, value: str, start: int, end: int) -> Declared:
    """Return what a meta says; key and value as written."""
    key = html.unescape(key).strip().lower()
    witness = "opengraph" if key.startswith(("og:", "article:")) else "meta"
    return Declared(witness, key, html.unescape(value), start, end)


def _is_json_ld(tag: str) -> bool:
    if "json" not in tag.lower() and "&" not in tag:
        return False  # nearly all scripts
    attributes = _attributes(tag, 0, len(tag))
    return "type" in attributes and html.unescape(attributes["type"][2]).strip().lower().startswith(_JSON_LD)
