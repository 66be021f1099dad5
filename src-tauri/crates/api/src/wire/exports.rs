use domain::{AccountId, At, ContactId, Direction, Reason, Tick};
use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// Kinds of files.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum ExportFormat {
    /// A spreadsheet.
    #[default]
    Xlsx,
    /// Values with separators.
    Csv,
    /// A JSON object per line.
    Jsonl,
    /// A page per conversation with its media, in one archive.
    Html,
}

/// What a file can be made of.
#[derive(Debug, Clone, Serialize, TS)]
pub struct ExportOptions {
    /// Every column, in the order of files.
    pub columns: Vec<ExportColumn>,
    /// Every kind of file, the usual one first.
    pub formats: Vec<ExportFormat>,
    /// Where files are put.
    pub folder: String,
}

/// A column that can be chosen.
#[derive(Debug, Clone, Serialize, TS)]
pub struct ExportColumn {
    /// Its name in orders.
    pub key: String,
    /// Its header, in the language of the profile.
    pub title: String,
    /// In every file, unless it is unticked.
    pub usual: bool,
}

/// An order of a file of messages (LOG-3).
#[derive(Debug, Clone, Default, Deserialize, TS)]
#[serde(default)]
pub struct OrderExport {
    /// Only of these accounts; empty: of all.
    pub account_ids: Vec<AccountId>,
    /// `2026-11-01`, in the time zone of the profile.
    pub first_day: String,
    /// The last day, included.
    pub last_day: String,
    /// As what.
    pub format: ExportFormat,
    /// Only with this person.
    pub contact_id: Option<ContactId>,
    /// Only theirs or ours.
    pub direction: Option<Direction>,
    /// Only ours that came so far; empty: any.
    pub statuses: Vec<Tick>,
    /// Only in conversations with this tag.
    pub tag: Option<String>,
    /// Keys of columns; empty: the usual ones.
    pub columns: Vec<String>,
}

/// What an order will bring, roughly.
#[derive(Debug, Clone, Serialize, TS)]
pub struct ExportEstimate {
    /// Rows; narrower orders (person, tag, status) may bring less.
    #[ts(type = "number")]
    pub rows: i64,
    /// Bytes of the file, without media.
    #[ts(type = "number")]
    pub bytes: i64,
    /// Of each column, how many percent of its cells will be empty.
    pub empty_percent: Vec<(String, u32)>,
}

/// One ordered file.
#[derive(Debug, Clone, Copy, Serialize, Deserialize, TS)]
pub struct ExportRef {
    /// Which.
    #[ts(type = "number")]
    pub export_id: i64,
}

/// Where an ordered file stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum ExportStatus {
    /// Waits for its turn.
    Waiting,
    /// Is being written: `rows` of `rows_total`.
    Running,
    /// Stands in its folder.
    Done,
    /// Stopped by a person; `exports.repeat` begins anew.
    Cancelled,
    /// Could not be written, see `reason`; `exports.repeat` begins anew.
    Failed,
}

/// A row of the list of files.
#[derive(Debug, Clone, Serialize, TS)]
pub struct ExportRow {
    /// Which.
    #[ts(type = "number")]
    pub id: i64,
    /// Name of the file.
    pub name: String,
    /// Its folder, for eyes only: the file is opened by its number.
    pub folder: String,
    /// As what.
    pub format: ExportFormat,
    /// The table of the analytics; `None`: messages.
    pub table: Option<String>,
    /// Of these accounts; empty: of all.
    pub account_ids: Vec<AccountId>,
    /// `2026-11-01`.
    pub first_day: String,
    /// The last day, included.
    pub last_day: String,
    /// Where it stands.
    pub status: ExportStatus,
    /// Why it failed, and what to do.
    pub reason: Option<Reason>,
    /// Rows in it, so far.
    #[ts(type = "number")]
    pub rows: i64,
    /// Rows expected.
    #[ts(type = "number")]
    pub rows_total: i64,
    /// Bytes, once done.
    #[ts(type = "number")]
    pub bytes: i64,
    /// Done, and nothing was in those days.
    pub empty: bool,
    /// Done, and somebody has moved or deleted the file since.
    pub missing: bool,
    /// Who ordered it.
    pub author: String,
    /// When it was ordered.
    pub created_at: At,
    /// When the writing began: with `rows` and `rows_total` it tells how long it will take.
    pub started_at: Option<At>,
    /// When it was done, stopped or given up.
    pub finished_at: Option<At>,
}
