//! The composition root: the one place that knows every part, and puts them together.
//!
//! ```text
//!   Paths ─► Lock ─► key (keyring, passphrase) ─► Store (rescue, if damaged) ─► App ─► Workspace
//!                                                                              ▲
//!                              demo: simulators, a folder of its own ──────────┘
//! ```
//!
//! ```no_run
//! # async fn story() -> anyhow::Result<()> {
//! use compose::{Paths, Setup, Workspace};
//! let workspace = Workspace::open(Setup::new(Paths::choose(None)?)); // returns at once, opens in the background
//! let status = workspace.status().await;
//! workspace.close().await;
//! # Ok(()) }
//! ```
//!
//! A [`Workspace`] answers calls from the first moment: they wait until it is open, or are refused as
//! [`web::Refusal::Locked`] while somebody has to enter the passphrase. The window and the web server share it.
//!
//! Must not: hold a rule of the product, know a window.

pub mod demo;
mod lock;
pub mod logging;
mod open;
pub use open::OpenError;
mod paths;
pub use paths::{Paths, PathsError};
mod status;
pub use status::{Status, StatusKind};
mod workspace;
pub use workspace::{Setup, Workspace};

/// The call by which a page opens the demo beside a person's own workspace, and from a demo leads back. Answered by
/// those who show workspaces, because it is about two of them: the window starts the program once more, the web server
/// says where the other one is served.
pub const OTHER: &str = "workspace.other";

/// The version of the program.
pub const VERSION: &str = env!("CARGO_PKG_VERSION");
