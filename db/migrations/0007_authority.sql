-- What cataloguers say of names, of records that identity could not decide, and of tags.

-- Sources (来源) are agents of no site, so that a name can be taken for another one whatever site prints it. The table is
-- made anew, since SQLite cannot change a CHECK, and with AUTOINCREMENT: an id that was once typed names nobody else.
CREATE TABLE kept_agents AS SELECT * FROM agents;
CREATE TABLE kept_roles AS SELECT * FROM agent_roles;
DROP TABLE agent_roles;
DROP TABLE agents;

CREATE TABLE agents (
  id          INTEGER PRIMARY KEY AUTOINCREMENT,
  site        TEXT NOT NULL,                    -- '' where the site is not known (one name on two sites may be two people), and of sources
  name        TEXT NOT NULL,
  kind        TEXT NOT NULL CHECK (kind IN ('person', 'body', 'account', 'source')),
  merged_into INTEGER REFERENCES agents (id),   -- the one that it is taken for in the end, never one that is merged itself
  UNIQUE (site, name, kind)
) STRICT;
CREATE INDEX agents_by_merge ON agents (merged_into) WHERE merged_into IS NOT NULL;
CREATE INDEX agents_by_name ON agents (name);
INSERT INTO agents (id, site, name, kind) SELECT id, site, name, kind FROM kept_agents ORDER BY id;
INSERT INTO agents (site, name, kind) SELECT DISTINCT '', source, 'source' FROM records WHERE source IS NOT NULL ORDER BY source;

CREATE TABLE agent_roles (
  record_id    INTEGER NOT NULL REFERENCES records (id) ON DELETE CASCADE,
  agent_id     INTEGER NOT NULL REFERENCES agents (id),
  role         TEXT NOT NULL,
  label        TEXT,
  printed_name TEXT NOT NULL,
  position     INTEGER NOT NULL,                -- order on the page, from 0
  PRIMARY KEY (record_id, position)
) STRICT;
CREATE INDEX agent_roles_by_agent ON agent_roles (agent_id, role);
INSERT INTO agent_roles SELECT * FROM kept_roles ORDER BY record_id, position;
DROP TABLE kept_agents;
DROP TABLE kept_roles;

-- The other names of an agent: of the one that it is merged into, and of those that are merged into either.
CREATE VIEW agent_aliases AS
SELECT a.id AS agent_id, o.name FROM agents AS a JOIN agents AS o ON o.id = a.merged_into WHERE a.merged_into IS NOT NULL
UNION
SELECT a.merged_into, a.name FROM agents AS a WHERE a.merged_into IS NOT NULL
UNION
SELECT a.id, o.name
  FROM agents AS a
  JOIN agents AS o ON o.merged_into = a.merged_into AND o.id <> a.id
 WHERE a.merged_into IS NOT NULL;

CREATE VIEW source_aliases AS                   -- the same of sources: as printed, and each other name
SELECT a.name AS printed, x.name FROM agent_aliases AS x JOIN agents AS a ON a.id = x.agent_id WHERE a.kind = 'source';

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
CREATE INDEX agent_verdicts_by_into ON agent_verdicts (into_name);

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

CREATE TABLE record_verdicts (                  -- what would belong to the record of one key belongs to that of another
  key           TEXT PRIMARY KEY,
  into_key      TEXT NOT NULL,
  asserted_by   TEXT NOT NULL,
  change_set_id INTEGER NOT NULL REFERENCES change_sets (id)
) STRICT;

CREATE TABLE capture_verdicts (                 -- to which record a cataloguer gave a capture, whatever its URLs say
  sha256        TEXT PRIMARY KEY,
  key           TEXT NOT NULL,
  asserted_by   TEXT NOT NULL,
  change_set_id INTEGER NOT NULL REFERENCES change_sets (id)
) STRICT;

CREATE TABLE capture_differences (              -- captures of two records that a cataloguer keeps apart
  sha256        TEXT NOT NULL,
  other_sha256  TEXT NOT NULL,
  asserted_by   TEXT NOT NULL,
  change_set_id INTEGER NOT NULL REFERENCES change_sets (id),
  PRIMARY KEY (sha256, other_sha256),
  CHECK (sha256 < other_sha256)
) STRICT;
CREATE INDEX capture_differences_by_other ON capture_differences (other_sha256);

CREATE TABLE tag_terms (                        -- the controlled list
  tag           TEXT PRIMARY KEY,               -- with the broader terms before it: 主题/扶贫
  uri           TEXT,
  note          TEXT,
  also          TEXT NOT NULL DEFAULT '[]' CHECK (json_valid(also)), -- words that are not used, but lead here
  change_set_id INTEGER NOT NULL REFERENCES change_sets (id)
) STRICT;
