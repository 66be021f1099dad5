//! Employees. <https://apidocs.bitrix24.com/api-reference/user/index.html>

use super::{Answer, Call, For, Method, method, paged};
use crate::bitrix24::crm::filter;
use crate::bitrix24::php;
use serde_json::{Map, Value, json};

pub(super) static METHODS: &[Method] = &[
    method("user.current", "user", For::All, current),
    method("user.get", "user", For::All, get),
    method("user.search", "user", For::All, search),
];

fn current(call: &mut Call<'_>) -> Answer {
    let employee = call.state.portal.employee(call.caller.user);
    Ok(employee
        .map_or_else(|| json!([]), super::super::state::portal::Employee::card)
        .into())
}

/// The filter may stand in `FILTER` or beside the other parameters (`ID`, `ACTIVE`).
fn get(call: &mut Call<'_>) -> Answer {
    let mut wanted = filter::of_value(call.params.get("FILTER"));
    for name in ["ID", "EMAIL", "ACTIVE", "USER_TYPE", "NAME", "LAST_NAME"] {
        if !call.params.get(name).is_null() {
            wanted.insert(name.to_owned(), call.params.get(name).clone());
        }
    }
    let rows = call
        .state
        .portal
        .staff
        .iter()
        .map(super::super::state::portal::Employee::card);
    let rows: Vec<Value> = rows
        .filter(|row| filter::passes(&wanted, &|name| plain(row, name)))
        .collect();
    Ok(paged(rows, call.params.int("start")))
}

fn search(call: &mut Call<'_>) -> Answer {
    let sought = php::text(php::member(call.params.get("FILTER"), "FIND")).to_lowercase();
    let meant = |one: &&super::super::state::portal::Employee| one.full_name().to_lowercase().contains(&sought);
    let rows = call
        .state
        .portal
        .staff
        .iter()
        .filter(meant)
        .map(|one| one.card())
        .collect();
    Ok(paged(rows, call.params.int("start")))
}

/// Flags are asked for as `Y`, `1` or `true`.
fn plain(row: &Value, name: &str) -> Value {
    let none = Map::new();
    match php::field(row.as_object().unwrap_or(&none), name) {
        Some(Value::Bool(yes)) => json!([
            if *yes { "Y" } else { "N" },
            if *yes { "1" } else { "0" },
            yes.to_string()
        ]),
        Some(other) => other.clone(),
        None => Value::Null,
    }
}
