//! Every simulated service: one line each.

use crate::crm::CrmEntry;
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

/// In the order of their default ports, which do not move when a network is added.
pub(crate) static CRMS: &[CrmEntry] = &[
    CrmEntry {
        id: crate::amocrm::ID,
        start: crate::amocrm::start,
    },
    CrmEntry {
        id: crate::bitrix24::ID,
        start: crate::bitrix24::start,
    },
];
