//! The pages of the portal on which an app is let in.

use crate::bitrix24::state::State;
use crate::bitrix24::state::access::App;
use crate::html::escaped;

const STYLE: &str = "body{font:15px/1.45 system-ui,sans-serif;background:#eef2f4;color:#333;margin:0;display:grid;\
min-height:100vh;place-items:center}main{background:#fff;border-radius:12px;padding:28px 32px;width:400px}h1{font-size:20px;\
margin:0 0 12px}select,button{font:inherit;padding:8px 12px;border-radius:6px;border:1px solid #c6cdd3}\
button{background:#3bc8f5;border:0;color:#fff;cursor:pointer}code{font-size:18px}";

fn page(title: &str, body: &str) -> String {
    format!(
        "<!doctype html><html lang=\"ru\"><meta charset=\"utf-8\"><title>{title}</title><style>{STYLE}</style>\
         <main><h1>{title}</h1>{body}</main></html>"
    )
}

/// Who signs in, and to what.
pub(super) fn consent(state: &State, app: &App, told: &str) -> String {
    let staff = state.portal.staff.iter().map(|one| {
        let role = if one.admin { " (администратор)" } else { "" };
        format!(
            "<option value=\"{}\">{}{role}</option>",
            one.id,
            escaped(&one.full_name())
        )
    });
    let body = format!(
        "<p>Приложение «{}» получит доступ: {}.</p><form method=\"post\" action=\"/oauth/authorize/\">\
         <input type=\"hidden\" name=\"client_id\" value=\"{}\"><input type=\"hidden\" name=\"state\" value=\"{}\">\
         <p><label>Войти как <select name=\"user\">{}</select></label></p><button>Войти</button></form>",
        escaped(&app.name),
        escaped(&app.scopes.join(", ")),
        escaped(&app.client_id),
        escaped(told),
        staff.collect::<String>(),
    );
    page("Битрикс24", &body)
}

/// An app without an address of its own has its user copy the code.
pub(super) fn code(code: &str) -> String {
    page(
        "Код авторизации",
        &format!("<p>Скопируйте код в приложение:</p><code>{}</code>", escaped(code)),
    )
}

pub(super) fn unknown() -> String {
    page("Ошибка авторизации", "<p>Приложение не найдено на этом портале.</p>")
}
