//! Plain types and pure rules: the words of the product, with nothing that waits, reads or asks the time.
//!
//! ```
//! use domain::{Backoff, text};
//! assert_eq!(text::fold("Ёлка"), "елка");
//! assert!(Backoff::RECONNECT.delay(3, 0.5) <= Backoff::RECONNECT.ceiling);
//! ```
//!
//! Must not: be async, do I/O, read a clock, name a vendor, know a table.

mod at;
pub use at::At;
mod attachment;
pub use attachment::{AttachmentKind, FetchState};
mod backoff;
pub use backoff::Backoff;
mod connection;
pub use connection::{Connection, ConnectionEvent, ConnectionStatus, UserAction};
mod content;
pub use content::{Card, Content, Entity, EntityKind, Extra};
mod conversation;
pub use conversation::{ConversationKind, Reachability};
mod crm;
pub use crm::{CrmEntity, CrmOperation, CrmRef};
mod delivery;
pub use delivery::{DeliveryEvent, DeliveryState};
mod flow;
pub use flow::{Flow, Moved};
mod id;
pub use id::{
    AccountId, AttachmentId, ChannelId, ContactId, ConversationId, CrmId, DeliveryId, LinkId, MessageId,
    QuickReplyFolderId, QuickReplyId, RemoteId, ReplyId, SyncId, Uid, UploadId,
};
mod link;
pub use link::{LinkAction, LinkEvent, LinkState, LinkStatus};
mod message;
pub use message::{Direction, Tick};
mod preview;
pub use preview::{Preview, PreviewKind};
mod reason;
pub use reason::Reason;
mod reply;
pub use reply::{ReplyEvent, ReplyState};
mod retry;
pub use retry::Retry;
pub mod substitution;
mod sync;
pub use sync::{SyncEvent, SyncState};
pub mod text;
mod verdict;
pub use verdict::Verdict;
