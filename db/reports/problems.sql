-- db/reports/problems.sql
-- title:   Problems that are open
-- param:   ids   JSON array of records: problems of their captures (NULL: all of them)
-- columns: code, problems, failed, captures, records, example, message
-- numbers: problems, failed, captures, records
-- whole:   code
-- chart:   bars problems by code
-- failed counts inputs that could not be catalogued. example is one input, the first by name, with what is said of it.
SELECT p.code, count(*) AS problems, sum(p.failed) AS failed, count(DISTINCT p.capture_id) AS captures,
       count(DISTINCT c.record_id) AS records,
       coalesce(p.origin, (SELECT min(o.origin) FROM observations AS o WHERE o.capture_id = p.capture_id)) AS example,
       p.message
  FROM problems AS p
  LEFT JOIN captures AS c ON c.id = p.capture_id
 WHERE p.solved_by IS NULL AND (:ids IS NULL OR c.record_id IN (SELECT value FROM json_each(:ids)))
 GROUP BY p.code
 ORDER BY problems DESC, p.code;
