-- db/reports/by-editor.sql
-- title: Records by editor
-- group: editor
-- aside: roles
-- A record counts once for each of its editors, whatever the role; roles lists those that the person has.
SELECT record_id, name AS editor, role
  FROM agent_facts
 WHERE role IN ('editor', 'responsible_editor', 'executive_editor', 'duty_editor', 'art_editor', 'chief_editor',
                'reviewer', 'supervising_reviewer', 'chief_supervising_reviewer', 'proofreader', 'producer',
                'executive_producer');
