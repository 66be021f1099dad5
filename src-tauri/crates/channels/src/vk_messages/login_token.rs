//! Logging in by pasting a community's access key: whose it is, what it may do, Long Poll switched on.

use std::collections::BTreeMap;

use async_trait::async_trait;
use contracts::{
    Secret,
    channel::{CallError, Field, FieldKind, Inputs, LoggedIn, Login, LoginError, LoginStep},
};
use domain::RemoteId;

use super::{
    client::{self, Client},
    errors::{call_error, reason},
    wire::{Group, TokenPermissions},
};
use crate::shared::vk_api::{Reach, VkApi, VkError};

/// The rights that the channel works with: dialogs, Long Poll, pictures and files in messages.
pub(super) const RIGHTS: [&str; 4] = ["manage", "messages", "photos", "docs"];
const TOKEN: &str = "token";
/// Keys of old communities have 85 characters, today's some 200; nothing shorter was ever handed out.
const SHORTEST: usize = 40;

/// The flow `token`.
pub(super) struct LoginToken {
    reach: Reach,
}

impl LoginToken {
    pub(super) fn new(reach: Reach) -> Self {
        Self { reach }
    }
}

#[async_trait]
impl Login for LoginToken {
    async fn next(&mut self, inputs: Inputs) -> Result<LoginStep, LoginError> {
        if inputs.0.is_empty() {
            return Ok(LoginStep::Input {
                text: "login.token.where",
                params: BTreeMap::new(),
                fields: vec![field(TOKEN, FieldKind::Secret)],
            });
        }
        let token = token_in(inputs.get(TOKEN))?;
        log_in(&self.reach, token, TOKEN).await.map(LoginStep::Done)
    }
}

/// A field that has to be filled in.
pub(super) fn field(key: &str, kind: FieldKind) -> Field {
    Field {
        key: key.to_owned(),
        kind,
        value: None,
        optional: false,
    }
}

fn token_in(pasted: &str) -> Result<Secret<String>, LoginError> {
    let wrong = |key| Err(LoginError::field(TOKEN, reason(key)));
    match pasted {
        "" => wrong("vk_messages.reason.token_empty"),
        token if looks_like_token(token) => Ok(Secret::new(token.to_owned())),
        _ => wrong("vk_messages.reason.token_form"),
    }
}

/// Letters, digits, dots, dashes, and enough of them.
pub(super) fn looks_like_token(text: &str) -> bool {
    text.len() >= SHORTEST
        && text
            .bytes()
            .all(|byte| byte.is_ascii_alphanumeric() || b"._-".contains(&byte))
}

/// Checks a key and makes the community ready to be received from. What is wrong with the key is said at `field`.
pub(super) async fn log_in(reach: &Reach, token: Secret<String>, field: &str) -> Result<LoggedIn, LoginError> {
    let wrong = |reason| LoginError::field(field, reason);
    let api = VkApi::new(reach.clone(), token.clone());
    let permissions = client::permissions(&api).await;
    let missing = missing_rights(&permissions.map_err(|error| refused_key(error, field))?);
    if !missing.is_empty() {
        return Err(wrong(
            reason("vk_messages.reason.token_rights").with("missing", missing.join(", ")),
        ));
    }
    let page = client::communities(&api, &[])
        .await
        .map_err(|error| refused_key(error, field))?;
    let group = page.groups.into_iter().next();
    let group = group.ok_or_else(|| wrong(reason("vk_messages.reason.token_personal")))?;
    if group.deactivated.is_some() {
        return Err(wrong(reason("vk_messages.reason.community_closed")));
    }
    let client = Client::new(api, group.id);
    client
        .switch_long_poll_on()
        .await
        .map_err(|error| not_ready(error, field))?;
    client
        .conversations(0, 1)
        .await
        .map_err(|error| not_ready(error, field))?;
    Ok(logged_in(group, token))
}

fn missing_rights(permissions: &TokenPermissions) -> Vec<&'static str> {
    let granted = |right: &&str| permissions.permissions.iter().any(|one| one.name == *right);
    RIGHTS.into_iter().filter(|right| !granted(right)).collect()
}

fn logged_in(group: Group, token: Secret<String>) -> LoggedIn {
    let address = if group.screen_name.is_empty() {
        format!("club{}", group.id)
    } else {
        group.screen_name
    };
    LoggedIn {
        remote_id: RemoteId::new(group.id),
        name: group.name,
        handle: Some(format!("vk.com/{address}")),
        secret: token,
        settings: BTreeMap::new(),
    }
}

/// What VK says to a key that it does not know, and to one that is no community's.
fn refused_key(error: VkError, field: &str) -> LoginError {
    let code = match &error {
        VkError::Api(error) => error.code,
        VkError::Call(_) => 0,
    };
    match code {
        5 | 1114 | 1116 | 1117 => LoginError::field(field, reason("vk_messages.reason.token_refused")),
        7 | 15 | 27 | 28 | 100 => LoginError::field(field, reason("vk_messages.reason.token_personal")),
        _ => call_error(error).into(),
    }
}

/// The key is good, and the community is not ready: what to change there is said at the field too.
fn not_ready(error: VkError, field: &str) -> LoginError {
    if matches!(&error, VkError::Api(error) if error.code == 15) {
        return LoginError::field(field, reason("vk_messages.reason.messages_off"));
    }
    match call_error(error) {
        CallError::Stuck { reason, .. } | CallError::Refused(reason) => LoginError::field(field, reason),
        other => other.into(),
    }
}
