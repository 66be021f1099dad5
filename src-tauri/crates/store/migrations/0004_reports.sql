-- from 3, compatible with ≥1

-- Files that were ordered: a row is a job until it is done, and the list of files afterwards (выгрузки).
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

-- Exports and the journal read messages of all conversations by time.
CREATE INDEX messages_by_time ON messages (sent_at, id);
-- How many wait, and how long, without a look at a conversation.
CREATE INDEX conversations_waiting_since ON conversations (waiting_since, account_id) WHERE waiting_since IS NOT NULL;

-- How much was written in each quarter of an hour, UTC: every time zone's offset is a multiple of it.
-- Kept by the triggers below, in the transaction of the messages. Messages that did not go out count nowhere.
CREATE TABLE quarters (
  quarter INTEGER NOT NULL, -- quarters of an hour since the epoch
  account_id INTEGER NOT NULL, -- through which account; 0: accounts that were deleted
  incoming INTEGER NOT NULL DEFAULT 0, -- messages of clients
  outgoing INTEGER NOT NULL DEFAULT 0, -- messages of ours
  firsts INTEGER NOT NULL DEFAULT 0, -- clients who wrote for the first time
  PRIMARY KEY (quarter, account_id)
) STRICT, WITHOUT ROWID;

-- When each client first wrote through an account.
CREATE TABLE firsts (
  contact_id INTEGER NOT NULL REFERENCES contacts (id) ON DELETE CASCADE, -- who
  account_id INTEGER NOT NULL, -- through which account; 0: deleted
  at INTEGER NOT NULL, -- ms: the first message
  source TEXT, -- JSON {reference, detail}: how the person came
  PRIMARY KEY (contact_id, account_id)
) STRICT, WITHOUT ROWID;
CREATE INDEX firsts_with_source ON firsts (at, source, account_id) WHERE source IS NOT NULL;

-- Those of ours who answered, by the name in their messages.
CREATE TABLE operators (
  id INTEGER PRIMARY KEY, -- local id
  name TEXT NOT NULL UNIQUE -- as in messages.author_name
) STRICT;

-- A turn begins with the first word of a client after our last one, and ends with our answer.
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

-- Turns by day, operator and length of the wait: what medians are read from. Kept by the triggers below.
CREATE TABLE answer_cells (
  day INTEGER NOT NULL, -- as in turns
  operator_id INTEGER NOT NULL, -- as in turns
  bucket INTEGER NOT NULL, -- as in turns
  account_id INTEGER NOT NULL, -- as in turns
  turns INTEGER NOT NULL, -- how many
  PRIMARY KEY (day, operator_id, bucket, account_id)
) STRICT, WITHOUT ROWID;

-- On which days an operator answered in a conversation: counts different conversations of any period exactly, as
-- the rows whose day lies in it and whose day before does not.
CREATE TABLE operator_days (
  conversation_id INTEGER NOT NULL REFERENCES conversations (id) ON DELETE CASCADE, -- where
  operator_id INTEGER NOT NULL, -- who
  day INTEGER NOT NULL, -- as in turns
  account_id INTEGER NOT NULL, -- as in turns
  before INTEGER NOT NULL, -- the last such day before it; far in the past: none
  PRIMARY KEY (conversation_id, operator_id, day)
) STRICT, WITHOUT ROWID;
CREATE INDEX operator_days_by_day ON operator_days (operator_id, day, before, account_id);

-- «No answer needed», pressed by a person: ends a turn without an answer.
CREATE TABLE dismissals (
  conversation_id INTEGER NOT NULL REFERENCES conversations (id) ON DELETE CASCADE, -- where
  at INTEGER NOT NULL, -- ms: when
  PRIMARY KEY (conversation_id, at)
) STRICT, WITHOUT ROWID;

-- Conversations whose turns have to be counted anew, and from when on.
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

-- Networks correct the time of a message, and one that failed may go out after all.
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

-- Its messages go first, while it still tells their account.
CREATE TRIGGER count_gone_conversation BEFORE DELETE ON conversations
BEGIN
  DELETE FROM messages WHERE conversation_id = old.id;
  DELETE FROM firsts WHERE contact_id = old.contact_id AND account_id = coalesce(old.account_id, 0);
  INSERT INTO uncounted (conversation_id, since)
    SELECT id, -9223372036854775807 FROM conversations WHERE contact_id = old.contact_id AND id <> old.id
    ON CONFLICT (conversation_id) DO UPDATE SET since = excluded.since;
  DELETE FROM uncounted WHERE conversation_id = old.id;
END;

-- Its account was deleted, or two people turned out to be one.
CREATE TRIGGER count_moved_conversation AFTER UPDATE OF account_id, contact_id ON conversations
WHEN new.account_id IS NOT old.account_id OR new.contact_id <> old.contact_id
BEGIN
  DELETE FROM firsts WHERE contact_id = old.contact_id AND account_id = coalesce(old.account_id, 0);
  INSERT INTO uncounted (conversation_id, since)
    SELECT id, -9223372036854775807 FROM conversations WHERE contact_id IN (old.contact_id, new.contact_id)
    ON CONFLICT (conversation_id) DO UPDATE SET since = excluded.since;
END;

-- What went through an account whose history stays is told under 0 from now on.
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

-- What was there before this migration.
INSERT INTO quarters (quarter, account_id, incoming, outgoing)
  SELECT m.sent_at / 900000, coalesce(v.account_id, 0), sum(m.direction = 0), sum(m.direction = 1 AND m.tick IS NOT 1)
  FROM messages AS m JOIN conversations AS v ON v.id = m.conversation_id WHERE m.direction IN (0, 1) GROUP BY 1, 2;
INSERT INTO uncounted (conversation_id, since) SELECT id, -9223372036854775807 FROM conversations;
