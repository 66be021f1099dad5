//! What only VK has and a test or a curious person wants to bring about: [`crate::Vendor::special`], that is
//! `POST /vendors/vk/special/<switch>` of the control server.
//!
//! | switch | body | effect |
//! | --- | --- | --- |
//! | `long_poll` | `{"do": "rotate_key"}` | pollers hear `failed: 2` |
//! | | `{"do": "forget_history"}` | pollers that lag hear `failed: 1` |
//! | | `{"do": "lose"}` | pollers hear `failed: 3` |
//! | `error` | `{"code": 14, "method": "messages.send", "times": 1}` | the next calls end with that code |
//! | `clear` | `{}` | forgets ordered errors |
//! | `crop` | `{"times": 1}` | the next messages arrive cropped |
//! | `person` | `{"id": 1, "page": "deleted", "consent": "private", "blacklisted": true}` | errors 18, 902, 900 |
//! | `community` | `{"messages": false, "rights": "messages,photos"}` | error 15 for messages, or for what lacks a right |
//! | `chat` | `{"chat": 3, "from": 1, "title": "Замеры", "text": "…", "action": {…}}` | said or done in a chat of several |
//! | `captcha` | `{"sid": "…"}` | the letters on the picture |

use super::chats;
use super::state::State;
use super::state::dialog::Consent;
use super::state::token::Rights;
use super::state::user::Page;
use crate::act::Refused;
use serde::Deserialize;
use serde_json::{Value, json};

#[derive(Debug, Deserialize)]
#[serde(rename_all = "snake_case", tag = "switch", deny_unknown_fields)]
enum Switch {
    LongPoll {
        r#do: PollTrouble,
    },
    Error {
        code: i64,
        method: Option<String>,
        #[serde(default = "once")]
        times: u32,
    },
    Clear {},
    Crop {
        #[serde(default = "once")]
        times: u32,
    },
    Person {
        id: i64,
        page: Option<PageForm>,
        consent: Option<ConsentForm>,
        blacklisted: Option<bool>,
    },
    Community {
        messages: Option<bool>,
        rights: Option<String>,
    },
    Captcha {
        sid: String,
    },
}

fn once() -> u32 {
    1
}

#[derive(Debug, Deserialize)]
#[serde(rename_all = "snake_case")]
enum PollTrouble {
    RotateKey,
    ForgetHistory,
    Lose,
}

#[derive(Debug, Deserialize)]
#[serde(rename_all = "snake_case")]
enum PageForm {
    Open,
    Closed,
    Deleted,
    Banned,
}

#[derive(Debug, Deserialize)]
#[serde(rename_all = "snake_case")]
enum ConsentForm {
    Never,
    Given,
    Withdrawn,
    Private,
}

/// Turns a switch; an unknown one, or a body that does not fit it, is nothing that this network has.
pub(super) fn turn(state: &mut State, name: &str, body: &Value) -> Result<Value, Refused> {
    if name == "chat" {
        let said = serde_json::from_value(body.clone()).map_err(|_source| Refused::NotOnThisNetwork)?;
        return chats::say(state, said);
    }
    let mut fields = body.as_object().cloned().unwrap_or_default();
    fields.insert("switch".to_owned(), json!(name));
    let switch = serde_json::from_value(Value::Object(fields)).map_err(|_source| Refused::NotOnThisNetwork)?;
    Ok(carry_out(state, switch))
}

fn carry_out(state: &mut State, switch: Switch) -> Value {
    match switch {
        Switch::LongPoll { r#do } => {
            let queue = &mut state.home().long_poll;
            match r#do {
                PollTrouble::RotateKey => queue.rotate_key(),
                PollTrouble::ForgetHistory => queue.forget_history(),
                PollTrouble::Lose => queue.lose(),
            }
        }
        Switch::Error { code, method, times } => state.orders.error(code, method, times),
        Switch::Clear {} => state.orders.clear(),
        Switch::Crop { times } => state.orders.crop = times,
        Switch::Person {
            id,
            page,
            consent,
            blacklisted,
        } => person(state, id, page, consent, blacklisted),
        Switch::Community { messages, rights } => {
            let home = state.home();
            home.messages_on = messages.unwrap_or(home.messages_on);
            let key = state.home_token.clone();
            if let (Some(scope), Some(token)) = (rights, state.tokens.get_mut(&key)) {
                token.rights = Rights::from_scope(&scope);
            }
        }
        Switch::Captcha { sid } => return json!({"letters": state.orders.captcha(&sid)}),
    }
    json!({})
}

fn person(state: &mut State, id: i64, page: Option<PageForm>, consent: Option<ConsentForm>, blacklisted: Option<bool>) {
    if let (Some(page), Some(user)) = (page, state.users.get_mut(&id)) {
        user.page = match page {
            PageForm::Open => Page::Open,
            PageForm::Closed => Page::Closed,
            PageForm::Deleted => Page::Deleted,
            PageForm::Banned => Page::Banned,
        };
    }
    let dialog = state.home().dialog(id);
    dialog.blacklisted = blacklisted.unwrap_or(dialog.blacklisted);
    if let Some(consent) = consent {
        dialog.consent = match consent {
            ConsentForm::Never => Consent::Never,
            ConsentForm::Given => Consent::Given,
            ConsentForm::Withdrawn => Consent::Withdrawn,
            ConsentForm::Private => Consent::Private,
        };
    }
}
