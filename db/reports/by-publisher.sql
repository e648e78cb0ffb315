-- db/reports/by-publisher.sql
-- title: Records by publisher
-- group: publisher
SELECT id AS record_id, publisher FROM records;
