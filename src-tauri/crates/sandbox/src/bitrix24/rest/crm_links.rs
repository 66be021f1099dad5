//! Contacts of leads and deals, companies of contacts.
//!
//! <https://apidocs.bitrix24.com/api-reference/crm/contacts/company/index.html>, `…/crm/deals/contacts/index.html`

use super::crm_classic::{card, kind};
use super::{Answer, ApiError, Call, For, Method, method};
use crate::bitrix24::crm::{Kind, Record, change};
use crate::bitrix24::php;
use serde_json::{Value, json};

macro_rules! of_pairs {
    ($($kind:literal $other:literal)*) => {
        &[$(
            method(concat!("crm.", $kind, ".", $other, ".add"), "crm", For::All, add),
            method(concat!("crm.", $kind, ".", $other, ".delete"), "crm", For::All, delete),
            method(concat!("crm.", $kind, ".", $other, ".items.get"), "crm", For::All, items),
            method(concat!("crm.", $kind, ".", $other, ".items.set"), "crm", For::All, set),
            method(concat!("crm.", $kind, ".", $other, ".items.delete"), "crm", For::All, clear),
        )*]
    };
}

pub(super) static METHODS: &[Method] = of_pairs!("lead" "contact" "deal" "contact" "contact" "company");

/// `CONTACT_ID` or `COMPANY_ID`.
fn field(kind: Kind) -> &'static str {
    if kind == Kind::Contact {
        "COMPANY_ID"
    } else {
        "CONTACT_ID"
    }
}

fn owner(call: &Call<'_>) -> Result<(Kind, i64, Vec<i64>), ApiError> {
    let kind = kind(call)?;
    let id = card(call, kind)?;
    let linked = call
        .state
        .crm
        .get(kind, id)
        .map(|record: &Record| record.linked.clone());
    Ok((kind, id, linked.unwrap_or_default()))
}

/// The card that a link names; it must be there.
fn target(call: &Call<'_>, kind: Kind, given: &Value) -> Result<i64, ApiError> {
    let id = php::int(php::member(given, field(kind))).filter(|id| *id > 0);
    let id = id.ok_or_else(|| {
        ApiError::plain(&format!(
            "The parameter 'fields' is invalid: {} is required.",
            field(kind)
        ))
    })?;
    let other = if kind == Kind::Contact {
        Kind::Company
    } else {
        Kind::Contact
    };
    match call.state.crm.get(other, id) {
        Some(_) => Ok(id),
        None => Err(ApiError::plain("Not found")),
    }
}

fn add(call: &mut Call<'_>) -> Answer {
    let (kind, id, mut linked) = owner(call)?;
    let given = call.params.get("fields").clone();
    let other = target(call, kind, &given)?;
    if linked.contains(&other) {
        return Ok(json!(false).into());
    }
    let main = php::flag(php::member(&given, "IS_PRIMARY"));
    linked.insert(if main { 0 } else { linked.len() }, other);
    let actor = call.actor();
    change::link(call.state, &actor, kind, id, linked);
    Ok(json!(true).into())
}

fn delete(call: &mut Call<'_>) -> Answer {
    let (kind, id, mut linked) = owner(call)?;
    let other = php::int(php::member(call.params.get("fields"), field(kind)));
    let before = linked.len();
    linked.retain(|one| Some(*one) != other);
    let gone = linked.len() < before;
    let actor = call.actor();
    change::link(call.state, &actor, kind, id, linked);
    Ok(json!(gone).into())
}

fn items(call: &mut Call<'_>) -> Answer {
    let (kind, _, linked) = owner(call)?;
    let shown = linked.iter().zip(1..).map(|(other, place)| {
        let main = if place == 1 { "Y" } else { "N" };
        json!({field(kind): other, "SORT": place * 10, "ROLE_ID": 0, "IS_PRIMARY": main})
    });
    Ok(Value::Array(shown.collect()).into())
}

fn set(call: &mut Call<'_>) -> Answer {
    let (kind, id, _) = owner(call)?;
    if !call.params.get("items").is_array() {
        return Err(ApiError::plain("The parameter items must be array."));
    }
    let mut given: Vec<Value> = call.params.list("items").into_iter().cloned().collect();
    given.sort_by_key(|one| !php::flag(php::member(one, "IS_PRIMARY")));
    let linked = given
        .iter()
        .map(|one| target(call, kind, one))
        .collect::<Result<Vec<_>, _>>()?;
    let actor = call.actor();
    change::link(call.state, &actor, kind, id, linked);
    Ok(json!(true).into())
}

fn clear(call: &mut Call<'_>) -> Answer {
    let (kind, id, _) = owner(call)?;
    let actor = call.actor();
    change::link(call.state, &actor, kind, id, Vec::new());
    Ok(json!(true).into())
}
