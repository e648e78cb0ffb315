-- db/reports/copies.sql
-- title:   Who copies whom
-- param:   ids   JSON array of the reprints to count (NULL: all of them)
-- columns: site, source, earliest_site, agrees, records, days, first, last
-- numbers: records, days
-- whole:   agrees, first, last
-- chart:   bars records by site, earliest_site
-- A reprint is a record whose text another one has earlier. source is what the reprint prints, earliest_site where the
-- text stands first in this catalogue; agrees says whether the source is that site, its publisher or the source named
-- there. days is the mean time to the reprint.
WITH printed AS (
  SELECT ifnull(g.head_id, r.body_id) AS head_id, r.id, r.key, r.published, r.site_name, r.source, r.publisher
    FROM records AS r
    LEFT JOIN reprint_groups AS g ON g.body_id = r.body_id
   WHERE r.body_id IS NOT NULL
), ranked AS (
  SELECT *, row_number() OVER (PARTITION BY head_id ORDER BY published IS NULL, published || '~', key) AS place
    FROM printed
), pairs AS (
  SELECT reprint.id, reprint.site_name AS site, reprint.source, first.site_name AS earliest_site, reprint.published,
         julianday(substr(reprint.published, 1, 10)) - julianday(substr(first.published, 1, 10)) AS days,
         CASE WHEN reprint.source IS NOT NULL AND coalesce(first.site_name, first.publisher, first.source) IS NOT NULL
              THEN max(ifnull(instr(first.site_name, reprint.source), 0), ifnull(instr(reprint.source, first.site_name), 0),
                       ifnull(instr(first.publisher, reprint.source), 0), ifnull(instr(reprint.source, first.publisher), 0),
                       ifnull(instr(first.source, reprint.source), 0), ifnull(instr(reprint.source, first.source), 0)) > 0
         END AS is_named
    FROM ranked AS reprint
    JOIN ranked AS first ON first.head_id = reprint.head_id AND first.place = 1
   WHERE reprint.place > 1
)
SELECT site, source, earliest_site, CASE is_named WHEN 1 THEN 'yes' WHEN 0 THEN 'no' END AS agrees,
       count(*) AS records, round(avg(days), 1) AS days, min(published) AS first, max(published) AS last
  FROM pairs
 WHERE :ids IS NULL OR id IN (SELECT value FROM json_each(:ids))
 GROUP BY site, source, earliest_site, is_named
 ORDER BY records DESC, site IS NULL, site, source IS NULL, source, earliest_site IS NULL, earliest_site, agrees;
