use std::collections::BTreeMap;

use domain::{At, LinkId, LinkState, Reason};
use serde::{Deserialize, Serialize};
use serde_json::Value;
use ts_rs::TS;

use super::EndpointInfo;

/// A CRM this build can connect to.
#[derive(Debug, Clone, Serialize, TS)]
pub struct CrmInfo {
    /// Its id.
    pub id: String,
    /// Letter of its mark.
    pub letter: String,
    /// Colour of its mark, `#rrggbb`.
    pub colour: String,
    /// Its texts by language, then by key (`name`, `note`, `login.token.title`, `setting.stage.hint` …).
    pub texts: BTreeMap<String, BTreeMap<String, String>>,
    /// The ways to log in, the usual one first.
    pub logins: Vec<String>,
    /// Base addresses that can be replaced.
    pub endpoints: Vec<EndpointInfo>,
    /// Its settings, section by section.
    pub sections: Vec<SectionInfo>,
    /// Managers' answers can be brought back, in some mode.
    pub replies: bool,
    /// Cards can be picked to write to first.
    pub write_first: bool,
    /// Cards can be shown beside a conversation.
    pub cards: bool,
}

/// Settings that belong together; texts are `section.<key>` and `section.<key>.hint`.
#[derive(Debug, Clone, Serialize, TS)]
pub struct SectionInfo {
    /// Its name.
    pub key: String,
    /// Shown only where this holds.
    pub when: Option<WhenInfo>,
    /// Its settings.
    pub settings: Vec<CrmSettingInfo>,
}

/// A condition on another setting.
#[derive(Debug, Clone, Serialize, TS)]
pub struct WhenInfo {
    /// Which setting.
    pub key: String,
    /// One of these values, as text.
    pub is: Vec<String>,
}

/// One setting; texts are `setting.<key>` and `setting.<key>.hint`.
#[derive(Debug, Clone, Serialize, TS)]
pub struct CrmSettingInfo {
    /// Its name.
    pub key: String,
    /// `switch`, `text`, `long_text`, `template`, `tags`, `number`, `choice`, `live` or `fields`.
    pub kind: String,
    /// When nothing is stored.
    pub default: Option<Value>,
    /// Smallest number.
    #[ts(type = "number | null")]
    pub min: Option<i64>,
    /// Largest number.
    #[ts(type = "number | null")]
    pub max: Option<i64>,
    /// What the text has to hold.
    pub must_hold: Option<String>,
    /// Fixed options (of `choice`), or those in front of the live ones; texts `setting.<key>.<option>`.
    pub options: Vec<String>,
    /// What to ask `links.choices` for.
    pub of: Option<String>,
    /// Several values.
    pub many: bool,
    /// One value for all and others for single channels: stored as `{"all": …, "<account id>": …}`.
    pub per_channel: bool,
    /// Shown only where this holds.
    pub when: Option<WhenInfo>,
}

/// A connected CRM account.
#[derive(Debug, Clone, Serialize, TS)]
pub struct LinkRow {
    /// Its id.
    pub id: LinkId,
    /// Which CRM.
    pub crm: String,
    /// As people call it.
    pub name: String,
    /// What the CRM calls the account.
    pub handle: Option<String>,
    /// Address of the account's page.
    pub page: Option<String>,
    /// Switched on by a person.
    pub active: bool,
    /// Its state, why, and what to do.
    pub state: LinkState,
    /// What works less well than it could.
    pub notices: Vec<Reason>,
    /// When the login ends by itself.
    pub expires_at: Option<At>,
    /// Last sign of life of the CRM.
    pub last_seen_at: Option<At>,
    /// Operations that wait.
    #[ts(type = "number")]
    pub queued: i64,
    /// Messages that could not be exported.
    #[ts(type = "number")]
    pub failed: i64,
    /// Managers' messages that could not be sent.
    #[ts(type = "number")]
    pub failed_replies: i64,
}

/// A link with its settings.
#[derive(Debug, Clone, Serialize, TS)]
pub struct LinkDetails {
    /// The row of the list.
    pub row: LinkRow,
    /// Settings by key.
    pub settings: BTreeMap<String, Value>,
    /// Replaced base addresses by key.
    pub endpoints: BTreeMap<String, String>,
    /// The proxy without its password.
    pub proxy: Option<String>,
    /// When it was connected.
    pub connected_at: At,
}

/// One link.
#[derive(Debug, Clone, Copy, Deserialize, TS)]
pub struct LinkRef {
    /// Which.
    pub link_id: LinkId,
}

/// New name, settings and way to the CRM. What is `None` stays.
#[derive(Debug, Clone, Deserialize, TS)]
pub struct UpdateLink {
    /// Which.
    pub link_id: LinkId,
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

/// Several links on or off.
#[derive(Debug, Clone, Deserialize, TS)]
pub struct ActivateLinks {
    /// Which.
    pub link_ids: Vec<LinkId>,
    /// On or off.
    pub active: bool,
}

/// Begin a login into a CRM; `login.next` and `login.cancel` go on with it.
#[derive(Debug, Clone, Deserialize, TS)]
pub struct StartLinkLogin {
    /// Which CRM.
    pub crm: String,
    /// Which way, one of the CRM's `logins`.
    pub flow: String,
    /// Connect an existing link once more instead of adding one.
    #[ts(optional)]
    pub link_id: Option<LinkId>,
    /// A proxy to use.
    #[ts(optional)]
    pub proxy: Option<String>,
    /// Base addresses to use instead of the CRM's own.
    #[ts(optional)]
    pub endpoints: Option<BTreeMap<String, String>>,
}

/// Live values of a setting.
#[derive(Debug, Clone, Deserialize, TS)]
pub struct AskChoices {
    /// Which link.
    pub link_id: LinkId,
    /// The setting's `of`.
    pub of: String,
}

/// A live value.
#[derive(Debug, Clone, Serialize, TS)]
pub struct ChoiceView {
    /// What is stored.
    pub value: String,
    /// As the CRM calls it.
    pub label: String,
    /// Options with the same word stand together.
    pub group: Option<String>,
    /// `#rrggbb`.
    pub colour: Option<String>,
}

/// A template with substitutions, to be previewed.
#[derive(Debug, Clone, Deserialize, TS)]
pub struct PreviewTemplate {
    /// The template.
    pub template: String,
    /// The conversation whose values are filled in; else those of the latest one.
    #[ts(optional)]
    pub conversation_id: Option<domain::ConversationId>,
}

/// A template filled in.
#[derive(Debug, Clone, Serialize, TS)]
pub struct FilledTemplate {
    /// The text.
    pub text: String,
    /// Substitutions in it that do not exist.
    pub unknown: Vec<String>,
}
