-- db/reports/by-site.sql
-- title: Records by site
-- group: site
SELECT id AS record_id, site_name AS site FROM records;
