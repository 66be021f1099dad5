//! What a customer can do, and what the test or the control page can do to the business account.

use crate::ids::MessageId;
use crate::letter::{Letter, Text};
use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use thiserror::Error;
use utoipa::ToSchema;

/// One thing a customer does in a chat.
#[derive(Clone, Debug, Serialize, Deserialize, ToSchema)]
#[serde(tag = "act", rename_all = "snake_case")]
pub enum Act {
    /// Opens the chat for the first time (presses Start, allows messages).
    Start {
        /// The mark carried by the link they came through.
        #[serde(default)]
        payload: Option<String>,
    },
    /// Writes.
    Write(Letter),
    /// Changes a message of theirs.
    Edit {
        /// Which.
        message: MessageId,
        /// The new text or caption.
        #[serde(flatten)]
        text: Text,
    },
    /// Deletes a message of theirs.
    Delete {
        /// Which.
        message: MessageId,
    },
    /// Puts a reaction on a message, or takes theirs away.
    React {
        /// On which.
        message: MessageId,
        /// The reaction; none takes it away.
        emoji: Option<String>,
    },
    /// Reads.
    Read {
        /// Up to and with this message; everything when left out.
        #[serde(default)]
        up_to: Option<MessageId>,
    },
    /// Is typing.
    Type,
    /// Presses a button under a message.
    Press {
        /// Under which.
        message: MessageId,
        /// What is written on the button.
        button: String,
    },
    /// Blocks the business (forbids its messages).
    Block,
    /// Takes the block back.
    Unblock,
}

/// A message of the past, for histories that exist before the business connects.
#[derive(Clone, Debug)]
pub struct Past {
    /// When it was written.
    pub at: Timestamp,
    /// The customer wrote it; else the business did.
    pub by_customer: bool,
    /// The message.
    pub letter: Letter,
}

/// What happens to the business account as a whole.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum AccountChange {
    /// The token stops being accepted.
    ExpireToken,
    /// The same token is accepted again.
    RestoreToken,
    /// The old token is refused for good; [`crate::Wire::credentials`] shows a new one.
    RenewToken,
    /// The network closes the account.
    Ban,
    /// The network opens it again.
    Unban,
}

/// What a network offers at all; generic suites skip what is off here.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct Abilities {
    /// Tells the business when a customer read.
    pub reads: bool,
    /// Tells the business when a customer types.
    pub typing: bool,
    /// Tells the business about reactions.
    pub reactions: bool,
    /// Tells the business about edits.
    pub edits: bool,
    /// Tells the business about deletions.
    pub deletions: bool,
    /// Keeps history that the business can ask for.
    pub history: bool,
    /// Has groups.
    pub groups: bool,
    /// Accepts a client's key with a send, so that a repeated one is not sent twice.
    pub idempotent_sends: bool,
}

/// Why an act is impossible.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
pub enum Refused {
    /// Nobody here has that id.
    #[error("no such person")]
    NoSuchPerson,
    /// No such chat, or the person is not in it.
    #[error("no such chat for this person")]
    NoSuchChat,
    /// No such message in the chat.
    #[error("no such message")]
    NoSuchMessage,
    /// The message belongs to somebody else.
    #[error("the message is somebody else's")]
    NotTheirs,
    /// No such button under the message.
    #[error("no such button")]
    NoSuchButton,
    /// The network has no such thing.
    #[error("this network has no such thing")]
    NotOnThisNetwork,
    /// The letter holds neither text nor parts, or a mixture the network has no message for.
    #[error("this network has no message of that shape")]
    Malformed,
    /// The person blocked the business and has to unblock it first.
    #[error("the person blocked the business")]
    Blocked,
    /// No card, stage, field or task of that id in the CRM.
    #[error("no such card, stage, field or task")]
    NoSuchCard,
    /// Nobody with that id works there.
    #[error("no such manager")]
    NoSuchManager,
    /// Only an administrator may.
    #[error("only an administrator may do this")]
    NotAllowed,
    /// No vendor of that name.
    #[error("no such vendor")]
    NoSuchVendor,
}
