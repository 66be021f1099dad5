//! A chat before its first message. <https://www.amocrm.ru/developers/content/chats/chat-api-reference#chat-create>

use super::error::Refusal;
use super::people;
use super::signature::Signed;
use crate::amocrm::rest::page::text;
use axum::Json;
use axum::extract::Path;
use serde_json::{Value, json};

/// The same conversation again gives the same chat.
pub(super) async fn create(Path(scope): Path<String>, signed: Signed) -> Result<Json<Value>, Refusal> {
    signed.within(&scope)?;
    let wish = signed.json()?;
    let own = text(&wish, "conversation_id").ok_or(Refusal::Invalid("conversation_id is required"))?;
    let mut state = signed.state();
    let told = wish.get("user").ok_or(Refusal::Invalid("user is required"))?;
    let person = people::read(&mut state, told).ok_or(Refusal::Invalid("user.id is required"))?;
    let source = wish
        .get("source")
        .and_then(|source| text(source, "external_id"))
        .map(str::to_owned);
    let known = state.chats.iter().find(|chat| chat.client_id.as_deref() == Some(own));
    let (id, shown) = match known {
        Some(chat) => (chat.id.clone(), people::shown(chat.people.first().unwrap_or(&person))),
        None => {
            let shown = people::shown(&person);
            (state.open_chat(Some(own.to_owned()), person, source), shown)
        }
    };
    Ok(Json(json!({"id": id, "user": shown})))
}
