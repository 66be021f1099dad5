//! What every simulated CRM offers: what a *manager* sees and does, in words of no vendor.
//!
//! ```text
//!   our connector, any third-party client          tests · manager's page · living managers
//!               │ the vendor's own HTTP                          │ Crm trait
//!               ▼                                                ▼
//!   ┌── chaos ────────────────────────►  amocrm  …  (src/<id>/, a line in registry::CRMS)
//! ```
//!
//! A network ([`crate::Vendor`]) is seen from the customer's phone; a CRM is seen from the manager's desk. What clients
//! of both meet – addresses, method names, failures, credentials – is [`crate::Wire`].

mod card;
mod chat;
mod deed;

pub use card::{Card, CardId, CardKind, Closing, Employee, Field, Note, NoteId, Stage, Task};
pub use chat::{Author, CrmChat, CrmMessage, Fate, count_copies};
pub use deed::Deed;

use crate::act::Refused;
use crate::ids::{ManagerId, MessageId};
use crate::vendor::{Host, Wire};
use serde_json::{Map, Value};
use std::sync::Arc;

/// One line of the registry of CRMs.
#[derive(Clone, Copy, Debug)]
pub struct CrmEntry {
    /// The name in credentials, control paths and `Sandbox::crm`.
    pub id: &'static str,
    /// Makes the CRM with one seeded account.
    pub start: fn(Host) -> Arc<dyn Crm>,
}

/// A simulated CRM with one account in it.
///
/// All methods are immediate: state lives in memory, and only routes wait.
pub trait Crm: Wire {
    /// Further services of the vendor (chats, sign-in) for the first line of the binary, each by its full name.
    fn beside(&self) -> Map<String, Value> {
        Map::new()
    }

    /// Who works there; the first one is the administrator that the seeded credentials belong to.
    fn managers(&self) -> Vec<Employee>;

    /// Columns in which leads and deals stand, in order.
    fn stages(&self) -> Vec<Stage>;

    /// Leads, deals, contacts, companies: newest first, deleted ones left out.
    fn cards(&self) -> Vec<Card>;

    /// Conversations with clients as the manager sees them, newest first.
    fn chats(&self) -> Vec<CrmChat>;

    /// A manager does something; gives the chat messages that came of it.
    fn manager_does(&self, who: &ManagerId, deed: Deed) -> Result<Vec<MessageId>, Refused>;
}
