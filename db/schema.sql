-- Written by `pytest --accept` from db/migrations. Read it, do not edit it.

CREATE INDEX agent_roles_by_agent ON agent_roles (agent_id, role);

CREATE INDEX agent_verdicts_by_into ON agent_verdicts (into_name);

CREATE INDEX agents_by_merge ON agents (merged_into) WHERE merged_into IS NOT NULL;

CREATE INDEX agents_by_name ON agents (name);

CREATE INDEX capture_differences_by_other ON capture_differences (other_sha256);

CREATE INDEX captures_by_body ON captures (body_id);

CREATE INDEX captures_by_record ON captures (record_id);

CREATE INDEX counters_by_capture ON counters (capture_id);

CREATE INDEX counters_by_record ON counters (record_id, name);

CREATE INDEX fields_by_capture ON fields (capture_id);

CREATE INDEX fields_by_record ON fields (record_id);

CREATE INDEX former_records_again ON former_records (change_set_id, merged_into);

CREATE INDEX former_records_by_key ON former_records (key);

CREATE INDEX highest_ids_again ON highest_ids (id);

CREATE UNIQUE INDEX "idx__sqlite_migrations_migration_set_name"
    ON "_sqlite_migrations" ("migration_set", "name");

CREATE INDEX journal_by_change_set ON journal (change_set_id);

CREATE INDEX journal_by_new_key ON journal (new) WHERE name IN ('key', 'merged');

CREATE INDEX journal_by_subject ON journal (subject);

CREATE INDEX links_by_other ON links (other_body_id);

CREATE INDEX migrations_again ON "_sqlite_migrations" (applied_at);

CREATE INDEX observations_by_origin ON observations (origin);

CREATE UNIQUE INDEX observations_once ON observations (
  capture_id, origin, ifnull(url, ''), ifnull(captured_at, ''), ifnull(captured_at_basis, ''), ifnull(collector, '')
);

CREATE INDEX problems_by_capture ON problems (capture_id);

CREATE INDEX problems_by_origin ON problems (origin, capture_id);

CREATE UNIQUE INDEX problems_once ON problems (ifnull(origin, ''), code, ifnull(capture_id, 0), message);

CREATE INDEX records_by_body ON records (body_id);

CREATE INDEX records_by_published ON records (published);

CREATE INDEX records_by_publisher ON records (publisher);

CREATE INDEX records_by_site ON records (site_name);

CREATE INDEX records_by_source ON records (source);

CREATE INDEX reprint_groups_by_head ON reprint_groups (head_id);

CREATE INDEX set_aside_by_change_set ON set_aside (change_set_id);

CREATE INDEX tags_by_tag ON tags (tag);

CREATE INDEX verdicts_by_other ON verdicts (other_body_sha256);

CREATE INDEX withdrawn_again ON withdrawn (change_set_id);

CREATE TABLE "_sqlite_migrations" (
   "id" INTEGER PRIMARY KEY,
   "migration_set" TEXT,
   "name" TEXT,
   "applied_at" TEXT
);

CREATE TABLE agent_differences (                -- two names that a cataloguer keeps apart: nobody proposes them again
  site          TEXT NOT NULL,
  name          TEXT NOT NULL,
  kind          TEXT NOT NULL,
  other_site    TEXT NOT NULL,
  other_name    TEXT NOT NULL,
  other_kind    TEXT NOT NULL,
  asserted_by   TEXT NOT NULL,
  change_set_id INTEGER NOT NULL REFERENCES change_sets (id),
  PRIMARY KEY (site, name, kind, other_site, other_name, other_kind)
) STRICT;

CREATE TABLE agent_roles (
  record_id    INTEGER NOT NULL REFERENCES records (id) ON DELETE CASCADE,
  agent_id     INTEGER NOT NULL REFERENCES agents (id),
  role         TEXT NOT NULL,
  label        TEXT,
  printed_name TEXT NOT NULL,
  position     INTEGER NOT NULL,                -- order on the page, from 0
  PRIMARY KEY (record_id, position)
) STRICT;

CREATE TABLE agent_verdicts (                   -- whom a cataloguer takes a name for; it outlives the rows of agents
  site          TEXT NOT NULL,
  name          TEXT NOT NULL,                  -- as pages print it, or might
  kind          TEXT NOT NULL,
  into_site     TEXT NOT NULL,
  into_name     TEXT NOT NULL,
  into_kind     TEXT NOT NULL,
  asserted_by   TEXT NOT NULL,
  change_set_id INTEGER NOT NULL REFERENCES change_sets (id),
  PRIMARY KEY (site, name, kind)
) STRICT;

CREATE TABLE agents (
  id          INTEGER PRIMARY KEY AUTOINCREMENT,
  site        TEXT NOT NULL,                    -- '' where the site is not known (one name on two sites may be two people), and of sources
  name        TEXT NOT NULL,
  kind        TEXT NOT NULL CHECK (kind IN ('person', 'body', 'account', 'source')),
  merged_into INTEGER REFERENCES agents (id),   -- the one that it is taken for in the end, never one that is merged itself
  UNIQUE (site, name, kind)
) STRICT;

CREATE TABLE bands (                            -- in common with a body: it may be near
  key     INTEGER NOT NULL,
  body_id INTEGER NOT NULL,
  PRIMARY KEY (key, body_id)
) STRICT, WITHOUT ROWID;

CREATE TABLE bodies (
  id         INTEGER PRIMARY KEY,
  sha256     TEXT NOT NULL UNIQUE,              -- over the text folded for comparison
  text       TEXT NOT NULL,                     -- as printed in the capture `text_from`
  characters INTEGER NOT NULL,
  text_from  TEXT NOT NULL                      -- least SHA-256 of the captures with this body
) STRICT;

CREATE VIRTUAL TABLE bodies_search USING fts5 (text, content = '', tokenize = 'ascii');

CREATE TABLE capture_differences (              -- captures of two records that a cataloguer keeps apart
  sha256        TEXT NOT NULL,
  other_sha256  TEXT NOT NULL,
  asserted_by   TEXT NOT NULL,
  change_set_id INTEGER NOT NULL REFERENCES change_sets (id),
  PRIMARY KEY (sha256, other_sha256),
  CHECK (sha256 < other_sha256)
) STRICT;

CREATE TABLE capture_verdicts (                 -- to which record a cataloguer gave a capture, whatever its URLs say
  sha256        TEXT PRIMARY KEY,
  key           TEXT NOT NULL,
  asserted_by   TEXT NOT NULL,
  change_set_id INTEGER NOT NULL REFERENCES change_sets (id)
) STRICT;

CREATE TABLE captures (
  id          INTEGER PRIMARY KEY,
  sha256      TEXT NOT NULL UNIQUE,
  size_bytes  INTEGER NOT NULL,
  extension   TEXT NOT NULL,
  own_key     TEXT NOT NULL,                    -- the record key it has as long as no URL is known
  record_id   INTEGER NOT NULL REFERENCES records (id),
  body_id     INTEGER REFERENCES bodies (id),
  parsed_with TEXT NOT NULL                     -- version of the rules
) STRICT;

CREATE TABLE change_sets (
  id         INTEGER PRIMARY KEY AUTOINCREMENT,
  command    TEXT NOT NULL,
  arguments  TEXT NOT NULL DEFAULT '{}' CHECK (json_valid(arguments)),
  agent      TEXT NOT NULL,                     -- who gave the command
  message    TEXT,
  started_at TEXT NOT NULL,                     -- UTC
  ended_at   TEXT,                              -- NULL while it runs, or after a crash
  counts     TEXT NOT NULL DEFAULT '{}' CHECK (json_valid(counts))
) STRICT;

CREATE TABLE counters (
  record_id   INTEGER NOT NULL REFERENCES records (id) ON DELETE CASCADE,
  capture_id  INTEGER REFERENCES captures (id), -- NULL: set by hand
  name        TEXT NOT NULL,
  value       INTEGER NOT NULL,
  asserted_by TEXT NOT NULL
) STRICT;

CREATE TABLE excerpt_keys (                     -- the few sampled pieces by which a body is looked for in longer ones
  key     INTEGER NOT NULL,
  body_id INTEGER NOT NULL,
  PRIMARY KEY (key, body_id)
) STRICT, WITHOUT ROWID;

CREATE TABLE fields (
  id            INTEGER PRIMARY KEY,
  record_id     INTEGER NOT NULL REFERENCES records (id),
  capture_id    INTEGER REFERENCES captures (id), -- NULL: a cataloguer says it of the record
  position      INTEGER NOT NULL,               -- order of assertion within a capture
  name          TEXT NOT NULL,
  label         TEXT,                           -- as printed
  kind          TEXT CHECK (kind = 'person' OR kind = 'body' OR kind = 'account'),
  state         TEXT NOT NULL CHECK (state = 'stated' OR state = 'printed_empty' OR state = 'not_rendered'
                                     OR state = 'absent' OR state = 'inferred'),
  value         ANY,
  confidence    TEXT NOT NULL CHECK (confidence = 'high' OR confidence = 'medium' OR confidence = 'low'),
  asserted_by   TEXT NOT NULL,                  -- rules/<version>, layout/<site>, set:<command>, cataloguer:<who>
  evidence      TEXT NOT NULL DEFAULT '[]' CHECK (json_valid(evidence)), -- the raw of a body is not repeated here
  change_set_id INTEGER NOT NULL REFERENCES change_sets (id),
  retired_by    INTEGER REFERENCES change_sets (id)
) STRICT;

CREATE TABLE fingerprints (
  body_id    INTEGER PRIMARY KEY REFERENCES bodies (id),
  version    INTEGER NOT NULL,
  characters INTEGER NOT NULL,                  -- of the folded text
  n_grams    INTEGER NOT NULL,                  -- distinct 5-grams
  n_keys     INTEGER NOT NULL,                  -- rows in excerpt_keys
  sketch     BLOB NOT NULL                      -- one byte a bin; empty for a text of marks alone
) STRICT;

CREATE TABLE former_records (                   -- an id that was once typed leads on, or says why it leads nowhere
  id            INTEGER PRIMARY KEY,
  key           TEXT NOT NULL,                  -- the record of this key gets the id again, unless it was merged
  merged_into   INTEGER,                        -- the id of the record that took what this one had
  change_set_id INTEGER NOT NULL REFERENCES change_sets (id)
) STRICT;

CREATE TABLE highest_ids (                      -- ids of rows that were set aside are not given to others
  name TEXT PRIMARY KEY,                        -- of the table
  id   INTEGER NOT NULL
) STRICT;

CREATE TABLE journal (
  id            INTEGER PRIMARY KEY,
  change_set_id INTEGER NOT NULL REFERENCES change_sets (id),
  subject       TEXT NOT NULL,                  -- natural key: "record:<key>", "capture:<sha256>", "change_set:<id>"
  name          TEXT NOT NULL,
  old           TEXT CHECK (old IS NULL OR json_valid(old)),
  new           TEXT CHECK (new IS NULL OR json_valid(new)),
  previous_hash TEXT NOT NULL,
  hash          TEXT NOT NULL
) STRICT;

CREATE TABLE links (
  body_id       INTEGER NOT NULL REFERENCES bodies (id),
  other_body_id INTEGER NOT NULL REFERENCES bodies (id),
  kind          TEXT NOT NULL CHECK (kind IN ('near', 'contained')),
  figure        REAL NOT NULL,
  template_kin  INTEGER NOT NULL DEFAULT 0 CHECK (template_kin IN (0, 1)),
  PRIMARY KEY (body_id, other_body_id, kind)
) STRICT;

CREATE TABLE observations (
  id                INTEGER PRIMARY KEY,
  capture_id        INTEGER NOT NULL REFERENCES captures (id),
  origin            TEXT NOT NULL,              -- path or URL as given, undecodable bytes as %XX
  url               TEXT,
  captured_at       TEXT,                       -- UTC, or a date; NULL if nobody said when
  captured_at_basis TEXT CHECK (captured_at_basis IN ('option', 'manifest', 'warc', 'mtime')),
  collector         TEXT,
  change_set_id     INTEGER NOT NULL REFERENCES change_sets (id),
  CHECK ((captured_at IS NULL) = (captured_at_basis IS NULL))
) STRICT;

CREATE TABLE other_printings (                  -- a body as one capture prints it, where that is not bodies.text
  capture_id INTEGER PRIMARY KEY REFERENCES captures (id),
  text       TEXT NOT NULL
) STRICT;

CREATE TABLE popular_pieces (                   -- in so many bodies that they lead to none any more: formulas, disclaimers
  key INTEGER PRIMARY KEY
) STRICT;

CREATE TABLE problems (
  id            INTEGER PRIMARY KEY,
  capture_id    INTEGER REFERENCES captures (id), -- NULL: the input gave no capture
  origin        TEXT,                             -- NULL: it holds wherever the capture is met
  code          TEXT NOT NULL,
  message       TEXT NOT NULL,
  failed        INTEGER NOT NULL CHECK (failed IN (0, 1)),
  change_set_id INTEGER NOT NULL REFERENCES change_sets (id),
  solved_by     INTEGER REFERENCES change_sets (id)
) STRICT;

CREATE TABLE readings (
  capture_id        INTEGER NOT NULL REFERENCES captures (id),
  extractor         TEXT NOT NULL,              -- plain, visible or source
  extractor_version TEXT NOT NULL,
  encoding          TEXT NOT NULL,
  encoding_basis    TEXT NOT NULL,
  text              TEXT NOT NULL,              -- spans count its characters
  PRIMARY KEY (capture_id, extractor)
) STRICT;

CREATE TABLE record_verdicts (                  -- what would belong to the record of one key belongs to that of another
  key           TEXT PRIMARY KEY,
  into_key      TEXT NOT NULL,
  asserted_by   TEXT NOT NULL,
  change_set_id INTEGER NOT NULL REFERENCES change_sets (id)
) STRICT;

CREATE TABLE records (
  id           INTEGER PRIMARY KEY AUTOINCREMENT, -- an id that was once typed never names another record
  key          TEXT NOT NULL UNIQUE,
  key_basis    TEXT NOT NULL CHECK (key_basis IN ('url', 'item', 'capture')),
  kind         TEXT NOT NULL DEFAULT 'other',
  language     TEXT,
  title        TEXT,
  subtitle     TEXT,
  summary      TEXT,
  published    TEXT,                            -- ISO 8601 at the printed precision
  modified     TEXT,
  source       TEXT,
  publisher    TEXT,
  site_name    TEXT,
  section      TEXT,
  breadcrumb   TEXT NOT NULL DEFAULT '[]' CHECK (json_valid(breadcrumb)),
  views        INTEGER,
  comments     INTEGER,
  likes        INTEGER,
  shares       INTEGER,
  body_id      INTEGER REFERENCES bodies (id),
  body_repeats INTEGER NOT NULL DEFAULT 0,      -- how often one page prints it
  confidence   TEXT CHECK (confidence IN ('high', 'medium', 'low')), -- the least of the main winners; NULL without any
  conflicts    TEXT NOT NULL DEFAULT '[]' CHECK (json_valid(conflicts))
) STRICT;

CREATE VIRTUAL TABLE records_search USING fts5 (title, summary, content = '', tokenize = 'ascii');

CREATE TABLE reprint_groups (                   -- bodies that are one text; a body that stands alone has no row
  body_id INTEGER PRIMARY KEY REFERENCES bodies (id),
  head_id INTEGER NOT NULL REFERENCES bodies (id)
) STRICT;

CREATE TABLE sampled_pieces (                   -- one piece of 25 characters in 32 of each body
  key     INTEGER NOT NULL,
  body_id INTEGER NOT NULL,
  PRIMARY KEY (key, body_id)
) STRICT, WITHOUT ROWID;

CREATE TABLE set_aside (
  id            INTEGER PRIMARY KEY,
  change_set_id INTEGER NOT NULL REFERENCES change_sets (id),
  kind          TEXT NOT NULL,                  -- capture (with all that hangs on it), field, verdict …
  place         TEXT NOT NULL CHECK (json_valid(place)), -- the values of its key
  content       TEXT CHECK (content IS NULL OR json_valid(content)) -- NULL: there was none
) STRICT;

CREATE TABLE settings (                         -- what holds for this catalogue whoever opens it: near_threshold
  name  TEXT PRIMARY KEY,
  value ANY NOT NULL
) STRICT;

CREATE TABLE sqlar (
  name  TEXT PRIMARY KEY,                       -- <sha256>.<ext>
  mode  INT NOT NULL,
  mtime INT NOT NULL,
  sz    INT NOT NULL,                           -- size of the original
  data  BLOB NOT NULL                           -- deflated where that is smaller
) STRICT;

CREATE TABLE tag_terms (                        -- the controlled list
  tag           TEXT PRIMARY KEY,               -- with the broader terms before it: 主题/扶贫
  uri           TEXT,
  note          TEXT,
  also          TEXT NOT NULL DEFAULT '[]' CHECK (json_valid(also)), -- words that are not used, but lead here
  change_set_id INTEGER NOT NULL REFERENCES change_sets (id)
) STRICT;

CREATE TABLE tags (
  record_id   INTEGER NOT NULL REFERENCES records (id) ON DELETE CASCADE,
  tag         TEXT NOT NULL,
  asserted_by TEXT NOT NULL,
  PRIMARY KEY (record_id, tag)
) STRICT;

CREATE TABLE verdicts (                         -- what a cataloguer said of two bodies; it outlives them
  body_sha256       TEXT NOT NULL,
  other_body_sha256 TEXT NOT NULL,
  verdict           TEXT NOT NULL CHECK (verdict IN ('same', 'different')),
  asserted_by       TEXT NOT NULL,
  change_set_id     INTEGER NOT NULL REFERENCES change_sets (id),
  PRIMARY KEY (body_sha256, other_body_sha256),
  CHECK (body_sha256 < other_body_sha256)
) STRICT;

CREATE TABLE withdrawn (                        -- bytes that do not come into view again when they are ingested again
  sha256        TEXT PRIMARY KEY,
  change_set_id INTEGER NOT NULL REFERENCES change_sets (id) -- its message is the reason
) STRICT;

CREATE VIEW agent_aliases AS
SELECT a.id AS agent_id, o.name FROM agents AS a JOIN agents AS o ON o.id = a.merged_into WHERE a.merged_into IS NOT NULL
UNION
SELECT a.merged_into, a.name FROM agents AS a WHERE a.merged_into IS NOT NULL
UNION
SELECT a.id, o.name
  FROM agents AS a
  JOIN agents AS o ON o.merged_into = a.merged_into AND o.id <> a.id
 WHERE a.merged_into IS NOT NULL;

CREATE VIEW agent_facts AS
SELECT ar.record_id, ar.role, ar.label, coalesce(merged.name, a.name) AS name
  FROM agent_roles AS ar
  JOIN agents AS a ON a.id = ar.agent_id
  LEFT JOIN agents AS merged ON merged.id = a.merged_into;

CREATE VIEW body_groups AS
SELECT b.id AS body_id, ifnull(g.head_id, b.id) AS head_id
  FROM bodies AS b
  LEFT JOIN reprint_groups AS g ON g.body_id = b.id;

CREATE VIEW identifier_facts AS
SELECT DISTINCT record_id, name AS type, value
  FROM fields
 WHERE retired_by IS NULL AND state = 'stated'
   AND name IN ('icp', 'public_security', 'news_licence', 'telecom_licence', 'broadcast_licence',
                'audiovisual_licence', 'publishing_licence', 'culture_licence', 'site_code', 'print_number',
                'index_number', 'document_number', 'release_number');

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

CREATE VIEW source_aliases AS                   -- the same of sources: as printed, and each other name
SELECT a.name AS printed, x.name FROM agent_aliases AS x JOIN agents AS a ON a.id = x.agent_id WHERE a.kind = 'source';
