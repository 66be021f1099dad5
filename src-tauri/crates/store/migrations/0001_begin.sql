-- from 0, compatible with ≥1

-- Connected accounts of networks (входящие каналы).
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

-- How far each connector has confirmed; committed together with what it confirms.
CREATE TABLE cursors (
  account_id INTEGER NOT NULL REFERENCES accounts (id) ON DELETE CASCADE, -- whose
  name TEXT NOT NULL, -- the connector's word for it
  value TEXT NOT NULL, -- the connector's form
  PRIMARY KEY (account_id, name)
) STRICT, WITHOUT ROWID;

-- People, and group chats seen as one (клиенты).
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

-- Those whose card is still to be asked from the network.
CREATE INDEX contacts_without_profile ON contacts (id) WHERE profile_at IS NULL;

-- What networks call a person. One person may have many.
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

-- Threads with one contact on one account (беседы).
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
  created_at INTEGER NOT NULL, -- ms
  UNIQUE (account_id, remote_id)
) STRICT;
-- The list, newest first; the first page must not read past itself.
CREATE INDEX conversations_list ON conversations (archived, pinned DESC, moved_at DESC, id DESC);
CREATE INDEX conversations_unread ON conversations (pinned DESC, moved_at DESC, id DESC) WHERE unread > 0 OR marked_unread = 1;
CREATE INDEX conversations_waiting ON conversations (pinned DESC, moved_at DESC, id DESC) WHERE waiting_since IS NOT NULL;
CREATE INDEX conversations_mine ON conversations (pinned DESC, moved_at DESC, id DESC) WHERE mine = 1;
CREATE INDEX conversations_of_account ON conversations (account_id, archived, pinned DESC, moved_at DESC, id DESC);
CREATE INDEX conversations_of_contact ON conversations (contact_id);

-- The numbers beside the list, kept by the triggers below: counting a hundred thousand rows takes longer than a frame.
CREATE TABLE inbox_counts (
  id INTEGER PRIMARY KEY CHECK (id = 1), -- the only row
  unread INTEGER NOT NULL, -- conversations with something unread, muted ones apart
  waiting INTEGER NOT NULL, -- conversations whose client waits
  mine INTEGER NOT NULL -- conversations assigned to the person of this installation
) STRICT;
INSERT INTO inbox_counts (id, unread, waiting, mine) VALUES (1, 0, 0, 0);
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

-- Messages of every kind and direction.
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
) STRICT;
CREATE UNIQUE INDEX messages_remote ON messages (conversation_id, remote_id) WHERE remote_id IS NOT NULL;
CREATE UNIQUE INDEX messages_client_key ON messages (client_key) WHERE client_key IS NOT NULL;
CREATE INDEX messages_thread ON messages (conversation_id, sent_at, id);

-- Files of messages, and pictures of people.
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

-- Messages written here, on their way to the network (отправки).
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

-- Files chosen and not sent yet.
CREATE TABLE uploads (
  id INTEGER PRIMARY KEY AUTOINCREMENT, -- local id
  path TEXT NOT NULL, -- below the media folder
  name TEXT NOT NULL, -- cleaned name
  mime TEXT NOT NULL, -- media type
  size INTEGER NOT NULL, -- bytes
  kind INTEGER NOT NULL, -- as in attachments
  created_at INTEGER NOT NULL -- ms
) STRICT;

-- Updates that could not be understood: kept raw, never in the way.
CREATE TABLE quarantine (
  id INTEGER PRIMARY KEY AUTOINCREMENT, -- local id
  account_id INTEGER REFERENCES accounts (id) ON DELETE CASCADE, -- whose
  raw TEXT NOT NULL, -- as it came
  problem TEXT NOT NULL, -- what is wrong with it
  received_at INTEGER NOT NULL -- ms
) STRICT;
CREATE INDEX quarantine_of_account ON quarantine (account_id, id);

-- Notes about people; never leave this program.
CREATE TABLE notes (
  id INTEGER PRIMARY KEY AUTOINCREMENT, -- local id
  uid BLOB NOT NULL UNIQUE, -- UUIDv7
  contact_id INTEGER NOT NULL REFERENCES contacts (id) ON DELETE CASCADE, -- about whom
  text TEXT NOT NULL, -- what
  author TEXT NOT NULL, -- who wrote it
  at INTEGER NOT NULL -- ms
) STRICT;
CREATE INDEX notes_of_contact ON notes (contact_id, id);

-- How much went through each account, by hour.
CREATE TABLE account_hours (
  account_id INTEGER NOT NULL REFERENCES accounts (id) ON DELETE CASCADE, -- whose
  hour INTEGER NOT NULL, -- hours since the epoch
  incoming INTEGER NOT NULL DEFAULT 0, -- messages of clients
  outgoing INTEGER NOT NULL DEFAULT 0, -- messages of ours
  PRIMARY KEY (account_id, hour)
) STRICT, WITHOUT ROWID;

-- Profile, settings, onboarding: one JSON each.
CREATE TABLE settings (
  key TEXT PRIMARY KEY, -- name
  value TEXT NOT NULL -- JSON
) STRICT, WITHOUT ROWID;

-- Words of messages, folded; rowid is the message. Contentless: the text is in messages.
CREATE VIRTUAL TABLE message_search USING fts5 (
  words, -- folded words
  content = '', contentless_delete = 1, tokenize = "unicode61 remove_diacritics 0", detail = 'full'
);
-- Names of people and groups, folded; rowid is the contact.
CREATE VIRTUAL TABLE contact_search USING fts5 (
  words, -- names, user names, numbers
  content = '', contentless_delete = 1, tokenize = "unicode61 remove_diacritics 0", prefix = '2 3', detail = 'none'
);
