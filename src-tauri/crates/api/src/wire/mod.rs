//! What goes over the boundary between the UI and the program: plain shapes, exported to TypeScript.
//! Moments are milliseconds since the epoch; ids are numbers local to this database.

mod accounts;
mod analytics;
mod boot;
mod contacts;
mod conversations;
mod exports;
mod journal;
mod links;
mod login;
mod messages;
mod quick_replies;
mod rules;
mod search;

pub use accounts::*;
pub use analytics::*;
pub use boot::*;
pub use contacts::*;
pub use conversations::*;
pub use exports::*;
pub use journal::*;
pub use links::*;
pub use login::*;
pub use messages::*;
pub use quick_replies::*;
pub use rules::*;
pub use search::*;

use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// Nothing to say.
#[derive(Debug, Clone, Default, Serialize, Deserialize, TS)]
pub struct Empty {}
