//! People of Telegram, and the bot.

use crate::telegram_bot::state::file::FileId;

/// A person.
#[derive(Clone, Debug)]
pub(crate) struct User {
    pub(crate) id: i64,
    pub(crate) first_name: String,
    pub(crate) last_name: String,
    pub(crate) username: Option<String>,
    pub(crate) phone: Option<String>,
    pub(crate) about: Option<String>,
    pub(crate) birthday: Option<String>,
    pub(crate) avatar: Option<FileId>,
    /// Pressed Start or wrote: the private chat exists.
    pub(crate) started: bool,
    /// The bot has met the person somewhere (a group), so that the id means something to it.
    pub(crate) met: bool,
    /// Blocked the bot.
    pub(crate) blocked: bool,
    /// Deleted the account.
    pub(crate) deactivated: bool,
}

/// The business account.
#[derive(Clone, Debug)]
pub(crate) struct Bot {
    pub(crate) id: i64,
    pub(crate) first_name: String,
    pub(crate) username: String,
    pub(crate) token: String,
    /// The token is refused until it is restored.
    pub(crate) expired: bool,
    /// The network closed the account.
    pub(crate) banned: bool,
    /// `logOut` was called: the bot lives on another server now.
    pub(crate) logged_out: bool,
    /// `close` was called.
    pub(crate) closed: bool,
    /// How many tokens there were before this one.
    pub(crate) renewals: u32,
}
