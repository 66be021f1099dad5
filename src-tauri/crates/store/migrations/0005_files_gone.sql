-- from 4, compatible with ≥1

-- Files in the media folder whose rows are gone. The sweep deletes them and then forgets them here.
CREATE TABLE files_gone (
  path TEXT PRIMARY KEY -- below the media folder
) STRICT, WITHOUT ROWID;
-- Whether any row names a file.
CREATE INDEX attachments_by_path ON attachments (path) WHERE path IS NOT NULL;
-- However the row goes: with its message, its conversation, its person.
CREATE TRIGGER attachments_gone AFTER DELETE ON attachments WHEN old.path IS NOT NULL BEGIN
  INSERT OR IGNORE INTO files_gone (path) VALUES (old.path);
END;
