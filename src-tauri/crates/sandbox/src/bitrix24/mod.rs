//! A Bitrix24 portal: REST, OAuth, open lines with connectors, offline events, the push server.
//!
//! ```text
//!   /rest/…         door ──► rest/ (tables of methods) ┐                    ┌ desk/       what people of the portal do
//!   /oauth/…        oauth                              ├─► state/ + crm/ ◄──┤ vendor.rs   tests, token trouble
//!   /sub, /subws    pull                               │        │           └ switches.rs what only this portal has
//!   /~…, /docs, …   files                              ┘     courier ──► handlers and files on this machine
//! ```
//!
//! ```
//! # async fn story() -> Result<(), Box<dyn std::error::Error>> {
//! # let sandbox = sandbox::Sandbox::start(sandbox::Options::default()).await?;
//! let portal = sandbox.crm("bitrix24")?;
//! println!("{:?}", portal.vendor.credentials()); // client_id, client_secret, webhook
//! # Ok(()) }
//! ```
//!
//! Written from <https://apidocs.bitrix24.com>; where that is silent, from the server modules that the vendor published
//! and from recorded answers. What rests on reading alone is marked so where it stands. It is not built from, and must
//! not know, any client of ours. Smart processes, telephony, chat bots and REST 3.0 are not simulated.

mod courier;
mod crm;
mod desk;
mod door;
mod files;
mod oauth;
mod php;
mod pull;
mod rest;
mod seed;
mod state;
mod switches;
mod vendor;

use crate::crm::Crm;
use crate::vendor::Host;
use courier::Courier;
use state::State;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use vendor::Bitrix24;

/// The name in the registry.
pub(crate) const ID: &str = "bitrix24";

/// Makes the portal with its staff, line, local application and webhook.
pub(crate) fn start(host: Host) -> Arc<dyn Crm> {
    let (courier, errands) = Courier::new();
    let shared = Shared(Arc::new(Mutex::new(seed::portal(host, courier))));
    tokio::spawn(courier::run(errands, Arc::downgrade(&shared.0)));
    Arc::new(Bitrix24::new(shared))
}

/// The state, shared by routes and people.
#[derive(Debug, Clone)]
struct Shared(Arc<Mutex<State>>);

impl Shared {
    fn of(state: Arc<Mutex<State>>) -> Self {
        Self(state)
    }

    /// A panic elsewhere leaves the state whole enough to be looked at.
    fn lock(&self) -> MutexGuard<'_, State> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
