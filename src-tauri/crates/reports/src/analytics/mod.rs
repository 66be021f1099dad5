//! Figures: how many wrote, how soon they were answered, by whom, when, and where they came from.

mod count;
pub use count::{Basis, count, naive};
mod hours;
pub use hours::{Hours, HoursError};
mod look;
pub use look::{
    AccountFigures, DayFigures, Length, OperatorFigures, Overview, SourceFigures, Totals, Waiting, Wanted, look,
};
mod scale;
mod sheet;
pub use sheet::{Sheet, Table, table};
mod turns;

/// «mark / second mark», from what the network told about a person's arrival.
pub(crate) fn source_text(json: &str) -> String {
    let stored: serde_json::Value = serde_json::from_str(json).unwrap_or_default();
    let part = |name: &str| {
        stored
            .get(name)
            .and_then(serde_json::Value::as_str)
            .filter(|text| !text.is_empty())
    };
    [part("reference"), part("detail")]
        .into_iter()
        .flatten()
        .collect::<Vec<_>>()
        .join(" / ")
}
