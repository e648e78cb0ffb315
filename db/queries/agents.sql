-- Agents: people, bodies, accounts and sources, each under the name and on the site that pages print it.
-- records counts those that print this very name; roles are in no order of note.
-- param: ids   JSON array of agents (NULL: all)
WITH wanted AS (
  SELECT a.* FROM agents AS a WHERE :ids IS NULL OR a.id IN (SELECT value FROM json_each(:ids))
), used AS (
  SELECT w.id, count(DISTINCT ar.record_id) AS records, group_concat(DISTINCT ar.role) AS roles
    FROM wanted AS w
    JOIN agent_roles AS ar ON ar.agent_id = w.id
   GROUP BY w.id
  UNION ALL
  SELECT w.id, count(*), 'source'
    FROM wanted AS w
    JOIN records AS r ON r.source = w.name
   WHERE w.kind = 'source'
   GROUP BY w.id
)
SELECT w.id, w.name, w.kind, w.site, ifnull(u.records, 0) AS records, u.roles, w.merged_into, o.name AS authority
  FROM wanted AS w
  LEFT JOIN used AS u ON u.id = w.id
  LEFT JOIN agents AS o ON o.id = w.merged_into
 ORDER BY 5 DESC, w.name, w.kind, w.site;
