//! The account and its staff. <https://www.amocrm.ru/developers/content/crm_platform/account-info>

use super::call::Call;
use super::page::{Answer, MOST, ok, page, to};
use super::problem::Problem;
use crate::amocrm::state::State;
use crate::amocrm::state::user::User;
use axum::extract::Path;
use serde_json::{Map, Value, json};

pub(super) async fn account(call: Call) -> Answer {
    call.needs("crm")?;
    let state = call.state();
    let account = &state.account;
    let mut shown = json!({
        "id": account.id, "name": account.name, "subdomain": account.subdomain, "created_at": account.created_at,
        "created_by": 0, "updated_at": account.created_at, "updated_by": 0, "current_user_id": call.user,
        "country": "RU", "currency": "RUB", "currency_symbol": "₽", "language": "ru", "customers_mode": "disabled",
        "is_unsorted_on": true, "mobile_feature_version": 0, "is_loss_reason_enabled": true,
        "is_helpbot_enabled": false, "is_technical_account": false, "contact_name_display_order": 1,
        "_links": to(call.link("account")),
    });
    let Some(fields) = shown.as_object_mut() else {
        return ok(shown);
    };
    let mut embedded = Map::new();
    for word in call.query.with() {
        extra(&state, &call, word, fields, &mut embedded);
    }
    if !embedded.is_empty() {
        fields.insert("_embedded".to_owned(), embedded.into());
    }
    ok(shown)
}

/// One word of `with`.
fn extra(state: &State, call: &Call, word: &str, fields: &mut Map<String, Value>, embedded: &mut Map<String, Value>) {
    let plain = match word {
        "amojo_id" => json!(state.account.amojo_id),
        "drive_url" => json!(call.here),
        "version" => json!(15),
        "is_api_filter_enabled" => json!(true),
        _ => Value::Null,
    };
    if !plain.is_null() {
        fields.insert(word.to_owned(), plain);
    }
    let inside = match word {
        "amojo_rights" => json!({"can_direct": true, "can_create_groups": true}),
        "users_groups" => json!([{"id": 0, "name": "Отдел продаж", "uuid": null}]),
        "task_types" => json!([
            {"id": 1, "name": "Связаться", "color": null, "icon_id": null, "code": "FOLLOW_UP"},
            {"id": 2, "name": "Встреча", "color": null, "icon_id": null, "code": "MEETING"},
        ]),
        "datetime_settings" => json!({
            "date_pattern": "d.m.Y H:i", "short_date_pattern": "d.m.Y", "short_time_pattern": "H:i", "date_formant": "d.m.Y",
            "time_format": "H:i:s", "timezone": "Europe/Moscow", "timezone_offset": "+03:00",
        }),
        "entity_names" => {
            json!({"leads": {"ru": {"gender": "f", "plural_form": {"dative": "сделкам", "default": "сделки"}}}})
        }
        _ => Value::Null,
    };
    if !inside.is_null() {
        embedded.insert(word.to_owned(), inside);
    }
}

/// Only administrators see the staff.
pub(super) async fn users(call: Call) -> Answer {
    call.needs("crm")?;
    call.needs_administrator()?;
    let users = call.state().users.clone();
    page(&call, "users", MOST, users, |user| shown(&call, user))
}

pub(super) async fn user(Path(id): Path<i64>, call: Call) -> Answer {
    call.needs("crm")?;
    let user = call.state().user(id).cloned().ok_or(Problem::NotFound)?;
    ok(shown(&call, &user))
}

fn shown(call: &Call, user: &User) -> Value {
    let rights = if user.administrator { "A" } else { "M" };
    let card = json!({"view": "A", "edit": rights, "add": "A", "delete": rights, "export": rights});
    let mut shown = json!({
        "id": user.id, "name": user.name, "email": user.email, "lang": "ru",
        "rights": {
            "leads": card, "contacts": card, "companies": card, "tasks": {"edit": rights, "delete": rights},
            "mail_access": false, "catalog_access": false, "is_admin": user.administrator, "is_free": false,
            "is_active": true, "group_id": null, "role_id": null, "status_rights": [],
        },
        "_links": to(call.link(&format!("users/{}", user.id))),
    });
    if let Some(fields) = shown.as_object_mut() {
        for word in call.query.with() {
            match word {
                "amojo_id" => fields.insert(word.to_owned(), json!(user.amojo_id)),
                "uuid" => fields.insert(word.to_owned(), json!(user.uuid)),
                "user_rank" => fields.insert(word.to_owned(), json!("newbie")),
                "role" => fields.insert("_embedded".to_owned(), json!({"roles": [], "groups": []})),
                _ => None,
            };
        }
    }
    shown
}
