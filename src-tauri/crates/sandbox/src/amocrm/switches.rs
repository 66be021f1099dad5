//! What only this CRM has, by name, through `special`:
//!
//! | name | arguments | does |
//! | --- | --- | --- |
//! | `code` | | gives a fresh authorization code, as the card of the integration shows it |
//! | `integration` | `redirect_uri` | stores the address in the integration's card |
//! | `channel` | `hook` | registers the channel's address; `:scope_id` stands for the scope, empty for none |
//! | `platform` | `kommo`, `quota` | kommo.com with its chats add-on, or amocrm.ru |
//! | `files` | `open` | whether stored files open by their address alone |
//! | `robot` | `chat`, `text` | a robot of the account answers: nobody of the staff wrote it |
//! | `unsorted` | `on` | whether boards have the unsorted column |
//! | `disconnect` | | the integration is removed: tokens are dead, the channel is off |
//! | `forgive` | | lets an address in again that called too often |

use super::desk::answers::answer;
use super::oauth;
use super::state::State;
use super::state::chat::Writer;
use super::state::token::KOMMO_SCOPES;
use crate::act::Refused;
use serde_json::{Value, json};

pub(super) fn turn(state: &mut State, what: &str, arguments: &Value) -> Result<Value, Refused> {
    let flag = |name: &str| arguments.get(name).and_then(Value::as_bool).ok_or(Refused::Malformed);
    let text = |name: &str| arguments.get(name).and_then(Value::as_str).ok_or(Refused::Malformed);
    match what {
        "code" => return Ok(json!({"code": oauth::code(state)})),
        "integration" => text("redirect_uri")?.clone_into(&mut state.integration.redirect_uri),
        "channel" => text("hook")?.clone_into(&mut state.channel.hook),
        "platform" => {
            let quota = arguments.get("quota").and_then(Value::as_u64);
            platform(state, flag("kommo")?, quota);
        }
        "robot" => {
            let chat = text("chat")?.to_owned();
            state.chat(&chat).ok_or(Refused::NoSuchChat)?;
            let content = json!({"type": "text", "text": text("text")?});
            let message = answer(state, &chat, Writer::Bot, content, None, None);
            return Ok(json!({"message": message}));
        }
        "files" => state.account.open_files = flag("open")?,
        "unsorted" => {
            let on = flag("on")?;
            state.pipelines.iter_mut().for_each(|board| board.unsorted_on = on);
        }
        "disconnect" => {
            state.channel.connected = None;
            state.sources.clear();
            state.keys.access.values_mut().for_each(|access| access.revoked = true);
            state.keys.refresh.values_mut().for_each(|refresh| refresh.used = true);
        }
        "forgive" => state.excess = 0,
        _ => return Err(Refused::NotOnThisNetwork),
    }
    Ok(Value::Null)
}

fn platform(state: &mut State, kommo: bool, quota: Option<u64>) {
    state.account.kommo = kommo;
    if let Some(quota) = quota {
        state.account.quota = u32::try_from(quota).unwrap_or(u32::MAX);
    }
    let scopes = &mut state.integration.scopes;
    scopes.retain(|scope| !KOMMO_SCOPES.contains(&scope.as_str()));
    if kommo {
        scopes.extend(KOMMO_SCOPES.map(str::to_owned));
    }
}
