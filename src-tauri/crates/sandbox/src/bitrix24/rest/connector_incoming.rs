//! What a connector sends in, taken apart: who wrote, where, what.
//!
//! <https://apidocs.bitrix24.com/api-reference/imopenlines/imconnector/imconnector-send-messages.html>

use super::Call;
use super::connector_messages::part;
use crate::bitrix24::php;
use crate::bitrix24::state::lines::Guest;
use crate::bitrix24::state::talk::Incoming;
use serde_json::Value;

/// Longest name that is taken.
const LONGEST_NAME: usize = 25;

/// The message in words of the state, or why it is not taken.
pub(super) fn incoming(call: &Call<'_>, connector: &str, line: i64, message: &Value) -> Result<Incoming, &'static str> {
    let of = |block: &str, name: &str| part(message, block, name);
    let guest = guest(message)?;
    if of("chat", "id").is_empty() {
        return Err("Не указан идентификатор чата");
    }
    let body = php::member(message, "message");
    let files = php::items(php::member(body, "files")).into_iter();
    let files: Vec<(String, String)> = files
        .map(|file| {
            (
                php::text(php::member(file, "url")),
                php::text(php::member(file, "name")),
            )
        })
        .filter(|(url, _)| !url.is_empty())
        .collect();
    if of("message", "text").is_empty() && files.is_empty() {
        return Err("Пустое сообщение");
    }
    let manager = php::int(php::member(body, "user_id")).filter(|id| *id > 0);
    if manager.is_some_and(|id| call.state.portal.employee(id).is_none()) {
        return Err("Сотрудник не найден");
    }
    Ok(Incoming {
        connector: connector.to_owned(),
        line,
        guest,
        chat: of("chat", "id"),
        chat_name: of("chat", "name"),
        chat_url: of("chat", "url"),
        outside: of("message", "id"),
        text: of("message", "text"),
        files,
        at: php::moment(php::member(body, "date")).unwrap_or_else(|| call.state.host.clock.now()),
        without_crm: of("message", "disable_crm") == "Y",
        manager,
    })
}

/// Names are letters, spaces, hyphens, apostrophes; a phone is checked unless the client asks not to.
fn guest(message: &Value) -> Result<Guest, &'static str> {
    let of = |name: &str| part(message, "user", name);
    if of("id").is_empty() {
        return Err("Не указан идентификатор пользователя");
    }
    let bad_name = |name: String| {
        let letters = |one: char| one.is_alphabetic() || matches!(one, ' ' | '-' | '\'' | '’');
        name.chars().count() > LONGEST_NAME || !name.chars().all(letters)
    };
    if bad_name(of("name")) || bad_name(of("last_name")) {
        return Err("Недопустимое имя пользователя");
    }
    let digits = of("phone").chars().filter(char::is_ascii_digit).count();
    let phone = match (7..=15).contains(&digits) || of("skip_phone_validate") == "Y" {
        true => of("phone"),
        false => String::new(),
    };
    Ok(Guest {
        id: 0,
        outside: of("id"),
        name: of("name"),
        last_name: of("last_name"),
        phone,
        email: of("email"),
    })
}
