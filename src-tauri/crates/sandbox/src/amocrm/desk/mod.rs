//! The manager's desk: what is on it, and what can be done.

pub(super) mod answers;
pub(super) mod chats;
pub(super) mod deeds;
pub(super) mod shown;
