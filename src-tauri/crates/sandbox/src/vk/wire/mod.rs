//! The state in VK's words: JSON objects of version 5.199, and nothing else.

pub(crate) mod conversation;
pub(crate) mod message;
pub(crate) mod page;
