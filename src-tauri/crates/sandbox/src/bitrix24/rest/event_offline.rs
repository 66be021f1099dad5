//! The queue of offline events. <https://apidocs.bitrix24.com/api-reference/events/event-offline-get.html>

use super::{Answer, ApiError, Call, Reply, page};
use crate::bitrix24::crm::filter;
use crate::bitrix24::php;
use crate::bitrix24::state::events::Row;
use serde_json::{Map, Value, json};

/// Rows that `get` takes when no number is given.
const USUAL: i64 = 50;

/// What the plan does not include; the server throws its licence exception.
fn not_in_plan() -> ApiError {
    ApiError::denied("Extended offline events handling is not available on your plan")
}

/// Another source than the nameless one is a matter of the plan.
pub(super) fn source_allowed(call: &Call<'_>, source: &str) -> Result<(), ApiError> {
    match source.is_empty() || call.state.portal.sources {
        true => Ok(()),
        false => Err(ApiError::denied(
            "Application auth_connector is not available on your plan",
        )),
    }
}

/// Takes rows, or reserves them with `clear=0`.
pub(super) fn get(call: &mut Call<'_>) -> Answer {
    let source = call.params.text("auth_connector").unwrap_or_default();
    source_allowed(call, &source)?;
    let clear = call.params.get("clear").is_null() || call.params.flag("clear");
    if !clear && !call.state.portal.reserving {
        return Err(not_in_plan());
    }
    let process = call.params.text("process_id");
    let failed = call.params.flag("error");
    let limit = call.params.int("limit").unwrap_or(USUAL);
    let app = call.app();
    let mut rows = wanted(call, "TIMESTAMP_X", |row| {
        let free = process
            .as_ref()
            .map_or(row.process_id.is_empty(), |process| row.process_id == *process);
        row.app == app && row.source == source && free && (!row.failed || failed)
    });
    rows.truncate(usize::try_from(limit).unwrap_or(0));
    let ids: Vec<i64> = rows.iter().map(|row| row.id).collect();
    let process = if clear {
        call.state.events.queue.retain(|row| !ids.contains(&row.id));
        Value::Null
    } else {
        let process = process.unwrap_or_else(|| call.state.secret(32));
        let taken = call.state.events.queue.iter_mut().filter(|row| ids.contains(&row.id));
        taken.for_each(|row| row.process_id.clone_from(&process));
        json!(process)
    };
    let mut events: Vec<Value> = rows.iter().map(shown).collect();
    call.state.host.chaos.batch(call.name, &mut events);
    Ok(json!({"process_id": process, "events": events}).into())
}

/// Looks without touching anything.
pub(super) fn list(call: &mut Call<'_>) -> Answer {
    let source = call.params.text("auth_connector").unwrap_or_default();
    source_allowed(call, &source)?;
    let app = call.app();
    let rows = wanted(call, "ID", |row| row.app == app && row.source == source);
    let (rows, total, next) = page(rows, call.params.int("start"));
    let more = |row: &Row| {
        let mut row_shown = shown(row);
        if let Value::Object(map) = &mut row_shown {
            map.insert("PROCESS_ID".to_owned(), row.process_id.clone().into());
            map.insert("ERROR".to_owned(), if row.failed { "1" } else { "0" }.into());
        }
        row_shown
    };
    let mut events: Vec<Value> = rows.iter().map(more).collect();
    call.state.host.chaos.batch(call.name, &mut events);
    Ok(Reply {
        result: Value::Array(events),
        total,
        next,
    })
}

/// Confirms rows of a reservation; all of it when none are named.
pub(super) fn clear(call: &mut Call<'_>) -> Answer {
    let named = named(call)?;
    call.state.events.queue.retain(|row| !named(row));
    Ok(json!(true).into())
}

/// Puts rows of a reservation aside as failed; they are given out again only with `error=1`.
pub(super) fn error(call: &mut Call<'_>) -> Answer {
    let named = named(call)?;
    for row in call.state.events.queue.iter_mut().filter(|row| named(row)) {
        row.failed = true;
        row.process_id.clear();
    }
    Ok(json!(true).into())
}

/// Rows of the given process: those named by `id`, else by `message_id`, else all.
fn named(call: &Call<'_>) -> Result<impl Fn(&Row) -> bool + use<>, ApiError> {
    if !call.state.portal.reserving {
        return Err(not_in_plan());
    }
    let (app, process) = (call.app(), call.required("process_id")?);
    let ids: Vec<i64> = call.params.list("id").into_iter().filter_map(php::int).collect();
    let messages: Vec<String> = call.params.list("message_id").into_iter().map(php::text).collect();
    Ok(move |row: &Row| {
        let chosen = match (ids.is_empty(), messages.is_empty()) {
            (false, _) => ids.contains(&row.id),
            (true, false) => messages.contains(&row.message_id),
            (true, true) => true,
        };
        row.app == app && row.process_id == process && chosen
    })
}

/// Rows by filter and order of the call.
fn wanted(call: &Call<'_>, usual_order: &str, mine: impl Fn(&Row) -> bool) -> Vec<Row> {
    let wanted = filter::of_value(call.params.get("filter"));
    let order = call.params.map("order").filter(|order| !order.is_empty());
    // Rows stand in order of their numbers, and sorting keeps that among equals.
    let order = order.unwrap_or_else(|| Map::from_iter([(usual_order.to_owned(), json!("ASC"))]));
    let mut rows: Vec<Row> = call
        .state
        .events
        .queue
        .iter()
        .filter(|row| mine(row))
        .cloned()
        .collect();
    rows.retain(|row| filter::passes(&wanted, &|name| column(row, name)));
    filter::sort(&mut rows, &order, column);
    rows
}

fn column(row: &Row, name: &str) -> Value {
    match name.to_uppercase().as_str() {
        "ID" => row.id.into(),
        "TIMESTAMP_X" => php::date(row.at).into(),
        "EVENT_NAME" => row.event.clone().into(),
        "MESSAGE_ID" => row.message_id.clone().into(),
        "PROCESS_ID" => row.process_id.clone().into(),
        "ERROR" => i64::from(row.failed).into(),
        _ => Value::Null,
    }
}

fn shown(row: &Row) -> Value {
    json!({
        "ID": row.id.to_string(), "TIMESTAMP_X": php::date(row.at), "EVENT_NAME": row.event, "EVENT_DATA": row.data,
        "EVENT_ADDITIONAL": row.additional, "MESSAGE_ID": row.message_id,
    })
}
