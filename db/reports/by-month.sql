-- db/reports/by-month.sql
-- title:   Records by month of publication
-- param:   ids   JSON array of the records to count (NULL: all of them)
-- columns: month, records, bodies, reprints, views, first, last
-- numbers: records, bodies, reprints, views
-- whole:   month, first, last
-- bodies counts distinct texts, reprints the records whose text another record prints too;
-- views is NULL where no record of the group has a count.
SELECT substr(published, 1, 7) AS month, count(*) AS records, count(DISTINCT body_id) AS bodies,
       count(reprint_group) AS reprints, sum(views) AS views, min(published) AS first, max(published) AS last
  FROM record_facts
 WHERE :ids IS NULL OR id IN (SELECT value FROM json_each(:ids))
 GROUP BY substr(published, 1, 7)
 ORDER BY month IS NULL, month;
