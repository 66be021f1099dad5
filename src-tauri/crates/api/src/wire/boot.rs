use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};
use ts_rs::TS;

use super::CrmInfo;

/// Everything the window needs before its first paint.
#[derive(Debug, Clone, Serialize, TS)]
pub struct Boot {
    /// Version of the program.
    pub version: String,
    /// The workspace that is open.
    pub workspace: Workspace,
    /// The person in front of it.
    pub profile: Profile,
    /// How the window behaves.
    pub settings: UiSettings,
    /// Every network this build can connect to.
    pub channels: Vec<ChannelInfo>,
    /// Every CRM this build can connect to.
    pub crms: Vec<CrmInfo>,
    /// How far the first start has come.
    pub onboarding: Onboarding,
}

/// Where the data lives.
#[derive(Debug, Clone, Serialize, TS)]
pub struct Workspace {
    /// A plainly marked demo, never mixed with real data.
    pub demo: bool,
    /// The folder, for «show in folder» and support.
    pub folder: String,
    /// The key is kept by a passphrase, not by the system's keyring.
    pub passphrase: bool,
    /// What became of a damaged file at this start, if anything.
    pub recovered: Option<Recovered>,
}

/// The database was damaged and a backup was put in its place.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct Recovered {
    /// When the backup was made; `None`: there was none, and the workspace begins anew.
    pub backup_at: Option<domain::At>,
    /// Where the damaged file is kept.
    pub damaged_file: String,
}

/// The person in front of the window (APP-2).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct Profile {
    /// How answers are signed inside.
    pub name: String,
    /// Own address; may be empty.
    pub email: String,
    /// Own number; may be empty.
    pub phone: String,
    /// `ru`, `en` or `es`.
    pub language: String,
    /// IANA name, `Europe/Moscow`.
    pub time_zone: String,
    /// Where alerts go besides; may be empty.
    pub alert_email: String,
}

/// How the window behaves.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct UiSettings {
    /// `system`, `light` or `dark`.
    pub theme: String,
    /// Enter sends, Ctrl+Enter makes a line (or the other way round).
    pub enter_sends: bool,
    /// 90..=150.
    pub font_percent: u8,
    /// No notifications now.
    pub do_not_disturb: bool,
    /// Desktop notifications at all.
    pub notifications: bool,
    /// Closing the window leaves the channels running in the tray.
    pub close_to_tray: bool,
    /// Start with the system.
    pub autostart: bool,
    /// After so many minutes without an answer a conversation turns amber.
    pub wait_warn_minutes: u32,
    /// After so many it turns red.
    pub wait_alarm_minutes: u32,
}

/// How far the first start has come (APP-1); it can be left and resumed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct Onboarding {
    /// `profile`, `channels` or `done`.
    pub step: String,
}

/// A network this build can connect to.
#[derive(Debug, Clone, Serialize, TS)]
pub struct ChannelInfo {
    /// Its id.
    pub id: String,
    /// Letter of its mark.
    pub letter: String,
    /// Colour of its mark, `#rrggbb`.
    pub colour: String,
    /// Its texts by language, then by key (`name`, `note`, `login.token.title` …).
    pub texts: BTreeMap<String, BTreeMap<String, String>>,
    /// The ways to log in, the usual one first.
    pub logins: Vec<String>,
    /// Base addresses that can be replaced.
    pub endpoints: Vec<EndpointInfo>,
    /// Its own settings.
    pub settings: Vec<SettingInfo>,
    /// What the composer obeys.
    pub capabilities: ChannelCapabilities,
}

/// A base address that can be replaced.
#[derive(Debug, Clone, Serialize, TS)]
pub struct EndpointInfo {
    /// Its name.
    pub key: String,
    /// The network's own.
    pub default: String,
}

/// One setting of a channel.
#[derive(Debug, Clone, Serialize, TS)]
pub struct SettingInfo {
    /// Its name.
    pub key: String,
    /// `switch`, `text`, `number`, `lines`, `choice`, `time` (`HH:MM`), `time_zone` or `days` (1 for Monday).
    pub kind: String,
    /// When nothing is stored.
    pub default: Option<serde_json::Value>,
    /// Smallest number.
    #[ts(type = "number | null")]
    pub min: Option<i64>,
    /// Largest number.
    #[ts(type = "number | null")]
    pub max: Option<i64>,
    /// What there is to choose from.
    pub options: Vec<String>,
    /// It means something only while this switch is on.
    pub needs: Option<String>,
    /// Networks may ban for it: a warning stands beside it.
    pub warns: bool,
}

/// What a network can carry.
#[derive(Debug, Clone, Serialize, TS)]
pub struct ChannelCapabilities {
    /// Longest text in UTF-16 units; longer ones are split.
    pub text_limit: u32,
    /// Longest text beside a file.
    pub caption_limit: u32,
    /// Files in one message; more become several.
    pub files_per_message: u32,
    /// Largest file by kind, in bytes.
    #[ts(type = "Record<string, number>")]
    pub file_limits: BTreeMap<String, u64>,
    /// Answers can quote.
    pub replies: bool,
    /// Own messages can be changed for so many seconds (0 never).
    pub edit_window_secs: u32,
    /// Own messages can be deleted for so many seconds (0 never).
    pub delete_window_secs: u32,
    /// The network tells when messages are read.
    pub read_receipts: bool,
    /// Older messages can be loaded.
    pub history: bool,
    /// Forms of address for writing first: `phone`, `username`, hosts of links; empty: not possible.
    pub write_first: Vec<String>,
}
