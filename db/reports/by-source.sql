-- db/reports/by-source.sql
-- title: Records by source
-- group: source
-- A source that a cataloguer has merged into another one counts there; `report sources` shows it as printed.
SELECT r.id AS record_id, coalesce(o.name, r.source) AS source
  FROM records AS r
  LEFT JOIN agents AS a ON a.site = '' AND a.name = r.source AND a.kind = 'source'
  LEFT JOIN agents AS o ON o.id = a.merged_into;
