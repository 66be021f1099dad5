//! Directories and the search for duplicates.
//!
//! <https://apidocs.bitrix24.com/api-reference/crm/status/index.html>, `…/crm/universal/category/index.html`,
//! `…/crm/duplicates/crm-duplicate-find-by-comm.html`

use super::{Answer, ApiError, Call, For, Method, Reply, method, paged};
use crate::bitrix24::crm::{Kind, filter};
use crate::bitrix24::php;
use serde_json::{Map, Value, json};

pub(super) static METHODS: &[Method] = &[
    method("crm.status.list", "crm", For::All, statuses),
    method("crm.status.entity.items", "crm", For::All, items),
    method("crm.category.list", "crm", For::All, categories),
    method("crm.dealcategory.list", "crm", For::All, deal_categories),
    method("crm.dealcategory.stage.list", "crm", For::All, stages),
    method("crm.duplicate.findbycomm", "crm", For::All, find_by_comm),
];

fn statuses(call: &mut Call<'_>) -> Answer {
    let wanted = filter::of_value(call.params.get("filter"));
    let order = call.params.map("order").unwrap_or_default();
    let mut rows: Vec<Value> = call
        .state
        .crm
        .directory
        .statuses
        .iter()
        .map(|status| status.shown())
        .collect();
    rows.retain(|row| filter::passes(&wanted, &|name| php::member(row, name).clone()));
    filter::sort(&mut rows, &order, |row, name| php::member(row, name).clone());
    // A directory comes whole.
    let total = rows.len();
    Ok(Reply {
        result: Value::Array(rows),
        total: Some(total),
        next: None,
    })
}

fn items(call: &mut Call<'_>) -> Answer {
    let entity = call.params.text("entityId");
    let entity = entity.ok_or_else(|| ApiError::plain("The parameter entityId is not defined or invalid."))?;
    let rows = call
        .state
        .crm
        .directory
        .statuses
        .iter()
        .filter(|status| status.entity == entity);
    let shown = rows.map(|status| json!({"NAME": status.name, "SORT": status.sort, "STATUS_ID": status.code}));
    Ok(Value::Array(shown.collect()).into())
}

fn categories(call: &mut Call<'_>) -> Answer {
    let kind = call.params.int("entityTypeId").and_then(Kind::numbered);
    let kind = kind.ok_or_else(|| ApiError::bad("NOT_FOUND", "Смарт-процесс не найден"))?;
    if kind != Kind::Deal {
        let told = "Для указанного типа воронки недоступны";
        return Err(ApiError::bad("ENTITY_TYPE_NOT_SUPPORTED", told));
    }
    let rows = call.state.crm.directory.categories.iter();
    let shown = rows.map(|one| {
        let usual = if one.id == 0 { "Y" } else { "N" };
        json!({
            "id": one.id, "name": one.name, "sort": one.sort, "entityTypeId": kind.number(), "isDefault": usual,
            "originId": "", "originatorId": "",
        })
    });
    let shown: Vec<Value> = shown.collect();
    Ok(Reply {
        total: Some(shown.len()),
        result: json!({"categories": shown}),
        next: None,
    })
}

fn deal_categories(call: &mut Call<'_>) -> Answer {
    let rows = call.state.crm.directory.categories.iter().filter(|one| one.id != 0);
    let shown = rows.map(|one| {
        json!({"ID": one.id.to_string(), "NAME": one.name, "SORT": one.sort.to_string(), "IS_LOCKED": "N",
            "CREATED_DATE": "2024-02-12T00:00:00+03:00"})
    });
    let shown = shown.collect();
    Ok(paged(shown, call.params.int("start")))
}

fn stages(call: &mut Call<'_>) -> Answer {
    let category = call.params.int("id").unwrap_or(0);
    let rows = call.state.crm.directory.stages(Kind::Deal, category);
    let shown = rows
        .iter()
        .map(|stage| json!({"NAME": stage.name, "SORT": stage.sort, "STATUS_ID": stage.code}));
    Ok(Value::Array(shown.collect()).into())
}

/// Values that fit into one search.
const MOST: usize = 20;

/// What is not found is not named; nothing at all is an empty PHP array.
fn find_by_comm(call: &mut Call<'_>) -> Answer {
    let refused = |what: &str, told: &str| ApiError::bad(what, told);
    let Some(of) = call.params.text("type").map(|of| of.to_uppercase()) else {
        return Err(refused(
            "Communication type is not defined",
            "Parameter 'type' is required.",
        ));
    };
    if !matches!(of.as_str(), "PHONE" | "EMAIL") {
        let what = format!("Communication type '{of}' is not supported in current context");
        return Err(refused(&what, "Supported types: 'EMAIL', 'PHONE'."));
    }
    let values: Vec<String> = call
        .params
        .list("values")
        .into_iter()
        .map(php::text)
        .filter(|one| !one.is_empty())
        .take(MOST)
        .collect();
    if values.is_empty() {
        return Err(refused(
            "Communication values is not defined",
            "Parameter 'values' is required.",
        ));
    }
    let wanted = call.params.text("entity_type").and_then(|word| Kind::called(&word));
    let mut found = Map::new();
    for kind in [Kind::Lead, Kind::Contact, Kind::Company] {
        let ids = call.state.crm.same_contact(kind, &of, &values);
        if !ids.is_empty() && wanted.is_none_or(|wanted| wanted == kind) {
            found.insert(kind.word().to_owned(), json!(ids));
        }
    }
    Ok(php::array(found).into())
}
