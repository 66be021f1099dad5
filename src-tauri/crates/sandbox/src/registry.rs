//! Every simulated network: one line each.

use crate::vendor::Entry;

/// In the order of their default ports.
pub(crate) static VENDORS: &[Entry] = &[
    Entry {
        id: crate::telegram_bot::ID,
        start: crate::telegram_bot::start,
    },
    Entry {
        id: crate::vk::ID,
        start: crate::vk::start,
    },
];
