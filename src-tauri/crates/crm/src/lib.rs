//! One folder per CRM; each implements [`contracts::crm::Crm`] and nothing else.
//!
//! To add one: a folder with the same file names as its neighbours, one entry in [`registry`], one simulator.
//! Must not: reach the store, name a channel in its code (what differs between networks comes as data), import another
//! CRM (common things live in `shared/`), sleep, retry or keep anything in memory whose loss matters.

pub mod amocrm;
pub mod bitrix24;
pub mod registry;
mod shared;
pub use registry::CRMS;
