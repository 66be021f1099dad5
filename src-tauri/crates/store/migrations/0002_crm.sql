-- from 1, compatible with ≥1

-- Connected CRM accounts (исходящие каналы).
CREATE TABLE crm_links (
  id INTEGER PRIMARY KEY AUTOINCREMENT, -- local id
  uid BLOB NOT NULL UNIQUE, -- UUIDv7, the same on every machine
  crm TEXT NOT NULL, -- which CRM: the id of its descriptor
  name TEXT NOT NULL, -- as people call it
  name_folded TEXT NOT NULL UNIQUE, -- folded form of the name: what «unique» means
  handle TEXT, -- what the CRM calls the account
  page TEXT, -- address of the account's page
  remote_id TEXT NOT NULL, -- the account's id in the CRM
  secret TEXT NOT NULL DEFAULT '', -- what the login gave; only the CRM's folder knows the form; empty: logged out
  settings TEXT NOT NULL DEFAULT '{}', -- JSON: settings by key
  endpoints TEXT NOT NULL DEFAULT '{}', -- JSON: replaced base addresses by key
  proxy TEXT, -- proxy address with name and password
  active INTEGER NOT NULL DEFAULT 1, -- 1: switched on by a person
  state TEXT NOT NULL, -- JSON: the state as last announced
  notices TEXT NOT NULL DEFAULT '[]', -- JSON: what works less well than it could, and why
  expires_at INTEGER, -- ms: when the login ends by itself
  connected_at INTEGER NOT NULL, -- ms: when the link was added
  last_seen_at INTEGER, -- ms: last sign of life of the CRM
  news_to INTEGER NOT NULL, -- id in message_news up to which syncs are planned
  UNIQUE (crm, remote_id)
) STRICT;

-- How far replies of each link are taken in; committed together with them.
CREATE TABLE crm_cursors (
  link_id INTEGER NOT NULL REFERENCES crm_links (id) ON DELETE CASCADE, -- whose
  name TEXT NOT NULL, -- the link's word for it
  value TEXT NOT NULL, -- the link's form
  PRIMARY KEY (link_id, name)
) STRICT, WITHOUT ROWID;

-- What of ours is which thing of a CRM; and what is about to be made there.
CREATE TABLE crm_bindings (
  link_id INTEGER NOT NULL REFERENCES crm_links (id) ON DELETE CASCADE, -- where
  scope INTEGER NOT NULL, -- 0 the link itself, 1 a contact, 2 a conversation
  scope_id INTEGER NOT NULL, -- which contact or conversation; 0: the link
  kind TEXT NOT NULL, -- the link's word for it
  entity TEXT, -- what it is there; null: not made yet
  remote_id TEXT, -- its id there
  data TEXT NOT NULL DEFAULT 'null', -- JSON: what the link remembers with it
  intended_at INTEGER, -- ms: a call that may have made it began; null: settled
  bound_at INTEGER, -- ms: when it was bound
  PRIMARY KEY (link_id, scope, scope_id, kind)
) STRICT, WITHOUT ROWID;
CREATE INDEX crm_bindings_remote ON crm_bindings (link_id, remote_id, entity) WHERE remote_id IS NOT NULL;

-- What happened to messages, in the order of the commits: from it each link plans its syncs. Written by the triggers
-- below, so that nobody can forget it; emptied as far as every link has read.
CREATE TABLE message_news (
  id INTEGER PRIMARY KEY AUTOINCREMENT, -- order
  message_id INTEGER NOT NULL, -- which message; it may be gone by now
  operation INTEGER NOT NULL -- 0 it is there, 1 changed, 2 deleted, 3 its tick moved
) STRICT;

-- A message that is still on its way from here is no news yet.
CREATE TRIGGER news_of_message AFTER INSERT ON messages
WHEN NEW.tick IS NOT 0 AND EXISTS (SELECT 1 FROM crm_links)
BEGIN
  INSERT INTO message_news (message_id, operation) VALUES (NEW.id, 0);
END;
CREATE TRIGGER news_of_edit AFTER UPDATE OF edited_at ON messages
WHEN NEW.edited_at IS NOT OLD.edited_at AND EXISTS (SELECT 1 FROM crm_links)
BEGIN
  INSERT INTO message_news (message_id, operation) VALUES (NEW.id, 1);
END;
CREATE TRIGGER news_of_deletion AFTER UPDATE OF deleted_at ON messages
WHEN NEW.deleted_at IS NOT NULL AND OLD.deleted_at IS NULL AND EXISTS (SELECT 1 FROM crm_links)
BEGIN
  INSERT INTO message_news (message_id, operation) VALUES (NEW.id, 2);
END;
-- The first tick of a message written here is the message itself.
CREATE TRIGGER news_of_tick AFTER UPDATE OF tick ON messages
WHEN NEW.tick IS NOT OLD.tick AND NEW.tick > 0 AND EXISTS (SELECT 1 FROM crm_links)
BEGIN
  INSERT INTO message_news (message_id, operation)
  VALUES (NEW.id, CASE WHEN NEW.tick >= 2 AND coalesce(OLD.tick, 0) < 2 THEN 0 ELSE 3 END);
END;

-- One operation of one message on its way to one CRM link (выгрузки).
CREATE TABLE outbox (
  id INTEGER PRIMARY KEY AUTOINCREMENT, -- order within a contact
  link_id INTEGER NOT NULL REFERENCES crm_links (id) ON DELETE CASCADE, -- where to
  message_id INTEGER NOT NULL REFERENCES messages (id) ON DELETE CASCADE, -- what
  operation INTEGER NOT NULL, -- 0 message, 1 edit, 2 delete, 3 receipt
  contact_id INTEGER NOT NULL, -- whose messages keep their order
  state INTEGER NOT NULL, -- 0 queued, 1 exported, 2 discarded, 3 filtered, 4 skipped, 5 failed
  urgency INTEGER NOT NULL, -- 1 live, 2 history; never less than that of an earlier open one of the contact
  reason TEXT, -- JSON {key, params}: why it is where it is
  attempts INTEGER NOT NULL DEFAULT 0, -- tries so far
  retry_at INTEGER NOT NULL DEFAULT 0, -- ms: not before
  intended_at INTEGER, -- ms: a call whose outcome is unknown began; null: none can have left anything
  again INTEGER NOT NULL DEFAULT 0, -- 1: it changed while it was under way
  refs TEXT NOT NULL DEFAULT '[]', -- JSON: what it became in the CRM
  written_at INTEGER NOT NULL, -- ms: when the message was written
  queued_at INTEGER NOT NULL, -- ms: when it was planned
  tried_at INTEGER, -- ms: last try
  settled_at INTEGER, -- ms: when it left the queue
  UNIQUE (message_id, link_id, operation)
) STRICT;
CREATE INDEX outbox_open ON outbox (link_id, urgency, id) WHERE state = 0;
CREATE INDEX outbox_of_contact ON outbox (link_id, contact_id) WHERE state = 0;
-- The journal by status, newest first, and the totals.
CREATE INDEX outbox_by_state ON outbox (link_id, state, written_at, message_id) WHERE operation = 0;

-- Messages of managers, on their way from a CRM to the client (ответы из CRM).
CREATE TABLE crm_replies (
  id INTEGER PRIMARY KEY AUTOINCREMENT, -- order of coming
  uid BLOB NOT NULL UNIQUE, -- UUIDv7; the name of the submission that is made of it
  link_id INTEGER NOT NULL REFERENCES crm_links (id) ON DELETE CASCADE, -- from where
  remote_id TEXT NOT NULL, -- id in the CRM, by which a repetition is recognised
  target TEXT NOT NULL, -- JSON: for whom, as the CRM says
  conversation_id INTEGER REFERENCES conversations (id) ON DELETE SET NULL, -- for whom, once it is found
  author TEXT, -- who wrote it
  automatic INTEGER NOT NULL DEFAULT 0, -- 1: the CRM itself wrote it
  mailing INTEGER NOT NULL DEFAULT 0, -- 1: part of a mailing
  text TEXT NOT NULL, -- what it says
  answers TEXT, -- what it answers, as the CRM says
  data TEXT NOT NULL DEFAULT 'null', -- JSON: what reporting needs
  state INTEGER NOT NULL, -- 0 queued, 1 sent, 2 failed
  reason TEXT, -- JSON {key, params}: why it is where it is
  attempts INTEGER NOT NULL DEFAULT 0, -- tries so far
  retry_at INTEGER NOT NULL DEFAULT 0, -- ms: not before
  written_at INTEGER NOT NULL, -- ms: when the manager wrote it
  received_at INTEGER NOT NULL, -- ms: when it came here
  updated_at INTEGER NOT NULL, -- ms: last change of its state
  told INTEGER NOT NULL DEFAULT 0, -- what the CRM was told: 0 nothing, 1 failed, 2 sent, 3 delivered, 4 read
  tell_at INTEGER, -- ms: the CRM is to be told, not before; null: nothing to tell
  tell_attempts INTEGER NOT NULL DEFAULT 0, -- failed tries of telling in a row
  new_text TEXT, -- the manager changed it to this, and the network does not know yet
  withdrawn INTEGER NOT NULL DEFAULT 0, -- 1: the manager deleted it, and the network does not know yet
  UNIQUE (link_id, remote_id)
) STRICT;
CREATE INDEX crm_replies_open ON crm_replies (link_id, id) WHERE state = 0;
CREATE INDEX crm_replies_to_tell ON crm_replies (link_id, tell_at) WHERE tell_at IS NOT NULL;
CREATE INDEX crm_replies_changed ON crm_replies (link_id) WHERE new_text IS NOT NULL OR withdrawn = 1;
CREATE INDEX crm_replies_journal ON crm_replies (written_at, id);

-- Files of such messages.
CREATE TABLE crm_reply_files (
  id INTEGER PRIMARY KEY AUTOINCREMENT, -- local id
  reply_id INTEGER NOT NULL REFERENCES crm_replies (id) ON DELETE CASCADE, -- whose
  position INTEGER NOT NULL, -- order
  kind INTEGER NOT NULL, -- as in attachments
  name TEXT NOT NULL DEFAULT '', -- cleaned name
  mime TEXT, -- media type
  size INTEGER, -- bytes
  fetch TEXT NOT NULL, -- JSON: what the link needs to fetch it
  upload_id INTEGER REFERENCES uploads (id) ON DELETE SET NULL, -- once it is here and not sent yet
  UNIQUE (reply_id, position)
) STRICT;

-- The messages that were made of it.
CREATE TABLE crm_reply_parts (
  message_id INTEGER PRIMARY KEY REFERENCES messages (id) ON DELETE CASCADE, -- which
  reply_id INTEGER NOT NULL REFERENCES crm_replies (id) ON DELETE CASCADE -- of which reply
) STRICT;
CREATE INDEX crm_reply_parts_of_reply ON crm_reply_parts (reply_id);

-- When each tick of our messages was reached; what else the journal of a message tells stands in other tables.
CREATE TABLE message_receipts (
  message_id INTEGER NOT NULL REFERENCES messages (id) ON DELETE CASCADE, -- which
  tick INTEGER NOT NULL, -- as in messages
  at INTEGER NOT NULL, -- ms: when, as the network says
  PRIMARY KEY (message_id, tick)
) STRICT, WITHOUT ROWID;

-- The journal: newest first, with its totals, without a look at the messages themselves.
CREATE INDEX messages_journal ON messages (sent_at, id, conversation_id, direction);
