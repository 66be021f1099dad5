use domain::{AccountId, At, ContactId, ConversationId, Direction, MessageId, Preview};
use serde::{Deserialize, Serialize};
use ts_rs::TS;

use super::ConversationRow;

/// Search over everything (INB-8).
#[derive(Debug, Clone, Default, Deserialize, TS)]
#[serde(default)]
pub struct Search {
    /// Words; each must occur, in any form and letter case, the last one as a beginning.
    pub text: String,
    /// Only in this conversation.
    pub conversation_id: Option<ConversationId>,
    /// Only of these accounts.
    pub account_ids: Vec<AccountId>,
    /// Only with this person.
    pub contact_id: Option<ContactId>,
    /// Only theirs or ours.
    pub direction: Option<Direction>,
    /// Only with files.
    pub has_file: bool,
    /// Filtered messages too.
    #[ts(optional)]
    pub filtered: Option<bool>,
    /// Not before.
    pub from: Option<At>,
    /// Before.
    pub to: Option<At>,
    /// `cursor` of the page before.
    pub cursor: Option<String>,
    /// At most so many, 1..=100.
    pub limit: Option<u32>,
}

/// What was found.
#[derive(Debug, Clone, Serialize, TS)]
pub struct SearchPage {
    /// Conversations whose person or title fits; only on the first page of a search over everything.
    pub conversations: Vec<ConversationRow>,
    /// Messages, those that came last first.
    pub messages: Vec<SearchHit>,
    /// Where the next page begins.
    pub cursor: Option<String>,
}

/// A message that was found.
#[derive(Debug, Clone, Serialize, TS)]
pub struct SearchHit {
    /// The message: `messages.list` around it.
    pub message_id: MessageId,
    /// Where.
    pub conversation_id: ConversationId,
    /// Name of the conversation.
    pub title: String,
    /// Which network.
    pub channel: String,
    /// Who speaks.
    pub direction: Direction,
    /// When.
    pub sent_at: At,
    /// The stretch of text around the first word found.
    pub excerpt: String,
    /// Where the words are in the excerpt: begin and length in UTF-16 units.
    pub marks: Vec<(u32, u32)>,
    /// What it mostly is.
    pub preview: Preview,
}
