//! Boards with their columns, and where leads come from.

/// The two last columns of every board have the same numbers everywhere.
/// <https://www.amocrm.ru/developers/content/crm_platform/leads_pipelines>
pub(crate) const WON: i64 = 142;
pub(crate) const LOST: i64 = 143;

/// A board.
#[derive(Debug, Clone)]
pub(crate) struct Pipeline {
    pub(crate) id: i64,
    pub(crate) name: String,
    pub(crate) main: bool,
    pub(crate) unsorted_on: bool,
    pub(crate) statuses: Vec<Status>,
}

/// A column.
#[derive(Debug, Clone)]
pub(crate) struct Status {
    pub(crate) id: i64,
    pub(crate) name: String,
    pub(crate) color: &'static str,
    /// The column of what nobody has accepted yet.
    pub(crate) unsorted: bool,
}

impl Pipeline {
    /// Where new leads stand.
    pub(crate) fn first_status(&self) -> i64 {
        let usual = self.statuses.iter().find(|status| !status.unsorted);
        usual.map_or(WON, |status| status.id)
    }

    pub(crate) fn unsorted_status(&self) -> i64 {
        let unsorted = self.statuses.iter().find(|status| status.unsorted);
        unsorted.map_or_else(|| self.first_status(), |status| status.id)
    }

    pub(crate) fn status(&self, id: i64) -> Option<&Status> {
        self.statuses.iter().find(|status| status.id == id)
    }
}

/// A channel that a program told the account of: its messages go to a board of its own.
#[derive(Debug, Clone)]
pub(crate) struct Source {
    pub(crate) id: i64,
    pub(crate) name: String,
    pub(crate) external_id: String,
    pub(crate) pipeline: i64,
    pub(crate) default: bool,
    pub(crate) services: serde_json::Value,
}
