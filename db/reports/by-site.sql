-- db/reports/by-site.sql
-- title:   Records by site
-- param:   ids   JSON array of the records to count (NULL: all of them)
-- columns: site, records, bodies, reprints, views, first, last
-- numbers: records, bodies, reprints, views
-- whole:   first, last
-- bodies counts distinct texts, reprints the records whose text another record prints too;
-- views is NULL where no record of the group has a count.
SELECT site_name AS site, count(*) AS records, count(DISTINCT body_id) AS bodies, count(reprint_group) AS reprints,
       sum(views) AS views, min(published) AS first, max(published) AS last
  FROM record_facts
 WHERE :ids IS NULL OR id IN (SELECT value FROM json_each(:ids))
 GROUP BY site_name
 ORDER BY site IS NULL, records DESC, site;
