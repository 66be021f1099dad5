//! The real window, driven as a person would: WebKitGTK under Xvfb, through tauri-driver.
//!
//! ```text
//!   story ── thirtyfour ──► tauri-driver ──► WebKitWebDriver ──► besedka --demo
//!     └──────────── the screen, the session bus ────────────────────┘
//! ```
//!
//! `BESEDKA_APP` names the program and `TAURI_DRIVER` the driver; `cargo xtask test --only window` sets both and brings
//! the screen and the bus. Linux only: macOS has no WebDriver for its web view.
//!
//! Must not: know what is inside the program; only what a person at this desk could see or do.
#![cfg(target_os = "linux")]

mod bus;
pub use bus::{NoticeBoard, Seen};
mod desk;
pub use desk::Desk;
mod driver;
mod launch;
pub use launch::Launched;
mod network;
pub use network::Network;
mod page;
pub use page::Page;
mod processes;
pub use processes::{Process, Processes};
mod screen;

use std::time::Duration;

/// Longest wait for anything to happen on the screen. Generous: a debug build on a busy machine.
pub const PATIENCE: Duration = Duration::from_secs(45);
