//! Addresses that are told what happens. <https://www.amocrm.ru/developers/content/crm_platform/webhooks-api>

use super::call::Call;
use super::page::{Answer, made, nothing, number, ok, text, to};
use super::problem::{Fault, Problem};
use crate::amocrm::state::feed::Hook;
use serde_json::{Value, json};

/// Hooks of one account.
const MOST: usize = 100;

pub(super) async fn list(call: Call) -> Answer {
    call.needs("crm")?;
    call.needs_administrator()?;
    let wanted = call.query.one("filter[destination]");
    let state = call.state();
    let found = state
        .hooks
        .iter()
        .filter(|hook| wanted.is_none_or(|wanted| hook.destination == wanted));
    let found: Vec<Value> = found.map(|hook| shown(&call, state.account.id, hook)).collect();
    if found.is_empty() {
        nothing()
    } else {
        made(&call, "webhooks", found)
    }
}

/// The same destination again changes its settings.
pub(super) async fn create(call: Call) -> Answer {
    call.needs("crm")?;
    call.needs_administrator()?;
    let wish = call.json()?;
    let destination = text(&wish, "destination").filter(|to| url::Url::parse(to).is_ok());
    let destination = destination.ok_or_else(|| Problem::Invalid(vec![Fault::missing("destination")]))?;
    let listed = wish.get("settings").and_then(Value::as_array);
    let settings: Vec<String> = listed
        .into_iter()
        .flatten()
        .filter_map(|one| one.as_str().map(str::to_owned))
        .collect();
    if settings.is_empty() {
        return Err(Problem::Invalid(vec![Fault::missing("settings")]));
    }
    let mut state = call.state();
    state.hooks.retain(|hook| hook.destination != destination);
    if state.hooks.len() >= MOST {
        return Err(Problem::Bad("Webhooks limit exceeded"));
    }
    let hook = Hook {
        id: state.number(),
        destination: destination.to_owned(),
        settings,
        sort: number(&wish, "sort").unwrap_or(1),
        created_by: call.user,
        created_at: state.now(),
    };
    let answer = shown(&call, state.account.id, &hook);
    state.hooks.push(hook);
    ok(answer)
}

pub(super) async fn remove(call: Call) -> Answer {
    call.needs("crm")?;
    call.needs_administrator()?;
    let wish = call.json()?;
    let mut state = call.state();
    let before = state.hooks.len();
    state
        .hooks
        .retain(|hook| text(&wish, "destination") != Some(hook.destination.as_str()));
    if before == state.hooks.len() {
        Err(Problem::NotFound)
    } else {
        nothing()
    }
}

fn shown(call: &Call, account: i64, hook: &Hook) -> Value {
    json!({"id": hook.id, "destination": hook.destination, "created_at": hook.created_at, "updated_at": hook.created_at,
        "account_id": account, "created_by": hook.created_by, "sort": hook.sort, "disabled": false,
        "settings": hook.settings, "_links": to(call.link("webhooks"))})
}
