-- What no digest of the journal is over stands twice, in its table and in an index: SQLite's own check compares the two.
CREATE INDEX former_records_again ON former_records (change_set_id, merged_into);
CREATE INDEX withdrawn_again ON withdrawn (change_set_id);
CREATE INDEX highest_ids_again ON highest_ids (id);
