//! What people set for an account, in three shapes: described for a form, stored by key, compiled for use.

mod book;
pub(crate) use book::RuleBook;
mod form;
pub use form::{RuleField, RuleSection, SECTIONS};
mod read;
pub use read::{AutoReply, ChannelRules};
