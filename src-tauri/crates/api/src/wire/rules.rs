use std::collections::BTreeMap;

use domain::{AccountId, At, ConversationId, MessageId, Reason, Verdict};
use serde::{Deserialize, Serialize};
use serde_json::Value;
use ts_rs::TS;

use super::SettingInfo;

/// The settings of a channel, described: one form draws them all.
#[derive(Debug, Clone, Serialize, TS)]
pub struct RulesForm {
    /// Settings that stand together, in order.
    pub sections: Vec<RuleSection>,
    /// What is set, by key; what is missing has its default.
    pub values: BTreeMap<String, Value>,
}

/// Settings that stand together. Texts are `setting.<key>.title` and `setting.<key>.help`, for its fields
/// `setting.<field>.title`, `….help`, `….warning`, `….option.<option>`; of the section `own` they come with the channel.
#[derive(Debug, Clone, Serialize, TS)]
pub struct RuleSection {
    /// `own`, `filter`, `auto_reply`, `reading`.
    pub key: String,
    /// Its settings, in order.
    pub fields: Vec<SettingInfo>,
}

/// New settings of a channel, all of them. An error names each field by its key.
#[derive(Debug, Clone, Deserialize, TS)]
pub struct SaveRules {
    /// Whose.
    pub account_id: AccountId,
    /// By key; what is missing gets its default.
    pub values: BTreeMap<String, Value>,
}

/// What unsaved rules would do with a text.
#[derive(Debug, Clone, Deserialize, TS)]
pub struct TryFilters {
    /// The rules, as in [`SaveRules`].
    pub values: BTreeMap<String, Value>,
    /// What a client writes.
    pub text: String,
    /// The client's number or user name.
    #[ts(optional)]
    pub sender: Option<String>,
    /// There are files with it.
    #[ts(optional)]
    pub files: Option<bool>,
}

/// What the rules say.
#[derive(Debug, Clone, Serialize, TS)]
pub struct Tried {
    /// What.
    pub verdict: Verdict,
    /// Why: the rule as typed (`rule`), the word as it stood (`word`), the line of the black list (`entry`).
    pub reason: Reason,
}

/// The verdict about a message, for its journal.
#[derive(Debug, Clone, Serialize, TS)]
pub struct JudgedView {
    /// What.
    pub verdict: Verdict,
    /// Why.
    pub reason: Reason,
    /// When; `None`: it came before there were rules.
    pub decided_at: Option<At>,
    /// Why the auto-reply kept silent about it, if it did.
    pub hush: Option<Reason>,
}

/// The last days of a channel.
#[derive(Debug, Clone, Copy, Deserialize, TS)]
pub struct LastDays {
    /// Which.
    pub account_id: AccountId,
    /// How many, 1..=365.
    pub days: u32,
}

/// How much the rules have filtered.
#[derive(Debug, Clone, Copy, Serialize, TS)]
pub struct FilterCounts {
    /// Messages of clients.
    #[ts(type = "number")]
    pub incoming: i64,
    /// Of those, filtered.
    #[ts(type = "number")]
    pub filtered: i64,
}

/// What would change if the last days were judged again. Changes nothing.
#[derive(Debug, Clone, Deserialize, TS)]
pub struct PreviewRejudging {
    /// Which channel.
    pub account_id: AccountId,
    /// How many days, 1..=365.
    pub days: u32,
    /// Rules that are not saved yet; missing: the saved ones.
    #[ts(optional)]
    pub values: Option<BTreeMap<String, Value>>,
}

/// What would change.
#[derive(Debug, Clone, Serialize, TS)]
pub struct RejudgingPreview {
    /// Messages looked at.
    #[ts(type = "number")]
    pub judged: i64,
    /// That would be filtered and are not.
    #[ts(type = "number")]
    pub filtered: i64,
    /// That would pass and do not.
    #[ts(type = "number")]
    pub passed: i64,
    /// Some of both.
    pub samples: Vec<RejudgingSample>,
}

/// One message that would change.
#[derive(Debug, Clone, Serialize, TS)]
pub struct RejudgingSample {
    /// Which.
    pub message_id: MessageId,
    /// Where.
    pub conversation_id: ConversationId,
    /// When it was written.
    pub sent_at: At,
    /// What it says.
    pub text: String,
    /// The verdict so far.
    pub before: Verdict,
    /// The new one.
    pub after: Verdict,
    /// Why the new one.
    pub reason: Reason,
}

/// How far judging again has come.
#[derive(Debug, Clone, Serialize, TS)]
pub struct RejudgingView {
    /// Conversations in all.
    #[ts(type = "number")]
    pub conversations: i64,
    /// Conversations done.
    #[ts(type = "number")]
    pub seen: i64,
    /// Messages looked at.
    #[ts(type = "number")]
    pub judged: i64,
    /// Filtered now.
    #[ts(type = "number")]
    pub filtered: i64,
    /// Passing now.
    #[ts(type = "number")]
    pub passed: i64,
    /// When it began.
    pub started_at: At,
    /// When it ended; `None`: it goes on.
    pub finished_at: Option<At>,
    /// A person stopped it.
    pub cancelled: bool,
}

/// A text with variants.
#[derive(Debug, Clone, Deserialize, TS)]
pub struct SpintaxText {
    /// As typed.
    pub text: String,
    /// At most so many variants, 1..=100.
    #[ts(optional)]
    pub limit: Option<u32>,
}

/// Its variants.
#[derive(Debug, Clone, Serialize, TS)]
pub struct SpintaxPreview {
    /// How many there are.
    #[ts(type = "number")]
    pub count: u64,
    /// Some, spread over all of them.
    pub variants: Vec<String>,
}
