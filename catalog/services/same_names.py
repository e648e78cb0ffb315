"""Names that may mean one agent: equal once print, script and what is often left out are forgotten. Proposals only."""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from catalog.rules.load import load_words
from catalog.store.authority import Agent, Name
from catalog.store.scripts import simplified
from catalog.text.fold import fold_body

LEAST = 2  # characters of a name that stay when an ending is taken off
BASES = ("print", "script", "ending", "site")  # what two names differ in, the surest first
ENDINGS = {"body": "body_endings", "source": "source_endings"}  # word lists, by the kind of the agent
_REMARK = re.compile(r"[（(\[【〔].*?[)）\]】〕]")


@dataclass(frozen=True, slots=True)
class Proposal:
    """Two agents that may be one: `agent` would go into `into`; `basis`, one of BASES, says what they differ in."""

    agent: Agent
    into: Agent
    basis: str


def forget_print(name: str) -> str:
    """Return a name without width, case, spaces, soft marks and dots between its parts, in simplified characters."""
    return simplified(fold_body(name)) or ""


def forget_ending(name: str, endings: Sequence[str]) -> str:
    """Return a folded name without remarks in brackets, and without the longest of these endings."""
    folded = forget_print(_REMARK.sub("", name)) or forget_print(name)
    for ending in sorted(endings, key=len, reverse=True):
        if folded.endswith(ending) and len(folded) - len(ending) >= LEAST:
            return folded.removesuffix(ending)
    return folded


def find_same(agents: Iterable[Agent], records: Mapping[int, int], apart: set[tuple[Name, Name]]) -> list[Proposal]:
    """Return the proposals: in each set of like names all to the one that most records name, the surest first.

    `records` counts the records of an agent, `apart` are names that a cataloguer keeps apart. Agents that are merged
    already are passed over.
    """
    words = load_words()
    groups: dict[tuple[str, str], list[Agent]] = {}
    for agent in agents:
        if agent.merged_into is None:
            endings = sorted(words[ENDINGS[agent.kind]]) if agent.kind in ENDINGS else []
            groups.setdefault((agent.kind, forget_ending(agent.name, endings)), []).append(agent)
    found = []
    for group in groups.values():
        head, *others = sorted(group, key=lambda agent: (-records.get(agent.id, 0), len(agent.name), agent.key))
        found += [Proposal(one, head, _basis(one, head)) for one in others if _pair(one, head) not in apart]
    return sorted(found, key=lambda one: (BASES.index(one.basis), one.into.key, one.agent.key))


def _basis(one: Agent, other: Agent) -> str:
    if one.site != other.site:
        return "site"
    if fold_body(one.name) == fold_body(other.name):
        return "print"
    return "script" if forget_print(one.name) == forget_print(other.name) else "ending"


def _pair(one: Agent, other: Agent) -> tuple[Name, Name]:
    first, second = sorted((one.key, other.key))
    return first, second
