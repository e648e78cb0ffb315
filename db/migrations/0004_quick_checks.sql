-- The same checks of `fields` in another form: for `IN (…)` with more than two words SQLite 3.40 builds a table at each
-- row, which took half the time of writing assertions.
DROP VIEW identifier_facts;

ALTER TABLE fields RENAME TO old_fields;

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

INSERT INTO fields (id, record_id, capture_id, position, name, label, kind, state, value, confidence, asserted_by,
                    evidence, change_set_id, retired_by)
SELECT id, record_id, capture_id, position, name, label, kind, state, value, confidence, asserted_by,
       evidence, change_set_id, retired_by
  FROM old_fields
 ORDER BY id;

DROP TABLE old_fields;

CREATE INDEX fields_by_capture ON fields (capture_id);

CREATE INDEX fields_by_record ON fields (record_id);

CREATE VIEW identifier_facts AS
SELECT DISTINCT record_id, name AS type, value
  FROM fields
 WHERE retired_by IS NULL AND state = 'stated'
   AND name IN ('icp', 'public_security', 'news_licence', 'telecom_licence', 'broadcast_licence',
                'audiovisual_licence', 'publishing_licence', 'culture_licence', 'site_code', 'print_number',
                'index_number', 'document_number', 'release_number');
