//! amoCRM and Kommo: REST v4, files, OAuth, and the chats service amojo, with one account.
//!
//! ```text
//!   /api/v4/…            rest/   ┐                     ┌ desk/    what managers see and do
//!   /v1.0/, /download/   drive   ├─► state/ ─► ledger ◄┤ crm.rs   the `Crm` trait
//!   /oauth, /oauth2      oauth   │             │       └ switches what else can be ordered
//!   /v2/origin/custom/   amojo/  ┘             ▼
//!                                  events, talks, hooks to loopback addresses
//! ```
//!
//! The vendor has a host for each (`{account}.amocrm.ru`, `drive-b.amocrm.ru`, `www.amocrm.ru`, `amojo.amocrm.ru`); their
//! paths never clash, so here all are one.
//!
//! Written from <https://www.amocrm.ru/developers/> and <https://developers.kommo.com>. What the documents leave open and
//! is decided here: a repeated `msgid` makes a second message; history comes newest first; messages imported as outgoing
//! appear in the list of events; a stored file can be downloaded by whoever has its address. Not simulated: customers,
//! catalogs, mail, calls, digital pipeline, and repetitions of hooks that failed.

mod amojo;
mod conversation;
mod crm;
mod desk;
mod drive;
mod hooks;
mod ledger;
mod oauth;
mod rest;
mod seed;
mod state;
mod switches;

use crate::crm::Crm;
use crate::vendor::Host;
use state::State;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

/// The name in the registry.
pub(crate) const ID: &str = "amocrm";

/// Makes the CRM with its seeded account.
pub(crate) fn start(host: Host) -> Arc<dyn Crm> {
    Arc::new(crm::Amo(Shared(Arc::new(Mutex::new(seed::account(host))))))
}

/// The state, shared by routes and managers.
#[derive(Debug, Clone)]
struct Shared(Arc<Mutex<State>>);

impl Shared {
    /// A panic elsewhere leaves the state whole enough to be looked at.
    fn lock(&self) -> MutexGuard<'_, State> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
