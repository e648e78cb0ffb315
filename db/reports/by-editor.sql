-- db/reports/by-editor.sql
-- title:   Records by editor
-- param:   ids   JSON array of the records to count (NULL: all of them)
-- columns: editor, roles, records, bodies, reprints, views, first, last
-- numbers: records, bodies, reprints, views
-- whole:   first, last
-- bodies counts distinct texts, reprints the records whose text another record prints too;
-- views is NULL where no record of the group has a count.
-- A record counts once for each of its editors, whatever the role; roles lists those that the person has.
WITH held AS (
  SELECT DISTINCT record_id, name, role
    FROM agent_facts
   WHERE role IN ('editor', 'responsible_editor', 'executive_editor', 'duty_editor', 'art_editor', 'chief_editor',
                  'reviewer', 'supervising_reviewer', 'chief_supervising_reviewer', 'proofreader', 'producer',
                  'executive_producer')
), people AS (
  SELECT name, group_concat(role, ', ') AS roles
    FROM (SELECT DISTINCT name, role FROM held ORDER BY name, role)
   GROUP BY name
)
SELECT people.name AS editor, people.roles, count(*) AS records, count(DISTINCT f.body_id) AS bodies,
       count(f.reprint_group) AS reprints, sum(f.views) AS views, min(f.published) AS first, max(f.published) AS last
  FROM record_facts AS f
  LEFT JOIN (SELECT DISTINCT record_id, name FROM held) AS once ON once.record_id = f.id
  LEFT JOIN people ON people.name = once.name
 WHERE :ids IS NULL OR f.id IN (SELECT value FROM json_each(:ids))
 GROUP BY people.name
 ORDER BY editor IS NULL, records DESC, editor;
