-- db/reports/completeness.sql
-- title:   How complete the records are
-- param:   ids   JSON array of the records to count (NULL: all of them)
-- param:   per=all|site   all sites together, or each of them
-- columns: site, field, records, stated, inferred, printed_empty, not_rendered, absent, in_conflict, percent
-- numbers: records, stated, inferred, printed_empty, not_rendered, absent, in_conflict, percent
-- whole:   field
-- chart:   parts stated, inferred, printed_empty, not_rendered, absent by field, site
-- Each record counts once a field: stated (read, or entered by a cataloguer), inferred, printed_empty (a label without
-- a value), not_rendered (a script should have filled it), or absent. in_conflict counts those whose page contradicts
-- itself, percent the records with a value.
WITH wanted (field) AS (
  VALUES ('title'), ('published'), ('source'), ('publisher'), ('site_name'), ('section'), ('body'), ('author'),
         ('responsible_editor'), ('views'), ('tag')
), chosen AS (
  SELECT r.id, CASE :per WHEN 'site' THEN r.site_name END AS site, r.conflicts
    FROM records AS r
   WHERE :ids IS NULL OR r.id IN (SELECT value FROM json_each(:ids))
), said AS MATERIALIZED (  -- a cataloguer's word outranks all others: 'absent' and 'stated' alike
  SELECT record_id, name,
         coalesce(min(CASE WHEN capture_id IS NULL THEN rank END), min(rank)) AS rank
    FROM (SELECT record_id, name, capture_id,
                 CASE state WHEN 'stated' THEN 1 WHEN 'inferred' THEN 2 WHEN 'not_rendered' THEN 3
                            WHEN 'printed_empty' THEN 4 ELSE 5 END AS rank
            FROM fields
           WHERE retired_by IS NULL)
   GROUP BY record_id, name
), sites AS (
  SELECT site, count(*) AS records FROM chosen GROUP BY site
), names AS (
  SELECT site, field FROM sites, wanted
  UNION
  SELECT chosen.site, said.name FROM said JOIN chosen ON chosen.id = said.record_id
), told AS (
  SELECT chosen.site, said.name AS field, sum(rank = 1) AS stated, sum(rank = 2) AS inferred,
         sum(rank = 4) AS printed_empty, sum(rank = 3) AS not_rendered
    FROM said
    JOIN chosen ON chosen.id = said.record_id
   GROUP BY chosen.site, said.name
), conflicting AS (
  SELECT chosen.site, one.value AS field, count(*) AS records
    FROM chosen, json_each(chosen.conflicts) AS one
   GROUP BY chosen.site, one.value
)
SELECT names.site, names.field, sites.records, ifnull(stated, 0) AS stated, ifnull(inferred, 0) AS inferred,
       ifnull(printed_empty, 0) AS printed_empty, ifnull(not_rendered, 0) AS not_rendered,
       sites.records - ifnull(stated, 0) - ifnull(inferred, 0) - ifnull(printed_empty, 0) - ifnull(not_rendered, 0)
         AS absent,
       ifnull(conflicting.records, 0) AS in_conflict,
       round(100.0 * (ifnull(stated, 0) + ifnull(inferred, 0)) / sites.records, 1) AS percent
  FROM names
  JOIN sites ON sites.site IS names.site
  LEFT JOIN told ON told.site IS names.site AND told.field = names.field
  LEFT JOIN conflicting ON conflicting.site IS names.site AND conflicting.field = names.field
 ORDER BY names.site IS NULL, names.site, percent DESC, names.field;
