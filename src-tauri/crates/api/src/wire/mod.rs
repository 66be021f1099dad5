//! What goes over the boundary between the UI and the program: plain shapes, exported to TypeScript.
//! Moments are milliseconds since the epoch; ids are numbers local to this database.

mod accounts;
mod boot;
mod contacts;
mod conversations;
mod login;
mod messages;
mod quick_replies;
mod rules;
mod search;

pub use accounts::*;
pub use boot::*;
pub use contacts::*;
pub use conversations::*;
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
