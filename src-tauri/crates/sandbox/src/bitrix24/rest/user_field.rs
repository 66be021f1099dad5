//! `crm.*.userfield.*`. <https://apidocs.bitrix24.com/api-reference/crm/leads/userfield/index.html>

use super::crm_classic::kind;
use super::{Answer, ApiError, Call, For, Method, method, paged};
use crate::bitrix24::crm::filter;
use crate::bitrix24::php;
use serde_json::{Value, json};

macro_rules! of_kinds {
    ($($kind:literal)*) => {
        &[$(
            method(concat!("crm.", $kind, ".userfield.add"), "crm", For::All, add),
            method(concat!("crm.", $kind, ".userfield.get"), "crm", For::All, get),
            method(concat!("crm.", $kind, ".userfield.list"), "crm", For::All, list),
            method(concat!("crm.", $kind, ".userfield.update"), "crm", For::All, update),
            method(concat!("crm.", $kind, ".userfield.delete"), "crm", For::All, delete),
        )*]
    };
}

pub(super) static METHODS: &[Method] = of_kinds!("lead" "deal" "contact" "company");

/// Fields are an administrator's business.
fn allowed(call: &Call<'_>) -> Result<(), ApiError> {
    match call.is_admin() {
        true => Ok(()),
        false => Err(ApiError::new(403, "", "Access denied.")),
    }
}

fn id(call: &Call<'_>) -> Result<i64, ApiError> {
    let id = call.params.int("id").filter(|id| *id > 0);
    id.ok_or_else(|| ApiError::plain("ID is not defined or invalid."))
}

fn not_found() -> ApiError {
    ApiError::bad("ERROR_NOT_FOUND", "The entity with ID is not found")
}

fn add(call: &mut Call<'_>) -> Answer {
    allowed(call)?;
    let kind = kind(call)?;
    let fields = call.params.map("fields").unwrap_or_default();
    let added = call.state.crm.add_field(kind, &fields);
    added
        .map(|id| json!(id).into())
        .map_err(|told| match told.contains("уже существует") {
            true => ApiError::bad("ERROR_CORE", &told),
            false => ApiError::plain(&told),
        })
}

fn get(call: &mut Call<'_>) -> Answer {
    let (kind, id) = (kind(call)?, id(call)?);
    let found = call
        .state
        .crm
        .user_fields
        .iter()
        .find(|one| one.of == kind && one.id == id);
    found.map(|one| one.shown().into()).ok_or_else(not_found)
}

fn list(call: &mut Call<'_>) -> Answer {
    allowed(call)?;
    let kind = kind(call)?;
    let mut wanted = filter::of_value(call.params.get("filter"));
    wanted.retain(|name, _| !name.eq_ignore_ascii_case("LANG"));
    let order = call.params.map("order").unwrap_or_default();
    let rows = call.state.crm.user_fields.iter().filter(|one| one.of == kind);
    let mut rows: Vec<Value> = rows.map(|one| one.shown()).collect();
    rows.retain(|row| filter::passes(&wanted, &|name| php::member(row, name).clone()));
    filter::sort(&mut rows, &order, |row, name| php::member(row, name).clone());
    Ok(paged(rows, call.params.int("start")))
}

fn update(call: &mut Call<'_>) -> Answer {
    allowed(call)?;
    let (kind, id) = (kind(call)?, id(call)?);
    let label = php::text(php::member(call.params.get("fields"), "EDIT_FORM_LABEL"));
    let found = call
        .state
        .crm
        .user_fields
        .iter_mut()
        .find(|one| one.of == kind && one.id == id);
    let field = found.ok_or_else(not_found)?;
    if !label.is_empty() {
        field.label = label;
    }
    Ok(json!(true).into())
}

fn delete(call: &mut Call<'_>) -> Answer {
    allowed(call)?;
    let (kind, id) = (kind(call)?, id(call)?);
    match call.state.crm.delete_field(kind, id) {
        true => Ok(json!(true).into()),
        false => Err(not_found()),
    }
}
