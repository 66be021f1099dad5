//! __TYPE__: a token, contacts, notes. Written by `cargo xtask new crm`, for a service of the simplest kind; each file
//! is to be made true to the vendor's documents.
//!
//! Facts: put the vendor's pages here.

use crate::Descriptor;

pub mod client;
pub mod errors;
pub mod login;
pub mod mapping;
pub mod wire;

#[cfg(test)]
mod tests;

/// The CRM.
pub static CRM: Descriptor = Descriptor {
    id: "__ID__",
    api: "https://api.__HOST__.example",
    icon: include_str!("icon.svg"),
    texts: [include_str!("texts.ru.json"), include_str!("texts.en.json"), include_str!("texts.es.json")],
};
