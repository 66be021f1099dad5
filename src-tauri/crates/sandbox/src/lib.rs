//! Simulators of every remote service, written from the vendors' documents.
//!
//! ```text
//!   our app, or any third-party client           tests · control page · living people
//!              │ the vendor's own HTTP                        │ Vendor trait
//!              ▼                                              ▼
//!   ┌── chaos (delay, lose, double, 429…) ──► telegram_bot · vk · … ──┐
//!   └──────────────── 127.0.0.1, one port each ───────────────────────┘
//! ```
//!
//! ```
//! # async fn story() -> Result<(), Box<dyn std::error::Error>> {
//! use sandbox::{Options, Sandbox};
//! let sandbox = Sandbox::start(Options::default()).await?;
//! println!("{:?}", sandbox.directory()); // addresses and seeded credentials
//! sandbox.stop().await;
//! # Ok(()) }
//! ```
//!
//! It must not know any type of ours: what it shares with the app is the wire, so that a mistake in reading the
//! vendor's documents has to be made twice to go unnoticed. It must not reach outside 127.0.0.1.

pub mod act;
mod amocrm;
mod bitrix24;
pub mod chaos;
pub mod clock;
mod control;
pub mod crm;
pub mod customer;
mod html;
pub mod ids;
pub mod letter;
pub mod media;
pub mod news;
mod outward;
mod people;
pub mod person;
pub mod phone;
mod registry;
pub mod samples;
mod sandbox;
mod telegram_bot;
mod throttle;
mod tls;
pub mod vendor;
mod vk;
mod world;

pub use act::{Abilities, AccountChange, Act, Past, Refused};
pub use clock::Clock;
pub use crm::{Crm, CrmEntry};
pub use customer::Customer;
pub use ids::{ChatId, ManagerId, MessageId, PersonId};
pub use letter::{FileKind, Letter, Part, Text};
pub use media::Media;
pub use people::People;
pub use person::{Chat, ChatKind, NewPerson, Person};
pub use phone::{PhoneChat, PhoneMessage, Sent};
pub use sandbox::{Options, Sandbox, StartError};
pub use vendor::{Entry, Host, Vendor, Wire};
pub use world::{Running, World};
