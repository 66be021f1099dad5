//! The channels of this build: one line each.

use contracts::channel::Channel;

/// Every channel that speaks HTTP, in the order of the connect page.
pub static CHANNELS: &[&dyn Channel] = &[&crate::telegram_bot::CHANNEL, &crate::vk_messages::CHANNEL];
