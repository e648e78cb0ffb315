-- Excerpts and digests: bodies whose text stands, nearly whole, in a longer one; never reprints of it. One row a pair.
-- other is the earliest record with the longer text, figure the share of the excerpt's 5-grams that stand there.
-- param: ids   JSON array of records, one of which must have one of the two texts (NULL: all)
WITH placed AS (
  SELECT r.body_id, r.id, r.title, r.site_name, r.published,
         row_number() OVER (PARTITION BY r.body_id ORDER BY r.published IS NULL, r.published || '~', r.key) AS place,
         count(*) OVER (PARTITION BY r.body_id) AS records
    FROM records AS r
   WHERE r.body_id IN (SELECT l.body_id FROM links AS l WHERE l.kind = 'contained'
                       UNION SELECT l.other_body_id FROM links AS l WHERE l.kind = 'contained')
)
SELECT 'contained' AS found, substr(b.sha256, 1, 12) AS body, 2 AS bodies, p.records + o.records AS records,
       1 + (p.site_name IS NOT o.site_name) AS sites, NULL AS printed, round(l.figure, 4) AS figure,
       p.id AS earliest, o.id AS other, substr(p.published, 1, 10) AS published, p.title
  FROM links AS l
  JOIN bodies AS b ON b.id = l.body_id
  JOIN placed AS p ON p.body_id = l.body_id AND p.place = 1
  JOIN placed AS o ON o.body_id = l.other_body_id AND o.place = 1
 WHERE l.kind = 'contained'
   AND (:ids IS NULL OR EXISTS (
         SELECT 1 FROM records AS r
          WHERE r.body_id IN (l.body_id, l.other_body_id) AND r.id IN (SELECT value FROM json_each(:ids))))
 ORDER BY l.figure DESC, b.sha256, o.id;
