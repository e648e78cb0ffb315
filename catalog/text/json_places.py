"""JSON whose texts and numbers know where they stand: what a page says of itself must read back from its source."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from json.decoder import scanstring  # type: ignore[attr-defined]  # the decoder that knows where a text ends; no stub has it

DEEPEST = 40  # levels; JSON-LD of real pages has up to 6, and Python's own stack is not ours to fill
_MARK = re.compile(r"[ \t\n\r]*+(?P<mark>[{}\[\],:\"]|-?\d[\d.eE+-]*+|true|false|null)")


@dataclass(frozen=True, slots=True)
class Leaf:
    """A text or number; text[start:end] is how it is written, a text without its quotes."""

    value: str
    start: int
    end: int


Node = Leaf | dict[str, "Node"] | list["Node"] | None


def read_json(text: str, start: int, end: int) -> Node:
    """Return the value that text[start:end] holds; None if it is no JSON or too deep, for null and truth values.

    Line breaks within texts are allowed, as browsers' own readers of JSON-LD are asked to bear with pages.
    """
    try:
        node, _ = _value(text, start, end, 0)
    except ValueError:
        return None
    return node


def find_objects(node: Node) -> Iterator[dict[str, Node]]:
    """Yield the objects at the top: the one, those of a list, and those of an @graph."""
    if isinstance(node, list):
        for item in node:
            yield from find_objects(item)
    elif isinstance(node, dict):
        yield node
        graph = node.get("@graph")
        if isinstance(graph, list):
            yield from (item for item in graph if isinstance(item, dict))


def _value(text: str, at: int, end: int, depth: int) -> tuple[Node, int]:
    mark, at = _mark(text, at, end)
    if depth > DEEPEST:
        raise ValueError("too deep")
    if mark == '"':
        value, after = _string(text, at, end)
        return Leaf(value, at, after - 1), after
    if mark == "{":
        return _object(text, at, end, depth)
    if mark == "[":
        return _list(text, at, end, depth)
    if mark[0].isdigit() or mark[0] == "-":
        return Leaf(mark, at - len(mark), at), at
    if mark in ("true", "false", "null"):
        return None, at
    raise ValueError(f"{mark} at {at}")


def _object(text: str, at: int, end: int, depth: int) -> tuple[Node, int]:
    found: dict[str, Node] = {}
    mark, after = _mark(text, at, end)
    while mark != "}":
        if mark != '"':
            raise ValueError(f"{mark} at {after}")
        key, after = _string(text, after, end)
        mark, after = _mark(text, after, end)
        if mark != ":":
            raise ValueError(f"{mark} at {after}")
        found[key], after = _value(text, after, end, depth + 1)
        mark, after = _mark(text, after, end)
        if mark == ",":
            mark, after = _mark(text, after, end)
        elif mark != "}":
            raise ValueError(f"{mark} at {after}")
    return found, after


def _list(text: str, at: int, end: int, depth: int) -> tuple[Node, int]:
    found: list[Node] = []
    mark, after = _mark(text, at, end)
    while mark != "]":
        node, at = _value(text, at, end, depth + 1)
        found.append(node)
        mark, after = _mark(text, at, end)
        if mark == ",":
            at = after
            mark, after = _mark(text, at, end)
        elif mark != "]":
            raise ValueError(f"{mark} at {after}")
    return found, after


def _string(text: str, at: int, end: int) -> tuple[str, int]:
    value, after = scanstring(text, at, False)
    if after > end:
        raise ValueError("a text runs out of its script")
    return value.encode("utf-16", "surrogatepass").decode("utf-16", "replace"), after


def _mark(text: str, at: int, end: int) -> tuple[str, int]:
    m = _MARK.match(text, at, end)
    if m is None:
        raise ValueError(f"no JSON at {at}")
    return m["mark"], m.end()
