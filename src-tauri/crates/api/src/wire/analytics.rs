use domain::AccountId;
use serde::{Deserialize, Serialize};
use ts_rs::TS;

use super::ExportFormat;

/// Figures of a period (LOG-4).
#[derive(Debug, Clone, Default, Deserialize, TS)]
#[serde(default)]
pub struct LookAnalytics {
    /// `2026-11-01`, in the time zone of the profile.
    pub first_day: String,
    /// The last day, included.
    pub last_day: String,
    /// Only of these accounts; empty: of all.
    pub account_ids: Vec<AccountId>,
}

/// Everything that the page shows.
#[derive(Debug, Clone, Serialize, TS)]
pub struct AnalyticsOverview {
    /// IANA name of the zone whose days these are.
    pub time_zone: String,
    /// The period as a whole.
    pub totals: AnalyticsTotals,
    /// As many days before it.
    pub before: AnalyticsTotals,
    /// First day of the period before.
    pub before_first_day: String,
    /// Last day of the period before.
    pub before_last_day: String,
    /// Who waits now, whatever the period.
    pub waiting: AnalyticsWaiting,
    /// Day by day, none left out.
    pub days: Vec<AnalyticsDay>,
    /// Channel by channel.
    pub accounts: Vec<AnalyticsAccount>,
    /// Those of ours who answered, the busiest first.
    pub operators: Vec<AnalyticsOperator>,
    /// How long people waited, short ones first.
    pub lengths: Vec<AnalyticsLength>,
    /// Messages of clients: seven days, Monday first, of 24 hours each.
    #[ts(type = "number[][]")]
    pub hours: Vec<Vec<i64>>,
    /// Where first-time clients came from, the usual way first, who told nothing last.
    pub sources: Vec<AnalyticsSource>,
    /// Conversations that are not counted yet: the figures follow, announced by the change `analytics`.
    #[ts(type = "number")]
    pub behind: i64,
}

/// Sums.
#[derive(Debug, Clone, Copy, Serialize, TS)]
pub struct AnalyticsTotals {
    /// Clients who wrote for the first time.
    #[ts(type = "number")]
    pub firsts: i64,
    /// Messages of clients.
    #[ts(type = "number")]
    pub incoming: i64,
    /// Messages of ours.
    #[ts(type = "number")]
    pub outgoing: i64,
    /// Times a client began to wait for an answer.
    #[ts(type = "number")]
    pub asked: i64,
    /// How many of them were answered.
    #[ts(type = "number")]
    pub answered: i64,
    /// Times when no answer was needed, by the word of a person; not among `asked`.
    #[ts(type = "number")]
    pub dismissed: i64,
    /// Half of the answers came within so many milliseconds, at most 2.5 % off; `None`: there was none.
    #[ts(type = "number | null")]
    pub median_ms: Option<i64>,
    /// Nine of ten answers came within.
    #[ts(type = "number | null")]
    pub p90_ms: Option<i64>,
}

/// Who waits now.
#[derive(Debug, Clone, Copy, Serialize, TS)]
pub struct AnalyticsWaiting {
    /// Conversations.
    #[ts(type = "number")]
    pub all: i64,
    /// Those that wait longer than the limit.
    #[ts(type = "number")]
    pub late: i64,
    /// The limit of the settings, `wait_alarm_minutes`; also the line of the chart.
    pub limit_minutes: u32,
}

/// A day.
#[derive(Debug, Clone, Serialize, TS)]
pub struct AnalyticsDay {
    /// `2026-11-01`.
    pub day: String,
    /// Its sums.
    pub totals: AnalyticsTotals,
    /// Clients who wrote for the first time, by account.
    pub firsts: Vec<AnalyticsCount>,
}

/// How many, of an account.
#[derive(Debug, Clone, Copy, Serialize, TS)]
pub struct AnalyticsCount {
    /// Which; `None`: accounts that were deleted.
    pub account_id: Option<AccountId>,
    /// How many.
    #[ts(type = "number")]
    pub count: i64,
}

/// A channel.
#[derive(Debug, Clone, Serialize, TS)]
pub struct AnalyticsAccount {
    /// Which; `None`: accounts that were deleted.
    pub account_id: Option<AccountId>,
    /// Its name; `None`: as above.
    pub name: Option<String>,
    /// Its network; `None`: as above.
    pub channel: Option<String>,
    /// Clients who wrote for the first time.
    #[ts(type = "number")]
    pub firsts: i64,
    /// The same in the period before.
    #[ts(type = "number")]
    pub firsts_before: i64,
    /// Messages of clients.
    #[ts(type = "number")]
    pub incoming: i64,
    /// Messages of ours.
    #[ts(type = "number")]
    pub outgoing: i64,
}

/// One of ours.
#[derive(Debug, Clone, Serialize, TS)]
pub struct AnalyticsOperator {
    /// By the name in the messages; `None`: written where names are not told.
    pub name: Option<String>,
    /// Different conversations in which they answered.
    #[ts(type = "number")]
    pub conversations: i64,
    /// Turns that were theirs: answered by them, or still waiting where they answered last.
    #[ts(type = "number")]
    pub asked: i64,
    /// Those of them that were answered.
    #[ts(type = "number")]
    pub answered: i64,
    /// Half of the answers came within.
    #[ts(type = "number | null")]
    pub median_ms: Option<i64>,
    /// Nine of ten answers came within.
    #[ts(type = "number | null")]
    pub p90_ms: Option<i64>,
}

/// How many waited how long.
#[derive(Debug, Clone, Copy, Serialize, TS)]
pub struct AnalyticsLength {
    /// At most so many minutes, and more than the one before; `None`: longer than all.
    #[ts(type = "number | null")]
    pub minutes: Option<i64>,
    /// Answers.
    #[ts(type = "number")]
    pub answers: i64,
}

/// A way to us.
#[derive(Debug, Clone, Serialize, TS)]
pub struct AnalyticsSource {
    /// As it was told; `None`: not told.
    pub source: Option<String>,
    /// Clients who wrote for the first time.
    #[ts(type = "number")]
    pub clients: i64,
    /// The same in the period before.
    #[ts(type = "number")]
    pub clients_before: i64,
}

/// By what waiting is measured.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct AnalyticsSettings {
    /// Only working hours count; a message of the night waits from the morning on.
    pub working_hours: bool,
    /// Begin, minutes since midnight.
    pub from_minutes: u16,
    /// End, minutes since midnight; not later than the begin: on the next day.
    pub to_minutes: u16,
    /// Monday to Sunday.
    pub days: [bool; 7],
}

/// A table of the page as a file.
#[derive(Debug, Clone, Default, Deserialize, TS)]
#[serde(default)]
pub struct ExportAnalytics {
    /// `days`, `channels`, `operators`, `answers`, `hours`, `sources`.
    pub table: String,
    /// As [`LookAnalytics`].
    pub first_day: String,
    /// The last day, included.
    pub last_day: String,
    /// Only of these accounts; empty: of all.
    pub account_ids: Vec<AccountId>,
    /// Anything but pages.
    pub format: ExportFormat,
}
