//! Who works in the account.

/// A person of the staff.
#[derive(Debug, Clone)]
pub(crate) struct User {
    pub(crate) id: i64,
    pub(crate) name: String,
    pub(crate) email: String,
    pub(crate) administrator: bool,
    /// The name in the chats service.
    pub(crate) amojo_id: String,
    pub(crate) uuid: String,
}
