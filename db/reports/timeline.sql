-- db/reports/timeline.sql
-- title:   Records over time, empty stretches too
-- param:   ids   JSON array of the records to count (NULL: all of them)
-- param:   per=month|year|day   how long a period is
-- columns: period, records, bodies, reprints, sites, sources, views, total
-- numbers: records, bodies, reprints, sites, sources, views, total
-- whole:   period
-- chart:   time records by period
-- From the first date of publication to the last, a row for each period, those without a record too; total adds the
-- records up. At the end those whose date is not known, or not so exactly.
WITH RECURSIVE widths (per, characters, rest, step) AS (
  VALUES ('day', 10, '', '+1 day'), ('month', 7, '-01', '+1 month'), ('year', 4, '-01-01', '+1 year')
), width AS (
  SELECT * FROM widths WHERE per = :per
), counted AS (
  SELECT CASE WHEN length(f.published) >= width.characters THEN substr(f.published, 1, width.characters) END AS period,
         count(*) AS records, count(DISTINCT f.body_id) AS bodies, count(f.reprint_group) AS reprints,
         count(DISTINCT f.site_name) AS sites, count(DISTINCT f.source) AS sources, sum(f.views) AS views
    FROM record_facts AS f, width
   WHERE :ids IS NULL OR f.id IN (SELECT value FROM json_each(:ids))
   GROUP BY 1
), periods (period) AS (
  SELECT min(period) FROM counted HAVING min(period) IS NOT NULL
   UNION ALL
  SELECT substr(date(periods.period || width.rest, width.step), 1, width.characters)
    FROM periods, width
   WHERE periods.period < (SELECT max(period) FROM counted)
), listed AS (
  SELECT period FROM periods
   UNION ALL
  SELECT period FROM counted WHERE period IS NULL
)
SELECT listed.period, ifnull(counted.records, 0) AS records, ifnull(counted.bodies, 0) AS bodies,
       ifnull(counted.reprints, 0) AS reprints, ifnull(counted.sites, 0) AS sites,
       ifnull(counted.sources, 0) AS sources, counted.views,
       sum(ifnull(counted.records, 0)) OVER (ORDER BY listed.period IS NULL, listed.period) AS total
  FROM listed
  LEFT JOIN counted ON counted.period IS listed.period
 ORDER BY listed.period IS NULL, listed.period;
