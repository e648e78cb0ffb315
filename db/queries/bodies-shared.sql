-- Bodies that several records share: one row a body.
-- param: ids   JSON array of records, one of which must have the body (NULL: all)
-- The earliest is the first by publication as printed, then by key; a record without a date comes last.
WITH placed AS (
  SELECT r.body_id, r.id, r.title, r.site_name, r.published,
         row_number() OVER (PARTITION BY r.body_id ORDER BY r.published IS NULL, r.published, r.key) AS place
    FROM records AS r
   WHERE r.body_id IS NOT NULL
)
SELECT 'across records' AS found, substr(b.sha256, 1, 16) AS body, count(*) AS records,
       count(DISTINCT p.site_name) AS sites, NULL AS printed, max(CASE WHEN place = 1 THEN p.id END) AS earliest,
       max(CASE WHEN place = 1 THEN p.published END) AS published, max(CASE WHEN place = 1 THEN p.title END) AS title
  FROM placed AS p
  JOIN bodies AS b ON b.id = p.body_id
 WHERE :ids IS NULL OR p.body_id IN (
         SELECT body_id FROM records WHERE id IN (SELECT value FROM json_each(:ids)))
 GROUP BY p.body_id
HAVING count(*) > 1
 ORDER BY records DESC, b.sha256;
