//! Against real sockets: what each way of failing is taken for, and that none of them tells a secret.

#![allow(clippy::unwrap_used, reason = "tests")]

mod certificates;
mod failures;
mod files;
mod secrets;
mod server;
