use std::collections::BTreeMap;

use domain::{AccountId, At, Connection};
use serde::{Deserialize, Serialize};
use serde_json::Value;
use ts_rs::TS;

/// One connected channel, as the list shows it.
#[derive(Debug, Clone, Serialize, TS)]
pub struct AccountRow {
    /// Its id.
    pub id: AccountId,
    /// Which network.
    pub channel: String,
    /// Its name, unique.
    pub name: String,
    /// `@name`, the address of its page.
    pub handle: Option<String>,
    /// Switched on by a person.
    pub active: bool,
    /// Its state, why, and what to do.
    pub connection: Connection,
    /// Messages of today, in the profile's time zone.
    #[ts(type = "number")]
    pub today_in: i64,
    /// The same, ours.
    #[ts(type = "number")]
    pub today_out: i64,
    /// Last sign of life of the network.
    pub last_seen_at: Option<At>,
    /// Updates that could not be understood and are kept.
    #[ts(type = "number")]
    pub quarantined: i64,
}

/// One channel with what can be edited.
#[derive(Debug, Clone, Serialize, TS)]
pub struct AccountDetails {
    /// The row of the list.
    pub row: AccountRow,
    /// Its settings by key.
    pub settings: BTreeMap<String, Value>,
    /// Replaced base addresses by key.
    pub endpoints: BTreeMap<String, String>,
    /// The proxy without its password.
    pub proxy: Option<String>,
    /// When it was connected.
    pub connected_at: At,
}

/// One account.
#[derive(Debug, Clone, Copy, Deserialize, TS)]
pub struct AccountRef {
    /// Which.
    pub account_id: AccountId,
}

/// New name, settings and way to the network. What is `None` stays.
#[derive(Debug, Clone, Deserialize, TS)]
pub struct UpdateAccount {
    /// Which.
    pub account_id: AccountId,
    /// New name, unique.
    #[ts(optional)]
    pub name: Option<String>,
    /// New settings, all of them.
    #[ts(optional)]
    pub settings: Option<BTreeMap<String, Value>>,
    /// New base addresses, all of them.
    #[ts(optional)]
    pub endpoints: Option<BTreeMap<String, String>>,
    /// New proxy; empty takes it away. A `***` as the password keeps the stored one.
    #[ts(optional)]
    pub proxy: Option<String>,
}

/// Several accounts on or off.
#[derive(Debug, Clone, Deserialize, TS)]
pub struct ActivateAccounts {
    /// Which.
    pub account_ids: Vec<AccountId>,
    /// On or off.
    pub active: bool,
}

/// Several accounts away.
#[derive(Debug, Clone, Deserialize, TS)]
pub struct DeleteAccounts {
    /// Which.
    pub account_ids: Vec<AccountId>,
    /// Their conversations too; else these stay readable, without a channel to answer through.
    pub with_history: bool,
}

/// What would be lost by a deletion.
#[derive(Debug, Clone, Serialize, TS)]
pub struct DeletionPreview {
    /// Conversations of the accounts.
    #[ts(type = "number")]
    pub conversations: i64,
    /// Their messages.
    #[ts(type = "number")]
    pub messages: i64,
    /// Messages that have not been sent yet.
    #[ts(type = "number")]
    pub unsent: i64,
}

/// Several accounts.
#[derive(Debug, Clone, Deserialize, TS)]
pub struct AccountRefs {
    /// Which.
    pub account_ids: Vec<AccountId>,
}

/// What a person should know (the bell).
#[derive(Debug, Clone, Serialize, TS)]
pub struct Alert {
    /// Its own id, for dismissing.
    pub id: String,
    /// The account it is about.
    pub account_id: Option<AccountId>,
    /// Name of that account.
    pub account_name: Option<String>,
    /// Which network.
    pub channel: Option<String>,
    /// The CRM link it is about.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[ts(optional)]
    pub link_id: Option<domain::LinkId>,
    /// Name of that link.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[ts(optional)]
    pub link_name: Option<String>,
    /// Which CRM.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[ts(optional)]
    pub crm: Option<String>,
    /// What happened.
    pub reason: domain::Reason,
    /// What to do.
    pub action: Option<domain::UserAction>,
    /// When.
    pub at: At,
}

/// An update of a network that could not be understood.
#[derive(Debug, Clone, Serialize, TS)]
pub struct QuarantineRow {
    /// Its id.
    #[ts(type = "number")]
    pub id: i64,
    /// As it came.
    pub raw: String,
    /// What is wrong with it.
    pub problem: String,
    /// When it came.
    pub received_at: At,
}
