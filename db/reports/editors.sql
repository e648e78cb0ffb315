-- db/reports/editors.sql
-- title:   Who edited under whom
-- param:   ids   JSON array of the records to count (NULL: all of them)
-- param:   per=month|year|all   over which time a chain is counted
-- columns: period, editor, reviewer, chief_reviewer, steps, records, views, first, last
-- numbers: steps, records, views
-- whole:   period, first, last
-- chart:   bars records by period, editor, reviewer, chief_reviewer
-- A row is one chain of review: who edited (责任编辑, 编辑, 初审), who reviewed (审核, 监审), who had the last word
-- (总监审, 总编, 终审), as printed under the pages. steps counts those of the three that are printed.
WITH ladder (role, step) AS (
  VALUES ('editor', 1), ('responsible_editor', 1), ('duty_editor', 1), ('reviewer', 2), ('executive_editor', 2),
         ('supervising_reviewer', 2), ('producer', 3), ('executive_producer', 3), ('chief_editor', 3),
         ('chief_supervising_reviewer', 3)
), labels (label, step) AS (
  VALUES ('初审', 1), ('一审', 1), ('终审', 3), ('三审', 3), ('签发', 3), ('签发人', 3), ('审核签发', 3)
), named AS (
  SELECT ar.record_id, coalesce(labels.step, ladder.step) AS step, coalesce(merged.name, a.name) AS name,
         min(ar.position) AS position
    FROM agent_roles AS ar
    JOIN ladder ON ladder.role = ar.role
    LEFT JOIN labels ON ar.role = 'reviewer' AND labels.label = replace(ar.label, ' ', '')
    JOIN agents AS a ON a.id = ar.agent_id
    LEFT JOIN agents AS merged ON merged.id = a.merged_into
   GROUP BY ar.record_id, 2, 3
), steps AS (
  SELECT record_id, step, group_concat(name, '、') AS names
    FROM (SELECT record_id, step, name FROM named ORDER BY record_id, step, position, name)
   GROUP BY record_id, step
), chains AS (
  SELECT r.id, r.published, r.views, one.names AS editor, two.names AS reviewer, three.names AS chief_reviewer,
         CASE :per WHEN 'month' THEN substr(r.published, 1, 7)
                   WHEN 'year' THEN substr(r.published, 1, 4) END AS period
    FROM records AS r
    LEFT JOIN steps AS one ON one.record_id = r.id AND one.step = 1
    LEFT JOIN steps AS two ON two.record_id = r.id AND two.step = 2
    LEFT JOIN steps AS three ON three.record_id = r.id AND three.step = 3
   WHERE :ids IS NULL OR r.id IN (SELECT value FROM json_each(:ids))
)
SELECT period, editor, reviewer, chief_reviewer,
       (editor IS NOT NULL) + (reviewer IS NOT NULL) + (chief_reviewer IS NOT NULL) AS steps,
       count(*) AS records, sum(views) AS views, min(published) AS first, max(published) AS last
  FROM chains
 GROUP BY period, editor, reviewer, chief_reviewer
 ORDER BY period IS NULL, period, steps DESC, records DESC, editor, reviewer, chief_reviewer;
