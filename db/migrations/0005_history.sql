-- What `undo`, `redo` and `withdraw` need: rows that left their tables, and what keeps names and ids as they were.

-- A row as it stood before a change set replaced it or took it out. Assertions that a change set adds or retires, and
-- captures that it brings, are found by its number and are not repeated here.
CREATE TABLE set_aside (
  id            INTEGER PRIMARY KEY,
  change_set_id INTEGER NOT NULL REFERENCES change_sets (id),
  kind          TEXT NOT NULL,                  -- capture (with all that hangs on it), field, verdict …
  place         TEXT NOT NULL CHECK (json_valid(place)), -- the values of its key
  content       TEXT CHECK (content IS NULL OR json_valid(content)) -- NULL: there was none
) STRICT;
CREATE INDEX set_aside_by_change_set ON set_aside (change_set_id);

CREATE TABLE withdrawn (                        -- bytes that do not come into view again when they are ingested again
  sha256        TEXT PRIMARY KEY,
  change_set_id INTEGER NOT NULL REFERENCES change_sets (id) -- its message is the reason
) STRICT;

CREATE TABLE former_records (                   -- an id that was once typed leads on, or says why it leads nowhere
  id            INTEGER PRIMARY KEY,
  key           TEXT NOT NULL,                  -- the record of this key gets the id again, unless it was merged
  merged_into   INTEGER,                        -- the id of the record that took what this one had
  change_set_id INTEGER NOT NULL REFERENCES change_sets (id)
) STRICT;
CREATE INDEX former_records_by_key ON former_records (key);

CREATE TABLE other_printings (                  -- a body as one capture prints it, where that is not bodies.text
  capture_id INTEGER PRIMARY KEY REFERENCES captures (id),
  text       TEXT NOT NULL
) STRICT;

CREATE TABLE highest_ids (                      -- ids of rows that were set aside are not given to others
  name TEXT PRIMARY KEY,                        -- of the table
  id   INTEGER NOT NULL
) STRICT;
