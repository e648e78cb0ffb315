-- db/reports/by-section.sql
-- title: Records by section
-- group: section
SELECT id AS record_id, section FROM records;
