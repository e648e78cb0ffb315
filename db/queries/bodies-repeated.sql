-- Pages that print their own body more than once (desktop and mobile variant): one row a record.
-- param: ids   JSON array of the records to look at (NULL: all)
SELECT 'in a page' AS found, substr(b.sha256, 1, 12) AS body, 1 AS bodies, 1 AS records, NULL AS sites,
       r.body_repeats AS printed, NULL AS figure, r.id AS earliest, NULL AS other, substr(r.published, 1, 10) AS published, r.title
  FROM records AS r
  JOIN bodies AS b ON b.id = r.body_id
 WHERE r.body_repeats > 1 AND (:ids IS NULL OR r.id IN (SELECT value FROM json_each(:ids)))
 ORDER BY r.body_repeats DESC, r.id;
