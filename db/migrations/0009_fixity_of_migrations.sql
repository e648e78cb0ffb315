-- When a migration ran stands twice too, so that SQLite's own check sees a changed byte in it.
CREATE INDEX migrations_again ON "_sqlite_migrations" (applied_at);
