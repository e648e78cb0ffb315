"""Whom a name is taken for: what cataloguers said of agents' names, and the rows of `agents` that follow from it.

A verdict is about names, not about rows: it outlives an agent whom no record names any more.
"""

import sqlite3
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from catalog.store.set_aside import Rows
from catalog.store.winners import IDLE, drop_unused_agents

Name = tuple[str, str, str]  # site, name, kind

AGENT = "SELECT id, site, name, kind, merged_into FROM agents"


@dataclass(frozen=True, slots=True)
class Agent:
    """One row of `agents`; `merged_into` is the id of the one that it is taken for."""

    id: int
    site: str
    name: str
    kind: str
    merged_into: int | None

    @property
    def key(self) -> Name:
        """Return the natural key."""
        return self.site, self.name, self.kind


def find_agents(connection: sqlite3.Connection, where: str, *values: str | int) -> list[Agent]:
    """Return the agents for which our own words `where` hold, by id."""
    return [Agent(*row) for row in connection.execute(f"{AGENT} WHERE {where} ORDER BY id", values)]


def take_for(rows: Rows, name: Name, into: Name | None, who: str, change_set_id: int) -> None:
    """Keep that a name means another agent; None lets it stand for itself. `follow` makes the rows of agents anew."""
    said = None
    if into is not None:
        place = dict(zip(("into_site", "into_name", "into_kind"), into, strict=True))
        said = {**place, "asserted_by": f"cataloguer:{who}", "change_set_id": change_set_id}
    rows.put("authority", name, said)


def keep_apart(rows: Rows, names: Iterable[Name], who: str, change_set_id: int) -> None:
    """Keep that two names are two agents, so that nobody proposes them again."""
    one, other = sorted(names)
    rows.put("distinction", (*one, *other), {"asserted_by": f"cataloguer:{who}", "change_set_id": change_set_id})


def let_meet(rows: Rows, names: Iterable[Name]) -> None:
    """Take back that two names are two agents."""
    one, other = sorted(names)
    rows.put("distinction", (*one, *other), None)


def read_distinctions(connection: sqlite3.Connection) -> set[tuple[Name, Name]]:
    """Return the pairs of names that cataloguers keep apart, the lesser first."""
    sql = "SELECT site, name, kind, other_site, other_name, other_kind FROM agent_differences"
    return {((r[0], r[1], r[2]), (r[3], r[4], r[5])) for r in connection.execute(sql)}


def read_verdicts(connection: sqlite3.Connection) -> dict[Name, Name]:
    """Return which names are taken for which, as they were said."""
    sql = "SELECT site, name, kind, into_site, into_name, into_kind FROM agent_verdicts"
    return {(r[0], r[1], r[2]): (r[3], r[4], r[5]) for r in connection.execute(sql)}


def find_last(verdicts: Mapping[Name, Name], name: Name) -> Name:
    """Return whom a name is taken for in the end; of a circle (undo can leave one) its least name."""
    way = [name]
    while (following := verdicts.get(way[-1])) is not None:
        if following in way:
            return min(way[way.index(following) :])
        way.append(following)
    return way[-1]


def find_unsettled(connection: sqlite3.Connection) -> list[Name]:
    """Return the names whose row in `agents` does not follow from verdicts and records."""
    verdicts = read_verdicts(connection)
    wrong = [
        (row[0], row[1], row[2])
        for row in connection.execute(f"SELECT site, name, kind FROM agents WHERE {IDLE}")  # noqa: S608 -- a constant
    ]
    sql = (
        "SELECT DISTINCT source FROM records WHERE source IS NOT NULL AND NOT EXISTS"
        " (SELECT 1 FROM agents WHERE site = '' AND name = source AND kind = 'source')"
    )
    wrong += [("", row[0], "source") for row in connection.execute(sql)]
    expected = {name: find_last(verdicts, name) for name in verdicts}
    expected = {name: last for name, last in expected.items() if name != last}
    sql = (
        "SELECT a.site, a.name, a.kind, m.site, m.name, m.kind FROM agents a"
        " LEFT JOIN agents m ON m.id = a.merged_into WHERE a.merged_into IS NOT NULL"
    )
    kept = {(r[0], r[1], r[2]): (r[3], r[4], r[5]) for r in connection.execute(sql)}
    wrong += [name for name in sorted(expected.keys() | kept.keys()) if expected.get(name) != kept.get(name)]
    return wrong


def settle_agents(connection: sqlite3.Connection) -> None:
    """Make `agents` follow from the verdicts: a row for every name that one of them has, and whom it is merged into."""
    verdicts = read_verdicts(connection)
    ids = {}
    for name in sorted({*verdicts, *verdicts.values()}):
        connection.execute("INSERT OR IGNORE INTO agents (site, name, kind) VALUES (?, ?, ?)", name)
        ids[name] = find_agents(connection, "site = ? AND name = ? AND kind = ?", *name)[0].id
    lasts = {ids[name]: ids[find_last(verdicts, name)] for name in verdicts}
    merged = {id: last for id, last in lasts.items() if id != last}
    before = dict(connection.execute("SELECT id, merged_into FROM agents WHERE merged_into IS NOT NULL").fetchall())
    connection.executemany(
        "UPDATE agents SET merged_into = NULL WHERE id = ?", [(id,) for id in before.keys() - merged]
    )
    changed = [(last, id) for id, last in merged.items() if before.get(id) != last]
    connection.executemany("UPDATE agents SET merged_into = ? WHERE id = ?", changed)
    drop_unused_agents(connection, [row[0] for row in connection.execute(f"SELECT id FROM agents WHERE {IDLE}")])  # noqa: S608
