-- db/reports/by-month.sql
-- title: Records by month of publication
-- group: month
-- whole: month
-- scale: time
SELECT id AS record_id, substr(published, 1, 7) AS month FROM records;
