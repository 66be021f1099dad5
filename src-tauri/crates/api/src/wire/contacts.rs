use domain::{At, ContactId, ConversationId};
use serde::{Deserialize, Serialize};
use ts_rs::TS;

use super::ConversationRow;

/// One contact.
#[derive(Debug, Clone, Copy, Deserialize, TS)]
pub struct ContactRef {
    /// Which.
    pub contact_id: ContactId,
}

/// A person's card (INB-7).
#[derive(Debug, Clone, Serialize, TS)]
pub struct ContactView {
    /// Its id.
    pub id: ContactId,
    /// The name shown: the one given here, else the network's.
    pub name: String,
    /// The name as the network has it.
    pub network_name: Option<String>,
    /// The avatar's file, once fetched.
    #[ts(type = "number | null")]
    pub avatar_id: Option<i64>,
    /// `+` and digits.
    pub phones: Vec<String>,
    /// Names and links on the networks.
    pub identities: Vec<IdentityView>,
    /// City.
    pub city: Option<String>,
    /// `D.M` or `D.M.YYYY`.
    pub birthday: Option<String>,
    /// How the person came.
    pub source: Option<String>,
    /// Since when we know the person.
    pub created_at: At,
    /// Notes, newest first.
    pub notes: Vec<NoteView>,
    /// Every conversation with the person.
    pub conversations: Vec<ConversationRow>,
}

/// A person's name on a network.
#[derive(Debug, Clone, Serialize, TS)]
pub struct IdentityView {
    /// Which network.
    pub channel: String,
    /// Without `@`.
    pub username: Option<String>,
    /// Link to the page.
    pub link: Option<String>,
}

/// A note that never leaves.
#[derive(Debug, Clone, Serialize, TS)]
pub struct NoteView {
    /// Its id.
    #[ts(type = "number")]
    pub id: i64,
    /// What it says.
    pub text: String,
    /// Who wrote it.
    pub author: String,
    /// When.
    pub at: At,
}

/// Give a contact a name of our own; empty: the network's again.
#[derive(Debug, Clone, Deserialize, TS)]
pub struct RenameContact {
    /// Who.
    pub contact_id: ContactId,
    /// The name, at most 120 characters.
    pub name: String,
}

/// Write a note.
#[derive(Debug, Clone, Deserialize, TS)]
pub struct AddNote {
    /// About whom.
    pub contact_id: ContactId,
    /// 1..=4000 characters.
    pub text: String,
}

/// Take a note away.
#[derive(Debug, Clone, Copy, Deserialize, TS)]
pub struct NoteRef {
    /// Which.
    #[ts(type = "number")]
    pub note_id: i64,
}

/// Whom to write to first (INB-4), as typed.
#[derive(Debug, Clone, Deserialize, TS)]
pub struct ResolveWriteFirst {
    /// A phone number, `@name`, or a link to a profile.
    pub text: String,
}

/// Which accounts can reach that address.
#[derive(Debug, Clone, Serialize, TS)]
pub struct WriteFirstOptions {
    /// How the text was understood: `phone`, `username`, `link`, `unknown`.
    pub understood: String,
    /// The address in its clean form.
    pub address: String,
    /// People here whose name, number or user name fits.
    pub known: Vec<ConversationRow>,
    /// Every account with its answer.
    pub accounts: Vec<WriteFirstAccount>,
}

/// Whether an account can reach an address.
#[derive(Debug, Clone, Serialize, TS)]
pub struct WriteFirstAccount {
    /// Which.
    pub account_id: domain::AccountId,
    /// Its network.
    pub channel: String,
    /// Its name.
    pub name: String,
    /// Why not; `None`: it can be tried.
    pub refused: Option<domain::Reason>,
}

/// Open a conversation with somebody who has not written.
#[derive(Debug, Clone, Deserialize, TS)]
pub struct OpenWriteFirst {
    /// Through which account.
    pub account_id: domain::AccountId,
    /// As typed.
    pub text: String,
}

/// The conversation, new or known.
#[derive(Debug, Clone, Serialize, TS)]
pub struct Opened {
    /// Which.
    pub conversation_id: ConversationId,
}
