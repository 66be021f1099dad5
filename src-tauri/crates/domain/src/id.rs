use std::{borrow::Cow, fmt};

use serde::{Deserialize, Serialize};
use ts_rs::TS;

macro_rules! row_id {
    ($($(#[$doc:meta])* $name:ident;)*) => {$(
        $(#[$doc])*
        ///
        /// Local to one database file: never leaves this machine (a [`Uid`] does).
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, TS)]
        #[serde(transparent)]
        #[ts(type = "number")]
        pub struct $name(pub i64);

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                self.0.fmt(f)
            }
        }
    )*};
}

row_id! {
    /// One connected account of a network.
    AccountId;
    /// A person, or a group chat seen as one.
    ContactId;
    /// The thread with one contact on one account.
    ConversationId;
    /// One message of a conversation.
    MessageId;
    /// A file that belongs to a message.
    AttachmentId;
    /// One outgoing message on its way to the network.
    DeliveryId;
    /// A file that the operator has chosen and not sent yet.
    UploadId;
    /// A text to insert.
    QuickReplyId;
    /// A folder of those.
    QuickReplyFolderId;
    /// One connected CRM account.
    LinkId;
    /// One message on its way to one CRM link.
    SyncId;
    /// One message of a manager on its way from a CRM to a client.
    ReplyId;
}

/// What the network calls a thing: opaque to everybody but the connector that made it, which alone may parse it.
///
/// Unique within the account and the kind of thing (chat, message, person); a connector keeps its form for good,
/// because it is the key by which a message is recognised when it comes a second time.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, TS)]
#[serde(transparent)]
pub struct RemoteId(pub String);

impl RemoteId {
    /// From anything that prints itself.
    pub fn new(id: impl fmt::Display) -> Self {
        Self(id.to_string())
    }

    /// The text of it.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for RemoteId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

macro_rules! folder_id {
    ($($(#[$doc:meta])* $name:ident;)*) => {$(
        $(#[$doc])*
        ///
        /// The name of its folder: a string, not an enum, so that a new one makes no `match` grow anywhere.
        #[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, TS)]
        #[serde(transparent)]
        #[ts(type = "string")]
        pub struct $name(pub Cow<'static, str>);

        impl $name {
            /// The id of one known when the program was built.
            pub const fn fixed(id: &'static str) -> Self {
                Self(Cow::Borrowed(id))
            }

            /// The text of it.
            pub fn as_str(&self) -> &str {
                &self.0
            }
        }

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str(&self.0)
            }
        }
    )*};
}

folder_id! {
    /// Which network a channel speaks.
    ChannelId;
    /// Which CRM a link speaks to.
    CrmId;
}

/// A name that stays the same on every machine (UUIDv7): on everything that may one day be shared between desktops.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, TS)]
#[serde(transparent)]
#[ts(type = "string")]
pub struct Uid(pub uuid::Uuid);

impl Uid {
    /// A uid made at `at` with these random bytes: the caller owns both time and chance.
    pub fn from_parts(at: crate::At, random: [u8; 10]) -> Self {
        let millis = u64::try_from(at.millis()).unwrap_or(0);
        Self(uuid::Builder::from_unix_timestamp_millis(millis, &random).into_uuid())
    }

    /// The sixteen bytes that the database keeps.
    pub fn bytes(self) -> Vec<u8> {
        self.0.as_bytes().to_vec()
    }

    /// A number that is never zero and the same each time: the idempotency key for networks that take an integer.
    pub fn key(self) -> i64 {
        let folded = self.0.as_u64_pair();
        // 62 bits: positive in every signed type, and the low half holds the random part.
        let key = (folded.1 ^ folded.0.rotate_left(17)) & 0x3fff_ffff_ffff_ffff;
        i64::try_from(key).unwrap_or(1).max(1)
    }
}

impl fmt::Display for Uid {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}
