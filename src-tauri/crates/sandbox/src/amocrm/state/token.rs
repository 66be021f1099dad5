//! Keys: what a program holds to get in.

use super::Dice;
use std::collections::BTreeMap;

/// The program as the account knows it.
#[derive(Debug)]
pub(crate) struct Integration {
    pub(crate) client_id: String,
    pub(crate) client_secret: String,
    /// Stored in its card; whoever asks for a token must repeat it.
    pub(crate) redirect_uri: String,
    /// What it may do at all.
    pub(crate) scopes: Vec<String>,
}

/// What a private integration is offered. <https://www.amocrm.ru/developers/content/oauth/oauth>
const SCOPES: &[&str] = &["crm", "files", "files_delete", "notifications", "push_notifications"];
/// And on Kommo with the chats add-on. <https://developers.kommo.com/reference/chats-api-add-on>
pub(crate) const KOMMO_SCOPES: [&str; 2] = ["list_external_messages", "send_external_messages"];

impl Integration {
    pub(crate) fn new(dice: &mut Dice) -> Self {
        Self {
            client_id: dice.uuid(),
            client_secret: dice.hex(64),
            redirect_uri: "https://example.com/amocrm".to_owned(),
            scopes: SCOPES.iter().map(|scope| (*scope).to_owned()).collect(),
        }
    }
}

/// Everything that was handed out.
#[derive(Debug, Default)]
pub(crate) struct Keys {
    pub(crate) access: BTreeMap<String, Access>,
    pub(crate) refresh: BTreeMap<String, Once>,
    pub(crate) codes: BTreeMap<String, Once>,
    /// The seeded long-lived token.
    pub(crate) home: String,
}

/// A token that opens the door.
#[derive(Debug, Clone)]
pub(crate) struct Access {
    pub(crate) user: i64,
    pub(crate) expires_at: i64,
    pub(crate) revoked: bool,
}

/// Something that is exchanged once.
#[derive(Debug, Clone)]
pub(crate) struct Once {
    pub(crate) user: i64,
    pub(crate) expires_at: i64,
    pub(crate) used: bool,
    /// The access token that came with it.
    pub(crate) access: Option<String>,
}
