-- db/reports/counters.sql
-- title:   Counts over time
-- param:   ids   JSON array of the records to look at (NULL: all of them)
-- param:   counter=views|comments|likes|shares   what is counted
-- columns: id, title, captures, first, last, series, count, gained, per_day, resets, gaps
-- numbers: id, captures, count, gained, per_day, resets, gaps
-- whole:   first, last, series
-- series:  series
-- chart:   series series by id, title
-- A row is a record that was met at several times. captures counts those; series has their counts in the order of
-- time, null where a capture has none: those are the gaps. count is the last one; first and last are the times of the
-- first and the last count. A reset is a count lower than the one before. gained adds up what came between, resets left
-- out, and per_day spreads it over the days.
WITH seen AS (
  SELECT DISTINCT c.record_id, c.id, c.sha256, o.captured_at
    FROM observations AS o
    JOIN captures AS c ON c.id = o.capture_id
   WHERE o.captured_at IS NOT NULL AND (:ids IS NULL OR c.record_id IN (SELECT value FROM json_each(:ids)))
), dated AS (
  SELECT seen.*, (SELECT max(k.value) FROM counters AS k
                   WHERE k.record_id = seen.record_id AND k.capture_id = seen.id AND k.name = :counter) AS value
    FROM seen
   WHERE record_id IN (SELECT record_id FROM seen GROUP BY record_id HAVING count(*) > 1)
), counted AS (
  SELECT record_id, captured_at, value, lag(value) OVER by_time AS before, lag(captured_at) OVER by_time AS from_time,
         last_value(value) OVER (PARTITION BY record_id ORDER BY captured_at, sha256
                                 ROWS BETWEEN UNBOUNDED PRECEDING AND UNBOUNDED FOLLOWING) AS count
    FROM dated
   WHERE value IS NOT NULL
  WINDOW by_time AS (PARTITION BY record_id ORDER BY captured_at, sha256)
), steps AS (
  SELECT record_id, min(captured_at) AS first, max(captured_at) AS last, max(count) AS count,
         count(*) > 1 AS is_compared, sum(value < before) AS resets,
         sum(CASE WHEN value >= before THEN value - before END) AS gained,
         sum(CASE WHEN value >= before THEN julianday(captured_at) - julianday(from_time) END) AS days
    FROM counted
   GROUP BY record_id
), histories AS (
  SELECT record_id, count(*) AS captures, sum(value IS NULL) AS gaps, json_group_array(value) AS series
    FROM (SELECT record_id, value FROM dated ORDER BY record_id, captured_at, sha256)
   GROUP BY record_id
)
SELECT r.id, r.title, h.captures, steps.first, steps.last, h.series, steps.count, steps.gained,
       round(steps.gained / nullif(steps.days, 0), 1) AS per_day, CASE WHEN is_compared THEN steps.resets END AS resets,
       h.gaps
  FROM histories AS h
  JOIN steps ON steps.record_id = h.record_id
  JOIN records AS r ON r.id = h.record_id
 ORDER BY gained IS NULL, gained DESC, r.id;
