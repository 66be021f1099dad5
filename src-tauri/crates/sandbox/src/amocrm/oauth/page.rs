//! The page on which an administrator gives or refuses access.

use super::Request;
use crate::amocrm::state::State;
use crate::html::escaped;

/// Access of `request` to the account, asked of its administrator.
pub(super) fn consent(state: &State, request: &Request) -> String {
    let person = state.users.first().map(|user| user.name.as_str()).unwrap_or_default();
    let scopes: String = state
        .integration
        .scopes
        .iter()
        .map(|scope| format!("<li>{}</li>", told(scope)))
        .collect();
    let hidden: String = [
        ("client_id", &request.client_id),
        ("state", &request.state),
        ("mode", &request.mode),
    ]
    .iter()
    .map(|(name, value)| format!("<input type=\"hidden\" name=\"{name}\" value=\"{}\">", escaped(value)))
    .collect();
    format!(
        "<!doctype html><html lang=\"ru\"><meta charset=\"utf-8\"><title>Предоставление доступа</title>\
         <style>body{{font:15px/1.5 system-ui;max-width:420px;margin:60px auto;padding:0 16px}}\
         button{{font:inherit;padding:8px 18px;margin-right:8px}}</style>\
         <h1>Предоставить доступ?</h1><p>Вы вошли как {person}.</p><p>Аккаунт: <b>{}</b> ({})</p>\
         <ul>{scopes}</ul><form method=\"post\" action=\"/oauth/decide\">{hidden}\
         <button name=\"decision\" value=\"allow\">Разрешить</button>\
         <button name=\"decision\" value=\"deny\">Отказать</button></form></html>",
        state.account.name,
        state.account.domain(),
    )
}

fn told(scope: &str) -> &str {
    match scope {
        "crm" => "Доступ к данным аккаунта",
        "files" => "Доступ к файлам",
        "files_delete" => "Удаление файлов",
        "notifications" => "Доступ к уведомлениям",
        "list_external_messages" => "Чтение сообщений внешних каналов",
        "send_external_messages" => "Отправка сообщений во внешние каналы",
        other => other,
    }
}
