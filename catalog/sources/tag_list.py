"""A controlled list of tags: CSV, or SKOS as RDF/XML. Of SKOS's forms that is the one which publishers offer and the
standard library reads; Turtle would need a grammar of its own. A file with a DTD is refused: it could fill the memory.
"""

import csv
import io
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from itertools import pairwise
from pathlib import Path
from xml.etree import ElementTree as Xml
from xml.parsers import expat

from catalog.errors import UsageError
from catalog.model.tag_term import BELOW, TagTerm

RDF = "{http://www.w3.org/1999/02/22-rdf-syntax-ns#}"
SKOS = "{http://www.w3.org/2004/02/skos/core#}"
LANGUAGE = "{http://www.w3.org/XML/1998/namespace}lang"
PREFERRED = ("zh-hans", "zh-cn", "zh", "zh-hant", "zh-tw", "zh-hk", "")  # of labels; else the first by language
COLUMNS = ("tag", "broader", "also", "note", "uri")
BETWEEN = ";"  # words in the column `also`


def read_tag_list(path: Path) -> list[TagTerm]:
    """Return the terms of a file, in the order of their tags. Raises UsageError if it cannot be used as a whole."""
    try:
        data = path.read_bytes()
    except OSError as error:
        raise UsageError(f"{path} cannot be read: {error.strerror}", file=str(path)) from error
    try:
        if data.lstrip(b"\xef\xbb\xbf \t\r\n").startswith(b"<"):
            found = _skos_terms(data)
        else:
            found = _csv_terms(data.decode("utf-8-sig"))
        terms = sorted(found, key=lambda term: term.tag)
    except UnicodeDecodeError as error:
        raise UsageError(f"{path} is not UTF-8 (byte {error.start})", file=str(path)) from error
    except (ValueError, csv.Error, expat.ExpatError, Xml.ParseError) as error:
        raise UsageError(f"{path}: {error}", file=str(path)) from error
    for one, other in pairwise(terms):
        if one.tag == other.tag:
            raise UsageError(f"{path}: {one.tag} stands there twice", file=str(path))
    if not terms:
        raise UsageError(f"{path}: there is no term in it", file=str(path))
    return terms


@dataclass(slots=True)
class _Concept:
    """What a file says of one term: its name, those it stands below, and the rest."""

    name: str = ""
    broader: set[str] = field(default_factory=set)
    also: list[str] = field(default_factory=list)
    note: str | None = None
    uri: str | None = None


def _csv_terms(text: str) -> Iterator[TagTerm]:
    head = text.split("\n", 1)[0]
    reader = csv.reader(
        io.StringIO(text, newline=""), delimiter=next((m for m in "\t;" if m in head), ","), strict=True
    )
    columns = [name.strip() for name in next(reader, [])]
    unknown = [name for name in columns if name not in COLUMNS]
    if "tag" not in columns or unknown:
        raise ValueError(f"the columns are {', '.join(COLUMNS)}, of which tag must be there")
    concepts: dict[str, _Concept] = {}
    for cells in reader:
        row = dict(zip(columns, (cell.strip() for cell in cells), strict=False))
        if not row.get("tag"):
            continue
        if row["tag"] in concepts:
            raise ValueError(f"{row['tag']} stands there twice")
        broader = {row["broader"]} if row.get("broader") else set()
        also = [word.strip() for word in row.get("also", "").split(BETWEEN) if word.strip()]
        concepts[row["tag"]] = _Concept(row["tag"], broader, also, row.get("note") or None, row.get("uri") or None)
    return _terms(concepts)


def _skos_terms(data: bytes) -> Iterator[TagTerm]:
    _refuse_dtd(data)
    root = Xml.fromstring(data)  # noqa: S314 -- what could hurt was refused above
    labels: dict[str, list[tuple[str, str]]] = {}
    concepts: dict[str, _Concept] = {}
    for node in root.iter():
        about = node.get(f"{RDF}about")
        if about is None or not _is_concept(node):
            continue
        concept = concepts.setdefault(about, _Concept(uri=about))
        for child in node:
            text = " ".join((child.text or "").split())
            if child.tag == f"{SKOS}prefLabel" and text:
                labels.setdefault(about, []).append((child.get(LANGUAGE, "").lower(), text))
            elif child.tag == f"{SKOS}altLabel" and text:
                concept.also.append(text)
            elif child.tag in (f"{SKOS}scopeNote", f"{SKOS}definition") and text:
                concept.note = concept.note or text
            elif child.tag == f"{SKOS}broader":
                concept.broader.update(_targets(child))
            elif child.tag == f"{SKOS}narrower":
                for target in _targets(child):
                    concepts.setdefault(target, _Concept(uri=target)).broader.add(about)
    for about, concept in concepts.items():
        if about not in labels:
            raise ValueError(f"{about} has no prefLabel")
        concept.name = min(labels[about], key=_by_language)[1].replace(BELOW, "／")
        concept.also = [word for word in dict.fromkeys(concept.also) if word != concept.name]
    return _terms(concepts)


def _refuse_dtd(data: bytes) -> None:
    def refuse(*_: object) -> None:
        raise ValueError("it holds a DTD: save it without one")

    parser = expat.ParserCreate()
    parser.StartDoctypeDeclHandler = refuse
    parser.Parse(data, True)


def _is_concept(node: Xml.Element) -> bool:
    types = [child.get(f"{RDF}resource") for child in node.findall(f"{RDF}type")]
    return node.tag == f"{SKOS}Concept" or f"{SKOS}Concept".replace("{", "").replace("}", "") in types


def _targets(node: Xml.Element) -> list[str]:
    """Return the concepts that a property names, by reference or by standing inside it."""
    named = [node.get(f"{RDF}resource"), *(child.get(f"{RDF}about") for child in node)]
    return [target for target in named if target]


def _by_language(label: tuple[str, str]) -> tuple[int, str, str]:
    language, text = label
    return (PREFERRED.index(language) if language in PREFERRED else len(PREFERRED), language, text)


def _terms(concepts: Mapping[str, _Concept]) -> Iterator[TagTerm]:
    """Yield the terms with the broader ones before them; of several broader ones the first by name counts."""
    for name, concept in concepts.items():
        yield TagTerm(_path(name, concepts, ()), concept.uri, concept.note, tuple(concept.also))


def _path(name: str, concepts: Mapping[str, _Concept], below: Iterable[str]) -> str:
    way = (*below, name)
    if name in way[:-1]:
        raise ValueError(f"{concepts[name].name} stands below itself")
    concept = concepts[name]
    if missing := [one for one in concept.broader if one not in concepts]:
        raise ValueError(f"{concept.name} stands below {missing[0]}, which is not there")
    if not concept.broader:
        return concept.name
    return min(_path(one, concepts, way) for one in concept.broader) + BELOW + concept.name
