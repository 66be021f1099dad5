//! HTTP for connectors: one client per account, failures that say what happened, nothing secret in any of it.
//!
//! ```text
//!   Options ─► Client ─► Request ─► send()     ─► Answer    status, body, json()
//!   (proxy, roots)                  download() ─► bytes into a file, with a cap
//!                                        └──────► Failure   certain()? retry()? what to tell people
//! ```
//!
//! ```
//! # async fn story() -> Result<(), Box<dyn std::error::Error>> {
//! use net::{BaseAddress, Client, Options};
//! let client = Client::new(&Options::default())?;
//! let api = BaseAddress::parse("https://api.example.org")?;
//! let answer = client.get(api.join("v1/me")?).bearer("secret").send().await?;
//! let me: serde_json::Value = answer.json()?;
//! # Ok(()) }
//! ```
//!
//! Must not: name a vendor, sleep, retry, follow a redirect with credentials, put an address or a token into an error.

mod address;
pub use address::{BaseAddress, ProxyAddress, SetupError};
mod answer;
pub use answer::Answer;
mod classify;
pub use classify::{Failure, Sign, Trouble};
mod client;
pub use client::{Client, Options};
pub mod connector;
mod download;
pub use download::Downloaded;
pub mod rate_limit;
pub mod redact;
mod request;
pub use request::Request;
mod resolve;
mod tls;
mod upload;
pub use upload::{Form, Part, file_part};
