-- db/reports/by-year.sql
-- title: Records by year of publication
-- group: year
-- whole: year
-- scale: time
SELECT id AS record_id, substr(published, 1, 4) AS year FROM records;
