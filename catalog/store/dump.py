"""The catalogue's rows in canonical order, referring through natural keys: the same catalogue gives the same rows.

Left out is what says when and by which run something came (clock times, change sets, journal, migrations), what was
retired, solved or set aside, and integer ids. Derived winners are in, so that a wrong rewrite shows as a difference.
"""

import base64
import json
import sqlite3
from collections.abc import Generator

from catalog.store.originals import unpack

DumpRow = tuple[str, dict[str, object]]

# The order of the tables is the order in which a loader can write them.
TABLES = {
    "body": "SELECT sha256, text, characters, text_from FROM bodies ORDER BY sha256",
    "record": """
        SELECT r.key, r.key_basis, r.kind, r.language, r.title, r.subtitle, r.summary, r.published, r.modified,
               r.source, r.publisher, r.site_name, r.section, r.breadcrumb, r.views, r.comments, r.likes, r.shares,
               b.sha256 AS body, r.body_repeats, r.confidence, r.conflicts
          FROM records AS r LEFT JOIN bodies AS b ON b.id = r.body_id
         ORDER BY r.key""",
    "capture": """
        SELECT c.sha256, c.size_bytes, c.extension, c.own_key, r.key AS record, b.sha256 AS body, c.parsed_with, s.data
          FROM captures AS c JOIN records AS r ON r.id = c.record_id LEFT JOIN bodies AS b ON b.id = c.body_id
          LEFT JOIN sqlar AS s ON s.name = c.sha256 || '.' || c.extension
         ORDER BY c.sha256""",
    "printing": """
        SELECT c.sha256 AS capture, p.text
          FROM other_printings AS p JOIN captures AS c ON c.id = p.capture_id
         ORDER BY 1""",
    "observation": """
        SELECT c.sha256 AS capture, o.origin, o.url, o.captured_at, o.captured_at_basis, o.collector
          FROM observations AS o JOIN captures AS c ON c.id = o.capture_id
         ORDER BY 1, 2, 3, 4, 5, 6""",
    "reading": """
        SELECT c.sha256 AS capture, r.extractor, r.extractor_version, r.encoding, r.encoding_basis, r.text
          FROM readings AS r JOIN captures AS c ON c.id = r.capture_id
         ORDER BY 1, 2""",
    "field": """
        SELECT r.key AS record, c.sha256 AS capture,
               row_number() OVER (  -- what cataloguers say counts in the order in which they said it
                 PARTITION BY f.record_id, f.capture_id ORDER BY iif(f.capture_id IS NULL, 0, f.position), f.id
               ) - 1 AS position,
               f.name, f.label, f.kind, f.state, f.value, f.confidence, f.asserted_by, f.evidence
          FROM fields AS f JOIN records AS r ON r.id = f.record_id LEFT JOIN captures AS c ON c.id = f.capture_id
         WHERE f.retired_by IS NULL
         ORDER BY 1, 2, 3""",
    "agent": """
        SELECT a.site, a.name, a.kind, m.site AS merged_site, m.name AS merged_name, m.kind AS merged_kind
          FROM agents AS a LEFT JOIN agents AS m ON m.id = a.merged_into
         ORDER BY 1, 2, 3""",
    "agent_role": """
        SELECT r.key AS record, ar.position, ar.role, ar.label, ar.printed_name, a.site, a.name, a.kind
          FROM agent_roles AS ar JOIN records AS r ON r.id = ar.record_id JOIN agents AS a ON a.id = ar.agent_id
         ORDER BY 1, 2""",
    "counter": """
        SELECT r.key AS record, c.sha256 AS capture, n.name, n.value, n.asserted_by
          FROM counters AS n JOIN records AS r ON r.id = n.record_id LEFT JOIN captures AS c ON c.id = n.capture_id
         ORDER BY 1, 2, 3, 4, 5""",
    "tag": """
        SELECT r.key AS record, t.tag, t.asserted_by
          FROM tags AS t JOIN records AS r ON r.id = t.record_id
         ORDER BY 1, 2""",
    "link": """
        SELECT b.sha256 AS body, o.sha256 AS other_body, l.kind, l.figure, l.template_kin
          FROM links AS l JOIN bodies AS b ON b.id = l.body_id JOIN bodies AS o ON o.id = l.other_body_id
         ORDER BY 1, 2, 3""",
    "reprint_group": """
        SELECT b.sha256 AS body, h.sha256 AS head
          FROM reprint_groups AS g JOIN bodies AS b ON b.id = g.body_id JOIN bodies AS h ON h.id = g.head_id
         ORDER BY 1""",
    "verdict": "SELECT body_sha256, other_body_sha256, verdict, asserted_by FROM verdicts ORDER BY 1, 2",
    "agent_verdict": """
        SELECT site, name, kind, into_site, into_name, into_kind, asserted_by FROM agent_verdicts ORDER BY 1, 2, 3""",
    "agent_difference": """
        SELECT site, name, kind, other_site, other_name, other_kind, asserted_by FROM agent_differences
         ORDER BY 1, 2, 3, 4, 5, 6""",
    "record_verdict": "SELECT key, into_key, asserted_by FROM record_verdicts ORDER BY key",
    "capture_verdict": "SELECT sha256 AS capture, key AS record, asserted_by FROM capture_verdicts ORDER BY sha256",
    "capture_difference": """
        SELECT sha256 AS capture, other_sha256 AS other_capture, asserted_by FROM capture_differences ORDER BY 1, 2""",
    "tag_term": "SELECT tag, uri, note, also FROM tag_terms ORDER BY tag",
    "withdrawal": """
        SELECT w.sha256 AS capture, s.message AS reason, s.agent AS withdrawn_by
          FROM withdrawn AS w JOIN change_sets AS s ON s.id = w.change_set_id
         ORDER BY 1""",
    "setting": """
        SELECT name, value FROM settings
         WHERE name NOT LIKE 'field:%' OR EXISTS (SELECT 1 FROM fields AS f WHERE f.name = substr(settings.name, 7))
         ORDER BY name""",
    "problem": """
        SELECT c.sha256 AS capture, p.origin, p.code, p.message, p.failed
          FROM problems AS p LEFT JOIN captures AS c ON c.id = p.capture_id
         WHERE p.solved_by IS NULL
         ORDER BY 1, 2, 3, 4""",
}
JSON_COLUMNS = ("breadcrumb", "conflicts", "evidence", "also")


def read_dump(connection: sqlite3.Connection) -> Generator[DumpRow, None, None]:
    """Yield (table, row) of everything that makes this catalogue what it is, in canonical order.

    All rows are of one moment. An original is base64 of its bytes, None if it is missing.
    """
    connection.execute("BEGIN")
    try:
        for table, sql in TABLES.items():
            for row in connection.execute(sql):
                yield table, _plain(row)
    finally:
        connection.execute("COMMIT")


def _plain(row: sqlite3.Row) -> dict[str, object]:
    plain = dict(zip(row.keys(), row, strict=True))
    for name in JSON_COLUMNS:
        if name in plain:
            plain[name] = json.loads(plain[name])
    if plain.get("data") is not None:
        plain["data"] = base64.b64encode(unpack(plain["data"], plain["size_bytes"])).decode("ascii")
    return plain
