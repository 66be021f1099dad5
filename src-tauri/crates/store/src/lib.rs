//! The one place with SQL: an encrypted `SQLite` file, one writer, many readers.
//!
//! ```text
//!   Store::write() ─► Tx ─► commit()      one at a time; everything that changes rows
//!   Store::read()  ─► pool                snapshots; never waits for the writer (WAL)
//! ```
//!
//! One writer, because `SQLite` has one write lock anyway: a queue of ours is fair and never says «busy», and what
//! waits can be committed together (one `fsync` for many batches). The writer runs with `synchronous = FULL`: a
//! connector confirms to its network what was committed here, and the network then forgets it.
//!
//! Must not: decide anything. Facts in, rows out; rules of the product live in `domain` and `engine`.

pub mod accounts;
pub use accounts::{Account, NewAccount};
pub mod attachments;
pub use attachments::{Attachment, FetchJob, NewAttachment, NewUpload, Upload};
pub mod auto_replies;
mod backup;
pub use backup::{Recovery, newest_backup};
mod codes;
pub mod contacts;
pub use contacts::{Contact, Identity, Note, PersonFacts};
pub mod conversations;
pub use conversations::{ConversationChange, ConversationFacts, ConversationHead, ConversationKey};
pub mod deliveries;
pub use deliveries::{DeliveryRow, Outgoing, OutgoingFileRow};
pub mod crm_bindings;
pub use crm_bindings::{Binding, BindingKey};
pub mod crm_links;
pub use crm_links::{Link, NewLink};
pub mod crm_replies;
pub mod crm_reply_fates;
pub use crm_replies::{NewReply, NewReplyFile, ReplyRow};
mod error;
pub use error::StoreError;
pub mod files;
pub mod inbox;
pub mod journal;
pub mod message_journal;
pub mod messages;
pub use messages::{MessageFacts, NewMessage, StoredMessage, StoredRef};
pub mod moves;
pub use moves::ChatMove;
mod open;
pub use open::{OpenOptions, Store, Tx};
pub mod quick_replies;
pub use quick_replies::{QuickReply, QuickReplyFile, QuickReplyFolder};
pub mod outbox;
pub use outbox::{News, NewsMessage, Planned, Settled, SyncRow};
pub mod outbox_works;
pub use outbox_works::{SyncMessage, SyncPerson};
pub mod quarantine;
pub use quarantine::Quarantined;
pub mod read_marks;
pub use read_marks::ReadMark;
pub mod rejudgings;
pub use rejudgings::Rejudging;
pub mod rules;
pub use rules::ChosenRules;
pub mod reports;
pub mod search;
pub mod settings;
pub mod testkit;
pub mod thread;
pub mod verdicts;
pub use verdicts::{Judged, NewVerdict, VerdictRow};
