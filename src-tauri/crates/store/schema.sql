CREATE TABLE accounts (
  id INTEGER PRIMARY KEY AUTOINCREMENT, -- local id
  uid BLOB NOT NULL UNIQUE, -- UUIDv7, the same on every machine
  channel TEXT NOT NULL, -- which network: the id of its descriptor
  name TEXT NOT NULL, -- as people call it
  name_folded TEXT NOT NULL UNIQUE, -- folded form of the name: what «unique» means
  handle TEXT, -- @name or address of the page
  remote_id TEXT NOT NULL, -- our own id on the network
  secret TEXT NOT NULL DEFAULT '', -- what the login gave; only the channel knows the form; empty: logged out
  settings TEXT NOT NULL DEFAULT '{}', -- JSON: the channel's settings by key
  endpoints TEXT NOT NULL DEFAULT '{}', -- JSON: replaced base addresses by key
  proxy TEXT, -- proxy address with name and password
  active INTEGER NOT NULL DEFAULT 1, -- 1: switched on by a person
  connection TEXT NOT NULL, -- JSON: the state as last announced
  connected_at INTEGER NOT NULL, -- ms: when the account was added
  last_seen_at INTEGER, -- ms: last sign of life of the network
  UNIQUE (channel, remote_id)
) STRICT;
CREATE TABLE cursors (
  account_id INTEGER NOT NULL REFERENCES accounts (id) ON DELETE CASCADE, -- whose
  name TEXT NOT NULL, -- the connector's word for it
  value TEXT NOT NULL, -- the connector's form
  PRIMARY KEY (account_id, name)
) STRICT, WITHOUT ROWID;
CREATE TABLE contacts (
  id INTEGER PRIMARY KEY AUTOINCREMENT, -- local id
  uid BLOB NOT NULL UNIQUE, -- UUIDv7
  network_name TEXT NOT NULL DEFAULT '', -- name as the network has it
  own_name TEXT NOT NULL DEFAULT '', -- name given here; wins when not empty
  city TEXT, -- as the network prints it
  birthday TEXT, -- D.M or D.M.YYYY
  source TEXT, -- JSON {reference, detail}: how the person came
  avatar_key TEXT, -- the network's key of the picture last asked for
  avatar_id INTEGER REFERENCES attachments (id) ON DELETE SET NULL, -- the picture
  profile_at INTEGER, -- ms: when the card was last asked from the network
  created_at INTEGER NOT NULL -- ms: when we first saw the person
) STRICT;
CREATE INDEX contacts_without_profile ON contacts (id) WHERE profile_at IS NULL;
CREATE TABLE identities (
  id INTEGER PRIMARY KEY AUTOINCREMENT, -- local id
  people TEXT NOT NULL, -- space of ids: shared by the channels of one network
  remote_id TEXT NOT NULL, -- id in that space
  contact_id INTEGER NOT NULL REFERENCES contacts (id) ON DELETE CASCADE, -- the person
  channel TEXT NOT NULL, -- channel through which it was first seen
  username TEXT, -- without @
  phone TEXT, -- + and digits
  link TEXT, -- address of the page
  UNIQUE (people, remote_id)
) STRICT;
CREATE INDEX identities_of_contact ON identities (contact_id);
CREATE INDEX identities_by_phone ON identities (phone) WHERE phone IS NOT NULL;
CREATE TABLE conversations (
  id INTEGER PRIMARY KEY AUTOINCREMENT, -- local id
  uid BLOB NOT NULL UNIQUE, -- UUIDv7
  account_id INTEGER REFERENCES accounts (id) ON DELETE SET NULL, -- null: account deleted, history kept
  channel TEXT NOT NULL, -- which network
  remote_id TEXT NOT NULL, -- id of the chat on the network
  kind INTEGER NOT NULL, -- 0 direct, 1 group, 2 comments
  title TEXT, -- own title of a group
  contact_id INTEGER NOT NULL REFERENCES contacts (id), -- the person or the group
  last_message_id INTEGER, -- the newest message by time of writing
  last_message_at INTEGER NOT NULL DEFAULT 0, -- ms: its time
  moved_at INTEGER NOT NULL, -- ms: order of the list
  unread INTEGER NOT NULL DEFAULT 0, -- number of incoming messages not read here
  marked_unread INTEGER NOT NULL DEFAULT 0, -- 1: marked by hand
  read_at INTEGER NOT NULL DEFAULT 0, -- ms: messages written until then are read
  waiting_since INTEGER, -- ms: the client waits for an answer since then
  answered_at INTEGER NOT NULL DEFAULT 0, -- ms: our last answer, or «no answer needed»
  pinned INTEGER NOT NULL DEFAULT 0, -- 1: stays on top
  muted INTEGER NOT NULL DEFAULT 0, -- 1: makes no sound
  archived INTEGER NOT NULL DEFAULT 0, -- 1: put away
  mine INTEGER NOT NULL DEFAULT 0, -- 1: assigned to the person of this installation
  draft TEXT, -- JSON: an answer begun
  reachability INTEGER NOT NULL DEFAULT 0, -- 0 open, 1 the client blocked us
  history_cursor TEXT, -- where loading older messages goes on
  history_done INTEGER NOT NULL DEFAULT 0, -- 1: the network has nothing older
  created_at INTEGER NOT NULL, filtered INTEGER NOT NULL DEFAULT 0, filtered_at INTEGER NOT NULL DEFAULT 0, filtered_id INTEGER, -- ms
  UNIQUE (account_id, remote_id)
) STRICT;
CREATE INDEX conversations_list ON conversations (archived, pinned DESC, moved_at DESC, id DESC);
CREATE INDEX conversations_unread ON conversations (pinned DESC, moved_at DESC, id DESC) WHERE unread > 0 OR marked_unread = 1;
CREATE INDEX conversations_waiting ON conversations (pinned DESC, moved_at DESC, id DESC) WHERE waiting_since IS NOT NULL;
CREATE INDEX conversations_mine ON conversations (pinned DESC, moved_at DESC, id DESC) WHERE mine = 1;
CREATE INDEX conversations_of_account ON conversations (account_id, archived, pinned DESC, moved_at DESC, id DESC);
CREATE INDEX conversations_of_contact ON conversations (contact_id);
CREATE TABLE inbox_counts (
  id INTEGER PRIMARY KEY CHECK (id = 1), -- the only row
  unread INTEGER NOT NULL, -- conversations with something unread, muted ones apart
  waiting INTEGER NOT NULL, -- conversations whose client waits
  mine INTEGER NOT NULL -- conversations assigned to the person of this installation
, filtered INTEGER NOT NULL DEFAULT 0) STRICT;
CREATE TRIGGER conversation_counted AFTER INSERT ON conversations BEGIN
  UPDATE inbox_counts SET
    unread = unread + ((new.unread > 0 OR new.marked_unread = 1) AND new.muted = 0),
    waiting = waiting + (new.waiting_since IS NOT NULL),
    mine = mine + new.mine;
END;
CREATE TRIGGER conversation_counted_anew AFTER UPDATE OF unread, marked_unread, muted, waiting_since, mine ON conversations
WHEN ((new.unread > 0 OR new.marked_unread = 1) AND new.muted = 0) <> ((old.unread > 0 OR old.marked_unread = 1) AND old.muted = 0)
  OR (new.waiting_since IS NOT NULL) <> (old.waiting_since IS NOT NULL) OR new.mine <> old.mine
BEGIN
  UPDATE inbox_counts SET
    unread = unread + ((new.unread > 0 OR new.marked_unread = 1) AND new.muted = 0)
      - ((old.unread > 0 OR old.marked_unread = 1) AND old.muted = 0),
    waiting = waiting + (new.waiting_since IS NOT NULL) - (old.waiting_since IS NOT NULL),
    mine = mine + new.mine - old.mine;
END;
CREATE TRIGGER conversation_not_counted AFTER DELETE ON conversations BEGIN
  UPDATE inbox_counts SET
    unread = unread - ((old.unread > 0 OR old.marked_unread = 1) AND old.muted = 0),
    waiting = waiting - (old.waiting_since IS NOT NULL),
    mine = mine - old.mine;
END;
CREATE TABLE conversation_tags (
  conversation_id INTEGER NOT NULL REFERENCES conversations (id) ON DELETE CASCADE, -- where
  tag TEXT NOT NULL, -- as written
  PRIMARY KEY (conversation_id, tag)
) STRICT, WITHOUT ROWID;
CREATE INDEX tags_by_name ON conversation_tags (tag);
CREATE TABLE messages (
  id INTEGER PRIMARY KEY AUTOINCREMENT, -- local id; grows in the order of storing
  uid BLOB NOT NULL, -- UUIDv7
  conversation_id INTEGER NOT NULL REFERENCES conversations (id) ON DELETE CASCADE, -- where
  remote_id TEXT, -- id on the network, unique in the chat; null: not there (yet)
  client_key INTEGER, -- idempotency key of a message written here
  direction INTEGER NOT NULL, -- 0 in, 1 out, 2 system
  author_id INTEGER REFERENCES contacts (id) ON DELETE SET NULL, -- who wrote it, in groups
  author_name TEXT, -- who of ours wrote it
  sent_at INTEGER NOT NULL, -- ms: when it was written
  stored_at INTEGER NOT NULL, -- ms: when it came here
  text TEXT NOT NULL DEFAULT '', -- text or caption
  entities TEXT, -- JSON: marked stretches
  extras TEXT, -- JSON: what is neither text nor file
  system TEXT, -- JSON {key, params}: a line of the system
  preview INTEGER NOT NULL DEFAULT 0, -- kind of its one-line preview
  reply_to TEXT, -- id on the network of the message it answers
  reply_author TEXT, -- author of the quote, as shown
  reply_text TEXT, -- words of the quote
  forwarded_from TEXT, -- whose message it passes on
  album TEXT, -- sent together with the others of the same word
  edited_at INTEGER, -- ms
  deleted_at INTEGER, -- ms
  tick INTEGER, -- ours: 0 sending, 1 error, 2 sent, 3 delivered, 4 read
  catch_up INTEGER NOT NULL DEFAULT 0, -- 1: came late, made no sound
  raw TEXT -- JSON: the network's form, where something could not be shown
, automatic INTEGER NOT NULL DEFAULT 0) STRICT;
CREATE UNIQUE INDEX messages_remote ON messages (conversation_id, remote_id) WHERE remote_id IS NOT NULL;
CREATE UNIQUE INDEX messages_client_key ON messages (client_key) WHERE client_key IS NOT NULL;
CREATE INDEX messages_thread ON messages (conversation_id, sent_at, id);
CREATE TABLE attachments (
  id INTEGER PRIMARY KEY AUTOINCREMENT, -- local id
  uid BLOB NOT NULL, -- UUIDv7; names the file on disk
  account_id INTEGER REFERENCES accounts (id) ON DELETE SET NULL, -- through which it is fetched
  message_id INTEGER REFERENCES messages (id) ON DELETE CASCADE, -- whose file; null: a person's picture
  contact_id INTEGER REFERENCES contacts (id) ON DELETE CASCADE, -- whose picture
  position INTEGER NOT NULL DEFAULT 0, -- order within the message
  kind INTEGER NOT NULL, -- 0 image, 1 video, 2 animation, 3 video note, 4 audio, 5 voice, 6 document, 7 sticker
  name TEXT NOT NULL DEFAULT '', -- cleaned name
  mime TEXT, -- media type
  size INTEGER, -- bytes
  width INTEGER, -- pixels
  height INTEGER, -- pixels
  duration_ms INTEGER, -- length
  waveform BLOB, -- loudness, a byte 0..31 each
  state INTEGER NOT NULL, -- 0 remote, 1 local, 2 failed, 3 elsewhere
  reason TEXT, -- JSON {key, params}: why it could not be had
  link TEXT, -- where people can see it
  fetch TEXT NOT NULL DEFAULT 'null', -- JSON: what the connector needs to fetch it
  path TEXT, -- below the media folder, once local
  attempts INTEGER NOT NULL DEFAULT 0, -- failed fetches in a row
  retry_at INTEGER NOT NULL DEFAULT 0 -- ms: not before
) STRICT;
CREATE INDEX attachments_of_message ON attachments (message_id, position) WHERE message_id IS NOT NULL;
CREATE INDEX attachments_of_contact ON attachments (contact_id) WHERE contact_id IS NOT NULL;
CREATE INDEX attachments_to_fetch ON attachments (account_id, retry_at) WHERE state = 0;
CREATE TABLE reactions (
  message_id INTEGER NOT NULL REFERENCES messages (id) ON DELETE CASCADE, -- to what
  sender TEXT NOT NULL, -- id of the person on the network
  emoji TEXT NOT NULL, -- what
  at INTEGER NOT NULL, -- ms
  PRIMARY KEY (message_id, sender, emoji)
) STRICT, WITHOUT ROWID;
CREATE TABLE deliveries (
  id INTEGER PRIMARY KEY AUTOINCREMENT, -- order of sending
  message_id INTEGER NOT NULL UNIQUE REFERENCES messages (id) ON DELETE CASCADE, -- what
  conversation_id INTEGER NOT NULL REFERENCES conversations (id) ON DELETE CASCADE, -- where
  account_id INTEGER REFERENCES accounts (id) ON DELETE SET NULL, -- through which
  state INTEGER NOT NULL, -- 0 queued, 1 sending, 2 parked, 3 sent, 4 failed, 5 uncertain, 6 cancelled
  attempts INTEGER NOT NULL DEFAULT 0, -- tries so far
  reason TEXT, -- JSON {key, params}: why it is where it is
  retry_at INTEGER NOT NULL DEFAULT 0, -- ms: not before
  queued_at INTEGER NOT NULL, -- ms: when the operator pressed «send»
  started_at INTEGER, -- ms: last try
  finished_at INTEGER -- ms: when it was settled
) STRICT;
CREATE INDEX deliveries_open ON deliveries (account_id, id) WHERE state IN (0, 1, 2);
CREATE INDEX deliveries_of_conversation ON deliveries (conversation_id, id) WHERE state NOT IN (3, 6);
CREATE TABLE uploads (
  id INTEGER PRIMARY KEY AUTOINCREMENT, -- local id
  path TEXT NOT NULL, -- below the media folder
  name TEXT NOT NULL, -- cleaned name
  mime TEXT NOT NULL, -- media type
  size INTEGER NOT NULL, -- bytes
  kind INTEGER NOT NULL, -- as in attachments
  created_at INTEGER NOT NULL -- ms
) STRICT;
CREATE TABLE quarantine (
  id INTEGER PRIMARY KEY AUTOINCREMENT, -- local id
  account_id INTEGER REFERENCES accounts (id) ON DELETE CASCADE, -- whose
  raw TEXT NOT NULL, -- as it came
  problem TEXT NOT NULL, -- what is wrong with it
  received_at INTEGER NOT NULL -- ms
) STRICT;
CREATE INDEX quarantine_of_account ON quarantine (account_id, id);
CREATE TABLE notes (
  id INTEGER PRIMARY KEY AUTOINCREMENT, -- local id
  uid BLOB NOT NULL UNIQUE, -- UUIDv7
  contact_id INTEGER NOT NULL REFERENCES contacts (id) ON DELETE CASCADE, -- about whom
  text TEXT NOT NULL, -- what
  author TEXT NOT NULL, -- who wrote it
  at INTEGER NOT NULL -- ms
) STRICT;
CREATE INDEX notes_of_contact ON notes (contact_id, id);
CREATE TABLE account_hours (
  account_id INTEGER NOT NULL REFERENCES accounts (id) ON DELETE CASCADE, -- whose
  hour INTEGER NOT NULL, -- hours since the epoch
  incoming INTEGER NOT NULL DEFAULT 0, -- messages of clients
  outgoing INTEGER NOT NULL DEFAULT 0, -- messages of ours
  PRIMARY KEY (account_id, hour)
) STRICT, WITHOUT ROWID;
CREATE TABLE settings (
  key TEXT PRIMARY KEY, -- name
  value TEXT NOT NULL -- JSON
) STRICT, WITHOUT ROWID;
CREATE VIRTUAL TABLE message_search USING fts5 (
  words, -- folded words
  content = '', contentless_delete = 1, tokenize = "unicode61 remove_diacritics 0", detail = 'full'
);
CREATE VIRTUAL TABLE contact_search USING fts5 (
  words, -- names, user names, numbers
  content = '', contentless_delete = 1, tokenize = "unicode61 remove_diacritics 0", prefix = '2 3', detail = 'none'
);
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
CREATE TABLE crm_cursors (
  link_id INTEGER NOT NULL REFERENCES crm_links (id) ON DELETE CASCADE, -- whose
  name TEXT NOT NULL, -- the link's word for it
  value TEXT NOT NULL, -- the link's form
  PRIMARY KEY (link_id, name)
) STRICT, WITHOUT ROWID;
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
CREATE TABLE message_news (
  id INTEGER PRIMARY KEY AUTOINCREMENT, -- order
  message_id INTEGER NOT NULL, -- which message; it may be gone by now
  operation INTEGER NOT NULL -- 0 it is there, 1 changed, 2 deleted, 3 its tick moved
) STRICT;
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
CREATE TRIGGER news_of_tick AFTER UPDATE OF tick ON messages
WHEN NEW.tick IS NOT OLD.tick AND NEW.tick > 0 AND EXISTS (SELECT 1 FROM crm_links)
BEGIN
  INSERT INTO message_news (message_id, operation)
  VALUES (NEW.id, CASE WHEN NEW.tick >= 2 AND coalesce(OLD.tick, 0) < 2 THEN 0 ELSE 3 END);
END;
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
CREATE INDEX outbox_by_state ON outbox (link_id, state, written_at, message_id) WHERE operation = 0;
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
CREATE TABLE crm_reply_parts (
  message_id INTEGER PRIMARY KEY REFERENCES messages (id) ON DELETE CASCADE, -- which
  reply_id INTEGER NOT NULL REFERENCES crm_replies (id) ON DELETE CASCADE -- of which reply
) STRICT;
CREATE INDEX crm_reply_parts_of_reply ON crm_reply_parts (reply_id);
CREATE TABLE message_receipts (
  message_id INTEGER NOT NULL REFERENCES messages (id) ON DELETE CASCADE, -- which
  tick INTEGER NOT NULL, -- as in messages
  at INTEGER NOT NULL, -- ms: when, as the network says
  PRIMARY KEY (message_id, tick)
) STRICT, WITHOUT ROWID;
CREATE INDEX messages_journal ON messages (sent_at, id, conversation_id, direction);
CREATE TABLE rules (
  account_id INTEGER PRIMARY KEY REFERENCES accounts (id) ON DELETE CASCADE, -- whose
  chosen TEXT NOT NULL, -- JSON: values by key; what is missing has its default
  revision INTEGER NOT NULL, -- grows with each change
  changed_at INTEGER NOT NULL -- ms
) STRICT;
CREATE TABLE verdicts (
  message_id INTEGER PRIMARY KEY REFERENCES messages (id) ON DELETE CASCADE, -- about which
  verdict INTEGER NOT NULL, -- 0 pass, 1 filtered, 2 held until the client answers
  reason TEXT, -- JSON {key, params}: why; null: nothing speaks against it
  revision INTEGER NOT NULL, -- of the rules that judged; 0: there were none
  decided_at INTEGER NOT NULL, -- ms
  held_in INTEGER -- the conversation, while it is held
) STRICT;
CREATE INDEX verdicts_held ON verdicts (held_in, message_id) WHERE held_in IS NOT NULL;
CREATE INDEX conversations_filtered ON conversations (filtered_at DESC, id DESC) WHERE filtered > 0;
CREATE TRIGGER conversation_filtered AFTER UPDATE OF filtered ON conversations
WHEN (new.filtered > 0) <> (old.filtered > 0)
BEGIN
  UPDATE inbox_counts SET filtered = filtered + (new.filtered > 0) - (old.filtered > 0);
END;
CREATE TRIGGER conversation_not_filtered AFTER DELETE ON conversations WHEN old.filtered > 0 BEGIN
  UPDATE inbox_counts SET filtered = filtered - 1;
END;
CREATE TABLE auto_replies (
  message_id INTEGER PRIMARY KEY REFERENCES messages (id) ON DELETE CASCADE, -- the client's message
  conversation_id INTEGER NOT NULL REFERENCES conversations (id) ON DELETE CASCADE, -- where
  reply_id INTEGER REFERENCES messages (id) ON DELETE SET NULL, -- the answer; null: it kept silent
  hush TEXT, -- JSON {key, params}: why it kept silent
  at INTEGER NOT NULL -- ms
) STRICT;
CREATE INDEX auto_replies_of_conversation ON auto_replies (conversation_id, at);
CREATE INDEX auto_replies_by_answer ON auto_replies (reply_id) WHERE reply_id IS NOT NULL;
CREATE TABLE read_marks (
  conversation_id INTEGER PRIMARY KEY REFERENCES conversations (id) ON DELETE CASCADE, -- where
  account_id INTEGER NOT NULL REFERENCES accounts (id) ON DELETE CASCADE, -- through which
  remote_id TEXT NOT NULL, -- read up to this message, its id on the network
  attempts INTEGER NOT NULL DEFAULT 0, -- failed tries in a row
  retry_at INTEGER NOT NULL DEFAULT 0 -- ms: not before
) STRICT;
CREATE INDEX read_marks_due ON read_marks (account_id, retry_at);
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
CREATE TABLE quick_reply_folders (
  id INTEGER PRIMARY KEY AUTOINCREMENT, -- local id
  uid BLOB NOT NULL UNIQUE, -- UUIDv7
  name TEXT NOT NULL, -- as people call it
  position INTEGER NOT NULL -- order
) STRICT;
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
CREATE TABLE exports (
  id INTEGER PRIMARY KEY AUTOINCREMENT, -- local id; the order of making
  uid BLOB NOT NULL UNIQUE, -- UUIDv7; names the unfinished file
  wish TEXT NOT NULL, -- JSON: what was ordered, with the language and the time zone of that moment
  folder TEXT NOT NULL, -- where the file stands or will stand; chosen by the program
  name TEXT NOT NULL, -- name of the file, without folder
  author TEXT NOT NULL, -- who ordered it
  state INTEGER NOT NULL, -- 0 waiting, 1 running, 2 done, 3 cancelled, 4 failed
  reason TEXT, -- JSON {key, params}: why it failed
  rows_done INTEGER NOT NULL DEFAULT 0, -- rows written so far
  rows_total INTEGER NOT NULL DEFAULT 0, -- rows expected
  bytes INTEGER NOT NULL DEFAULT 0, -- size of the finished file
  created_at INTEGER NOT NULL, -- ms: when it was ordered
  started_at INTEGER, -- ms: when the last try began
  finished_at INTEGER -- ms: when it was done, cancelled or failed
) STRICT;
CREATE INDEX exports_open ON exports (id) WHERE state IN (0, 1);
CREATE INDEX conversations_waiting_since ON conversations (waiting_since, account_id) WHERE waiting_since IS NOT NULL;
CREATE TABLE quarters (
  quarter INTEGER NOT NULL, -- quarters of an hour since the epoch
  account_id INTEGER NOT NULL, -- through which account; 0: accounts that were deleted
  incoming INTEGER NOT NULL DEFAULT 0, -- messages of clients
  outgoing INTEGER NOT NULL DEFAULT 0, -- messages of ours
  firsts INTEGER NOT NULL DEFAULT 0, -- clients who wrote for the first time
  PRIMARY KEY (quarter, account_id)
) STRICT, WITHOUT ROWID;
CREATE TABLE firsts (
  contact_id INTEGER NOT NULL REFERENCES contacts (id) ON DELETE CASCADE, -- who
  account_id INTEGER NOT NULL, -- through which account; 0: deleted
  at INTEGER NOT NULL, -- ms: the first message
  source TEXT, -- JSON {reference, detail}: how the person came
  PRIMARY KEY (contact_id, account_id)
) STRICT, WITHOUT ROWID;
CREATE INDEX firsts_with_source ON firsts (at, source, account_id) WHERE source IS NOT NULL;
CREATE TABLE operators (
  id INTEGER PRIMARY KEY, -- local id
  name TEXT NOT NULL UNIQUE -- as in messages.author_name
) STRICT;
CREATE TABLE turns (
  conversation_id INTEGER NOT NULL REFERENCES conversations (id) ON DELETE CASCADE, -- where
  asked_at INTEGER NOT NULL, -- ms: the client's first word
  asked_id INTEGER NOT NULL, -- that message
  closed_at INTEGER, -- ms: our answer, or «no answer needed»; null: the client waits
  day INTEGER NOT NULL, -- day of asking in the zone of counting, days since the epoch
  account_id INTEGER NOT NULL, -- through which account; 0: deleted
  operator_id INTEGER NOT NULL, -- who answered; else who answered last before; 0: not known
  bucket INTEGER NOT NULL, -- length of the wait on a logarithmic scale; -1 waits, -2 closed without an answer
  PRIMARY KEY (conversation_id, asked_at, asked_id)
) STRICT, WITHOUT ROWID;
CREATE TABLE answer_cells (
  day INTEGER NOT NULL, -- as in turns
  operator_id INTEGER NOT NULL, -- as in turns
  bucket INTEGER NOT NULL, -- as in turns
  account_id INTEGER NOT NULL, -- as in turns
  turns INTEGER NOT NULL, -- how many
  PRIMARY KEY (day, operator_id, bucket, account_id)
) STRICT, WITHOUT ROWID;
CREATE TABLE operator_days (
  conversation_id INTEGER NOT NULL REFERENCES conversations (id) ON DELETE CASCADE, -- where
  operator_id INTEGER NOT NULL, -- who
  day INTEGER NOT NULL, -- as in turns
  account_id INTEGER NOT NULL, -- as in turns
  before INTEGER NOT NULL, -- the last such day before it; far in the past: none
  PRIMARY KEY (conversation_id, operator_id, day)
) STRICT, WITHOUT ROWID;
CREATE INDEX operator_days_by_day ON operator_days (operator_id, day, before, account_id);
CREATE TABLE dismissals (
  conversation_id INTEGER NOT NULL REFERENCES conversations (id) ON DELETE CASCADE, -- where
  at INTEGER NOT NULL, -- ms: when
  PRIMARY KEY (conversation_id, at)
) STRICT, WITHOUT ROWID;
CREATE TABLE uncounted (
  conversation_id INTEGER PRIMARY KEY, -- which
  since INTEGER NOT NULL -- ms: nothing written before has changed
) STRICT;
CREATE TRIGGER count_new_message AFTER INSERT ON messages
WHEN new.direction = 0 OR (new.direction = 1 AND new.tick IS NOT 1)
BEGIN
  INSERT INTO quarters (quarter, account_id, incoming, outgoing)
    SELECT new.sent_at / 900000, coalesce(account_id, 0), new.direction = 0, new.direction = 1
    FROM conversations WHERE id = new.conversation_id
    ON CONFLICT (quarter, account_id) DO UPDATE SET incoming = incoming + excluded.incoming, outgoing = outgoing + excluded.outgoing;
  INSERT INTO uncounted (conversation_id, since) VALUES (new.conversation_id, new.sent_at)
    ON CONFLICT (conversation_id) DO UPDATE SET since = excluded.since WHERE since > excluded.since;
END;
CREATE TRIGGER count_gone_message AFTER DELETE ON messages
WHEN old.direction = 0 OR (old.direction = 1 AND old.tick IS NOT 1)
BEGIN
  INSERT INTO quarters (quarter, account_id, incoming, outgoing)
    SELECT old.sent_at / 900000, coalesce(account_id, 0), -(old.direction = 0), -(old.direction = 1)
    FROM conversations WHERE id = old.conversation_id
    ON CONFLICT (quarter, account_id) DO UPDATE SET incoming = incoming + excluded.incoming, outgoing = outgoing + excluded.outgoing;
  INSERT INTO uncounted (conversation_id, since) VALUES (old.conversation_id, old.sent_at)
    ON CONFLICT (conversation_id) DO UPDATE SET since = excluded.since WHERE since > excluded.since;
END;
CREATE TRIGGER count_changed_message AFTER UPDATE OF sent_at, direction, tick, author_name, conversation_id ON messages
WHEN new.sent_at <> old.sent_at OR new.direction <> old.direction OR new.conversation_id <> old.conversation_id
  OR new.author_name IS NOT old.author_name OR (new.tick IS 1) <> (old.tick IS 1)
BEGIN
  INSERT INTO quarters (quarter, account_id, incoming, outgoing)
    SELECT old.sent_at / 900000, coalesce(account_id, 0), -(old.direction = 0), -(old.direction = 1 AND old.tick IS NOT 1)
    FROM conversations WHERE id = old.conversation_id
    ON CONFLICT (quarter, account_id) DO UPDATE SET incoming = incoming + excluded.incoming, outgoing = outgoing + excluded.outgoing;
  INSERT INTO quarters (quarter, account_id, incoming, outgoing)
    SELECT new.sent_at / 900000, coalesce(account_id, 0), new.direction = 0, new.direction = 1 AND new.tick IS NOT 1
    FROM conversations WHERE id = new.conversation_id
    ON CONFLICT (quarter, account_id) DO UPDATE SET incoming = incoming + excluded.incoming, outgoing = outgoing + excluded.outgoing;
  INSERT INTO uncounted (conversation_id, since) VALUES (old.conversation_id, min(old.sent_at, new.sent_at))
    ON CONFLICT (conversation_id) DO UPDATE SET since = excluded.since WHERE since > excluded.since;
  INSERT INTO uncounted (conversation_id, since) VALUES (new.conversation_id, min(old.sent_at, new.sent_at))
    ON CONFLICT (conversation_id) DO UPDATE SET since = excluded.since WHERE since > excluded.since;
END;
CREATE TRIGGER count_dismissal AFTER INSERT ON dismissals
BEGIN
  INSERT INTO uncounted (conversation_id, since) VALUES (new.conversation_id, new.at)
    ON CONFLICT (conversation_id) DO UPDATE SET since = excluded.since WHERE since > excluded.since;
END;
CREATE TRIGGER count_filtered AFTER INSERT ON verdicts WHEN new.verdict = 1
BEGIN
  INSERT INTO uncounted (conversation_id, since) SELECT conversation_id, sent_at FROM messages WHERE id = new.message_id
    ON CONFLICT (conversation_id) DO UPDATE SET since = excluded.since WHERE since > excluded.since;
END;
CREATE TRIGGER count_judged_anew AFTER UPDATE OF verdict ON verdicts WHEN (new.verdict = 1) <> (old.verdict = 1)
BEGIN
  INSERT INTO uncounted (conversation_id, since) SELECT conversation_id, sent_at FROM messages WHERE id = new.message_id
    ON CONFLICT (conversation_id) DO UPDATE SET since = excluded.since WHERE since > excluded.since;
END;
CREATE TRIGGER count_not_judged AFTER DELETE ON verdicts WHEN old.verdict = 1
BEGIN
  INSERT INTO uncounted (conversation_id, since) SELECT conversation_id, sent_at FROM messages WHERE id = old.message_id
    ON CONFLICT (conversation_id) DO UPDATE SET since = excluded.since WHERE since > excluded.since;
END;
CREATE TRIGGER count_gone_conversation BEFORE DELETE ON conversations
BEGIN
  DELETE FROM messages WHERE conversation_id = old.id;
  DELETE FROM firsts WHERE contact_id = old.contact_id AND account_id = coalesce(old.account_id, 0);
  INSERT INTO uncounted (conversation_id, since)
    SELECT id, -9223372036854775807 FROM conversations WHERE contact_id = old.contact_id AND id <> old.id
    ON CONFLICT (conversation_id) DO UPDATE SET since = excluded.since;
  DELETE FROM uncounted WHERE conversation_id = old.id;
END;
CREATE TRIGGER count_moved_conversation AFTER UPDATE OF account_id, contact_id ON conversations
WHEN new.account_id IS NOT old.account_id OR new.contact_id <> old.contact_id
BEGIN
  DELETE FROM firsts WHERE contact_id = old.contact_id AND account_id = coalesce(old.account_id, 0);
  INSERT INTO uncounted (conversation_id, since)
    SELECT id, -9223372036854775807 FROM conversations WHERE contact_id IN (old.contact_id, new.contact_id)
    ON CONFLICT (conversation_id) DO UPDATE SET since = excluded.since;
END;
CREATE TRIGGER count_gone_account BEFORE DELETE ON accounts
BEGIN
  INSERT INTO quarters (quarter, account_id, incoming, outgoing)
    SELECT quarter, 0, incoming, outgoing FROM quarters WHERE account_id = old.id
    ON CONFLICT (quarter, account_id) DO UPDATE SET incoming = incoming + excluded.incoming, outgoing = outgoing + excluded.outgoing;
  UPDATE quarters SET incoming = 0, outgoing = 0 WHERE account_id = old.id;
END;
CREATE TRIGGER count_source AFTER UPDATE OF source ON contacts WHEN new.source IS NOT old.source
BEGIN
  UPDATE firsts SET source = new.source WHERE contact_id = new.id;
END;
CREATE TRIGGER count_first AFTER INSERT ON firsts
BEGIN
  INSERT INTO quarters (quarter, account_id, firsts) VALUES (new.at / 900000, new.account_id, 1)
    ON CONFLICT (quarter, account_id) DO UPDATE SET firsts = firsts + 1;
END;
CREATE TRIGGER count_moved_first AFTER UPDATE OF at ON firsts WHEN new.at <> old.at
BEGIN
  UPDATE quarters SET firsts = firsts - 1 WHERE quarter = old.at / 900000 AND account_id = old.account_id;
  INSERT INTO quarters (quarter, account_id, firsts) VALUES (new.at / 900000, new.account_id, 1)
    ON CONFLICT (quarter, account_id) DO UPDATE SET firsts = firsts + 1;
END;
CREATE TRIGGER count_gone_first AFTER DELETE ON firsts
BEGIN
  UPDATE quarters SET firsts = firsts - 1 WHERE quarter = old.at / 900000 AND account_id = old.account_id;
END;
CREATE TRIGGER count_turn AFTER INSERT ON turns
BEGIN
  INSERT INTO answer_cells (day, operator_id, bucket, account_id, turns)
    VALUES (new.day, new.operator_id, new.bucket, new.account_id, 1)
    ON CONFLICT (day, operator_id, bucket, account_id) DO UPDATE SET turns = turns + 1;
END;
CREATE TRIGGER count_gone_turn AFTER DELETE ON turns
BEGIN
  UPDATE answer_cells SET turns = turns - 1
    WHERE day = old.day AND operator_id = old.operator_id AND bucket = old.bucket AND account_id = old.account_id;
END;
CREATE TABLE files_gone (
  path TEXT PRIMARY KEY -- below the media folder
) STRICT, WITHOUT ROWID;
CREATE INDEX attachments_by_path ON attachments (path) WHERE path IS NOT NULL;
CREATE TRIGGER attachments_gone AFTER DELETE ON attachments WHEN old.path IS NOT NULL BEGIN
  INSERT OR IGNORE INTO files_gone (path) VALUES (old.path);
END;
CREATE TRIGGER news_of_release AFTER UPDATE OF verdict ON verdicts
WHEN NEW.verdict = 0 AND OLD.verdict <> 0 AND EXISTS (SELECT 1 FROM crm_links)
BEGIN
  INSERT INTO message_news (message_id, operation) VALUES (NEW.message_id, 0);
END;
