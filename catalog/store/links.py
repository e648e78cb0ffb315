"""What leads from one body to another: hashes to look candidates up by, links, groups, and cataloguers' verdicts.

`links` holds each near pair once, the body with the lesser SHA-256 first, and each contained pair with the excerpt
first. Everything here but verdicts and the threshold follows from the bodies.
"""

import json
import sqlite3
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Literal

from catalog.store.journal import ChangeSet
from catalog.store.set_aside import keep_row

Keyed = Literal["bands", "sampled_pieces", "excerpt_keys"]
Verdict = Literal["same", "different"]
Rows = Iterable[tuple[int, int]]  # (key, body id); quick if sorted
FEW_KEYS = 4  # of an excerpt below which one key in common is worth a comparison
DERIVED = ("reprint_groups", "links", "popular_pieces", "bands", "sampled_pieces", "excerpt_keys", "fingerprints")


@dataclass(frozen=True, slots=True)
class FingerprintRow:
    """What is kept of a compared body: lengths, how many excerpt keys it has, its short sketch."""

    body_id: int
    version: int
    characters: int
    n_grams: int
    n_keys: int
    sketch: bytes


@dataclass(frozen=True, slots=True)
class Link:
    """`kind` is "near" (`figure`: Jaccard) or "contained" (`figure`: share of `body_id` that is in `other_id`)."""

    body_id: int
    other_id: int
    kind: Literal["near", "contained"]
    figure: float
    template_kin: bool = False


@dataclass(frozen=True, slots=True)
class Linked:
    """Bodies that hang together: their SHA-256 by id, the links that hold them (pairs of ids), and verdicts on them."""

    bodies: dict[int, str]
    links: list[tuple[int, int]]
    joins: list[tuple[str, str]]
    splits: list[tuple[str, str]]


def find_uncompared(connection: sqlite3.Connection, after: int, limit: int) -> list[tuple[int, str]]:
    """Return (id, SHA-256) of the next bodies, by id."""
    sql = "SELECT id, sha256 FROM bodies WHERE id > ? ORDER BY id LIMIT ?"
    return [(row[0], row[1]) for row in connection.execute(sql, (after, limit))]


def has_uncompared(connection: sqlite3.Connection) -> bool:
    """Return whether some bodies were not compared yet."""
    newest = connection.execute("SELECT ifnull(max(id), 0) FROM bodies").fetchone()[0]
    return bool(newest > last_compared(connection))


def last_compared(connection: sqlite3.Connection) -> int:
    """Return the id of the last body that was compared, 0 if none was; bodies are compared in the order of ids."""
    return int(connection.execute("SELECT ifnull(max(body_id), 0) FROM fingerprints").fetchone()[0])


def read_text(connection: sqlite3.Connection, id: int) -> str:
    """Return the text of a body as printed."""
    return str(connection.execute("SELECT text FROM bodies WHERE id = ?", (id,)).fetchone()[0])


def read_names(connection: sqlite3.Connection, ids: Sequence[int]) -> dict[int, str]:
    """Return the SHA-256 of bodies, by id."""
    sql = "SELECT id, sha256 FROM bodies WHERE id IN (SELECT value FROM json_each(?))"
    return {row[0]: row[1] for row in connection.execute(sql, (json.dumps(list(ids)),))} if ids else {}


def save_fingerprints(connection: sqlite3.Connection, rows: Iterable[FingerprintRow]) -> None:
    """Note that bodies are compared."""
    sql = "INSERT INTO fingerprints (body_id, version, characters, n_grams, n_keys, sketch) VALUES (?, ?, ?, ?, ?, ?)"
    values = ((row.body_id, row.version, row.characters, row.n_grams, row.n_keys, row.sketch) for row in rows)
    connection.executemany(sql, values)


def read_fingerprints(connection: sqlite3.Connection, ids: Iterable[int]) -> dict[int, FingerprintRow]:
    """Return what is kept of these bodies, by id."""
    sql = (
        "SELECT body_id, version, characters, n_grams, n_keys, sketch FROM fingerprints"
        " WHERE body_id IN (SELECT value FROM json_each(?))"
    )
    return {row[0]: FingerprintRow(*row) for row in connection.execute(sql, (json.dumps(list(ids)),))}


def save_keys(connection: sqlite3.Connection, table: Keyed, rows: Iterable[tuple[int, int]]) -> None:
    """Write (key, body id); quick if they come sorted."""
    sql = f"INSERT OR IGNORE INTO {table} (key, body_id) VALUES (?, ?)"  # noqa: S608 -- one of three constants
    connection.executemany(sql, rows)


def read_keys(connection: sqlite3.Connection, table: Keyed) -> Iterator[tuple[int, int]]:
    """Yield every (key, body id)."""
    return iter(connection.execute(f"SELECT key, body_id FROM {table}"))  # noqa: S608 -- one of three constants


def find_unpopular(connection: sqlite3.Connection, most: int) -> list[int]:
    """Return the pieces that are kept as popular and stand in `most` bodies or fewer."""
    sql = (
        "SELECT key FROM popular_pieces p"
        " WHERE (SELECT count(*) FROM (SELECT 1 FROM sampled_pieces WHERE key = p.key LIMIT ?1 + 1)) <= ?1"
    )
    return [row[0] for row in connection.execute(sql, (most,))]


def find_by_bands(connection: sqlite3.Connection, asked: Iterable[tuple[int, int]]) -> Iterator[tuple[int, int]]:
    """Yield (body that asked, body found) for each band (key, body id) that a body has too; quick if sorted."""
    _ask(connection, asked)
    sql = "SELECT a.body_id, k.body_id FROM temp.asked AS a CROSS JOIN bands AS k ON k.key = a.key"
    yield from map(tuple, connection.execute(sql))


def ask_for_excerpts(connection: sqlite3.Connection, pieces: Rows) -> None:
    """Note the pieces of some bodies that are a key of an excerpt: `find_popular` and `find_excerpts` look at them."""
    _ask(connection, pieces)
    connection.execute(
        "DELETE FROM temp.asked WHERE NOT EXISTS (SELECT 1 FROM excerpt_keys AS k WHERE k.key = asked.key)"
    )


def find_popular(connection: sqlite3.Connection, keys: Rows, most: int) -> list[int]:
    """Return and keep the pieces that have come to stand in more than `most` bodies and are not known as popular.

    Looked at are `keys` and what `ask_for_excerpts` noted.
    """
    sql = (
        "SELECT key FROM (SELECT key FROM temp.asked UNION SELECT value FROM json_each(?1)) AS looked_at"
        " WHERE (SELECT count(*) FROM (SELECT 1 FROM sampled_pieces WHERE key = looked_at.key LIMIT ?2 + 1)) > ?2"
        " AND NOT EXISTS (SELECT 1 FROM popular_pieces WHERE key = looked_at.key) ORDER BY key"
    )
    found = [row[0] for row in connection.execute(sql, (json.dumps([key for key, _ in keys]), most))]
    connection.executemany("INSERT INTO popular_pieces VALUES (?)", [(key,) for key in found])
    return found


def find_excerpts(connection: sqlite3.Connection, before: int) -> list[tuple[int, int, int]]:
    """Return (excerpt, longer body, keys in common) for the bodies of `ask_for_excerpts`; one key alone is none.

    The excerpts are those with an id below `before`. Popular pieces lead nowhere.
    """
    return _shared(connection, "excerpt_keys", "k.body_id, a.body_id", before)


def find_longer(connection: sqlite3.Connection, keys: Rows) -> list[tuple[int, int, int]]:
    """Return (excerpt, longer body, keys in common) for bodies that ask with their excerpt keys."""
    _ask(connection, keys)
    return _shared(connection, "sampled_pieces", "a.body_id, k.body_id", None)


def _shared(connection: sqlite3.Connection, table: Keyed, pair: str, before: int | None) -> list[tuple[int, int, int]]:
    sql = (
        f"SELECT {pair}, count(*) FROM temp.asked AS a CROSS JOIN {table} AS k ON k.key = a.key"  # noqa: S608
        " WHERE k.body_id <> a.body_id AND (?1 IS NULL OR k.body_id < ?1)"
        " AND NOT EXISTS (SELECT 1 FROM popular_pieces WHERE key = a.key) GROUP BY 1, 2"
        f" HAVING count(*) > 1 OR (SELECT n_keys FROM fingerprints WHERE body_id = {pair.partition(',')[0]}) < ?2"
    )
    return [(row[0], row[1], row[2]) for row in connection.execute(sql, (before, FEW_KEYS))]


def find_leaning(connection: sqlite3.Connection, keys: Iterable[int]) -> list[tuple[int, int]]:
    """Return the contained pairs (excerpt, longer body) whose excerpt has one of these keys."""
    sql = (
        "SELECT DISTINCT l.body_id, l.other_body_id FROM excerpt_keys k JOIN links l ON l.body_id = k.body_id"
        " WHERE l.kind = 'contained' AND k.key IN (SELECT value FROM json_each(?)) ORDER BY 1, 2"
    )
    return [(row[0], row[1]) for row in connection.execute(sql, (json.dumps(list(keys)),))]


def count_leading(connection: sqlite3.Connection, keys: Iterable[int], body_id: int) -> int:
    """Return how many of an excerpt's keys lead to a body: are among its pieces and not popular."""
    sql = (
        "SELECT count(*) FROM json_each(?) j JOIN sampled_pieces s ON s.key = j.value AND s.body_id = ?"
        " WHERE j.value NOT IN (SELECT key FROM popular_pieces)"
    )
    return int(connection.execute(sql, (json.dumps(list(keys)), body_id)).fetchone()[0])


def drop_contained(connection: sqlite3.Connection, pairs: Iterable[tuple[int, int]]) -> None:
    """Take contained links away."""
    sql = "DELETE FROM links WHERE body_id = ? AND other_body_id = ? AND kind = 'contained'"
    connection.executemany(sql, pairs)


def _ask(connection: sqlite3.Connection, asked: Rows) -> None:
    connection.execute("CREATE TEMP TABLE IF NOT EXISTS asked (key INTEGER NOT NULL, body_id INTEGER NOT NULL)")
    connection.execute("DELETE FROM temp.asked")
    connection.executemany("INSERT INTO temp.asked VALUES (?, ?)", asked)


def save_links(connection: sqlite3.Connection, links: Iterable[Link]) -> None:
    """Write links that are not there yet."""
    sql = "INSERT INTO links (body_id, other_body_id, kind, figure, template_kin) VALUES (?, ?, ?, ?, ?)"
    rows = ((link.body_id, link.other_id, link.kind, link.figure, int(link.template_kin)) for link in links)
    connection.executemany(sql, rows)


def read_linked(connection: sqlite3.Connection, ids: Iterable[int], least: float = 0.0) -> Linked:
    """Return these bodies and all that hang together with them through near links and joins, with the verdicts on them.

    Template kin do not hold together: a form filled in twice is two texts. Nor do links with a figure below `least`.
    """
    bodies: dict[int, str] = {}
    links: set[tuple[int, int]] = set()
    joins: set[tuple[str, str]] = set()
    splits: set[tuple[str, str]] = set()
    frontier = set(ids)
    while frontier:
        chunk = json.dumps(sorted(frontier))
        bodies |= {
            row[0]: row[1]
            for row in connection.execute(
                "SELECT id, sha256 FROM bodies WHERE id IN (SELECT value FROM json_each(?))", (chunk,)
            )
        }
        found = {(row[0], row[1]) for row in connection.execute(_NEAR_OF, (chunk, least, chunk, least))}
        links |= found
        reached = {id for pair in found for id in pair}
        for row in connection.execute(_VERDICTS_OF, (chunk, chunk)):
            pair = (row["body_sha256"], row["other_body_sha256"])
            (joins if row["verdict"] == "same" else splits).add(pair)
            if row["verdict"] == "same":
                reached |= {row["body_id"], row["other_id"]}
        frontier = reached - bodies.keys()
    return Linked(bodies, sorted(links), sorted(joins), sorted(splits))


_NEAR_OF = """
    SELECT body_id, other_body_id FROM links WHERE kind = 'near' AND NOT template_kin
       AND body_id IN (SELECT value FROM json_each(?)) AND figure >= ?
    UNION ALL
    SELECT body_id, other_body_id FROM links WHERE kind = 'near' AND NOT template_kin
       AND other_body_id IN (SELECT value FROM json_each(?)) AND figure >= ?"""
_VERDICTS_OF = """
    SELECT v.body_sha256, v.other_body_sha256, v.verdict, b.id AS body_id, o.id AS other_id
      FROM bodies AS b JOIN verdicts AS v ON v.body_sha256 = b.sha256 JOIN bodies AS o ON o.sha256 = v.other_body_sha256
     WHERE b.id IN (SELECT value FROM json_each(?))
    UNION
    SELECT v.body_sha256, v.other_body_sha256, v.verdict, b.id, o.id
      FROM bodies AS o JOIN verdicts AS v ON v.other_body_sha256 = o.sha256 JOIN bodies AS b ON b.sha256 = v.body_sha256
     WHERE o.id IN (SELECT value FROM json_each(?))"""


def save_groups(connection: sqlite3.Connection, heads: dict[int, int]) -> None:
    """Write the group of each body, by its head; a head alone is no group."""
    connection.executemany("DELETE FROM reprint_groups WHERE body_id = ?", [(id,) for id in heads])
    in_company = {head for id, head in heads.items() if id != head}
    rows = [(id, head) for id, head in sorted(heads.items()) if head in in_company]
    connection.executemany("INSERT INTO reprint_groups (body_id, head_id) VALUES (?, ?)", rows)


def find_linked(connection: sqlite3.Connection) -> list[int]:
    """Return the ids of all bodies that have a near link or a verdict."""
    sql = (
        "SELECT body_id FROM links WHERE kind = 'near' UNION SELECT other_body_id FROM links WHERE kind = 'near'"
        " UNION SELECT b.id FROM verdicts v JOIN bodies b ON b.sha256 IN (v.body_sha256, v.other_body_sha256)"
    )
    return [row[0] for row in connection.execute(sql)]


def find_judged(connection: sqlite3.Connection, ids: Iterable[int]) -> list[int]:
    """Return those of these bodies of which a cataloguer said something."""
    sql = (
        "SELECT id FROM bodies AS b WHERE id IN (SELECT value FROM json_each(?)) AND EXISTS ("
        " SELECT 1 FROM verdicts WHERE body_sha256 = b.sha256"
        " UNION ALL SELECT 1 FROM verdicts WHERE other_body_sha256 = b.sha256)"
    )
    return [row[0] for row in connection.execute(sql, (json.dumps(list(ids)),))]


def shadow_links(connection: sqlite3.Connection, links: Iterable[Link] | None, least: float) -> None:
    """Let this connection see other near links in the place of its own (None: its own from `least` on), and no groups.

    What is near among these is not contained. Temporary tables hide those of the catalogue, which may be open to read
    only.
    """
    near = "kind = 'contained'" if links is not None else "(kind = 'contained' OR figure >= ?)"
    bound = () if links is not None else (least,)
    connection.execute(f"CREATE TEMP TABLE links AS SELECT * FROM main.links WHERE {near}", bound)  # noqa: S608
    connection.execute("CREATE INDEX temp.shadow_by_body ON links (body_id)")
    connection.execute("CREATE INDEX temp.shadow_by_other ON links (other_body_id)")
    connection.execute("CREATE TEMP TABLE reprint_groups (body_id INTEGER PRIMARY KEY, head_id INTEGER NOT NULL)")
    connection.execute("CREATE INDEX temp.shadow_by_head ON reprint_groups (head_id)")
    save_links(connection, links or ())
    connection.execute(
        "DELETE FROM temp.links AS l WHERE kind = 'contained' AND EXISTS (SELECT 1 FROM temp.links n"
        " WHERE n.kind = 'near' AND n.body_id IN (l.body_id, l.other_body_id)"
        " AND n.other_body_id IN (l.body_id, l.other_body_id))"
    )


def find_near_below(connection: sqlite3.Connection, threshold: float) -> list[tuple[int, int]]:
    """Return the pairs that the catalogue keeps as near, and that would not be with this threshold."""
    sql = "SELECT body_id, other_body_id FROM main.links WHERE kind = 'near' AND figure < ? ORDER BY 1, 2"
    return [(row[0], row[1]) for row in connection.execute(sql, (threshold,))]


def drop_keys(connection: sqlite3.Connection, table: Keyed, rows: Rows) -> None:
    """Take (key, body id) away."""
    connection.executemany(f"DELETE FROM {table} WHERE key = ? AND body_id = ?", rows)  # noqa: S608 -- one of three


def drop_compared(connection: sqlite3.Connection, ids: Iterable[int]) -> None:
    """Take away the links and groups of bodies, and the note that they were compared."""
    for id in ids:
        connection.execute("DELETE FROM links WHERE body_id = ?", (id,))
        connection.execute("DELETE FROM links WHERE other_body_id = ?", (id,))
        connection.execute("DELETE FROM reprint_groups WHERE body_id = ?", (id,))
        connection.execute("DELETE FROM reprint_groups WHERE head_id = ?", (id,))
        connection.execute("DELETE FROM fingerprints WHERE body_id = ?", (id,))


def drop_popular(connection: sqlite3.Connection, keys: Iterable[int], most: int) -> list[int]:
    """Return and drop those of these pieces that were popular and stand in `most` bodies or fewer now."""
    known = "SELECT 1 FROM popular_pieces WHERE key = ?"
    count = "SELECT count(*) FROM (SELECT 1 FROM sampled_pieces WHERE key = ? LIMIT ?)"
    found = [
        key
        for key in keys
        if connection.execute(known, (key,)).fetchone()
        and connection.execute(count, (key, most + 1)).fetchone()[0] <= most
    ]
    connection.executemany("DELETE FROM popular_pieces WHERE key = ?", [(key,) for key in found])
    return found


def find_unlinked(connection: sqlite3.Connection, keys: Iterable[int]) -> list[tuple[int, int]]:
    """Return the pairs (excerpt, other body) to which one of these pieces leads and that have no link yet."""
    sql = (
        "SELECT DISTINCT e.body_id, s.body_id FROM json_each(?) j"
        " CROSS JOIN excerpt_keys e ON e.key = j.value CROSS JOIN sampled_pieces s ON s.key = j.value"
        " WHERE s.body_id <> e.body_id"
        " AND NOT EXISTS (SELECT 1 FROM links WHERE body_id = e.body_id AND other_body_id = s.body_id)"
        " AND NOT EXISTS (SELECT 1 FROM links WHERE body_id = s.body_id AND other_body_id = e.body_id) ORDER BY 1, 2"
    )
    return [(row[0], row[1]) for row in connection.execute(sql, (json.dumps(list(keys)),))]


def forget_links(connection: sqlite3.Connection) -> None:
    """Take away all that follows from comparing bodies; verdicts stay."""
    for table in DERIVED:
        connection.execute(f"DELETE FROM {table}")  # noqa: S608 -- our own words only


def read_threshold(connection: sqlite3.Connection, default: float) -> float:
    """Return the least figure of a near link in this catalogue."""
    row = connection.execute("SELECT value FROM settings WHERE name = 'near_threshold'").fetchone()
    return float(row[0]) if row else default


def save_threshold(connection: sqlite3.Connection, threshold: float, default: float, change: ChangeSet) -> None:
    """Keep another least figure, from now on."""
    old = read_threshold(connection, default)
    if old == threshold:
        return
    keep_row(connection, change.begin(connection), "setting", ["near_threshold"])
    change.note("settings:near_threshold", "value", old, threshold)
    connection.execute("DELETE FROM settings WHERE name = 'near_threshold'")
    if threshold != default:
        connection.execute("INSERT INTO settings VALUES ('near_threshold', ?)", (threshold,))


def read_verdict(connection: sqlite3.Connection, pair: tuple[str, str]) -> Verdict | None:
    """Return what was said of two bodies (SHA-256, the lesser first), None if nothing."""
    sql = "SELECT verdict FROM verdicts WHERE body_sha256 = ? AND other_body_sha256 = ?"
    row = connection.execute(sql, pair).fetchone()
    return row[0] if row else None


def save_verdict(
    connection: sqlite3.Connection, pair: tuple[str, str], verdict: Verdict | None, who: str, change: ChangeSet
) -> None:
    """Keep what a cataloguer says of two bodies (SHA-256, the lesser first); None takes it back."""
    old = read_verdict(connection, pair)
    change_set_id = change.begin(connection)
    keep_row(connection, change_set_id, "verdict", pair)
    change.note(f"body:{pair[0]}", f"verdict:{pair[1]}", old, verdict)
    connection.execute("DELETE FROM verdicts WHERE body_sha256 = ? AND other_body_sha256 = ?", pair)
    if verdict is not None:
        sql = (
            "INSERT INTO verdicts (body_sha256, other_body_sha256, verdict, asserted_by, change_set_id)"
            " VALUES (?, ?, ?, ?, ?)"
        )
        connection.execute(sql, (*pair, verdict, f"cataloguer:{who}", change_set_id))


def find_body_ids(connection: sqlite3.Connection, names: Iterable[str]) -> list[int]:
    """Return the ids of the bodies with these SHA-256."""
    sql = "SELECT id FROM bodies WHERE sha256 IN (SELECT value FROM json_each(?)) ORDER BY id"
    return [row[0] for row in connection.execute(sql, (json.dumps(list(names)),))]


def find_bodies(connection: sqlite3.Connection, prefix: str) -> Sequence[str]:
    """Return the SHA-256 of the bodies that begin so, at most two: enough to see whether it is one."""
    sql = "SELECT sha256 FROM bodies WHERE sha256 >= ? AND sha256 < ? ORDER BY sha256 LIMIT 2"
    return [row[0] for row in connection.execute(sql, (prefix, prefix + "g"))]
