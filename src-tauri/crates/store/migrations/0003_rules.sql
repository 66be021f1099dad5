-- from 2, compatible with ≥1

-- What people have set for each account: filters, auto-reply, reading (настройки канала).
CREATE TABLE rules (
  account_id INTEGER PRIMARY KEY REFERENCES accounts (id) ON DELETE CASCADE, -- whose
  chosen TEXT NOT NULL, -- JSON: values by key; what is missing has its default
  revision INTEGER NOT NULL, -- grows with each change
  changed_at INTEGER NOT NULL -- ms
) STRICT;

-- What the rules say about each message. The inbox and the CRMs read it; nobody judges twice.
CREATE TABLE verdicts (
  message_id INTEGER PRIMARY KEY REFERENCES messages (id) ON DELETE CASCADE, -- about which
  verdict INTEGER NOT NULL, -- 0 pass, 1 filtered, 2 held until the client answers
  reason TEXT, -- JSON {key, params}: why; null: nothing speaks against it
  revision INTEGER NOT NULL, -- of the rules that judged; 0: there were none
  decided_at INTEGER NOT NULL, -- ms
  held_in INTEGER -- the conversation, while it is held
) STRICT;
CREATE INDEX verdicts_held ON verdicts (held_in, message_id) WHERE held_in IS NOT NULL;

-- Number of filtered messages.
ALTER TABLE conversations ADD COLUMN filtered INTEGER NOT NULL DEFAULT 0;
-- ms: when the newest filtered message was written.
ALTER TABLE conversations ADD COLUMN filtered_at INTEGER NOT NULL DEFAULT 0;
-- The newest filtered message.
ALTER TABLE conversations ADD COLUMN filtered_id INTEGER;
CREATE INDEX conversations_filtered ON conversations (filtered_at DESC, id DESC) WHERE filtered > 0;
-- Conversations with filtered messages; kept by the triggers below.
ALTER TABLE inbox_counts ADD COLUMN filtered INTEGER NOT NULL DEFAULT 0;
CREATE TRIGGER conversation_filtered AFTER UPDATE OF filtered ON conversations
WHEN (new.filtered > 0) <> (old.filtered > 0)
BEGIN
  UPDATE inbox_counts SET filtered = filtered + (new.filtered > 0) - (old.filtered > 0);
END;
CREATE TRIGGER conversation_not_filtered AFTER DELETE ON conversations WHEN old.filtered > 0 BEGIN
  UPDATE inbox_counts SET filtered = filtered - 1;
END;

-- 1: the auto-reply wrote it.
ALTER TABLE messages ADD COLUMN automatic INTEGER NOT NULL DEFAULT 0;

-- What the auto-reply did about messages of clients (автоответчик); its memory against robots.
CREATE TABLE auto_replies (
  message_id INTEGER PRIMARY KEY REFERENCES messages (id) ON DELETE CASCADE, -- the client's message
  conversation_id INTEGER NOT NULL REFERENCES conversations (id) ON DELETE CASCADE, -- where
  reply_id INTEGER REFERENCES messages (id) ON DELETE SET NULL, -- the answer; null: it kept silent
  hush TEXT, -- JSON {key, params}: why it kept silent
  at INTEGER NOT NULL -- ms
) STRICT;
CREATE INDEX auto_replies_of_conversation ON auto_replies (conversation_id, at);
CREATE INDEX auto_replies_by_answer ON auto_replies (reply_id) WHERE reply_id IS NOT NULL;

-- Conversations whose reading a network is still to be told of.
CREATE TABLE read_marks (
  conversation_id INTEGER PRIMARY KEY REFERENCES conversations (id) ON DELETE CASCADE, -- where
  account_id INTEGER NOT NULL REFERENCES accounts (id) ON DELETE CASCADE, -- through which
  remote_id TEXT NOT NULL, -- read up to this message, its id on the network
  attempts INTEGER NOT NULL DEFAULT 0, -- failed tries in a row
  retry_at INTEGER NOT NULL DEFAULT 0 -- ms: not before
) STRICT;
CREATE INDEX read_marks_due ON read_marks (account_id, retry_at);

-- Judging again what is already here, account by account.
CREATE TABLE rejudgings (
  account_id INTEGER PRIMARY KEY REFERENCES accounts (id) ON DELETE CASCADE, -- whose messages
  since INTEGER NOT NULL, -- ms: those written since then
  conversation_id INTEGER NOT NULL DEFAULT 0, -- conversations up to this one are done
  conversations INTEGER NOT NULL, -- number of conversations at the start
  seen INTEGER NOT NULL DEFAULT 0, -- number of conversations done
  judged INTEGER NOT NULL DEFAULT 0, -- number of messages looked at
  filtered INTEGER NOT NULL DEFAULT 0, -- number that are filtered now and were not
  passed INTEGER NOT NULL DEFAULT 0, -- number that pass now and did not
  started_at INTEGER NOT NULL, -- ms
  finished_at INTEGER, -- ms; null: goes on
  cancelled INTEGER NOT NULL DEFAULT 0 -- 1: a person stopped it
) STRICT;

-- Folders of quick replies.
CREATE TABLE quick_reply_folders (
  id INTEGER PRIMARY KEY AUTOINCREMENT, -- local id
  uid BLOB NOT NULL UNIQUE, -- UUIDv7
  name TEXT NOT NULL, -- as people call it
  position INTEGER NOT NULL -- order
) STRICT;

-- Texts and files to insert (быстрые ответы).
CREATE TABLE quick_replies (
  id INTEGER PRIMARY KEY AUTOINCREMENT, -- local id
  uid BLOB NOT NULL UNIQUE, -- UUIDv7
  folder_id INTEGER REFERENCES quick_reply_folders (id) ON DELETE SET NULL, -- where it lies; null: on top
  name TEXT NOT NULL, -- what is typed after the slash
  name_folded TEXT NOT NULL, -- folded form of the name: what «unique» means
  text TEXT NOT NULL, -- with placeholders
  shared INTEGER NOT NULL, -- 1: everybody's; 0: the own ones of the person of this installation
  position INTEGER NOT NULL, -- order within the folder
  used INTEGER NOT NULL DEFAULT 0, -- number of times it was inserted
  changed_at INTEGER NOT NULL, -- ms
  UNIQUE (shared, name_folded)
) STRICT;
CREATE INDEX quick_replies_in_folder ON quick_replies (folder_id);

-- Files of quick replies.
CREATE TABLE quick_reply_files (
  quick_reply_id INTEGER NOT NULL REFERENCES quick_replies (id) ON DELETE CASCADE, -- whose
  position INTEGER NOT NULL, -- order
  path TEXT NOT NULL, -- below the media folder; several rows may share a file, nobody changes it
  name TEXT NOT NULL, -- cleaned name
  mime TEXT NOT NULL, -- media type
  size INTEGER NOT NULL, -- bytes
  kind INTEGER NOT NULL, -- as in attachments
  PRIMARY KEY (quick_reply_id, position)
) STRICT, WITHOUT ROWID;
