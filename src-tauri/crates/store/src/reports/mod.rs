//! What managers read: files of messages, and figures. Read models beside the tables, and the one stage that keeps
//! the figures true ([`counting`]); see `docs/decisions/0006-analytics.md`.

pub mod counting;
pub mod exports;
pub mod figures;
pub mod reading;
pub mod rows;
