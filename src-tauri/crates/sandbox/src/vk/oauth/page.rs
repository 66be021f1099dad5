//! The page on which an administrator gives or refuses consent.

use super::Request;
use crate::html::escaped;
use crate::vk::state::State;
use crate::vk::state::token::Rights;

const STYLE: &str = "body{font:15px/1.45 system-ui,sans-serif;background:#edeef0;color:#1c1d1f;margin:0;display:grid;\
min-height:100vh;place-items:center}main{background:#fff;border-radius:12px;padding:28px 32px;width:380px}h1{font-size:20px;\
margin:0 0 12px}ul{padding-left:20px}button{font:inherit;border:0;border-radius:8px;padding:9px 18px;margin-right:8px;\
cursor:pointer}.allow{background:#2d6fc4;color:#fff}.deny{background:#e5ebf1;color:#1f4b86}small{color:#6b7280}";

/// Consent to what `request` asks, by the administrator `user`.
pub(super) fn consent(state: &State, request: &Request, user: i64) -> String {
    let person = state
        .users
        .get(&user)
        .map(|user| format!("{} {}", user.first_name, user.last_name))
        .unwrap_or_default();
    let groups: String = request
        .groups()
        .iter()
        .filter_map(|id| state.communities.get(id))
        .map(|one| format!("<li>{}</li>", escaped(&one.name)))
        .collect();
    let whom = if groups.is_empty() {
        "<p>Доступ к списку ваших сообществ.</p>".to_owned()
    } else {
        format!("<p>Доступ к сообществам:</p><ul>{groups}</ul>")
    };
    let rights = Rights::from_scope(&request.scope);
    let asked: String = Rights::NAMED
        .iter()
        .filter(|(_, right)| rights.contain(*right))
        .map(|(name, _)| format!("<li>{}</li>", told(name)))
        .collect();
    format!(
        "<!doctype html><html lang=\"ru\"><meta charset=\"utf-8\"><title>Разрешение доступа</title><style>{STYLE}</style>\
         <main><h1>Приложение запрашивает доступ</h1><small>Вы вошли как {}</small>{whom}<p>Приложению будет доступно:</p>\
         <ul>{asked}</ul><form method=\"post\" action=\"/authorize/decide\">{}\
         <button class=\"allow\" name=\"decision\" value=\"allow\">Разрешить</button>\
         <button class=\"deny\" name=\"decision\" value=\"deny\">Отмена</button></form></main></html>",
        escaped(&person),
        hidden(request),
    )
}

fn told(right: &str) -> &'static str {
    match right {
        "messages" => "сообщения сообщества",
        "photos" => "фотографии",
        "docs" => "документы",
        "wall" => "записи на стене",
        "manage" => "управление сообществом",
        "stories" => "истории",
        _ => "виджеты",
    }
}

fn hidden(request: &Request) -> String {
    let fields = [
        ("client_id", &request.client_id),
        ("group_ids", &request.group_ids),
        ("redirect_uri", &request.redirect_uri),
        ("scope", &request.scope),
        ("response_type", &request.response_type),
        ("state", &request.state),
    ];
    fields
        .iter()
        .map(|(name, value)| format!("<input type=\"hidden\" name=\"{name}\" value=\"{}\">", escaped(value)))
        .collect()
}
