-- One agent: every name that it goes under, with each role, the printed label, and the records of it.
-- param: id   the agent that the others are merged into
SELECT a.id, a.name, a.kind, a.site, u.role, u.label, ifnull(u.records, 0) AS records, u.first, u.last
  FROM agents AS a
  LEFT JOIN (
    SELECT ar.agent_id, ar.role, ar.label, count(DISTINCT ar.record_id) AS records, min(r.published) AS first,
           max(r.published) AS last
      FROM agent_roles AS ar
      JOIN records AS r ON r.id = ar.record_id
     GROUP BY ar.agent_id, ar.role, ar.label
    UNION ALL
    SELECT s.id, 'source', NULL, count(*), min(r.published), max(r.published)
      FROM agents AS s
      JOIN records AS r ON r.source = s.name
     WHERE s.kind = 'source'
     GROUP BY s.id
  ) AS u ON u.agent_id = a.id
 WHERE a.id = :id OR a.merged_into = :id
 ORDER BY a.id <> :id, a.name, a.site, a.kind, u.records DESC, u.role, u.label;
