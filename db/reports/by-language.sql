-- db/reports/by-language.sql
-- title: Records by language
-- group: language
-- whole: language
SELECT id AS record_id, language FROM records;
