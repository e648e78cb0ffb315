-- db/reports/by-tag.sql
-- title: Records by tag
-- group: tag
-- A record counts once for each of its tags.
SELECT record_id, tag FROM tags;
