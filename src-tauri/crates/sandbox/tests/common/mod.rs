//! What the stories of every vendor share.

#![allow(dead_code, unreachable_pub)] // each test binary uses a part of it

pub mod binary;
mod environment;
pub mod python;

use sandbox::{Options, Sandbox};

/// A world without limits of calls per second, on free ports.
pub async fn world() -> Sandbox {
    Sandbox::start(Options {
        limits: false,
        ..Options::default()
    })
    .await
    .expect("the sandbox starts")
}

/// A client of plain HTTP.
pub fn http() -> reqwest::Client {
    // No address here is encrypted, but the client wants to know with what it would be.
    let _ = rustls::crypto::ring::default_provider().install_default();
    reqwest::Client::new()
}
