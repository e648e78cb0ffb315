-- Texts that several records print, exactly or nearly: one row a reprint group.
-- param: ids   JSON array of records, one of which must be in the group (NULL: all)
-- The earliest is the first by publication as printed, then by key; a day without its hour comes behind the hours of
-- that day ('~' is behind 'T'), a record without a date last.
-- figure is the least of the near links that hold the group together, NULL where all its records print one body.
WITH grouped AS (
  SELECT r.id, r.key, r.body_id, r.title, r.site_name, r.published, ifnull(g.head_id, r.body_id) AS head_id
    FROM records AS r
    LEFT JOIN reprint_groups AS g ON g.body_id = r.body_id
   WHERE r.body_id IS NOT NULL
), placed AS (
  SELECT *, row_number() OVER (PARTITION BY head_id ORDER BY published IS NULL, published || '~', key) AS place FROM grouped
)
SELECT 'across records' AS found, substr(b.sha256, 1, 12) AS body, count(DISTINCT p.body_id) AS bodies,
       count(*) AS records, count(DISTINCT p.site_name) AS sites, NULL AS printed,
       (SELECT round(min(l.figure), 4)
          FROM reprint_groups AS one
          JOIN links AS l ON l.body_id = one.body_id AND l.kind = 'near'
          JOIN reprint_groups AS other ON other.body_id = l.other_body_id AND other.head_id = one.head_id
         WHERE one.head_id = p.head_id AND p.head_id IN (l.body_id, l.other_body_id)) AS figure,
       max(CASE WHEN place = 1 THEN p.id END) AS earliest, NULL AS other,
       max(CASE WHEN place = 1 THEN substr(p.published, 1, 10) END) AS published, max(CASE WHEN place = 1 THEN p.title END) AS title
  FROM placed AS p
  JOIN bodies AS b ON b.id = p.head_id
 WHERE :ids IS NULL OR p.head_id IN (
         SELECT head_id FROM grouped WHERE id IN (SELECT value FROM json_each(:ids)))
 GROUP BY p.head_id
HAVING count(*) > 1
 ORDER BY records DESC, b.sha256;
