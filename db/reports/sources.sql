-- db/reports/sources.sql
-- title:   Sources as printed, and the name they go under
-- param:   ids   JSON array of the records to count (NULL: all of them)
-- columns: authority, printed, basis, records, sites, first, last
-- numbers: records, sites
-- whole:   basis, first, last
-- chart:   bars records by authority, printed
-- authority is the name of the source that a cataloguer has merged the printed one into (basis merged), else the
-- spelling that most records have among those that differ in width, case, spaces, quotation marks and brackets alone
-- (basis spelling), else the name as it is printed (basis printed).
WITH printed AS (
  SELECT r.source AS printed, count(*) AS records, count(DISTINCT r.site_name) AS sites, min(r.published) AS first,
         max(r.published) AS last
    FROM records AS r
   WHERE r.source IS NOT NULL AND (:ids IS NULL OR r.id IN (SELECT value FROM json_each(:ids)))
   GROUP BY r.source
), merged AS (
  SELECT a.name AS printed, into_.name AS authority
    FROM agents AS a
    JOIN agents AS into_ ON into_.id = a.merged_into
   WHERE a.kind = 'source'
), folded AS (
  SELECT p.*, m.authority AS merged,
         replace(replace(replace(replace(replace(replace(replace(replace(replace(replace(lower(half_width(p.printed)),
           ' ', ''), char(0xA0), ''), char(0x3000), ''), '"', ''), '“', ''), '”', ''), '《', ''), '》', ''), '「', ''),
           '」', '') AS fold
    FROM printed AS p
    LEFT JOIN merged AS m ON m.printed = p.printed
), named AS (
  SELECT *, first_value(printed) OVER (PARTITION BY fold ORDER BY records DESC, printed) AS usual FROM folded
), judged AS (
  SELECT coalesce(merged, usual) AS authority, printed,
         CASE WHEN merged IS NOT NULL THEN 'merged' WHEN usual <> printed THEN 'spelling' ELSE 'printed' END AS basis,
         records, sites, first, last
    FROM named
)
SELECT * FROM judged
 ORDER BY sum(records) OVER (PARTITION BY authority) DESC, authority, records DESC, printed;
