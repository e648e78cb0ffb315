-- Repeated bodies: how near copies are found again, groups, verdicts; and the full-text index.
-- All but `verdicts` and `settings` follow from the bodies: `catalog dedupe --again` makes it anew.

-- A body has a row here once it has been compared with all bodies before it, in the order of their ids.
CREATE TABLE fingerprints (
  body_id    INTEGER PRIMARY KEY REFERENCES bodies (id),
  version    INTEGER NOT NULL,
  characters INTEGER NOT NULL,                  -- of the folded text
  n_grams    INTEGER NOT NULL,                  -- distinct 5-grams
  n_keys     INTEGER NOT NULL,                  -- rows in excerpt_keys
  sketch     BLOB NOT NULL                      -- one byte a bin; empty for a text of marks alone
) STRICT;

-- Hashes that lead from one body to others. No foreign keys: an index to follow them back would double the size.
CREATE TABLE bands (                            -- in common with a body: it may be near
  key     INTEGER NOT NULL,
  body_id INTEGER NOT NULL,
  PRIMARY KEY (key, body_id)
) STRICT, WITHOUT ROWID;
CREATE TABLE sampled_pieces (                   -- one piece of 25 characters in 32 of each body
  key     INTEGER NOT NULL,
  body_id INTEGER NOT NULL,
  PRIMARY KEY (key, body_id)
) STRICT, WITHOUT ROWID;
CREATE TABLE excerpt_keys (                     -- the few sampled pieces by which a body is looked for in longer ones
  key     INTEGER NOT NULL,
  body_id INTEGER NOT NULL,
  PRIMARY KEY (key, body_id)
) STRICT, WITHOUT ROWID;
CREATE TABLE popular_pieces (                   -- in so many bodies that they lead to none any more: formulas, disclaimers
  key INTEGER PRIMARY KEY
) STRICT;

CREATE TABLE reprint_groups (                   -- bodies that are one text; a body that stands alone has no row
  body_id INTEGER PRIMARY KEY REFERENCES bodies (id),
  head_id INTEGER NOT NULL REFERENCES bodies (id)
) STRICT;
CREATE INDEX reprint_groups_by_head ON reprint_groups (head_id);

CREATE TABLE verdicts (                         -- what a cataloguer said of two bodies; it outlives them
  body_sha256       TEXT NOT NULL,
  other_body_sha256 TEXT NOT NULL,
  verdict           TEXT NOT NULL CHECK (verdict IN ('same', 'different')),
  asserted_by       TEXT NOT NULL,
  change_set_id     INTEGER NOT NULL REFERENCES change_sets (id),
  PRIMARY KEY (body_sha256, other_body_sha256),
  CHECK (body_sha256 < other_body_sha256)
) STRICT;
CREATE INDEX verdicts_by_other ON verdicts (other_body_sha256);

CREATE TABLE settings (                         -- what holds for this catalogue whoever opens it: near_threshold
  name  TEXT PRIMARY KEY,
  value ANY NOT NULL
) STRICT;

-- Overlapping bigrams with a closing single character a run, written by the store; db/queries/search.sql searches them.
CREATE VIRTUAL TABLE records_search USING fts5 (title, summary, content = '', tokenize = 'ascii');
CREATE VIRTUAL TABLE bodies_search USING fts5 (text, content = '', tokenize = 'ascii');
INSERT INTO records_search (records_search, rank) VALUES ('automerge', 0), ('usermerge', 2), ('hashsize', 16777216);
-- Pieces are joined after a run, not while it writes; hashsize is bytes of memory while writing.
INSERT INTO bodies_search (bodies_search, rank) VALUES ('automerge', 0), ('usermerge', 2), ('hashsize', 67108864);

-- Every body with the head of its group: itself where it stands alone.
CREATE VIEW body_groups AS
SELECT b.id AS body_id, ifnull(g.head_id, b.id) AS head_id
  FROM bodies AS b
  LEFT JOIN reprint_groups AS g ON g.body_id = b.id;

DROP VIEW record_facts;
CREATE VIEW record_facts AS
SELECT r.id, r.key, r.title, r.published, r.source, r.publisher, r.site_name, r.section, r.views, r.comments,
       r.language, r.body_id, b.sha256 AS body_sha256,
       CASE WHEN EXISTS (SELECT 1 FROM records AS other WHERE other.body_id = r.body_id AND other.id <> r.id)
              OR EXISTS (SELECT 1
                           FROM reprint_groups AS g
                           JOIN records AS other ON other.body_id = g.body_id
                          WHERE g.head_id = own.head_id AND other.id <> r.id)
            THEN ifnull(head.sha256, b.sha256) END AS reprint_group,
       o.origin, c.sha256 AS capture_sha256
  FROM records AS r
  LEFT JOIN bodies AS b ON b.id = r.body_id
  LEFT JOIN reprint_groups AS own ON own.body_id = r.body_id
  LEFT JOIN bodies AS head ON head.id = own.head_id
  LEFT JOIN observations AS o ON o.id = (
       SELECT first.id
         FROM captures AS of_record
         JOIN observations AS first ON first.capture_id = of_record.id
        WHERE of_record.record_id = r.id
        ORDER BY first.captured_at IS NULL, first.captured_at, of_record.sha256, first.origin,
                 ifnull(first.url, ''), ifnull(first.collector, ''), first.captured_at_basis
        LIMIT 1)
  LEFT JOIN captures AS c ON c.id = o.capture_id;
