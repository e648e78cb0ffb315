"""GraphML for network tools: records as nodes, an edge from each reprint to the text it was set under.

Format: GraphML 1.0 (graphml.graphdrawing.org). Characters that XML 1.0 cannot hold are spelt out.
"""

from collections.abc import Iterable, Mapping, Sequence
from typing import TextIO
from xml.sax.saxutils import escape

from catalog.export.plain_text import spell_controls
from catalog.model.record import Record
from catalog.model.reprints import Genealogy

NODE_KEYS = {
    "title": "string", "published": "string", "source": "string", "publisher": "string", "site_name": "string",
    "url": "string", "body": "string", "group": "string",
}  # fmt: skip
EDGE_KEYS = {"figure": "double", "cut": "int", "added": "int", "retitled": "boolean", "source_disagrees": "boolean"}
_NEVER = str.maketrans({code: f"\\u{code:04x}" for code in (0xFFFE, 0xFFFF)})

Value = str | int | float | bool | None


def write_reprints(tree: Genealogy, stream: TextIO) -> None:
    """Write the tree of one text; edges run from a reprint to its parent."""
    _begin(stream, "reprints")
    for reprint in tree.reprints:
        copy = reprint.copy
        names = ("title", "published", "source", "publisher", "site_name", "url")
        values = {name: getattr(copy, name) for name in names}
        _node(stream, copy.id, values | {"body": copy.body_sha256, "group": tree.group})
    for reprint in tree.reprints:
        if reprint.parent is not None:
            n_cut = sum(change.kind == "cut" for change in reprint.changes)
            figures: dict[str, Value] = {"figure": reprint.figure, "cut": n_cut, "added": len(reprint.changes) - n_cut}
            said: dict[str, Value] = {"retitled": reprint.is_retitled, "source_disagrees": reprint.disagrees}
            _edge(stream, (reprint.copy.id, reprint.parent), figures | said)
    _end(stream)


def write_records(records: Iterable[Record], stream: TextIO) -> None:
    """Write records as nodes; edges run from each reprint to the earliest of its group, where that is written too."""
    edges: list[tuple[int, int]] = []
    written: set[int] = set()
    _begin(stream, "records")
    for record in records:
        if record.id is None:
            continue
        values: dict[str, Value] = {name: record.values.get(name) for name in NODE_KEYS}
        values["url"] = next((facts.url for facts in record.captures if facts.url), None)
        values["body"] = record.body.sha256 if record.body else None
        values["group"] = record.reprints.group if record.reprints else None
        _node(stream, record.id, values)
        written.add(record.id)
        if record.reprints and record.reprints.earliest not in (None, record.id):
            edges.append((record.id, record.reprints.earliest or 0))
    for edge in edges:
        if edge[1] in written:
            _edge(stream, edge, {})
    _end(stream)


def _begin(stream: TextIO, name: str) -> None:
    stream.write('<?xml version="1.0" encoding="UTF-8"?>\n<graphml xmlns="http://graphml.graphdrawing.org/xmlns">\n')
    for kind, keys in (("node", NODE_KEYS), ("edge", EDGE_KEYS)):
        for key, type_ in keys.items():
            stream.write(f'  <key id="{key}" for="{kind}" attr.name="{key}" attr.type="{type_}"/>\n')
    stream.write(f'  <graph id="{name}" edgedefault="directed">\n')


def _node(stream: TextIO, id: int, values: Mapping[str, Value]) -> None:
    stream.write(f'    <node id="n{id}">\n')
    _data(stream, values)
    stream.write("    </node>\n")


def _edge(stream: TextIO, ends: Sequence[int], values: Mapping[str, Value]) -> None:
    stream.write(f'    <edge source="n{ends[0]}" target="n{ends[1]}">\n')
    _data(stream, values)
    stream.write("    </edge>\n")


def _data(stream: TextIO, values: Mapping[str, Value]) -> None:
    for key, value in values.items():
        if value is not None:
            stream.write(f'      <data key="{key}">{_text(value)}</data>\n')


def _text(value: Value) -> str:
    text = str(value).lower() if isinstance(value, bool) else str(value)
    return escape(spell_controls(text, keep="\t\n").translate(_NEVER))


def _end(stream: TextIO) -> None:
    stream.write("  </graph>\n</graphml>\n")
