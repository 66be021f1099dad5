//! One folder per CRM; each keeps contacts, leads and notes of one service in step and knows nothing of channels.
//!
//! To add one: a folder with the same file names as its neighbours, one entry in [`registry`], one simulator.
//! Must not: reach the store, name a channel, import another CRM, sleep or retry.

pub mod registry;
pub use registry::CRMS;

/// A CRM's static side as data.
#[derive(Debug)]
pub struct Descriptor {
    /// The name of its folder.
    pub id: &'static str,
    /// Where its API lives when the user has not said otherwise.
    pub api: &'static str,
    /// Its mark as an SVG document.
    pub icon: &'static str,
    /// Its texts in Russian, English and Spanish: flat JSON objects with the same keys.
    pub texts: [&'static str; 3],
}
