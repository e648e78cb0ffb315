-- db/reports/changes.sql
-- title:   Changes after publication
-- param:   ids   JSON array of the records to look at (NULL: all of them)
-- columns: id, title, captures, changed, first, last, modified
-- numbers: id, captures
-- whole:   changed, first, last, modified
-- A row is a record whose captures differ in title, time of publication, editors or body: changed says in which, first
-- and last between which times. modified is what the page itself says of a change; where it is empty the site changed
-- the page in silence. `catalog show ID --diff` shows what is other.
WITH several AS (
  SELECT record_id
    FROM captures
   WHERE :ids IS NULL OR record_id IN (SELECT value FROM json_each(:ids))
   GROUP BY record_id
  HAVING count(*) > 1
), stated AS (
  SELECT f.capture_id, f.name, f.value,
         row_number() OVER (PARTITION BY f.capture_id, f.name
                            ORDER BY f.asserted_by NOT LIKE 'layout/%',
                                     CASE f.confidence WHEN 'high' THEN 0 WHEN 'medium' THEN 1 ELSE 2 END,
                                     f.position, f.id) AS place
    FROM several
    JOIN fields AS f ON f.record_id = several.record_id
   WHERE f.capture_id IS NOT NULL AND f.retired_by IS NULL AND f.state = 'stated' AND f.asserted_by NOT LIKE 'set:%'
), edited AS (
  SELECT capture_id, json_group_array(said) AS said
    FROM (SELECT DISTINCT capture_id, name || ' ' || value AS said
            FROM stated
           WHERE name IN ('editor', 'responsible_editor', 'executive_editor', 'duty_editor', 'art_editor',
                          'chief_editor', 'reviewer', 'supervising_reviewer', 'chief_supervising_reviewer',
                          'proofreader', 'producer', 'executive_producer')
           ORDER BY 1, 2)
   GROUP BY capture_id
), read AS (
  SELECT c.record_id, ifnull(title.value, '') AS title, ifnull(published.value, '') AS published,
         ifnull(edited.said, '') AS editors, ifnull(c.body_id, 0) AS body,
         (SELECT min(o.captured_at) FROM observations AS o WHERE o.capture_id = c.id) AS at
    FROM several
    JOIN captures AS c ON c.record_id = several.record_id
    LEFT JOIN stated AS title ON title.capture_id = c.id AND title.name = 'title' AND title.place = 1
    LEFT JOIN stated AS published ON published.capture_id = c.id AND published.name = 'published' AND published.place = 1
    LEFT JOIN edited ON edited.capture_id = c.id
), compared AS (
  SELECT record_id, count(*) AS captures, min(at) AS first, max(at) AS last,
         substr(iif(count(DISTINCT title) > 1, ', title', '') || iif(count(DISTINCT published) > 1, ', published', '')
                || iif(count(DISTINCT editors) > 1, ', editors', '') || iif(count(DISTINCT body) > 1, ', body', ''),
                3) AS changed
    FROM read
   GROUP BY record_id
)
SELECT r.id, r.title, compared.captures, compared.changed, compared.first, compared.last, r.modified
  FROM compared
  JOIN records AS r ON r.id = compared.record_id
 WHERE compared.changed <> ''
 ORDER BY compared.last IS NULL, compared.last DESC, r.id;
