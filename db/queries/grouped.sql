-- db/queries/grouped.sql
-- The figures of records by groups. The program puts what the groupings (reports/by-*.sql) give where comments stand.
WITH
/* groupings */
SELECT /* values */
       count(*) AS records, count(DISTINCT f.body_id) AS bodies, count(f.reprint_group) AS reprints,
       sum(f.views) AS views, min(f.published) AS first, max(f.published) AS last
  FROM record_facts AS f
  /* joins */
 WHERE :ids IS NULL OR f.id IN (SELECT value FROM json_each(:ids))
 GROUP BY /* groups */
 ORDER BY /* order */;
