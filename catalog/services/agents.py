"""Authority work: people, bodies and sources, each a record of its own until a cataloguer says that two are one."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from catalog.errors import NothingMatched, UsageError
from catalog.model.outcome import Outcome
from catalog.model.table import Cell, Column, Table
from catalog.model.vocabulary import ROLES
from catalog.services.deciding import COLUMNS, deciding
from catalog.services.ports import Ports
from catalog.services.same_names import Proposal, find_same, forget_print
from catalog.store.authority import (
    Agent,
    find_agents,
    keep_apart,
    let_meet,
    read_distinctions,
    read_verdicts,
    take_for,
)
from catalog.store.canonical import Plain
from catalog.store.files import read_query
from catalog.store.journal import ChangeSet
from catalog.store.open import Store
from catalog.store.rows import LARGEST
from catalog.store.set_aside import Rows

KINDS = ("person", "body", "account", "source")
LIST = (
    Column("id", is_number=True), Column("name"), Column("kind", is_whole=True), Column("site"),
    Column("records", is_number=True), Column("roles"), Column("merged_into", is_number=True), Column("authority"),
)  # fmt: skip
PROPOSALS = (
    Column("id", is_number=True), Column("name"), Column("kind", is_whole=True), Column("site"),
    Column("records", is_number=True), Column("basis", is_whole=True), Column("into", is_number=True),
    Column("into_name"), Column("into_site"),
)  # fmt: skip
USES = (
    Column("id", is_number=True), Column("name"), Column("kind", is_whole=True), Column("site"),
    Column("role", is_whole=True), Column("label"), Column("records", is_number=True), Column("first", is_whole=True),
    Column("last", is_whole=True),
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Sameness:
    """What is said of names: each of `taken` means the other from now on (None: itself), pairs of `apart` are two.

    `together` are pairs that are not kept apart any more.
    """

    taken: tuple[tuple[Agent, Agent | None], ...] = ()
    apart: tuple[tuple[Agent, Agent], ...] = ()
    together: tuple[tuple[Agent, Agent], ...] = ()


def list_agents(store: Store, name: str | None = None, kind: str | None = None) -> Table:
    """Return the agents, those that most records name first; `name` is a part of a name, in any print or script.

    Raises NothingMatched, UsageError for a kind that does not exist.
    """
    if kind is not None and kind not in KINDS:
        raise UsageError(f"there is no kind {kind!r} of agents; there are {', '.join(KINDS)}")
    part = "" if name is None else forget_print(name) or name
    rows = [
        (*row[:5], _in_order(row[5]), *row[6:])
        for row in _read(store, "agents", {"ids": None})
        if (kind is None or row[2] == kind) and (part in forget_print(str(row[1])) or part in str(row[1]))
    ]
    if not rows:
        raise NothingMatched(f"no agent is called {name!r}" if name else "the catalogue names nobody of this kind")
    return Table("Agents", LIST, tuple(rows), schema="catalog.agents/1")


def show_agent(store: Store, word: str) -> Table:
    """Return under which names an agent goes, with each role, the label as printed, and their records.

    Raises NothingMatched, UsageError where several agents have the name.
    """
    agent = find_agent(store, word)
    head = _last(store, agent)
    rows = tuple(_read(store, "agent", {"id": head.id}))
    return Table(f"{head.id} {head.name}", USES, rows, schema="catalog.agent/1")


def propose(store: Store, kind: str | None = None) -> list[Proposal]:
    """Return which agents may be the same, the surest first."""
    where, values = ("kind = ?", [kind]) if kind else ("TRUE", [])
    records = {int(str(row[0])): int(str(row[4])) for row in _read(store, "agents", {"ids": None})}
    return find_same(find_agents(store.connection, where, *values), records, read_distinctions(store.connection))


def list_proposals(store: Store, name: str | None = None, kind: str | None = None) -> Table:
    """Return the proposals as a table: `catalog agents merge ID INTO` accepts one, `split ID INTO` rejects it."""
    part = forget_print(name or "")
    rows: list[tuple[Cell, ...]] = []
    records = {row[0]: row[4] for row in _read(store, "agents", {"ids": None})}
    for one in propose(store, kind):
        if part in forget_print(one.agent.name) or part in forget_print(one.into.name):
            head = (one.agent.id, one.agent.name, one.agent.kind, one.agent.site, records[one.agent.id], one.basis)
            rows.append((*head, one.into.id, one.into.name, one.into.site))
    return Table("Agents that may be the same", PROPOSALS, tuple(rows), schema="catalog.agent-pairs/1")


def find_agent(store: Store, word: str) -> Agent:
    """Return the agent that a word means: an id, or the name of one. Raises NothingMatched, UsageError."""
    if word.isascii() and word.isdecimal() and int(word) <= LARGEST:
        found = find_agents(store.connection, "id = ?", int(word))
    else:
        found = find_agents(store.connection, "name = ?", word.strip())
    if not found:
        raise NothingMatched(f"there is no agent {word}")
    if len(found) > 1:
        named = ", ".join(
            f"{agent.id} ({agent.kind}{' of ' + agent.site if agent.site else ''})" for agent in found[:9]
        )
        raise UsageError(f"several agents are called {word}: {named}; say the id")
    return found[0]


def read_merge(store: Store, words: Sequence[str]) -> Sameness:
    """Return what merging these agents means: the last one stays, the others go into it.

    Raises NothingMatched, or UsageError where one of them went into another one already.
    """
    agents = [find_agent(store, word) for word in words]
    others, into = agents[:-1], agents[-1] if agents else None
    if into is None or not others or into in others:
        raise UsageError("say two agents or more: the last one stays, the others go into it")
    head = _last(store, into)
    taken = []
    for agent in dict.fromkeys(others):
        if agent.merged_into == head.id:
            continue
        if agent.merged_into is not None:
            last = _last(store, agent)
            raise UsageError(f"{agent.id} went into {last.id} ({last.name}): split them first, or merge {last.id}")
        if agent == head:
            raise UsageError(f"{into.id} ({into.name}) went into {agent.id} already: split them first")
        taken.append((agent, head))
    known = read_distinctions(store.connection)
    together = tuple((one, other) for one, other in taken if tuple(sorted((one.key, other.key))) in known)
    return Sameness(tuple(taken), together=together)


def read_split(store: Store, words: Sequence[str]) -> Sameness:
    """Return what splitting means: one agent stands for itself again; two are two, and nobody proposes them again.

    Raises NothingMatched, or UsageError where nothing holds them together.
    """
    agents = [find_agent(store, word) for word in words]
    if len(agents) == 1:
        if agents[0].merged_into is None:
            raise UsageError(f"{agents[0].id} ({agents[0].name}) went into no other: say two that are not the same")
        pair = (agents[0], _last(store, agents[0]))
    elif len(agents) == 2 and agents[0] != agents[1]:
        pair = (agents[0], agents[1])
    else:
        raise UsageError("say one agent that went into another one, or two that are not the same")
    return Sameness(tuple((agent, None) for agent in _parting(pair)), _not_yet(store, pair))


def read_alias(store: Store, word: str, name: str) -> Sameness:
    """Return what another name of an agent means: whoever is called so on its site is taken for it.

    Raises NothingMatched, UsageError.
    """
    head = _last(store, find_agent(store, word))
    said = name.strip()
    if not said or any(ord(character) < 32 for character in said):
        raise UsageError("a name is one line of text")
    known = find_agents(store.connection, "site = ? AND name = ? AND kind = ?", head.site, said, head.kind)
    if known:
        return Sameness() if known[0].id == head.id else read_merge(store, [str(known[0].id), str(head.id)])
    return Sameness(((Agent(0, head.site, said, head.kind, None), head),))


def plan(store: Store, sameness: Sameness) -> Table:
    """Return what would change."""
    rows: list[tuple[Cell, ...]] = []
    for agent, into in sameness.taken:
        old = _said(store, agent.merged_into)
        rows.append((agent.kind, str(agent.id or "new"), agent.name, old, "itself" if into is None else _named(into)))
    rows += [(one.kind, str(one.id), one.name, None, f"not {_named(other)}") for one, other in sameness.apart]
    return Table("", COLUMNS, tuple(rows))


def apply(store: Store, sameness: Sameness, ports: Ports, *, message: str | None = None) -> Outcome:
    """Keep what is said of names as one change set, all or nothing.

    Counts: `agents` that are taken for others now or for themselves again, and pairs kept `apart`.
    """
    counts = {"agents": len(sameness.taken), "apart": len(sameness.apart)}
    if not any(counts.values()):
        return Outcome("agents", counts)
    said: Mapping[str, Plain] = {"agents": [_named(agent) for agent, _ in (*sameness.taken, *sameness.apart)]}
    change = ChangeSet("agents", ports.who, ports.timestamp(), said, message)
    with deciding(store, change, ports, counts) as rows:
        keep(rows, sameness, ports.who, change)
    return Outcome("agents", counts, change_set=change.id)


def keep(rows: Rows, sameness: Sameness, who: str, change: ChangeSet) -> None:
    """Keep what is said of names inside the caller's transaction."""
    number = change.begin(rows.connection)
    before = read_verdicts(rows.connection)
    for agent, into in sameness.taken:
        take_for(rows, agent.key, into.key if into else None, who, number)
        was = before.get(agent.key)
        change.note(_subject(agent), "means", list(was) if was else None, list(into.key) if into else None)
    for one, other in sameness.together:
        let_meet(rows, (one.key, other.key))
        change.note(_subject(one), f"not:{json.dumps(other.key, ensure_ascii=False)}", "different", None)
    for one, other in sameness.apart:
        keep_apart(rows, (one.key, other.key), who, number)
        change.note(_subject(one), f"not:{json.dumps(other.key, ensure_ascii=False)}", None, "different")


def _parting(pair: tuple[Agent, Agent]) -> list[Agent]:
    """Return which of two must stand for themselves again for them to be two."""
    one, other = pair
    if one.merged_into is not None and one.merged_into in (other.id, other.merged_into):
        return [one]
    return [other] if other.merged_into == one.id else []


def _not_yet(store: Store, pair: tuple[Agent, Agent]) -> tuple[tuple[Agent, Agent], ...]:
    first, second = sorted((pair[0].key, pair[1].key))
    return () if (first, second) in read_distinctions(store.connection) else (pair,)


def _last(store: Store, agent: Agent) -> Agent:
    """Return the agent that an agent is taken for."""
    return agent if agent.merged_into is None else find_agents(store.connection, "id = ?", agent.merged_into)[0]


def _said(store: Store, id: int | None) -> str | None:
    return None if id is None else _named(find_agents(store.connection, "id = ?", id)[0])


def _named(agent: Agent) -> str:
    return " ".join(filter(None, (str(agent.id or ""), agent.name, f"({agent.site})" if agent.site else "")))


def _subject(agent: Agent) -> str:
    return f"agent:{json.dumps(agent.key, ensure_ascii=False)}"


def _in_order(roles: Cell) -> str | None:
    found = set(str(roles).split(",")) if roles else set()
    return ", ".join(role for role in (*ROLES, "source") if role in found) or None


def _read(store: Store, name: str, bound: dict[str, int | str | None]) -> list[tuple[Cell, ...]]:
    return [tuple(row) for row in store.connection.execute(read_query(name), bound)]
