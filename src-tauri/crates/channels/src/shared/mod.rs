//! What several channels use.

pub(crate) mod failure;
#[cfg(test)]
pub(crate) mod rehearsal;
pub(crate) mod setup;
pub(crate) mod vk_api;
pub(crate) mod vk_long_poll;
