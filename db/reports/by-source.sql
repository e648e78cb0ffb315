-- db/reports/by-source.sql
-- title: Records by source
-- group: source
SELECT id AS record_id, source FROM records;
