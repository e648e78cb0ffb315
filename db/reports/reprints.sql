-- db/reports/reprints.sql
-- title:   Most reprinted texts
-- param:   ids    JSON array of records: texts that one of them prints (NULL: all texts)
-- param:   least=2   how many records must print a text
-- columns: earliest, title, published, site, records, bodies, sites, sources, days, views
-- numbers: earliest, records, bodies, sites, sources, days, views
-- whole:   published
-- chart:   bars records by title
-- A row is one text. earliest is the id of the record that has it first in this catalogue, with its title, date and
-- site; bodies counts the different forms of the text, sources the different sources printed with it, days those from
-- the first to the last reprint.
WITH printed AS (
  SELECT ifnull(g.head_id, r.body_id) AS head_id, r.id, r.key, r.title, r.published, r.site_name, r.source, r.views,
         r.body_id
    FROM records AS r
    LEFT JOIN reprint_groups AS g ON g.body_id = r.body_id
   WHERE r.body_id IS NOT NULL
), ranked AS (
  SELECT *, row_number() OVER (PARTITION BY head_id ORDER BY published IS NULL, published || '~', key) AS place
    FROM printed
)
SELECT max(CASE place WHEN 1 THEN id END) AS earliest, max(CASE place WHEN 1 THEN title END) AS title,
       max(CASE place WHEN 1 THEN published END) AS published, max(CASE place WHEN 1 THEN site_name END) AS site,
       count(*) AS records, count(DISTINCT body_id) AS bodies, count(DISTINCT site_name) AS sites,
       count(DISTINCT source) AS sources,
       CAST(julianday(substr(max(published), 1, 10)) - julianday(substr(min(published), 1, 10)) AS INTEGER) AS days,
       sum(views) AS views
  FROM ranked
 GROUP BY head_id
HAVING count(*) >= :least
   AND (:ids IS NULL OR max(id IN (SELECT value FROM json_each(:ids))))
 ORDER BY records DESC, sites DESC, earliest;
