//! VK communities, API 5.199: methods, Bots Long Poll, uploads, OAuth.
//!
//! ```text
//!   /method/<name>  api/        ┐                       ┌ customer.rs  what people do
//!   /lp/wh<group>   long_poll   ├─► state/ ─► posting ◄─┤ vendor.rs    tests and living people
//!   /upload, /files media       │     │                 └ switches.rs  errors and failures by order
//!   /authorize      oauth       ┘   wire/  JSON as VK writes it
//! ```
//!
//! ```
//! # async fn story() -> Result<(), Box<dyn std::error::Error>> {
//! # let sandbox = sandbox::Sandbox::start(sandbox::Options::default()).await?;
//! sandbox.customer("vk", "Анна")?.writes("Здравствуйте!")?; // a `message_new` waits for whoever polls
//! # Ok(()) }
//! ```
//!
//! Written from <https://dev.vk.com> and VK's published schema. Of chats of several people the community
//! hears what is said and done (`chats.rs`); comments are not simulated.

mod api;
mod attach;
mod chats;
mod customer;
mod emoji;
mod letter;
mod long_poll;
mod media;
mod method;
mod oauth;
mod phone;
mod posting;
mod seed;
mod state;
mod switches;
mod vendor;
mod wire;

use crate::vendor::{Host, Vendor};
use state::State;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use vendor::Vk;

/// The name in the registry.
pub(crate) const ID: &str = "vk";

/// Makes the network with its seeded communities.
pub(crate) fn start(host: Host) -> Arc<dyn Vendor> {
    Arc::new(Vk::new(Shared::new(seed::world(host))))
}

/// The state, shared by routes and people.
#[derive(Debug, Clone)]
struct Shared(Arc<Mutex<State>>);

impl Shared {
    fn new(state: State) -> Self {
        Self(Arc::new(Mutex::new(state)))
    }

    /// A panic elsewhere leaves the state whole enough to be looked at.
    fn lock(&self) -> MutexGuard<'_, State> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
